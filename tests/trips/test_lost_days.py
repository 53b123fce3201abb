"""Days on which nothing ran: what is still of use comes at legal hours, the rest never, and nothing at night."""

from datetime import date

import pytest

from domain.sending.outbox import Lane, OutboxState, Reason
from tests.trips.journeys import enrol_and_join
from tests.trips.letters import at_home, local, sent
from tests.trips.village import Person, Village

BORN = date(2026, 11, 1)


async def lose_time(village: Village, until: str) -> None:
    """The bot stands still while the clock goes on; it starts again at an hour that nobody chose."""
    await village.stop_bot()
    await village.stage.follow(0)
    await village.stage.move(to=until)
    await village.start_bot()
    await village.settled()


@pytest.mark.parametrize(("back_on", "at"), [(date(2026, 11, 27), "02:30"), (date(2026, 12, 9), "22:15")])
async def test_after_lost_time_only_what_is_still_of_use_comes(
    village: Village, minh: Person, lan: Person, back_on: date, at: str
) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    await village.pass_time(to=at_home(date(2026, 11, 25), "08:00"))
    before = sent(await village.ledger(lan))
    heard = len(await lan.has_read())
    await lose_time(village, at_home(back_on, at))
    assert len(await lan.has_read()) == heard, "it is night"

    await village.pass_time(days=4)
    rows = await village.ledger(lan)
    later = [row for row in sent(rows) if row not in before]
    tips = [row for row in later if row.lane is Lane.TIP]
    steps = {one.key: one for one in village.parts.programme.journey}
    assert 1 <= len(tips) <= 4
    assert len({local(row).date() for row in tips}) == len(tips)
    assert {local(row).hour for row in tips} == {19}
    assert all(local(row).date() < steps[row.message_key].ends_on(BORN) for row in tips)
    assert [steps[row.message_key].from_day for row in tips] == sorted(steps[row.message_key].from_day for row in tips)
    assert all(5 <= local(row).hour < 21 for row in later)
    closed = {row.reason for row in rows if row.state is OutboxState.CLOSED}
    assert closed <= {Reason.EXPIRED, Reason.DAILY_CAP, Reason.WEEKLY_CAP, Reason.VISIT_TODAY}
