"""On which day An is asked to come, and for what."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from content.schedules.loading import load_schedules
from domain.session_days import SessionRule, parse_session_rule
from domain.vaccination.counting import GivenDose
from domain.vaccination.forecast import DoseForecast, SeriesStatus, forecast
from domain.visits import VISIT_STEPS, next_visit, unreachable_doses

SCHEDULE = load_schedules()["vn-epi"]


def rule(text: str) -> SessionRule:
    parsed = parse_session_rule(text)
    assert isinstance(parsed, SessionRule)
    return parsed


def dose(vaccine: str, due: str, latest: str | None = None, *, earliest: str | None = None) -> DoseForecast:
    return DoseForecast(
        series=vaccine.lower(),
        dose_number=1,
        vaccine=vaccine,
        status=SeriesStatus.NOT_COMPLETE,
        earliest=date.fromisoformat(earliest or due),
        due=date.fromisoformat(due),
        latest=date.fromisoformat(latest) if latest else None,
    )


PENTA = dose("PENTA", "2026-12-03")
OPV = dose("OPV", "2026-12-05")
IPV = dose("IPV", "2026-12-06", earliest="2026-12-01")
TODAY = date(2026, 12, 1)


def test_a_visit_is_spoken_of_a_week_and_a_day_before() -> None:
    assert VISIT_STEPS == (7, 1)


def test_the_visit_is_on_the_first_session_day_with_all_that_is_due_by_then() -> None:
    visit = next_visit([PENTA, OPV, IPV], rule("day 5"), TODAY)
    assert visit is not None
    assert (visit.on, visit.doses, visit.unreachable_before_max_age) == (date(2026, 12, 5), (PENTA, OPV), ())


def test_a_dose_that_is_possible_but_not_yet_due_waits_for_the_next_visit() -> None:
    visit = next_visit([IPV], rule("day 5"), TODAY)
    assert visit is not None
    assert visit.on == date(2027, 1, 5)


def test_a_session_today_is_still_a_visit() -> None:
    visit = next_visit([PENTA], rule("day 5"), date(2026, 12, 5))
    assert visit is not None
    assert visit.on == date(2026, 12, 5)


def test_what_is_late_is_planned_from_today_on() -> None:
    visit = next_visit([PENTA], rule("day 5"), date(2026, 12, 6))
    assert visit is not None
    assert visit.on == date(2027, 1, 5)


def test_a_cancelled_session_moves_the_visit_to_the_next() -> None:
    visit = next_visit([PENTA, IPV], rule("day 5,20"), TODAY, cancelled=frozenset({date(2026, 12, 5)}))
    assert visit is not None
    assert (visit.on, visit.doses) == (date(2026, 12, 20), (PENTA, IPV))


def test_a_dose_whose_last_day_is_the_session_day_is_in_the_visit() -> None:
    rota = dose("ROTA2", "2026-12-01", "2026-12-05")
    visit = next_visit([rota], rule("day 5"), TODAY)
    assert visit is not None
    assert (visit.doses, visit.unreachable_before_max_age) == ((rota,), ())


def test_a_dose_that_no_session_reaches_in_time_is_told_beside_the_visit() -> None:
    rota = dose("ROTA2", "2026-12-01", "2026-12-04")
    visit = next_visit([rota, PENTA], rule("day 5"), TODAY)
    assert visit is not None
    assert (visit.doses, visit.unreachable_before_max_age) == ((PENTA,), (rota,))


def test_nobody_is_asked_to_come_for_a_dose_that_is_out_of_reach() -> None:
    rota = dose("ROTA2", "2026-12-01", "2026-12-04")
    later = next_visit([rota, IPV], rule("day 5"), TODAY)
    assert later is not None
    assert (later.on, later.doses, later.unreachable_before_max_age) == (date(2027, 1, 5), (IPV,), (rota,))
    assert next_visit([rota], rule("day 5"), TODAY) is None
    assert unreachable_doses([rota], rule("day 5"), TODAY) == (rota,)


def test_a_station_without_session_days_has_no_visit() -> None:
    rota = dose("ROTA2", "2026-12-01", "2026-12-04")
    past = rule("dates 2026-11-05")
    assert next_visit([PENTA, rota], past, TODAY) is None
    assert unreachable_doses([PENTA, rota], past, TODAY) == (rota,)


def test_a_complete_or_aged_out_series_asks_for_no_visit() -> None:
    complete = DoseForecast("bcg", 1, "BCG", SeriesStatus.COMPLETE)
    aged_out = DoseForecast("rota", 1, "ROTA2", SeriesStatus.AGED_OUT, TODAY, TODAY, TODAY, date(2026, 11, 30))
    assert next_visit([complete, aged_out], rule("weekly Mon"), TODAY) is None
    assert unreachable_doses([complete, aged_out], rule("weekly Mon"), TODAY) == ()


def test_an_at_two_months_comes_once_for_both_vaccines() -> None:
    born, today = date(2026, 9, 20), date(2026, 11, 22)
    given_at_birth = [GivenDose("HEPB0", born), GivenDose("BCG", born)]
    found = forecast(SCHEDULE, given_at_birth, birth_date=born, sex=None, today=today, open_gates=frozenset())
    visit = next_visit(found, rule("day 5 @ 07:30-10:30"), today)
    assert visit is not None
    assert (visit.on, [dose.vaccine for dose in visit.doses]) == (date(2026, 12, 5), ["PENTA", "OPV"])


@given(
    born=st.dates(min_value=date(2021, 1, 1), max_value=date(2026, 12, 31)),
    line=st.sampled_from(("day 5", "day 31", "2nd,4th Wed", "last Fri", "weekly Tue")),
)
def test_a_visit_holds_at_least_one_dose_and_none_outside_its_days(born: date, line: str) -> None:
    today = date(2026, 12, 31)
    found = forecast(SCHEDULE, [], birth_date=born, sex=None, today=today, open_gates=frozenset({"rota"}))
    visit = next_visit(found, rule(line), today)
    assert visit is not None
    assert visit.doses
    assert visit.on >= today
    assert rule(line).holds_on(visit.on)
    for planned in visit.doses:
        assert planned.earliest is not None
        assert planned.earliest <= visit.on <= (planned.latest or visit.on)
