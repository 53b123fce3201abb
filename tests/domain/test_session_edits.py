"""Hoa moves, cancels, adds and takes back: what becomes of the calendar, and what cannot be done."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.session_calendar import ChangeKind, SessionCalendar, SessionChange
from domain.session_changes import (
    Edit,
    Trouble,
    adding,
    altering,
    cancelling,
    moving,
    trouble_with_adding,
    trouble_with_arriving,
    trouble_with_leaving,
    trouble_with_undoing,
    undoing,
)
from domain.session_days import Hours, PlaceAndHours, SessionRule, parse_session_rule

TODAY = date(2026, 11, 22)
FIFTH, SEVENTH, NINTH, TWENTIETH = (date(2026, 12, day) for day in (5, 7, 9, 20))
PARSED = parse_session_rule("day 5,20 @ 07:30-10:30")
assert isinstance(PARSED, SessionRule)
USUAL = SessionCalendar(PARSED, capacity=40)
NOBODY: frozenset[date] = frozenset()


def december(calendar: SessionCalendar) -> list[date]:
    return [day.on for day in calendar.days(date(2026, 12, 1), date(2026, 12, 31))]


def after(calendar: SessionCalendar, *edits: Edit) -> SessionCalendar:
    for edit in edits:
        calendar = edit.applied_to(calendar)
    return calendar


def test_a_day_that_is_moved_twice_is_held_once() -> None:
    once = after(USUAL, moving(USUAL, FIFTH, SEVENTH))
    twice = after(once, moving(once, SEVENTH, NINTH))
    assert december(twice) == [NINTH, TWENTIETH]
    assert twice.day(NINTH) is not None
    assert [(change.on, change.moved_to) for change in twice.changes] == [(FIFTH, NINTH)]


def test_a_day_that_comes_back_to_its_own_is_as_the_rule_says() -> None:
    once = after(USUAL, moving(USUAL, FIFTH, SEVENTH))
    assert after(once, moving(once, SEVENTH, FIFTH)) == USUAL


def test_a_day_onto_which_another_was_moved_goes_with_everything_that_is_held_on_it() -> None:
    both = after(USUAL, moving(USUAL, FIFTH, TWENTIETH))
    assert december(both) == [TWENTIETH]
    assert december(after(both, moving(both, TWENTIETH, NINTH))) == [NINTH]
    assert december(after(both, cancelling(both, TWENTIETH))) == []


def test_two_days_one_moved_onto_the_other_and_back_leave_nobody_on_an_empty_day() -> None:
    both = after(USUAL, moving(USUAL, FIFTH, TWENTIETH))
    assert december(after(both, moving(both, TWENTIETH, FIFTH))) == [FIFTH]


def test_what_is_taken_back_is_as_planned_from_either_of_its_days() -> None:
    moved = after(USUAL, moving(USUAL, FIFTH, SEVENTH))
    assert after(moved, undoing(moved, FIFTH)) == USUAL
    assert after(moved, undoing(moved, SEVENTH)) == USUAL
    cancelled = after(moved, cancelling(moved, SEVENTH))
    assert december(cancelled) == [TWENTIETH]
    assert after(cancelled, undoing(cancelled, FIFTH)) == USUAL


def test_an_extra_day_moves_and_goes_without_a_trace() -> None:
    extra = after(USUAL, adding(SEVENTH, "Khe Sím", None))
    moved = after(extra, moving(extra, SEVENTH, NINTH))
    assert december(moved) == [FIFTH, NINTH, TWENTIETH]
    day = moved.day(NINTH)
    assert day is not None
    assert day.place == "Khe Sím"
    assert after(extra, cancelling(extra, SEVENTH)) == USUAL
    assert december(after(extra, moving(extra, SEVENTH, TWENTIETH))) == [FIFTH, TWENTIETH]


def test_an_outreach_day_keeps_its_place_and_the_facility_its_capacity() -> None:
    parsed = parse_session_rule("day 5 [Khe Sím] @ 08:00-09:00")
    assert isinstance(parsed, SessionRule)
    usual = SessionCalendar(parsed, capacity=40)
    day = after(usual, moving(usual, FIFTH, SEVENTH)).day(SEVENTH)
    assert day is not None
    assert (day.place, str(day.hours), day.capacity, day.moved_from) == ("Khe Sím", "08:00-09:00", 40, FIFTH)


@pytest.mark.parametrize(
    ("on", "closed", "trouble"),
    [
        (FIFTH, NOBODY, None),
        (date(2026, 11, 20), NOBODY, Trouble.PAST),
        (FIFTH, frozenset({FIFTH}), Trouble.CLOSED),
        (SEVENTH, NOBODY, Trouble.NO_SESSION),
    ],
)
def test_only_a_session_to_come_can_be_moved_or_cancelled(
    on: date, closed: frozenset[date], trouble: Trouble | None
) -> None:
    assert trouble_with_leaving(USUAL, on, today=TODAY, closed=closed) is trouble


def test_today_can_still_be_cancelled() -> None:
    assert trouble_with_leaving(USUAL, FIFTH, today=FIFTH, closed=NOBODY) is None


@pytest.mark.parametrize(
    ("to", "trouble"),
    [
        (SEVENTH, None),
        (TWENTIETH, None),
        (FIFTH, Trouble.SAME_DAY),
        (TODAY, None),
        (TODAY - timedelta(days=1), Trouble.PAST),
        (TODAY + timedelta(days=92), None),
        (TODAY + timedelta(days=93), Trouble.TOO_FAR),
        (NINTH, Trouble.CHANGED_THERE),
    ],
)
def test_where_a_session_can_be_put(to: date, trouble: Trouble | None) -> None:
    calendar = SessionCalendar(USUAL.rule, (SessionChange(NINTH, ChangeKind.CANCELLED),))
    assert trouble_with_arriving(calendar, FIFTH, to, today=TODAY, closed=NOBODY) is trouble


def test_an_extra_day_needs_a_day_that_is_free() -> None:
    moved = after(USUAL, moving(USUAL, FIFTH, SEVENTH))
    for day, trouble in ((NINTH, None), (SEVENTH, Trouble.TAKEN), (FIFTH, Trouble.CHANGED_THERE)):
        assert trouble_with_adding(moved, day, today=TODAY, closed=NOBODY) is trouble


def test_what_is_over_is_not_taken_back() -> None:
    moved = after(USUAL, moving(USUAL, FIFTH, SEVENTH))
    assert trouble_with_undoing(moved, SEVENTH, today=FIFTH, closed=NOBODY) is None
    late = FIFTH + timedelta(days=1)
    assert trouble_with_undoing(moved, SEVENTH, today=late, closed=NOBODY) is Trouble.PAST
    assert trouble_with_undoing(moved, SEVENTH, today=TODAY, closed=frozenset({SEVENTH})) is Trouble.CLOSED
    assert trouble_with_undoing(moved, TWENTIETH, today=TODAY, closed=NOBODY) is Trouble.NOTHING


MOVES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.booleans()), max_size=8)


@given(MOVES)
def test_whatever_hoa_moves_or_cancels_nothing_stays_on_a_day_that_she_gave_up(
    wishes: list[tuple[int, int, bool]],
) -> None:
    calendar, first = USUAL, date(2026, 12, 1)
    for n, m, is_move in wishes:
        on, to = first + timedelta(days=n), first + timedelta(days=m)
        if trouble_with_leaving(calendar, on, today=TODAY, closed=NOBODY):
            continue
        if is_move and trouble_with_arriving(calendar, on, to, today=TODAY, closed=NOBODY) is None:
            calendar = after(calendar, moving(calendar, on, to))
            assert calendar.day(to) is not None
        else:
            calendar = after(calendar, cancelling(calendar, on))
        assert calendar.day(on) is None
        assert len({change.on for change in calendar.changes}) == len(calendar.changes)


EIGHT = PlaceAndHours(hours=Hours(time(8), time(10)))
KHE_SIM = PlaceAndHours("Khe Sím")


def where(calendar: SessionCalendar, on: date) -> tuple[str, str, int | None]:
    day = calendar.day(on)
    assert day is not None
    return day.place, str(day.hours), day.capacity


def test_other_hours_and_then_another_place_stand_together_and_the_rule_comes_back() -> None:
    hours = after(USUAL, altering(USUAL, FIFTH, EIGHT))
    assert where(hours, FIFTH) == ("", "08:00-10:00", 40)
    both = after(hours, altering(hours, FIFTH, KHE_SIM))
    assert where(both, FIFTH) == ("Khe Sím", "08:00-10:00", 40)
    assert where(both, TWENTIETH) == ("", "07:30-10:30", 40)
    assert after(both, undoing(both, FIFTH)) == USUAL


def test_a_day_with_other_hours_keeps_them_when_it_is_moved() -> None:
    altered = after(USUAL, altering(USUAL, FIFTH, EIGHT))
    moved = after(altered, moving(altered, FIFTH, SEVENTH))
    assert december(moved) == [SEVENTH, TWENTIETH]
    assert where(moved, SEVENTH) == ("", "08:00-10:00", 40)


def test_a_day_that_was_moved_has_other_hours_and_keeps_them_when_it_is_moved_on() -> None:
    moved = after(USUAL, moving(USUAL, FIFTH, SEVENTH))
    altered = after(moved, altering(moved, SEVENTH, KHE_SIM))
    assert where(altered, SEVENTH) == ("Khe Sím", "07:30-10:30", 40)
    on = after(altered, moving(altered, SEVENTH, NINTH))
    assert december(on) == [NINTH, TWENTIETH]
    assert where(on, NINTH) == ("Khe Sím", "07:30-10:30", 40)


def test_an_extra_day_has_other_hours_and_stays_extra() -> None:
    extra = after(USUAL, adding(NINTH, "Khe Sím", None))
    altered = after(extra, altering(extra, NINTH, EIGHT))
    assert where(altered, NINTH) == ("Khe Sím", "08:00-10:00", 40)
    assert after(altered, undoing(altered, NINTH)) == USUAL


def test_two_days_held_as_one_have_one_place_and_one_hour_and_are_two_again_when_it_is_taken_back() -> None:
    both = after(USUAL, moving(USUAL, FIFTH, TWENTIETH))
    altered = after(both, altering(both, TWENTIETH, EIGHT))
    assert where(altered, TWENTIETH) == ("", "08:00-10:00", 40)
    assert after(altered, undoing(altered, TWENTIETH)) == USUAL
    assert where(after(altered, moving(altered, TWENTIETH, NINTH)), NINTH) == ("", "08:00-10:00", 40)
