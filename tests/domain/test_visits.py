"""On which day An is asked to come, and for what."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.area import FacilitySettings
from domain.care.forecast import CareForecast
from domain.care.plan import CareKind
from domain.session_calendar import ChangeKind, SessionCalendar, SessionChange, StockOut
from domain.session_days import Hours, SessionRule, parse_session_rule
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.vaccination.sources import NO_SOURCE
from domain.visits import (
    Needs,
    PlannedVisit,
    first_open_day,
    needs_a_person,
    next_visit,
    step_after,
    unreachable_doses,
    urgent_doses,
    visit_steps,
)

TODAY = date(2026, 12, 1)


def calendar(text: str, *changes: SessionChange, out: tuple[StockOut, ...] = ()) -> SessionCalendar:
    parsed = parse_session_rule(text)
    assert isinstance(parsed, SessionRule)
    return SessionCalendar(parsed, changes, out)


def dose(vaccine: str, due: str, latest: str | None = None) -> DoseForecast:
    return DoseForecast(
        group=vaccine,
        dose_number=1,
        vaccine=vaccine,
        status=SeriesStatus.NOT_COMPLETE,
        earliest=date.fromisoformat(due),
        due=date.fromisoformat(due),
        latest=date.fromisoformat(latest) if latest else None,
    )


def checkup(due: str, latest: str) -> CareForecast:
    on = date.fromisoformat(due)
    return CareForecast(
        "checkup_2_3_months", CareKind.CHECKUP, on, on, None, date.fromisoformat(latest), source=NO_SOURCE
    )


PENTA = dose("PENTA", "2026-12-03")
OPV = dose("OPV", "2026-12-05")
IPV = dose("IPV", "2026-12-06")


def visit_of(needs: Needs, text: str, today: date = TODAY) -> PlannedVisit:
    found = next_visit(needs, calendar(text), today)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("settings", "steps"),
    [
        (FacilitySettings(), (7, 1)),
        (FacilitySettings(reminder_days=3), (7, 3)),
        (FacilitySettings(morning_reminder=True), (7, 1, 0)),
        (FacilitySettings(reminder_days=3, morning_reminder=True), (7, 3, 0)),
    ],
)
def test_a_visit_is_spoken_of_as_its_facility_settled_it(settings: FacilitySettings, steps: tuple[int, ...]) -> None:
    assert visit_steps(settings) == steps
    assert [step_after(settings, step) for step in steps] == [*steps[1:], None]


def test_the_visit_is_on_the_first_session_day_with_all_that_is_due_by_then() -> None:
    visit = visit_of(Needs((PENTA, OPV, IPV)), "day 5")
    assert (visit.on, visit.needs.doses, visit.unreachable_before_max_age) == (date(2026, 12, 5), (PENTA, OPV), ())


def test_a_checkup_rides_along_and_calls_for_a_visit_of_its_own_too() -> None:
    due = checkup("2026-12-04", "2026-12-31")
    assert visit_of(Needs((PENTA,), (due,)), "day 5").needs.care == (due,)
    assert visit_of(Needs((), (due,)), "day 5").on == date(2026, 12, 5)
    assert next_visit(Needs((), (checkup("2026-12-06", "2026-12-31"),)), calendar("day 5"), TODAY) is None


def test_a_station_that_vaccinates_on_the_31st_has_no_day_in_a_shorter_month() -> None:
    assert visit_of(Needs((PENTA,)), "day 31").on == date(2026, 12, 31)
    assert visit_of(Needs((PENTA,)), "day 31", date(2027, 2, 1)).on == date(2027, 3, 31)


def test_a_session_today_is_still_a_visit() -> None:
    assert visit_of(Needs((PENTA,)), "day 5", date(2026, 12, 5)).on == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("line", "clock", "first"),
    [
        ("day 5 @ 07:30-10:30", time(10, 29), date(2026, 12, 5)),
        ("day 5 @ 07:30-10:30", time(10, 30), date(2026, 12, 6)),
        ("day 5", time(16, 59), date(2026, 12, 5)),
        ("day 5", time(20, 15), date(2026, 12, 6)),
        ("day 6 @ 07:30-10:30", time(20, 15), date(2026, 12, 5)),
    ],
)
def test_nobody_is_asked_to_a_session_whose_hours_are_over(line: str, clock: time, first: date) -> None:
    sessions = calendar(line)
    assert first_open_day(sessions, datetime.combine(date(2026, 12, 5), clock)) == first
    later = next_visit(Needs((PENTA,)), sessions, first)
    assert later is not None
    assert later.on >= first


def test_a_session_with_other_hours_on_that_day_is_over_by_these() -> None:
    afternoon = SessionChange(date(2026, 12, 5), ChangeKind.CHANGED, hours=Hours(time(13, 30), time(16)))
    sessions = calendar("day 5 @ 07:30-10:30", afternoon)
    assert first_open_day(sessions, datetime(2026, 12, 5, 11, 0)) == date(2026, 12, 5)  # noqa: DTZ001 - local time


def test_a_cancelled_session_moves_the_visit_to_the_next() -> None:
    cancelled = SessionChange(date(2026, 12, 5), ChangeKind.CANCELLED)
    visit = next_visit(Needs((PENTA, IPV)), calendar("day 5,20", cancelled), TODAY)
    assert visit is not None
    assert (visit.on, visit.needs.doses) == (date(2026, 12, 20), (PENTA, IPV))


def test_a_moved_session_takes_the_visit_with_it() -> None:
    moved = SessionChange(date(2026, 12, 5), ChangeKind.MOVED, moved_to=date(2026, 12, 7))
    visit = next_visit(Needs((PENTA,)), calendar("day 5,20", moved), TODAY)
    assert visit is not None
    assert visit.on == date(2026, 12, 7)


def test_she_is_not_asked_to_a_day_on_which_she_cannot_come() -> None:
    visit = next_visit(Needs((PENTA,)), calendar("day 5,20"), TODAY, unless=frozenset({date(2026, 12, 5)}))
    assert visit is not None
    assert visit.on == date(2026, 12, 20)


def test_what_is_out_of_stock_is_not_promised_and_waits_for_a_session_that_has_it() -> None:
    out = (StockOut("PENTA", TODAY, date(2026, 12, 19)),)
    first = next_visit(Needs((PENTA, OPV)), calendar("day 5,20", out=out), TODAY)
    assert first is not None
    assert (first.on, first.needs.doses, first.missing) == (date(2026, 12, 5), (OPV,), (PENTA,))
    alone = next_visit(Needs((PENTA,)), calendar("day 5,20", out=out), TODAY)
    assert alone is not None
    assert alone.on == date(2026, 12, 20)


def test_a_dose_whose_last_day_is_the_session_day_is_in_the_visit() -> None:
    rota = dose("ROTA2", "2026-12-01", "2026-12-05")
    visit = visit_of(Needs((rota,)), "day 5")
    assert (visit.needs.doses, visit.unreachable_before_max_age) == ((rota,), ())


def test_a_dose_that_no_session_reaches_in_time_is_told_beside_the_visit() -> None:
    rota = dose("ROTA2", "2026-12-01", "2026-12-04")
    visit = visit_of(Needs((rota, PENTA)), "day 5")
    assert (visit.needs.doses, visit.unreachable_before_max_age) == ((PENTA,), (rota,))
    assert next_visit(Needs((rota,)), calendar("day 5"), TODAY) is None


def test_a_person_looks_only_when_the_last_day_is_near_and_the_dose_is_wanted() -> None:
    near = dose("ROTA2", "2026-12-01", "2026-12-04")
    far = dose("ROTA2", "2026-12-01", "2027-03-01")
    refused = replace(near, refused=True)
    assert urgent_doses((near, far, refused), TODAY) == (near,)
    assert needs_a_person((near,), TODAY)
    assert not needs_a_person((far, refused), TODAY)
    assert not needs_a_person((near,), date(2026, 12, 5))


def test_a_dose_that_is_missing_until_too_late_is_out_of_reach() -> None:
    rota = dose("ROTA2", "2026-12-01", "2026-12-20")
    out = (StockOut("ROTA2", TODAY, None),)
    assert unreachable_doses((rota,), calendar("day 5,20"), TODAY) == ()
    assert unreachable_doses((rota,), calendar("day 5,20", out=out), TODAY) == (rota,)


def test_a_station_without_session_days_has_no_visit() -> None:
    rota = dose("ROTA2", "2026-12-01", "2026-12-04")
    past = calendar("dates 2026-11-05")
    assert next_visit(Needs((PENTA, rota)), past, TODAY) is None
    assert unreachable_doses((PENTA, rota), past, TODAY) == (rota,)
    assert next_visit(Needs((PENTA,)), SessionCalendar(None), TODAY) is None


def test_a_complete_or_aged_out_series_asks_for_no_visit() -> None:
    complete = DoseForecast("bcg", None, "BCG", SeriesStatus.COMPLETE)
    aged_out = DoseForecast("rota", None, "ROTA2", SeriesStatus.AGED_OUT, latest=date(2026, 11, 30))
    assert next_visit(Needs((complete, aged_out)), calendar("weekly Mon"), TODAY) is None
    assert unreachable_doses((complete, aged_out), calendar("weekly Mon"), TODAY) == ()


@given(
    due=st.dates(min_value=date(2026, 11, 1), max_value=date(2027, 6, 30)),
    line=st.sampled_from(("day 5", "day 31", "2nd,4th Wed", "last Fri", "weekly Tue")),
)
def test_a_visit_is_on_a_session_day_and_never_before_anything_is_due(due: date, line: str) -> None:
    needs = Needs((dose("PENTA", due.isoformat()),))
    visit = visit_of(needs, line)
    assert visit.on >= max(due, TODAY)
    assert calendar(line).day(visit.on) is not None
    earlier = calendar(line).next_day(max(due, TODAY))
    assert earlier is not None
    assert earlier.on == visit.on
