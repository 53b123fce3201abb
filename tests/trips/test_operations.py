"""Hạnh of the health department hears on her phone that something is wrong, settles it, and hears that it is over."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from app import watching
from bot.answering import Answering
from domain import alarms
from domain.people import ActorRole
from services.operations.watch import watch
from services.ports.room import NoRoomError
from tests.trips.grieving import enrol_mother
from tests.trips.village import PATIENCE, SELDOM, Person, Village

BOOM = "boom"
SOON = 0.1


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a minute is long for a test."""
    monkeypatch.setattr(watching, "LOOK_EVERY", SOON)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if await holds():
                return
            await asyncio.sleep(SELDOM)


async def hears(person: Person, words: str) -> None:
    """She reads this, at last."""

    async def has_read() -> bool:
        return words in await person.reads()

    await until(has_read)


async def hanh_of(village: Village, language: str = "vi") -> Person:
    return await village.actor("Hạnh", ActorRole.STAFF, language=language)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """While this holds True, a word of Lan's makes our own code fail."""
    is_broken, answer = [True], Answering.answer

    async def fails(self: Answering, uow: Any, arrival: Any, heard: Any, **rest: Any) -> None:
        if heard.words == BOOM and is_broken[-1]:
            raise KeyError("a fault of ours")
        await answer(self, uow, arrival, heard, **rest)

    monkeypatch.setattr(Answering, "answer", fails)
    return is_broken


async def parked(village: Village) -> bool:
    return bool(await village.rows("SELECT id FROM updates WHERE state = 'parked'"))


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_what_could_not_be_answered_is_tried_again_when_hanh_says_so(
    village: Village, lan: Person, broken: list[bool], language: str
) -> None:
    hanh = await hanh_of(village, language)
    await lan.starts()
    before = len(await lan.messages())
    await village.stage.text(lan.phone, BOOM)
    await until(lambda: parked(village))
    await hears(hanh, hanh.words("operations.next.parked"))
    page = await hanh.taps("operations.choice.parked")
    assert "KeyError" in page
    assert BOOM not in page
    assert "Lan" not in page

    broken.append(False)
    await hanh.taps("🔁 1")
    assert hanh.words("operations.retried") in await hanh.has_read()
    await village.settled()
    assert len(await lan.messages()) > before
    await hears(hanh, hanh.words("operations.over.parked"))
    told = [words for words in await hanh.has_read() if hanh.words("operations.next.parked") in words]
    assert len(told) == 1, "once"
    assert [row[2] for row in await village.audited("parked_retried")] == ["update:3"]


async def test_what_hanh_leaves_is_answered_by_nobody(village: Village, lan: Person, broken: list[bool]) -> None:
    hanh = await hanh_of(village)
    await lan.starts()
    before = len(await lan.messages())
    await village.stage.text(lan.phone, BOOM)
    await hears(hanh, hanh.words("operations.next.parked"))
    broken.append(False)
    await hanh.taps("operations.choice.parked")
    old = (await hanh.messages())[-1]
    await hanh.taps("✖️ 1")
    assert hanh.words("operations.left") in await hanh.has_read()
    await hears(hanh, hanh.words("operations.over.parked"))
    await hanh.taps_in(old, "🔁 1")
    assert hanh.words("operations.settled_before") in await hanh.has_read()
    assert len(await lan.messages()) == before
    assert await village.rows("SELECT body FROM updates WHERE state = 'left'") == [(None,)]


async def test_hanh_asks_whether_all_is_well(village: Village) -> None:
    hanh = await hanh_of(village)
    assert hanh.words("operations.all_well") in await hanh.presses("menu.operations")


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_hanh_sees_which_hours_are_full_and_who_waits(
    village: Village, minh: Person, lan: Person, language: str
) -> None:
    hanh = await hanh_of(village, language)
    await hanh.presses("menu.operations")
    assert await hanh.taps("operations.choice.hours") == hanh.words("operations.no_hours")
    await enrol_mother(minh, lan)
    await village.pass_time(to="2026-11-24T01:00:00+00:00")
    await hanh.presses("menu.operations")
    page = await hanh.taps("operations.choice.hours")
    assert hanh.words("operations.nobody_waits") in page
    assert "An" not in page
    await hanh.taps("operations.choice.back")
    assert hanh.words("operations.all_well") in await hanh.reads()


async def test_nobody_else_sees_how_the_programme_does(village: Village, minh: Person, binh: Person) -> None:
    await binh.starts()
    for who in (minh, binh):
        assert await who.types("/operations") == who.words("refused")
        for forged in ("operations", "popular_hours", "parked", "parked_retry:1", "parked_leave:1"):
            assert await who.forges(f"v1:{forged}") == who.words("refused")
    assert len(await village.audited()) == 12


async def test_of_a_full_disk_hanh_hears_once_and_when_there_is_room_again(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanh = await hanh_of(village)
    monkeypatch.setattr(alarms, "CALM", timedelta(0))
    looks = 0

    async def full(*_: Any) -> None:
        nonlocal looks
        looks += 1
        raise NoRoomError("no room")

    async def looked() -> bool:
        return looks > 3

    monkeypatch.setattr(watching, "watch", full)
    await until(looked)
    await hears(hanh, hanh.words("operations.trouble.disk"))
    told = len(await hanh.messages())
    monkeypatch.setattr(watching, "watch", watch)
    await hears(hanh, hanh.words("operations.over.disk"))
    assert len(await hanh.messages()) == told + 1


async def test_a_bot_that_telegram_accepts_is_noted_and_somebody_watches(village: Village) -> None:
    async def is_noted() -> bool:
        seen = await village.rows("SELECT refused_as FROM bot_states")
        watched = await village.rows("SELECT tick FROM tick_runs WHERE tick = 'watch'")
        return seen == [(None,)] and len(watched) == 1

    await until(is_noted)


async def test_weeks_of_simulated_time_alarm_nobody(village: Village) -> None:
    hanh = await hanh_of(village)
    await village.pass_time(days=15)
    assert [words for words in await hanh.has_read() if "⚠️" in words] == []
    assert [row[0] for row in await village.rows("SELECT kind FROM alarms WHERE told_at IS NOT NULL")] == []
