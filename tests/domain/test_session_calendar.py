"""On which days the station of Suối Mơ really vaccinates: its rule, what was moved or cancelled, what is missing."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.session_calendar import HORIZON, ChangeKind, SessionCalendar, SessionChange, SessionDay, StockOut
from domain.session_days import Hours, SessionRule, parse_session_rule

FIFTH, TWENTIETH, NEXT = date(2026, 12, 5), date(2026, 12, 20), date(2027, 1, 5)
SEVENTH = date(2026, 12, 7)
HOURS = Hours(time(7, 30), time(10, 30))


def rule(line: str) -> SessionRule:
    parsed = parse_session_rule(line)
    assert isinstance(parsed, SessionRule)
    return parsed


def calendar(
    *changes: SessionChange, line: str = "day 5,20 @ 07:30-10:30", stock: tuple[StockOut, ...] = ()
) -> SessionCalendar:
    return SessionCalendar(rule(line), changes, stock)


def days(of: SessionCalendar) -> list[date]:
    return [day.on for day in of.days(date(2026, 12, 1), date(2027, 1, 10))]


def test_without_changes_the_rule_says_it_all() -> None:
    assert days(calendar()) == [FIFTH, TWENTIETH, NEXT]
    assert calendar().day(FIFTH) == SessionDay(FIFTH, "", HOURS)
    assert calendar().day(SEVENTH) is None


def test_a_moved_day_is_held_on_the_other_one_with_its_own_place_and_hours() -> None:
    moved = calendar(SessionChange(FIFTH, ChangeKind.MOVED, SEVENTH, "Khe Sím"))
    assert days(moved) == [SEVENTH, TWENTIETH, NEXT]
    assert moved.day(SEVENTH) == SessionDay(SEVENTH, "Khe Sím", HOURS, moved_from=FIFTH)


def test_a_cancelled_day_is_gone_and_an_extra_one_is_there() -> None:
    changed = calendar(
        SessionChange(FIFTH, ChangeKind.CANCELLED), SessionChange(SEVENTH, ChangeKind.ADDED, place="Khe Sím")
    )
    assert days(changed) == [SEVENTH, TWENTIETH, NEXT]


def test_a_day_moved_onto_another_session_day_is_one_session() -> None:
    moved = calendar(SessionChange(FIFTH, ChangeKind.MOVED, TWENTIETH))
    assert days(moved) == [TWENTIETH, NEXT]
    assert moved.day(TWENTIETH) == SessionDay(TWENTIETH, "", HOURS)


def test_two_days_that_were_swapped_are_both_held() -> None:
    swapped = calendar(
        SessionChange(FIFTH, ChangeKind.MOVED, TWENTIETH, "Khe Sím"),
        SessionChange(TWENTIETH, ChangeKind.MOVED, FIFTH),
    )
    assert days(swapped) == [FIFTH, TWENTIETH, NEXT]
    places = [(day.on, day.place) for day in swapped.days(FIFTH, TWENTIETH)]
    assert places == [(FIFTH, ""), (TWENTIETH, "Khe Sím")]


def test_the_next_day_passes_over_those_on_which_nobody_comes() -> None:
    found = calendar().next_day(FIFTH, unless=frozenset({FIFTH, TWENTIETH}))
    assert found is not None
    assert found.on == NEXT
    assert SessionCalendar(None).next_day(FIFTH) is None


def test_the_next_day_may_be_today_and_passes_over_a_cancelled_one() -> None:
    monthly = calendar(line="day 5")
    assert next_on(monthly, FIFTH) == FIFTH
    assert next_on(monthly, date(2026, 12, 6)) == NEXT
    assert next_on(calendar(SessionChange(FIFTH, ChangeKind.CANCELLED), line="day 5"), date(2026, 12, 1)) == NEXT


def test_when_the_named_dates_are_over_or_beyond_the_horizon_there_is_no_next_day() -> None:
    named = calendar(line="dates 2026-12-05")
    assert next_on(named, date(2026, 12, 6)) is None
    assert next_on(named, FIFTH - HORIZON) == FIFTH
    assert next_on(named, FIFTH - HORIZON - timedelta(days=1)) is None


lines = st.sampled_from(
    ("day 1,15", "day 31", "2nd Wed", "1st,last Mon", "5th Sun", "weekly Tue,Fri", "dates 2026-12-05; day 30")
)


@given(line=lines, start=st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 12, 31)))
def test_the_next_day_is_the_first_of_the_days(line: str, start: date) -> None:
    held = calendar(line=line).days(start, start + HORIZON)
    assert next_on(calendar(line=line), start) == held[0].on


def next_on(of: SessionCalendar, on_or_after: date) -> date | None:
    found = of.next_day(on_or_after)
    return found.on if found else None


def test_a_vaccine_is_missing_on_its_days_only() -> None:
    of_day, lasting = StockOut("BCG", FIFTH, FIFTH), StockOut("OPV", FIFTH)
    short = calendar(stock=(of_day, lasting))
    assert [short.is_short_of("BCG", day) for day in (date(2026, 12, 4), FIFTH, TWENTIETH)] == [False, True, False]
    assert [short.is_short_of("OPV", day) for day in (date(2026, 12, 4), FIFTH, TWENTIETH)] == [False, True, True]


def test_hours_that_were_changed_of_a_day_that_was_moved_are_its_hours() -> None:
    afternoon = Hours(time(13, 30), time(16))
    moved = calendar(
        SessionChange(FIFTH, ChangeKind.MOVED, SEVENTH, "Khe Sím"),
        SessionChange(SEVENTH, ChangeKind.CHANGED, hours=afternoon),
    )
    assert moved.day(SEVENTH) == SessionDay(SEVENTH, "Khe Sím", afternoon, moved_from=FIFTH)
