"""Three bots on one token, and one after the other is killed: they share one pace, and another one takes over."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.crowd import Crowd, crowded_village
from tests.faults.figures import ROUNDS, SEED
from tests.faults.reckoning import Scenario, Show
from tests.faults.stamps import stamped
from tests.faults.warm import WarmBots
from tests.trips.programs import surroundings
from tests.trips.village import SELDOM

pytestmark = pytest.mark.kill
ON_POSTGRES = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
KILLS = max(1, ROUNDS // 25)
RATE = 25
SPELL = 3
STANDSTILL = 0.5  # so long a machine may stand still at a commit: then two steps leave at one time
GLANCE = 0.05
TAKEN_OVER = 10.0
CHAT_PACE = "2"  # of two calls the first may take longer to arrive: so much longer on a machine that is busy


@ON_POSTGRES
async def test_three_bots_keep_one_pace_and_when_one_is_killed_another_polls_within_ten_seconds(
    bots: WarmBots, database_url: str, tmp_path: Path, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario, stamps, waits = Scenario("three bots, one killed", show), stamped(monkeypatch), [0.0]
    async with watched() as machine, crowded_village(database_url, tmp_path, random.Random(SEED)) as crowd:
        await crowd.village.stage.limits(enabled=True)
        settings = surroundings(crowd.village.simulator.base_url, CRADLE_DATABASE_URL=database_url)
        settings |= {"CRADLE_CHAT_PACE": CHAT_PACE, "CRADLE_SEND_RATE": str(RATE)}
        running = [await bots.start(settings, tmp_path / "bots.log") for _ in range(3)]
        for scenario.faults in range(1, KILLS + 1):
            await busy(crowd)
            await bots.kill(running.pop(0))
            waits.append(await until_somebody_polls(crowd))
            running.append(await bots.start(settings, tmp_path / "bots.log"))
        for bot in running:
            await bots.stop(bot)
        await crowd.a_minute_passes()
        last = await bots.start(settings, tmp_path / "bots.log")
        await crowd.comes_to_rest()
        await bots.stop(last)
        busiest, refused = stamps.busiest(SPELL), len(stamps.refused)
        told = f"busiest {SPELL} s {busiest / SPELL:.1f} a second, 429s {refused}, taken over in {max(waits):.1f} s"
        await scenario.ends(crowd, f"{told}, standstill {machine.longest:.1f} s")
    still = max(STANDSTILL, machine.longest)
    assert busiest <= RATE * (SPELL + still), "each for itself, they would say three times as much"
    assert refused == 0 or machine.longest > STANDSTILL, "what stood still leaves at one time, and Telegram may say no"
    assert max(waits) <= TAKEN_OVER + machine.longest


@dataclass
class Machine:
    """How long it did nothing for us at a stretch, in seconds."""

    longest: float = 0.0


@asynccontextmanager
async def watched() -> AsyncIterator[Machine]:
    """Look at the clock again and again: who looks late was not let."""
    machine = Machine()

    async def glance() -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(GLANCE)
            machine.longest = max(machine.longest, time.monotonic() - before - GLANCE)

    watching = asyncio.create_task(glance())
    try:
        yield machine
    finally:
        watching.cancel()


async def busy(crowd: Crowd) -> None:
    """More to say than fits into the next seconds."""
    await crowd.come(25)
    await crowd.is_answered()
    await crowd.plan(60)
    await crowd.come(15)
    await crowd.talk(10)
    await asyncio.sleep(crowd.chance.uniform(0, 2))


async def until_somebody_polls(crowd: Crowd) -> float:
    """Real seconds until what is written now is stored."""
    began = time.monotonic()
    await crowd.come(1)
    stored = "SELECT count(*) FROM updates WHERE update_id = :number"
    async with asyncio.timeout(2 * TAKEN_OVER):
        while (await crowd.village.rows(stored, number=crowd.updates[-1])) == [(0,)]:  # noqa: ASYNC110 - as in Crowd
            await asyncio.sleep(SELDOM)
    return time.monotonic() - began
