"""A birth date is put right: doses are judged anew, visits and tips follow, and nobody else is touched."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.ends import ChildEnd
from domain.identifiers import ChildId
from domain.invite import ActorPlace
from domain.journey import Amount, Step
from domain.people import ActorRole
from domain.sending.outbox import Lane, OutboxState, Reason
from domain.why import Verdict
from services.access import Refused
from services.messages.plan_day import plan_one
from services.ports.forecasts import ChildForecast
from services.ports.visits import Withdrawal
from services.turn import Turn
from services.visits.correct_birth_date import correct_birth_date, preview_birth_date
from services.visits.show_record import show_record
from storage.engine import Database, open_database
from tests.fakes.databases import migrated_sqlite
from tests.fakes.sending import taken
from tests.services.session_room import BORN, Room, open_room
from tests.storage.sessions import FIRST, WITHOUT_CARE, consents, give
from tests.storage.village import NOW, add_station, arrive, settle

__all__ = ["migrated_sqlite"]
DAY = timedelta(days=1)
LATER, EARLIER = date(2026, 10, 12), date(2026, 9, 20)
STEPS = tuple(Step(f"tip.{day}", day, day + 20, Amount.FEW) for day in (45, 50, 52, 60, 66))
WITH_TIPS = replace(WITHOUT_CARE, journey=STEPS)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def room(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Room]:
    database: Database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    room = await open_room(database, await settle(database))
    async with database.begin() as uow:
        await consents(uow, room.village.lan)
    yield room
    await database.close()


async def born(turn: Turn, child: ChildId) -> date:
    found = await turn.uow.families.child(child)
    assert found is not None
    return found.birth_date


async def due(turn: Turn, child: ChildId) -> set[str]:
    return {dose.vaccine for dose in (await show_record(turn, child)).due.doses}


async def tips(turn: Turn, room: Room) -> dict[str, list[tuple[str, str]]]:
    """Lan's tips by occasion: (key, state or why it is closed), in order of the key."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in await turn.uow.outbox.timeline(room.village.lan):
        if row.lane is Lane.TIP:
            found.setdefault(row.occasion, []).append((row.message_key, str(row.reason or row.state)))
    return {occasion: sorted(rows) for occasion, rows in found.items()}


async def reads(turn: Turn, room: Room) -> None:
    """Lan's tips of today were sent."""
    lan = await turn.uow.families.caregiver(room.village.lan)
    assert lan is not None
    await plan_one(turn, lan)
    claimed = await turn.uow.outbox.claim(
        now=turn.moment.now + DAY, wall=turn.moment.now + DAY, lease_until=turn.moment.now + 2 * DAY, limit=50
    )
    while claimed:
        for row in claimed:
            await turn.uow.outbox.record_sent(taken(row.id, room.village.chat, f"m{row.id}"), turn.moment.now)
        claimed = await turn.uow.outbox.claim(
            now=turn.moment.now + DAY, wall=turn.moment.now + DAY, lease_until=turn.moment.now + 2 * DAY, limit=50
        )


async def test_a_younger_child_is_not_due_yet_and_what_was_given_too_early_counts_no_more(room: Room) -> None:
    an = room.village.an
    async with room.turn() as turn:
        await give(turn.uow, an, ("PENTA",), date(2026, 11, 25), moment=turn.moment)
        assert await due(turn, an) == {"OPV"}
        shown = await preview_birth_date(turn, an, LATER)
        assert await born(turn, an) == BORN
        assert shown.doses == ()
        assert {change.group for change in shown.groups} >= {"opv"}
        assert await correct_birth_date(turn, an, BORN, LATER, twins=False)
        assert (await born(turn, an), await due(turn, an)) == (LATER, set())


async def test_which_doses_count_now_and_which_no_more_is_shown_before(room: Room) -> None:
    an = room.village.an
    async with room.turn() as turn:
        await give(turn.uow, an, ("PENTA",), date(2026, 11, 5), moment=turn.moment)  # 35 days after the birth on record
        counts = await preview_birth_date(turn, an, EARLIER)
        assert [(dose.vaccine, dose.verdict) for dose in counts.doses] == [
            ("HEPB0", Verdict.NOT_COUNTED),  # eleven days after birth
            ("PENTA", Verdict.COUNTED),
        ]
        await correct_birth_date(turn, an, BORN, EARLIER, twins=False)
        back = await preview_birth_date(turn, an, BORN)
        assert [(dose.vaccine, dose.verdict) for dose in back.doses] == [
            ("HEPB0", Verdict.COUNTED),
            ("PENTA", Verdict.NOT_COUNTED),
        ]


async def test_a_dose_of_a_day_before_the_new_birth_date_stays_as_one_of_unknown_day(room: Room) -> None:
    an = room.village.an
    async with room.turn() as turn:
        shown = await preview_birth_date(turn, an, LATER)
        assert [dose.vaccine for dose in shown.before_birth] == ["BCG", "HEPB0"]
        assert {change.after for change in shown.groups if change.group == "bcg"} <= {None}
        assert all(dose.date_known for dose in await room.doses(an))
        assert await correct_birth_date(turn, an, BORN, LATER, twins=False)
        record = await show_record(turn, an)
    assert {(row.vaccination.vaccine, row.vaccination.date_known) for row in record.standing} == {
        ("BCG", False),
        ("HEPB0", False),
    }
    assert [row.withdrawn_as for row in record.rows if row.withdrawn_at] == [Withdrawal.CORRECTED] * 2
    assert "BCG" not in {dose.vaccine for dose in record.due.doses}


async def test_a_sibling_is_not_touched_and_twins_are_put_right_together_when_she_says_so(room: Room) -> None:
    be, twin = await room.adds("Bé", date(2024, 5, 1)), await room.adds("Bình")
    async with room.turn() as turn:
        shown = await preview_birth_date(turn, room.village.an, EARLIER)
        assert [one.id for one in shown.twins] == [twin]
        await correct_birth_date(turn, room.village.an, BORN, EARLIER, twins=True)
        assert [await born(turn, one) for one in (room.village.an, twin, be)] == [EARLIER, EARLIER, date(2024, 5, 1)]


async def test_only_one_of_the_twins_is_put_right_when_she_says_that(room: Room) -> None:
    twin = await room.adds("Bình")
    async with room.turn() as turn:
        await correct_birth_date(turn, room.village.an, BORN, EARLIER, twins=False)
        assert (await born(turn, room.village.an), await born(turn, twin)) == (EARLIER, BORN)


async def test_a_second_tap_or_one_after_a_colleagues_correction_changes_nothing(room: Room) -> None:
    an = room.village.an
    async with room.turn() as turn:
        assert await correct_birth_date(turn, an, BORN, EARLIER, twins=False)
        assert not await correct_birth_date(turn, an, BORN, EARLIER, twins=False)
        assert not await correct_birth_date(turn, an, BORN, LATER, twins=False)
        assert await born(turn, an) == EARLIER


@pytest.mark.parametrize("day", [FIRST + DAY, date(2020, 12, 5)])
async def test_nobody_is_born_in_the_future_or_six_years_ago(room: Room, day: date) -> None:
    async with room.turn() as turn:
        for change in (preview_birth_date(turn, room.village.an, day),):
            with pytest.raises(Refused):
                await change
        with pytest.raises(Refused):
            await correct_birth_date(turn, room.village.an, BORN, day, twins=False)


async def test_volunteers_caregivers_and_nurses_of_another_station_may_not(room: Room) -> None:
    async with room.turn() as turn:
        await turn.uow.people.link_actor(room.village.minh, (await arrive(turn.uow, "minh")).id, NOW)
        other = await add_station(turn.uow, room.village.commune, "Trạm khác")
        place = ActorPlace("Tú", ActorRole.HEALTH_WORKER, facility=other)
        nurse = await turn.uow.people.add_actor(place, by=None, at=NOW)
        await turn.uow.people.link_actor(nurse, (await arrive(turn.uow, "tu")).id, NOW)
    for who in ("minh", "lan", "tu", "binh"):
        async with room.turn(who=who) as turn:
            with pytest.raises(Refused):
                await correct_birth_date(turn, room.village.an, BORN, EARLIER, twins=False)
    async with room.turn() as turn:
        await turn.uow.lives.end_child(room.village.an, ChildEnd.DIED, NOW)
        with pytest.raises(Refused):
            await preview_birth_date(turn, room.village.an, EARLIER)


async def test_it_is_written_down_and_what_was_computed_is_forgotten(room: Room) -> None:
    an, quiet = room.village.an, FIRST + 90 * DAY
    async with room.turn() as turn:
        await turn.uow.forecasts.keep([ChildForecast(an, "v", quiet, quiet, quiet)], turn.moment.now)
        assert await turn.uow.forecasts.due_at([room.village.station], born_after=EARLIER - 30 * DAY, by=FIRST) == ()
        await correct_birth_date(turn, an, BORN, EARLIER, twins=False)
        (unknown,) = await turn.uow.forecasts.due_at([room.village.station], born_after=EARLIER - 30 * DAY, by=FIRST)
        assert unknown.id == an


async def test_tips_follow_the_new_age_and_none_is_said_twice(room: Room) -> None:
    an = room.village.an
    occasion = f"child:{an}"
    async with room.turn(hour=5, programme=WITH_TIPS) as turn:  # day 65 by the date on record
        await reads(turn, room)
        assert [key for key, state in (await tips(turn, room))[occasion] if state == "sent"] == ["tip.52", "tip.60"]
        await correct_birth_date(turn, an, BORN, BORN - 6 * DAY, twins=False)  # day 71
        now = await tips(turn, room)
    assert list(now) == [occasion]
    assert dict(now[occasion])["tip.66"] == "planned"
    assert [key for key, state in now[occasion] if state == "sent"] == ["tip.52", "tip.60"]


async def test_a_tip_of_the_wrong_age_that_still_waits_does_not_go(room: Room) -> None:
    an = room.village.an
    async with room.turn(hour=5, programme=WITH_TIPS) as turn:
        lan = await turn.uow.families.caregiver(room.village.lan)
        assert lan is not None
        await plan_one(turn, lan)
        await correct_birth_date(turn, an, BORN, LATER, twins=False)  # day 54
        now = (await tips(turn, room))[f"child:{an}"]
        assert now == [("tip.45", "planned"), ("tip.50", "planned"), ("tip.52", "planned")]


async def test_of_parted_twins_neither_hears_again_what_was_said_of_both(room: Room) -> None:
    an, twin = room.village.an, await room.adds("Bình")
    async with room.turn(hour=5, programme=WITH_TIPS) as turn:
        await reads(turn, room)
        await correct_birth_date(turn, an, BORN, BORN - 6 * DAY, twins=False)
        now = await tips(turn, room)
    assert [state for key, state in now[f"child:{an}"] if key != "tip.66"] == ["sent"] * 2
    assert [state for _key, state in now[f"child:{twin}"]] == [str(Reason.SUPERSEDED)] * 2


async def test_two_who_prove_to_be_twins_hear_once_what_either_heard(room: Room) -> None:
    an, twin = room.village.an, await room.adds("Bình", BORN - 6 * DAY)
    async with room.turn(hour=5, programme=WITH_TIPS) as turn:
        await reads(turn, room)
        heard = dict((await tips(turn, room))[f"child:{twin}"])
        assert heard["tip.66"] == str(OutboxState.SENT)
        await correct_birth_date(turn, twin, BORN - 6 * DAY, BORN, twins=False)
        now = dict((await tips(turn, room))[f"child:{an}"])
    assert now["tip.66"] == str(Reason.SUPERSEDED)
    assert now["tip.60"] == str(OutboxState.SENT)
