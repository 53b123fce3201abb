"""PostgreSQL stops and starts, and connections are cut, while the bot is at work: it goes on by itself afterwards."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.faults.crowd import Crowd, crowded_village
from tests.faults.figures import ROUNDS, SEED
from tests.faults.own_postgres import BOT, OwnPostgres, own_postgres
from tests.faults.reckoning import Scenario, Show
from tests.faults.stamps import Stamps, stamped
from tests.faults.warm import WarmBots
from tests.faults.wire import wire_to
from tests.trips.programs import surroundings

pytestmark = [pytest.mark.kill, pytest.mark.postgres]
RESTARTS = max(1, ROUNDS // 25)
CUTS = max(2, ROUNDS // 5)
LONGEST, PATIENCE = 0.1, 20.0


@dataclass(frozen=True)
class Scene:
    """A crowd on a PostgreSQL of its own, and a bot at work."""

    crowd: Crowd
    server: OwnPostgres
    bots: WarmBots
    folder: Path
    stamps: Stamps

    async def bot_at(self, url: str) -> int:
        settings = surroundings(self.crowd.village.simulator.base_url, CRADLE_DATABASE_URL=url)
        return await self.bots.start(settings, self.folder / "bots.log")

    async def busy_for_a_moment(self) -> None:
        """People come and write, messages fall due, until the bot has said some of it."""
        await asyncio.gather(self._live(), self.stamps.until_said(self.crowd.chance.randint(0, 5), within=PATIENCE))
        await asyncio.sleep(self.crowd.chance.uniform(0, LONGEST))

    async def _live(self) -> None:
        await self.crowd.come(3)
        await self.crowd.plan(4)
        await self.crowd.talk(2)

    async def is_answered_again(self) -> None:
        """Nobody touched the bot, and it answers what is written now, and what was written meanwhile."""
        await self.crowd.come(1)
        await self.crowd.is_answered()

    async def ends(self, bot: int, url: str) -> None:
        """What was in hand when something broke is settled by the next bot, as if a minute had passed."""
        await self.bots.stop(bot)
        await self.crowd.a_minute_passes()
        last = await self.bot_at(url)
        await self.crowd.comes_to_rest()
        await self.bots.stop(last)


@pytest.fixture(scope="module")
async def server(anyio_backend: str) -> AsyncIterator[OwnPostgres]:
    async with own_postgres() as running:
        yield running


@pytest.fixture
async def scene(
    bots: WarmBots, server: OwnPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Scene]:
    stamps = stamped(monkeypatch)
    server.empty()
    async with crowded_village(server.url(), tmp_path, random.Random(SEED)) as crowd:
        yield Scene(crowd, server, bots, tmp_path, stamps)


async def test_postgres_stops_and_starts_and_the_bot_goes_on_by_itself(scene: Scene, show: Show) -> None:
    scenario, url = Scenario("PostgreSQL stopped and started", show), scene.server.url(named=BOT)
    bot = await scene.bot_at(url)
    for _ in range(RESTARTS):
        await scene.busy_for_a_moment()
        await scene.server.stop(scene.crowd.chance.choice(("fast", "immediate")))
        scenario.faults += 1
        await scene.crowd.talk(3)
        await scene.server.start()
        await scene.is_answered_again()
    await scene.ends(bot, url)
    await scenario.ends(scene.crowd)


async def test_all_connections_of_the_bot_are_ended_by_the_server(scene: Scene, show: Show) -> None:
    url = scene.server.url(named=BOT)
    await cut_again_and_again(scene, Scenario("backends terminated", show), url, lambda: scene.server.cut(BOT))


@pytest.mark.skipif(ROUNDS < 10, reason="only in make faults")
async def test_the_wire_between_bot_and_database_breaks(scene: Scene, show: Show) -> None:
    async with wire_to(scene.server.socket) as wire:
        through = make_url(scene.server.url(named=BOT)).set(host="127.0.0.1", port=wire.port)
        url = through.difference_update_query(["host"]).render_as_string(hide_password=False)

        async def cut() -> int:
            return wire.cut()

        await cut_again_and_again(scene, Scenario("wire cut", show), url, cut)


async def cut_again_and_again(scene: Scene, scenario: Scenario, url: str, cut: Callable[[], Awaitable[int]]) -> None:
    """At random moments; nobody touches the bot."""
    bot, connections = await scene.bot_at(url), 0
    await scene.is_answered_again()
    for _ in range(CUTS):
        await scene.busy_for_a_moment()
        connections += await cut()
        scenario.faults += 1
    await scene.is_answered_again()
    await scene.ends(bot, url)
    assert connections >= CUTS
    await scenario.ends(scene.crowd, f"{connections} connections")
