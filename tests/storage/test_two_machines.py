"""Two machines on one PostgreSQL: one hears what the other wrote, and one leads until it is gone."""

import asyncio
from collections.abc import AsyncGenerator
from typing import cast

import pytest

from storage.engine import Database, open_database
from storage.listening import Bell
from tests.storage.village import BOT, NOW, Village, reply

PATIENCE = 10
ON_POSTGRES = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@ON_POSTGRES
async def test_the_other_machine_hears_at_once_of_an_update_and_of_a_reply(
    database: Database, database_url: str, village: Village
) -> None:
    other = open_database(database_url)
    bells = cast("AsyncGenerator[Bell]", other.bells())
    heard = asyncio.ensure_future(anext(bells))
    try:
        async with asyncio.timeout(PATIENCE):
            number = 0
            while not heard.done():  # until it listens
                number += 1
                async with database.begin() as uow:
                    await uow.updates.store(bot=BOT, update_id=number, chat="lan", body="{}", at=NOW)
            assert await heard is Bell.UPDATE
            async with database.begin() as uow:
                await uow.outbox.plan([reply(village.chat, "update:1")], NOW)
            while await anext(bells) is not Bell.REPLY:
                pass
    finally:
        await bells.aclose()
        await other.close()


@ON_POSTGRES
async def test_one_leads_and_the_next_takes_over_when_it_is_gone(database: Database, database_url: str) -> None:
    other = open_database(database_url)
    led = []

    async def wait_for_the_lead() -> None:
        async with other.lead("ticks"):
            led.append("the other")

    async with asyncio.timeout(PATIENCE):
        async with database.lead("ticks"):
            led.append("the first")
            async with database.lead("something else"):
                led.append("the first, in something else")
            following = asyncio.create_task(wait_for_the_lead())
            for _ in range(20):
                await database.ping()  # so that the other has come as far as it can
            assert not following.done()
        await following
    assert led == ["the first", "the first, in something else", "the other"]
    await other.close()


async def test_a_file_of_sqlite_has_nobody_else_to_lead(database: Database) -> None:
    async with asyncio.timeout(PATIENCE), database.lead("ticks") as led:
        waiting = asyncio.ensure_future(led.until_lost())
        await database.ping()
        assert not waiting.done()
        waiting.cancel()
