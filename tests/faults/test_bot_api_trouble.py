"""The Bot API says *too many*, breaks down, or takes a message and never answers, while all lanes are busy."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.crowd import Crowd, crowded_village
from tests.faults.figures import ROUNDS, SEED
from tests.faults.reckoning import Scenario, Show
from tests.faults.stamps import Stamps, stamped
from tests.faults.warm import WarmBots
from tests.trips.programs import surroundings

pytestmark = pytest.mark.kill
TROUBLES = ("retry_after", "server_error", "timeout_before", "timeout_after", "disconnect_after")
PAUSE = 2  # seconds that Telegram asks for
UNDER_WAY = 1.0  # what had left when it asked still arrives; on a busy machine late


async def test_whatever_the_bot_api_does_nothing_is_lost_and_only_replies_and_visits_are_said_again(
    bots: WarmBots, database_url: str, tmp_path: Path, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario, chance = Scenario("Bot API in trouble", show, doubtful_each=1), random.Random(SEED)
    stamps = stamped(monkeypatch)
    async with crowded_village(database_url, tmp_path, chance) as crowd:
        settings = surroundings(crowd.village.simulator.base_url, CRADLE_DATABASE_URL=database_url)
        bot = await bots.start(settings, tmp_path / "bots.log")
        met = Counter[str]()
        while scenario.faults < ROUNDS:
            met += await trouble(crowd, min(10, ROUNDS - scenario.faults))
            scenario.faults = met.total()
            await crowd.comes_to_rest()
        await bots.stop(bot)
        pauses_are_kept(stamps)
        await scenario.ends(crowd, ", ".join(f"{kind} {times}" for kind, times in sorted(met.items())))


async def trouble(crowd: Crowd, how_often: int) -> Counter[str]:
    """So many calls are hit while people write and planned messages go out."""
    kinds = [crowd.chance.choice(TROUBLES) for _ in range(how_often)]
    await crowd.come(6)
    await crowd.is_answered()
    for kind in kinds:
        after = crowd.chance.randint(0, 2)
        more = {"seconds": 0.05} if kind.startswith("timeout") else {"retry_after": PAUSE}
        await crowd.village.stage.add_fault(kind, method="sendMessage", after=after, **more)
    await asyncio.gather(crowd.plan(9), crowd.talk(how_often))
    while await crowd.village.stage.faults():
        await crowd.come(3)
        await crowd.comes_to_rest()
    return Counter(kinds)


def pauses_are_kept(stamps: Stamps) -> None:
    """Nothing leaves while Telegram wants to hear nothing."""
    for asked_at in stamps.refused:
        assert [at for at in stamps.limited if asked_at + UNDER_WAY < at < asked_at + PAUSE] == []
