"""Which vaccines ran out on a day: those of which nobody knew before that they would be missing."""

from datetime import UTC, date, datetime

import pytest

from domain.session_calendar import SessionCalendar, StockOut

DAY, ZONE = date(2026, 12, 5), "Asia/Ho_Chi_Minh"
MORNING = datetime(2026, 12, 5, 2, 0, tzinfo=UTC)
JUST_AFTER_MIDNIGHT = datetime(2026, 12, 4, 17, 1, tzinfo=UTC)
JUST_BEFORE_MIDNIGHT = datetime(2026, 12, 4, 16, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outs", "ran_out"),
    [
        ([StockOut("PENTA", DAY, DAY, MORNING)], {"PENTA"}),
        ([StockOut("PENTA", DAY, None, JUST_AFTER_MIDNIGHT)], {"PENTA"}),
        ([StockOut("PENTA", DAY, None, JUST_BEFORE_MIDNIGHT)], set()),
        ([StockOut("PENTA", DAY, None, JUST_BEFORE_MIDNIGHT), StockOut("PENTA", DAY, DAY, MORNING)], set()),
        ([StockOut("PENTA", date(2026, 12, 6), None, MORNING)], set()),
        ([StockOut("PENTA", DAY, date(2026, 12, 4), MORNING), StockOut("OPV", DAY, DAY, MORNING)], {"OPV"}),
        ([StockOut("PENTA", DAY)], set()),
    ],
)
def test_only_what_was_said_on_the_day_itself_ran_out_on_it(outs: list[StockOut], ran_out: set[str]) -> None:
    assert SessionCalendar(None, stock_outs=tuple(outs)).ran_out_on(DAY, ZONE) == ran_out


def test_the_same_word_said_at_another_hour_is_the_same() -> None:
    assert StockOut("PENTA", DAY, DAY, MORNING) == StockOut("PENTA", DAY, DAY)
