"""What people write is kept before it is acknowledged, and answered chat by chat in order."""

from services.ports import UnitOfWork
from services.ports.updates import StoredUpdate
from storage.engine import Database
from tests.storage.village import BOT, NOW, minutes

LEASE = NOW + minutes(1)
AFTER = NOW + minutes(2)


async def store(uow: UnitOfWork, number: int, chat: str = "lan", bot: str = BOT) -> bool:
    return await uow.updates.store(bot=bot, update_id=number, chat=chat, body=f'{{"n":{number}}}', at=NOW)


async def next_of(uow: UnitOfWork, chat: str = "lan") -> StoredUpdate:
    found = await uow.updates.next_of(BOT, chat)
    assert found is not None
    return found


async def test_an_update_that_comes_twice_is_kept_once(database: Database) -> None:
    async with database.begin() as uow:
        assert [await store(uow, 5), await store(uow, 5), await store(uow, 5, bot="other")] == [True, False, True]


async def test_chats_are_served_in_the_order_in_which_they_wrote(database: Database) -> None:
    async with database.begin() as uow:
        for number, chat in enumerate(["lan", "hung", "lan", "binh"]):
            await store(uow, number, chat)
        turns = [await uow.updates.take_turn(BOT, wall=NOW, lease_until=LEASE) for _ in range(4)]
        assert turns == ["lan", "hung", "binh", None]
        assert await uow.updates.take_turn("other", wall=NOW, lease_until=LEASE) is None


async def test_who_wrote_on_after_her_turn_waits_behind_the_others(database: Database) -> None:
    async with database.begin() as uow:
        for number, chat in enumerate(["lan", "hung", "lan"]):
            await store(uow, number, chat)
        await uow.updates.take_turn(BOT, wall=NOW, lease_until=LEASE)
        await uow.updates.done((await next_of(uow)).id, NOW)
        await uow.updates.end_turn(BOT, "lan", retry_at=None)
        turns = [await uow.updates.take_turn(BOT, wall=NOW, lease_until=LEASE) for _ in range(2)]
        assert turns == ["hung", "lan"]


async def test_updates_of_a_chat_come_in_order_and_are_done_once(database: Database) -> None:
    async with database.begin() as uow:
        for number in (8, 9):
            await store(uow, number)
        first = await next_of(uow)
        assert (first.update_id, first.body, first.chat, first.bot, first.attempts) == (8, '{"n":8}', "lan", BOT, 0)
        await uow.updates.done(first.id, NOW)
        assert (await next_of(uow)).update_id == 9
        await uow.updates.failed(first.id, problem="late", parked=True, at=NOW)
        assert await uow.updates.parked() == 0


async def test_a_turn_without_anything_left_ends_the_waiting(database: Database) -> None:
    async with database.begin() as uow:
        await store(uow, 1)
        await uow.updates.take_turn(BOT, wall=NOW, lease_until=LEASE)
        await uow.updates.done((await next_of(uow)).id, NOW)
        await uow.updates.end_turn(BOT, "lan", retry_at=None)
        assert await uow.updates.take_turn(BOT, wall=AFTER, lease_until=LEASE) is None
        await store(uow, 2)
        assert await uow.updates.take_turn(BOT, wall=NOW, lease_until=LEASE) == "lan"


async def test_what_failed_holds_up_its_chat_until_it_is_tried_again(database: Database) -> None:
    async with database.begin() as uow:
        for number in (1, 2):
            await store(uow, number)
        await uow.updates.take_turn(BOT, wall=NOW, lease_until=LEASE)
        await uow.updates.failed((await next_of(uow)).id, problem="down" * 500, parked=False, at=NOW)
        await uow.updates.end_turn(BOT, "lan", retry_at=AFTER)
        await store(uow, 3)
        assert await uow.updates.take_turn(BOT, wall=LEASE, lease_until=LEASE) is None
        assert await uow.updates.take_turn(BOT, wall=AFTER, lease_until=LEASE) == "lan"
        again = await next_of(uow)
        assert (again.update_id, again.attempts) == (1, 1)


async def test_what_is_parked_lets_the_next_one_through(database: Database) -> None:
    async with database.begin() as uow:
        for number in (1, 2):
            await store(uow, number)
        await uow.updates.failed((await next_of(uow)).id, problem="broken", parked=True, at=NOW)
        assert (await next_of(uow)).update_id == 2
        assert await uow.updates.parked() == 1


async def test_the_turn_of_a_process_that_vanished_is_given_away_after_its_lease(database: Database) -> None:
    async with database.begin() as uow:
        await store(uow, 1)
        await uow.updates.take_turn(BOT, wall=NOW, lease_until=LEASE)
        assert await uow.updates.take_turn(BOT, wall=LEASE, lease_until=AFTER) is None
        assert await uow.updates.take_turn(BOT, wall=AFTER, lease_until=AFTER) == "lan"
