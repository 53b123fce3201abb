"""A chat that must wait gets its turn, and a clock that is set back silences nobody."""

from datetime import timedelta

import pytest

from domain.sending.pacing import ChatTurn
from storage.engine import Database
from tests.storage.village import BOT, NOW, Village

SECOND = timedelta(seconds=1)
SLOT = SECOND / 30
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # PostgreSQL asks its own clock


async def wait_at(database: Database, village: Village, after: timedelta, *, gap: timedelta) -> timedelta:
    """How long a message to Lan has to wait that is tried then."""
    async with database.begin() as uow:
        chats = [ChatTurn(village.chat, gap)]
        turns = await uow.budgets.take_slots(BOT, chats, slot=SLOT, wall=NOW + after)
    assert turns is not None
    return turns[0].chat


@ON_SQLITE
async def test_who_gave_her_turn_back_has_it_when_the_wait_is_over(database: Database, village: Village) -> None:
    gap = 3 * SECOND
    assert await wait_at(database, village, 0 * SECOND, gap=gap) == 0 * SECOND
    too_long = await wait_at(database, village, SECOND / 2, gap=gap)
    assert too_long == 2.5 * SECOND
    assert await wait_at(database, village, SECOND / 2 + too_long, gap=gap) == 0 * SECOND


@ON_SQLITE
@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
async def test_after_the_clock_was_set_back_messages_leave_at_once(
    database: Database, village: Village, back: timedelta
) -> None:
    assert await wait_at(database, village, 0 * SECOND, gap=SECOND) == 0 * SECOND
    assert await wait_at(database, village, -back, gap=SECOND) == 0 * SECOND
    assert await wait_at(database, village, -back, gap=SECOND) == SECOND
