"""Many at once: nobody gets two messages for one, nothing is forgotten, and nobody is turned away."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from anyio import to_thread

from domain.sending.outbox import Lane, OutboxRow
from services.ports.invites import NewInvite
from storage.engine import Database
from tests.fakes.sending import taken
from tests.storage import racing
from tests.storage.racing import Race
from tests.storage.village import BOT, NOW, Village, add_caregiver, minutes, reply, tip

ROWS = 40


@pytest.fixture(scope="module")
def race() -> Iterator[Race]:
    with racing.two_processes() as race:
        yield race


async def test_two_processes_of_four_senders_never_claim_the_same_row(
    database: Database, database_url: str, village: Village, race: Race
) -> None:
    async with database.begin() as uow:
        everybody = [await add_caregiver(uow, village) for _ in range(ROWS)]
        await uow.outbox.plan([tip(one, key) for one in everybody for key in ("a", "b")], NOW)
    first, second = await to_thread.run_sync(race, database_url, racing.claim_all)
    # One each: what else is planned for a caregiver waits until the first is recorded.
    assert len({*first, *second}) == len(first) + len(second) == ROWS
    left = await to_thread.run_sync(race, database_url, racing.take_lapsed)
    assert sorted(row for rows in left for row in rows) == sorted(first + second)


async def test_senders_at_once_never_hold_two_replies_of_one_chat(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, f"update:{number}") for number in range(12)], NOW)
    sent: list[int] = []

    async def send_one() -> None:
        async with database.begin() as uow:
            rows = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=NOW + minutes(1), limit=5)
        assert len(rows) <= 1
        for row in rows:
            await record(row)

    async def record(row: OutboxRow) -> None:
        sent.append(row.id)
        async with database.begin() as uow:
            await uow.outbox.record_sent(taken(row.id, village.chat), NOW)

    while len(sent) < 12:
        await asyncio.gather(*(send_one() for _ in range(4)))
    assert sent == sorted(sent)


async def test_while_lans_tip_is_being_claimed_nobody_claims_the_visit_that_comes_in(
    database: Database, village: Village
) -> None:
    due: dict[str, Any] = {"now": NOW, "wall": NOW, "lease_until": NOW + minutes(1)}

    async def plan_a_visit_and_claim() -> Sequence[OutboxRow]:
        async with database.begin() as uow:
            await uow.outbox.plan([tip(village.lan, "visit", lane=Lane.VISIT)], NOW)
        async with database.begin() as uow:
            return await uow.outbox.claim(**due, limit=5)

    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
    async with database.begin() as uow:
        (claimed,) = await uow.outbox.claim(**due, limit=5)
        other = asyncio.create_task(plan_a_visit_and_claim())
        for _ in range(50):
            await database.ping()  # so that the other has come as far as it can
    assert claimed.planned.lane is Lane.TIP
    assert await other == ()


async def test_of_two_who_open_an_invite_one_gets_it(
    database: Database, database_url: str, village: Village, race: Race
) -> None:
    invite = NewInvite("t1", None, village.lan, None, NOW + timedelta(days=1), None)
    async with database.begin() as uow:
        await uow.invites.add(invite, by=None, at=NOW)
    won = await to_thread.run_sync(race, database_url, racing.claim_invite)
    assert sorted(won) == [[False], [True]]


async def test_two_processes_never_serve_the_same_chat(database: Database, database_url: str, race: Race) -> None:
    chats = [f"chat {number}" for number in range(ROWS)]
    async with database.begin() as uow:
        for number, chat in enumerate(chats):
            await uow.updates.store(bot=BOT, update_id=number, chat=chat, body="{}", at=NOW)
    first, second = await to_thread.run_sync(race, database_url, racing.take_all)
    assert sorted(first + second) == sorted(chats)


async def test_what_is_written_while_a_turn_ends_is_not_forgotten(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.begin() as uow:
            await uow.updates.store(bot=BOT, update_id=number, chat="lan", body="{}", at=NOW)

    async def serve() -> int:
        async with database.begin() as uow:
            chat = await uow.updates.take_turn(BOT, wall=NOW, lease_until=NOW + minutes(1))
        if chat is None:
            return 0
        async with database.begin() as uow:
            update = await uow.updates.next_of(BOT, chat)
            if update:
                await uow.updates.done(update.id, NOW)
            await uow.updates.end_turn(BOT, chat, retry_at=None)
        return 1 if update else 0

    served = 0
    for number in range(25):
        _, done, also_done = await asyncio.gather(write(number), serve(), serve())
        served += done + also_done
    while done := await serve():
        served += done
    assert served == 25


async def test_an_update_stored_in_the_middle_of_the_end_of_a_turn_keeps_the_chat_waiting(database: Database) -> None:
    async with database.begin() as uow:
        await uow.updates.store(bot=BOT, update_id=1, chat="lan", body="{}", at=NOW)
        await uow.updates.take_turn(BOT, wall=NOW, lease_until=NOW + minutes(9))
        first = await uow.updates.next_of(BOT, "lan")
        assert first is not None
        await uow.updates.done(first.id, NOW)

    async def end() -> None:
        async with database.begin() as uow:
            await uow.updates.end_turn(BOT, "lan", retry_at=None)

    async with database.begin() as uow:
        await uow.updates.store(bot=BOT, update_id=2, chat="lan", body="{}", at=NOW)
        ending = asyncio.create_task(end())
        for _ in range(50):
            await database.ping()  # so that the end of the turn has reached the database and waits there
        assert not ending.done()
    await ending
    async with database.begin() as uow:
        assert await uow.updates.take_turn(BOT, wall=NOW, lease_until=NOW + minutes(9)) == "lan"


async def test_320_writers_at_once_are_all_served(database: Database) -> None:
    async def write(number: int) -> bool:
        async with database.begin() as uow:
            at = {"body": "{}", "at": NOW}
            return await uow.updates.store(bot=BOT, update_id=number, chat=f"chat {number % 40}", **at)  # type: ignore[arg-type]

    assert all(await asyncio.gather(*(write(number) for number in range(320))))


async def test_two_chats_that_arrive_at_once_are_one_address(database: Database) -> None:
    async def arrive() -> int:
        async with database.begin() as uow:
            address, _ = await uow.people.arrive(channel="telegram", bot=BOT, external_id="42", language="vi", at=NOW)
            return address.id

    assert len(set(await asyncio.gather(*(arrive() for _ in range(8))))) == 1


async def test_two_planners_at_once_plan_each_message_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        everybody = [await add_caregiver(uow, village) for _ in range(ROWS)]

    async def plan(order: int) -> int:
        async with database.begin() as uow:
            return await uow.outbox.plan([tip(one) for one in everybody[::order]], NOW)

    made = await asyncio.gather(*(plan(order) for order in (1, -1, 1, -1)))
    assert sum(made) == ROWS
