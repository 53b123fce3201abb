"""Who hears of a changed session day, in which words, and who is called."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.call_list import MOST_CALLS
from domain.identifiers import ActorId, CaregiverId, FacilityId, FamilyId
from domain.session_calendar import ChangeKind as Kind
from domain.session_calendar import SessionCalendar, SessionChange, SessionDay
from domain.session_days import Hours, SessionRule, parse_session_rule
from domain.session_notice import (
    ChangeCall,
    Difference,
    Heard,
    Listener,
    Notice,
    SessionOccasion,
    Shift,
    Word,
    difference,
    is_short_notice,
    notice_of,
    parse_change_call,
    parse_session_occasion,
    shared_out,
    whom_to_call,
)
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.visits import Needs, PlannedVisit

A, B, C = date(2026, 12, 5), date(2026, 12, 7), date(2026, 12, 20)
ZONE = "Asia/Ho_Chi_Minh"
HOURS = Hours(time(7, 30), time(10, 30))


def visit(on: date, *vaccines: str) -> PlannedVisit:
    doses = tuple(DoseForecast(code, 1, code, SeriesStatus.NOT_COMPLETE, due=on) for code in vaccines or ("OPV",))
    return PlannedVisit(SessionDay(on, hours=HOURS), Needs(doses))


def shift(was: date | None, is_: date | None) -> Shift:
    return Shift(visit(was) if was else None, visit(is_) if is_ else None)


LOST_A = Difference(lost=frozenset({A}))
NOTHING_HEARD = Heard()


def test_who_was_expected_on_the_day_that_is_gone_hears_the_new_one() -> None:
    assert notice_of(shift(A, B), LOST_A, NOTHING_HEARD) == Notice(Word.MOVED, A, B)
    assert notice_of(shift(A, None), LOST_A, NOTHING_HEARD) == Notice(Word.NO_DAY, A, None)


def test_who_was_expected_on_another_day_hears_nothing() -> None:
    for was, is_ in ((C, C), (C, B), (None, B), (None, None)):
        assert notice_of(shift(was, is_), LOST_A, NOTHING_HEARD) is None


def test_what_was_not_said_yet_is_not_taken_back_either() -> None:
    unsaid = Heard(unsaid={C: A})
    assert notice_of(shift(C, A), Difference(lost=frozenset({C})), unsaid) is None
    assert notice_of(shift(C, A), Difference(others=frozenset({A})), unsaid) is None


def test_who_never_heard_of_the_day_between_hears_from_which_day_to_which() -> None:
    unsaid = Heard(unsaid={B: A})
    assert notice_of(shift(B, C), Difference(lost=frozenset({B})), unsaid) == Notice(Word.MOVED, A, C)
    reminded = replace(unsaid, reminded=frozenset({B}))
    assert notice_of(shift(B, C), Difference(lost=frozenset({B})), reminded) == Notice(Word.MOVED, B, C)


def test_who_was_told_that_a_day_is_off_hears_that_it_stands_after_all_and_others_do_not() -> None:
    stands = Difference(others=frozenset({A}))
    told = NOTHING_HEARD.with_word(Word.MOVED, A, C, said=True)
    assert notice_of(shift(C, A), stands, told) == Notice(Word.AGAIN, C, A)
    assert notice_of(shift(C, A), stands, NOTHING_HEARD) is None
    again = told.with_word(Word.AGAIN, C, A, said=True)
    assert A not in again.off


def test_who_was_left_without_a_day_hears_of_the_first_one_that_there_is() -> None:
    stands = Difference(others=frozenset({B}))
    for said in (True, False):
        adrift = NOTHING_HEARD.with_word(Word.NO_DAY, A, None, said=said)
        assert notice_of(shift(None, B), stands, adrift) == Notice(Word.MOVED, A, B)
        assert notice_of(shift(None, None), stands, adrift) is None
    back = NOTHING_HEARD.with_word(Word.NO_DAY, A, None, said=True)
    assert notice_of(shift(None, A), stands, back) == Notice(Word.AGAIN, A, A)


def test_a_missing_vaccine_concerns_those_for_whom_it_is_due_that_day() -> None:
    gone = Difference(lost=frozenset({A}), others=frozenset({C}), vaccine="BCG")
    with_it, without = Shift(visit(A, "BCG", "OPV"), visit(A, "OPV")), Shift(visit(A, "OPV"), visit(A, "OPV"))
    assert notice_of(with_it, gone, NOTHING_HEARD) == Notice(Word.WAITS, A, A)
    assert notice_of(without, gone, NOTHING_HEARD) is None
    assert notice_of(Shift(visit(A, "BCG"), visit(B)), gone, NOTHING_HEARD) == Notice(Word.MOVED, A, B)


def test_a_vaccine_that_stays_away_concerns_on_later_days_only_who_was_reminded_of_it() -> None:
    gone = Difference(lost=frozenset({A}), others=frozenset({C}), vaccine="BCG")
    later = Shift(visit(C, "BCG", "OPV"), visit(C, "OPV"))
    assert notice_of(later, gone, NOTHING_HEARD) is None
    assert notice_of(later, gone, Heard(reminded=frozenset({C}))) == Notice(Word.WAITS, C, C)


def test_that_a_vaccine_is_there_again_concerns_who_was_told_that_it_is_not() -> None:
    there = Difference(lost=frozenset({A}), vaccine="BCG")
    back = Shift(visit(A, "OPV"), visit(A, "BCG", "OPV"))
    told = NOTHING_HEARD.with_word(Word.WAITS, A, A, said=True)
    assert notice_of(back, there, told) == Notice(Word.THERE, A, A)
    assert notice_of(back, there, NOTHING_HEARD) is None
    assert notice_of(back, there, told.with_word(Word.THERE, A, A, said=True)) is None


def test_another_place_on_the_same_day_is_told() -> None:
    assert notice_of(shift(A, A), Difference(altered=frozenset({A})), NOTHING_HEARD) == Notice(Word.CHANGED, A, A)
    assert notice_of(shift(A, A), LOST_A, NOTHING_HEARD) is None


def test_what_differs_between_two_calendars() -> None:
    parsed = parse_session_rule("day 5,20 @ 07:30-10:30")
    assert isinstance(parsed, SessionRule)
    before = SessionCalendar(parsed)
    moved = replace(before, changes=(SessionChange(A, Kind.MOVED, B),))
    assert difference(before, moved, {A, B, C}) == Difference(lost=frozenset({A}), others=frozenset({B}))
    elsewhere = replace(before, changes=(SessionChange(A, Kind.CHANGED, place="Khe Sím"),))
    assert difference(before, elsewhere, {A, B, C}) == Difference(altered=frozenset({A}))


@pytest.mark.parametrize(
    ("local", "short"),
    [("2026-12-04T19:29", False), ("2026-12-04T19:31", True), ("2026-12-05T08:00", True), ("2026-12-01T08:00", False)],
)
def test_less_than_twelve_hours_before_it_opens_is_short_notice(local: str, short: bool) -> None:
    now = datetime.fromisoformat(local).replace(tzinfo=UTC) - timedelta(hours=7)
    assert is_short_notice([SessionDay(A, hours=HOURS)], ZONE, now) is short
    assert is_short_notice([SessionDay(C), SessionDay(A, hours=HOURS)], ZONE, now) is short


def test_a_session_whose_hours_nobody_told_opens_at_seven() -> None:
    evening = datetime(2026, 12, 4, 12, 1, tzinfo=UTC)
    assert is_short_notice([SessionDay(A)], ZONE, evening)
    assert not is_short_notice([SessionDay(A)], ZONE, evening - timedelta(minutes=2))


def listener(number: int, *, silent: bool = False, reached: bool = True, has_phone: bool = True) -> Listener:
    return Listener(CaregiverId(number), silent, reached, has_phone)


def test_whom_a_chat_reaches_in_time_nobody_calls() -> None:
    assert whom_to_call([listener(1), listener(2, reached=False)], short_notice=False) is None
    assert whom_to_call([listener(1)], short_notice=True) == 1
    assert whom_to_call([listener(1, reached=False)], short_notice=False) == 1


def test_who_asked_for_silence_is_not_called_and_who_has_a_telephone_is_called_first() -> None:
    assert whom_to_call([listener(1, silent=True, reached=False)], short_notice=True) is None
    assert whom_to_call([], short_notice=True) is None
    members = [listener(1, silent=True), listener(2, reached=False, has_phone=False), listener(3, reached=False)]
    assert whom_to_call(members, short_notice=False) == 3


def test_a_volunteer_calls_ten_families_and_the_nurse_the_rest() -> None:
    minh, hoa = ActorId(1), ActorId(2)
    families = [(FamilyId(n), minh) for n in range(12)]
    shared = shared_out([*families, (FamilyId(90), None)], hoa)
    assert [actor for _family, actor in shared].count(minh) == MOST_CALLS == 10
    assert [family for family, actor in shared if actor == hoa] == [10, 11, 90]


@pytest.mark.parametrize(
    "occasion",
    [
        SessionOccasion(FacilityId(7), A, 12, B),
        SessionOccasion(FacilityId(7), A, 12, None),
        SessionOccasion(FacilityId(7), A, 12, A, "JE_INACT"),
    ],
)
def test_the_occasion_of_a_message_is_read_back(occasion: SessionOccasion) -> None:
    assert parse_session_occasion(str(occasion)) == occasion
    assert parse_session_occasion("visit:7:2026-12-05:1") is None


@pytest.mark.parametrize("to", [B, None])
def test_the_occasion_of_a_call_is_read_back(to: date | None) -> None:
    call = ChangeCall(FacilityId(7), A, FamilyId(3), 12, to)
    assert parse_change_call(str(call)) == call
    assert parse_change_call("remind:7:2026-12-05:3") is None


def test_other_hours_of_a_day_of_which_she_has_not_heard_are_told_with_the_day() -> None:
    altered = Difference(altered=frozenset({B}))
    assert notice_of(shift(B, B), altered, NOTHING_HEARD) == Notice(Word.CHANGED, B, B)
    assert notice_of(shift(B, B), altered, Heard(unsaid={B: A})) == Notice(Word.MOVED, A, B)
    assert notice_of(shift(B, B), altered, Heard(off=frozenset({B}))) == Notice(Word.AGAIN, B, B)
    assert notice_of(shift(C, C), altered, NOTHING_HEARD) is None
