"""What two processes do at once to one database; run by the tests of races."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any, TypeAlias

from storage.engine import Database, open_database
from tests.storage.village import BOT, NOW, minutes

SECONDS = 30
LEASE = NOW + minutes(60)
Runner: TypeAlias = Callable[[Database], Coroutine[Any, Any, list[Any]]]
Race: TypeAlias = Callable[[str, Runner], list[list[Any]]]
_starting: Barrier | None = None


async def claim_all(database: Database) -> list[int]:
    """Four senders of one process empty the outbox."""

    async def send() -> list[int]:
        mine: list[int] = []
        while True:
            async with database.begin() as uow:
                rows = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=LEASE, limit=3)
                await uow.outbox.leave([row.id for row in rows], claimed_until=LEASE, lease_until=LEASE)
            if not rows:
                return mine
            mine += [row.id for row in rows]

    taken = await asyncio.gather(*(send() for _ in range(4)))
    return [row for rows in taken for row in rows]


async def take_all(database: Database) -> list[str]:
    """Two workers of one process take every turn there is."""

    async def work() -> list[str]:
        mine: list[str] = []
        while True:
            async with database.begin() as uow:
                chat = await uow.updates.take_turn(BOT, wall=NOW, lease_until=LEASE)
            if chat is None:
                return mine
            mine.append(chat)

    taken = await asyncio.gather(work(), work())
    return [chat for chats in taken for chat in chats]


async def take_lapsed(database: Database) -> list[int]:
    """What a vanished sender left."""
    async with database.begin() as uow:
        return [row.id for row in await uow.outbox.lapsed(LEASE + minutes(1))]


async def claim_invite(database: Database) -> list[bool]:
    """Use up the first invite."""
    async with database.begin() as uow:
        invite = await uow.invites.by_token("t1")
        assert invite is not None
        return [await uow.invites.claim(invite.id, NOW)]


@contextmanager
def two_processes() -> Iterator[Race]:
    """Gives what each of two processes got, when they begin together."""
    context = get_context("spawn")
    with context.Pool(2, initializer=_prepare, initargs=(context.Barrier(2),)) as pool:

        def race(url: str, runner: Runner) -> list[list[Any]]:
            return pool.starmap_async(_run, [(url, runner)] * 2, chunksize=1).get(SECONDS)

        yield race


def _prepare(starting: Barrier) -> None:
    global _starting
    _starting = starting


def _run(url: str, runner: Runner) -> list[Any]:
    return asyncio.run(_open_and_run(url, runner))


async def _open_and_run(url: str, runner: Runner) -> list[Any]:
    async with AsyncExitStack() as stack:
        database = open_database(url)
        stack.push_async_callback(database.close)
        await database.ping()
        assert _starting is not None
        _starting.wait(SECONDS)
        return await runner(database)
