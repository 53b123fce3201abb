"""Three processes on one token: the pace is one row, and a pause is everybody's."""

import asyncio
from datetime import timedelta

from domain.identifiers import AddressId
from domain.sending.pacing import ChatTurn
from services.ports.budgets import PauseReason
from storage.engine import Database
from tests.storage.village import BOT, NOW, Village, arrive

SECOND = timedelta(seconds=1)
NONE = timedelta(0)
SLOT = SECOND / 30
CLOSE = timedelta(milliseconds=400)


async def take(database: Database, chat: AddressId, count: int = 1, *, gap: timedelta = NONE) -> list[timedelta]:
    async with database.begin() as uow:
        turns = await uow.budgets.take_slots(BOT, [ChatTurn(chat, gap)] * count, slot=SLOT, wall=NOW)
    assert turns is not None
    return [turn.chat for turn in turns]


async def test_senders_at_once_never_take_the_same_slot(database: Database, village: Village) -> None:
    taken = await asyncio.gather(*(take(database, village.chat, 3) for _ in range(10)))
    slots = sorted(slot for some in taken for slot in some)
    assert len(slots) == 30
    # On PostgreSQL its own clock runs on between two of them, so that a later one waits less.
    assert slots[-1] <= 30 * SLOT
    assert all(len(set(some)) == 3 for some in taken)


async def test_who_makes_two_calls_takes_two_slots_and_goes_at_the_second(database: Database, village: Village) -> None:
    one, two = ChatTurn(village.chat, NONE), ChatTurn(village.chat, NONE, calls=2)
    async with database.begin() as uow:
        turns = await uow.budgets.take_slots(BOT, [one, two, one], slot=SLOT, wall=NOW)
        assert turns is not None
        first, second, third = (turn.slot for turn in turns)
        assert (second - first, third - second) == (2 * SLOT, SLOT)
        assert await uow.budgets.take_slots(BOT, [], slot=SLOT, wall=NOW) == ()


async def test_the_line_is_as_long_as_the_slots_that_are_taken_and_looking_takes_none(
    database: Database, village: Village
) -> None:
    async with database.look() as uow:
        assert await uow.budgets.line(BOT, slot=SLOT, wall=NOW) == NONE
    await take(database, village.chat, 60)
    for _ in range(2):
        async with database.look() as uow:
            assert 60 * SLOT - CLOSE <= await uow.budgets.line(BOT, slot=SLOT, wall=NOW) <= 60 * SLOT
            assert await uow.budgets.line("another", slot=SLOT, wall=NOW) == NONE


async def test_a_pause_is_kept_for_every_process_and_a_shorter_one_does_not_end_it(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        assert await uow.budgets.pause_left(BOT, NOW) == NONE
        await uow.budgets.pause(BOT, lasting=30 * SECOND, reason=PauseReason.THROTTLED, wall=NOW)
        await uow.budgets.pause(BOT, lasting=2 * SECOND, reason=PauseReason.THROTTLED, wall=NOW)
    async with database.begin() as uow:
        assert 30 * SECOND - CLOSE <= await uow.budgets.pause_left(BOT, NOW) <= 30 * SECOND
        assert await uow.budgets.pause_left("another", NOW) == NONE
    async with database.begin() as uow:
        assert await uow.budgets.take_slots(BOT, [ChatTurn(village.chat, NONE)], slot=SLOT, wall=NOW) is None
        assert await uow.budgets.take_slots("another", [ChatTurn(village.chat, NONE)], slot=SLOT, wall=NOW)


async def test_one_chat_waits_a_second_between_two_messages_and_others_do_not(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        other = (await arrive(uow, "other")).id
    (first,) = await take(database, village.chat, gap=SECOND)
    (second,) = await take(database, village.chat, gap=SECOND)
    (others,) = await take(database, other, gap=SECOND)
    assert first == NONE
    assert SECOND - CLOSE <= second <= SECOND
    assert others <= 3 * SLOT


async def test_a_bot_that_is_known_again_speaks_at_once_and_one_that_spoke_too_fast_goes_on_waiting(
    database: Database,
) -> None:
    async with database.begin() as uow:
        await uow.budgets.pause(BOT, lasting=60 * SECOND, reason=PauseReason.REFUSED, wall=NOW)
        await uow.budgets.pause("another", lasting=60 * SECOND, reason=PauseReason.THROTTLED, wall=NOW)
        for bot in (BOT, "another"):
            await uow.budgets.forgive(bot)
        assert await uow.budgets.pause_left(BOT, NOW) == NONE
        assert await uow.budgets.pause_left("another", NOW) > NONE
