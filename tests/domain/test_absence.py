"""Whose list passes to whom: Minh away or silent, Thu who stands in, Mai beside them, Hương in the next commune."""

from datetime import UTC, date, datetime, timedelta

from domain.absence import Duty, Presence, carried_by, kept_by_others, presence_of
from domain.identifiers import ActorId, CommuneId

NOW = datetime(2026, 12, 20, 2, 0, tzinfo=UTC)
MINH, THU, MAI, HUONG = (ActorId(number) for number in range(1, 5))
HOME, NEXT = CommuneId(1), CommuneId(2)


def duty(actor: ActorId, presence: Presence = Presence.HERE, *, stand_in: ActorId | None = None) -> Duty:
    communes = {HUONG: frozenset({NEXT}), THU: frozenset({HOME, NEXT})}.get(actor, frozenset({HOME}))
    return Duty(actor, f"volunteer {actor}", communes, presence, stand_in)


def test_everybody_who_is_here_looks_after_her_own_families() -> None:
    duties = [duty(MINH), duty(THU), duty(MAI)]
    assert kept_by_others(THU, HOME, duties) == {MINH, MAI}
    assert carried_by(THU, duties) == frozenset()


def test_the_list_of_one_who_is_away_passes_to_the_stand_in_alone() -> None:
    duties = [duty(MINH, Presence.AWAY, stand_in=THU), duty(THU), duty(MAI)]
    assert kept_by_others(THU, HOME, duties) == {MAI}
    assert kept_by_others(MAI, HOME, duties) == {MINH, THU}
    assert carried_by(THU, duties) == {MINH}


def test_without_a_stand_in_it_passes_to_all_of_the_commune_and_to_nobody_beyond() -> None:
    duties = [duty(MINH, Presence.AWAY), duty(THU), duty(MAI), duty(HUONG)]
    assert MINH not in kept_by_others(MAI, HOME, duties)
    assert MINH not in kept_by_others(THU, HOME, duties)
    assert carried_by(HUONG, duties) == frozenset()


def test_a_stand_in_who_is_away_herself_stands_in_for_nobody() -> None:
    duties = [duty(MINH, Presence.AWAY, stand_in=THU), duty(THU, Presence.SILENT), duty(MAI)]
    assert kept_by_others(MAI, HOME, duties) == frozenset()


def test_one_who_is_away_still_sees_her_own_families() -> None:
    duties = [duty(MINH, Presence.AWAY, stand_in=THU), duty(THU)]
    assert MINH not in kept_by_others(MINH, HOME, duties)


def test_a_stand_in_of_one_commune_leaves_the_other_to_all() -> None:
    duties = [duty(THU, Presence.AWAY, stand_in=MINH), duty(MINH), duty(MAI), duty(HUONG)]
    assert THU in kept_by_others(MAI, HOME, duties)
    assert THU not in kept_by_others(HUONG, NEXT, duties)


def test_silence_begins_after_fourteen_days() -> None:
    def after(**passed: int) -> Presence:
        return presence_of(away=False, last_seen_at=NOW - timedelta(**passed), back_since=None, now=NOW)

    assert after(days=13, hours=23) is Presence.HERE
    assert after(days=14) is Presence.SILENT
    assert presence_of(away=False, last_seen_at=None, back_since=None, now=NOW) is Presence.SILENT


def test_nobody_is_called_silent_for_the_days_of_her_absence() -> None:
    long_ago = NOW - timedelta(days=30)
    assert presence_of(away=True, last_seen_at=long_ago, back_since=None, now=NOW) is Presence.AWAY
    back = date(2026, 12, 18)
    assert presence_of(away=False, last_seen_at=long_ago, back_since=back, now=NOW) is Presence.HERE
    earlier = date(2026, 12, 6)
    assert presence_of(away=False, last_seen_at=long_ago, back_since=earlier, now=NOW) is Presence.SILENT
