"""How fast messages leave, by a clock that only moves while somebody waits."""

import pytest

from bot.sending.pace import Pace
from tests.fakes.clocks import Beat


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def beat(monkeypatch: pytest.MonkeyPatch) -> Beat:
    found = Beat()
    monkeypatch.setattr("bot.sending.pace.asyncio.sleep", found.sleep)
    return found


async def leave(pace: Pace, beat: Beat, *chats: str) -> list[float]:
    """The seconds at which messages to these chats leave, counted from the first moment."""
    begins, left = beat.seconds, []
    for chat in chats:
        await pace.wait(chat)
        left.append(round(beat.seconds - begins, 6))
    return left


async def test_the_first_message_leaves_at_once(beat: Beat) -> None:
    assert await leave(Pace(rate=25, chat_pace=1, clock=beat), beat, "lan") == [0]


async def test_different_chats_follow_one_another_at_the_rate_without_a_burst(beat: Beat) -> None:
    pace = Pace(rate=25, chat_pace=1, clock=beat)
    assert await leave(pace, beat, *map(str, range(6))) == [0, 0.04, 0.08, 0.12, 0.16, 0.2]


async def test_one_chat_gets_one_message_a_second(beat: Beat) -> None:
    assert await leave(Pace(rate=25, chat_pace=1, clock=beat), beat, "lan", "lan", "lan") == [0, 1, 2]


async def test_in_the_demo_a_chat_waits_for_nothing_but_the_rate(beat: Beat) -> None:
    assert await leave(Pace(rate=25, chat_pace=0, clock=beat), beat, "lan", "lan") == [0, 0.04]


async def test_a_quiet_hour_saves_up_nothing(beat: Beat) -> None:
    pace = Pace(rate=25, chat_pace=1, clock=beat)
    await pace.wait("lan")
    beat.seconds += 3600
    assert await leave(pace, beat, "lan", "hoa", "minh") == [0, 0.04, 0.08]


async def test_when_telegram_asks_for_a_pause_every_chat_waits(beat: Beat) -> None:
    pace = Pace(rate=25, chat_pace=1, clock=beat)
    pace.pause(7)
    assert await leave(pace, beat, "lan", "hoa") == [7, 7.04]


async def test_a_shorter_pause_does_not_end_a_longer_one(beat: Beat) -> None:
    pace = Pace(rate=25, chat_pace=1, clock=beat)
    pace.pause(7)
    pace.pause(2)
    assert await leave(pace, beat, "lan") == [7]


async def test_a_pause_holds_back_who_is_waiting_already(beat: Beat, monkeypatch: pytest.MonkeyPatch) -> None:
    pace = Pace(rate=25, chat_pace=1, clock=beat)

    async def asked_meanwhile(seconds: float) -> None:
        if not beat.naps:
            pace.pause(30)
        await beat.sleep(seconds)

    monkeypatch.setattr("bot.sending.pace.asyncio.sleep", asked_meanwhile)
    assert (await leave(pace, beat, "lan", "lan"))[1] >= 30


async def test_chats_of_long_ago_are_forgotten(beat: Beat) -> None:
    pace = Pace(rate=1_000_000, chat_pace=1, clock=beat)
    for number in range(10_001):
        await pace.wait(str(number))
    beat.seconds += 60
    await pace.wait("lan")
    assert set(pace._chats) == {"lan"}
