"""When the ticks of the timetable come, to the second, in real and in simulated time alike."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.moment import Moment
from scheduler.timetable import Tick, make_timetable

MICROSECOND = timedelta(microseconds=1)
DAYBREAK = datetime(2026, 3, 1, tzinfo=UTC)


async def plan(_moment: Moment) -> int:
    return 0


PLANNING, _ERASING, _LETTING_GO, AUDITING = make_timetable(plan, plan, plan, plan)


@pytest.mark.parametrize(
    ("instant", "following"),
    [
        (DAYBREAK - MICROSECOND, DAYBREAK),
        (DAYBREAK, DAYBREAK + timedelta(hours=6)),
        (DAYBREAK + timedelta(hours=5, minutes=59, seconds=59), DAYBREAK + timedelta(hours=6)),
        (DAYBREAK + timedelta(hours=6), DAYBREAK + timedelta(hours=12)),
        (DAYBREAK + timedelta(hours=18), DAYBREAK + timedelta(days=1)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_next_planning_is_later_than_now_and_on_the_hour(instant: datetime, following: datetime) -> None:
    assert PLANNING.next_after(instant) == following


def test_the_audit_comes_once_a_night_after_planning() -> None:
    night = DAYBREAK + timedelta(hours=18)
    assert AUDITING.next_after(DAYBREAK) == PLANNING.next_after(night - MICROSECOND) == night
    assert AUDITING.next_after(night) == night + timedelta(days=1)
    names = [tick.name for tick in make_timetable(plan, plan, plan, plan)]
    assert names.index("plan_day") < names.index("audit")


def test_a_month_has_four_plannings_a_day_in_order() -> None:
    runs = [DAYBREAK]
    while runs[-1] < DAYBREAK + timedelta(days=31):
        runs.append(PLANNING.next_after(runs[-1]))
    assert runs == [DAYBREAK + n * timedelta(hours=6) for n in range(4 * 31 + 1)]


@settings(deadline=None, max_examples=50)
@given(st.timedeltas(timedelta(0), timedelta(days=1400)))
def test_no_instant_lies_on_its_own_next_run_or_beyond_it(later: timedelta) -> None:
    instant = DAYBREAK + later
    following = PLANNING.next_after(instant)
    assert timedelta(0) < following - instant <= timedelta(hours=6)
    assert PLANNING.next_after(following - MICROSECOND) == following


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "Asia/Shanghai", "Europe/Berlin", "Pacific/Apia"])
def test_in_every_zone_a_day_is_planned_between_midnight_and_the_first_tip(zone: str) -> None:
    for day in (date(2026, 3, 1), date(2026, 3, 29), date(2026, 10, 25)):
        midnight = datetime.combine(day, time(0), tzinfo=ZoneInfo(zone))
        run = PLANNING.next_after(midnight.astimezone(UTC) - MICROSECOND).astimezone(ZoneInfo(zone))
        assert (run.date(), run.hour < 8) == (day, True)


def test_a_line_that_never_comes_is_refused() -> None:
    with pytest.raises(ValueError, match="never comes"):
        Tick("never", "0 0 30 2 *", plan).next_after(DAYBREAK)
