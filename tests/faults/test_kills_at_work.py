"""`kill -9` at random moments of receiving and sending: nothing is lost, and nothing doubled but what is counted."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.fakes.ports import free_port
from tests.faults.crowd import Crowd, crowded_village
from tests.faults.figures import ROUNDS, SEED
from tests.faults.reckoning import Scenario, Show
from tests.faults.stamps import Stamps, stamped
from tests.faults.warm import WarmBots
from tests.trips.programs import surroundings
from tests.trips.village import TOKEN

pytestmark = pytest.mark.kill
NEWCOMERS, LINES, PLANNED = 4, 4, 6
MOST_SAID = NEWCOMERS + LINES  # so many replies there are to give in each life
STARTING = 0.8  # real seconds in which a bot may still be about to start
PATIENCE = 20.0


def ways_in(crowd: Crowd, database_url: str) -> dict[str, dict[str, str]]:
    """Settings of a bot that polls, and of one that is told by webhook."""
    settings = surroundings(crowd.village.simulator.base_url, CRADLE_DATABASE_URL=database_url)
    bind = f"127.0.0.1:{free_port()}"
    hook = {"CRADLE_BIND": bind, "CRADLE_WEBHOOK_URL": f"http://{bind}/telegram"}
    return {"polling": settings, "webhook": settings | hook}


async def test_whoever_kills_the_bot_at_work_loses_and_doubles_nothing(
    bots: WarmBots, database_url: str, tmp_path: Path, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps = stamped(monkeypatch)
    scenario, chance, log = Scenario("kill -9 at work", show), random.Random(SEED), tmp_path / "bots.log"
    async with crowded_village(database_url, tmp_path, chance) as crowd:
        settings, caught = ways_in(crowd, database_url), Counter[str]()
        for scenario.faults in range(1, ROUNDS + 1):
            bot = await bots.start(settings[chance.choice(sorted(settings))], log)
            await asyncio.gather(live(crowd), some_moment(chance, stamps))
            await bots.kill(bot)
            caught += await in_the_middle_of(crowd)
            await crowd.a_minute_passes()
        last = await bots.start(settings["polling"], log)
        await crowd.comes_to_rest()
        await bots.stop(last)
        await scenario.ends(crowd, ", ".join(f"{what} {times}" for what, times in sorted(caught.items())))
    assert TOKEN not in log.read_text(encoding="utf-8")


async def some_moment(chance: random.Random, stamps: Stamps) -> None:
    """Mostly in the middle of work, whatever the machine's speed; at times in the middle of starting."""
    if chance.random() < 0.2:
        await asyncio.sleep(chance.uniform(0, STARTING))
        return
    await stamps.until_said(chance.randint(0, MOST_SAID), within=PATIENCE)
    await asyncio.sleep(chance.uniform(0, 0.05))


async def live(crowd: Crowd) -> None:
    """People come and write while the bot is at work, and planned messages fall due."""
    await crowd.come(NEWCOMERS)
    await crowd.plan(PLANNED)
    await crowd.talk(LINES)


async def in_the_middle_of(crowd: Crowd) -> Counter[str]:
    """What a kill interrupted: an update that was stored and not answered, a message on its way, rows in hand."""
    asked = {
        "updates waiting": "SELECT count(*) FROM updates WHERE state = 'received'",
        "in hand": "SELECT count(*) FROM outbox WHERE state = 'planned' AND lease_until IS NOT NULL",
        "on their way": "SELECT count(*) FROM outbox WHERE state = 'sending'",
    }
    return Counter({what: int((await crowd.village.rows(statement))[0][0] > 0) for what, statement in asked.items()})
