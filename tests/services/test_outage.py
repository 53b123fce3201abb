"""Hours, days, weeks in which nothing ran: what is still of use comes at legal hours and spread, the rest never."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.sending.outbox import Lane, Reason
from tests.services.street import at_a_strange_hour, open_street

HOURS, DAYS = timedelta(hours=1), timedelta(days=1)
BECAUSE_OF_TIME = {
    Reason.EXPIRED,
    Reason.DAILY_CAP,
    Reason.WEEKLY_CAP,
    Reason.VISIT_TODAY,
    Reason.VACCINATED,
    Reason.SUPERSEDED,
    Reason.NOT_SO_NOW,
    Reason.OUTSIDE_HOURS,
}


@pytest.mark.parametrize(
    ("lasting", "back_at"),
    [(5 * HOURS, "22:40"), (2 * DAYS, "02:30"), (9 * DAYS, "10:15"), (40 * DAYS, "19:58")],
)
async def test_after_an_outage_of_any_length_nobody_is_flooded_and_nothing_useful_is_forgotten(
    tmp_path: Path, lasting: timedelta, back_at: str
) -> None:
    async with open_street(tmp_path) as street:
        await street.house.live(1)
        seen = len(street.house.wire.letters)
        await street.stands_still(lasting, until=back_at)
        assert await street.missing() == []
        await street.house.live(4)
        assert await street.faults() == []
        assert await at_a_strange_hour(street, street.house.wire.letters[seen:]) == []
        rows = await street.house.rows("SELECT DISTINCT reason FROM outbox WHERE state = 'closed'")
        assert {row[0] for row in rows} <= BECAUSE_OF_TIME
        assert len(street.letters(Lane.TIP)) > 0
