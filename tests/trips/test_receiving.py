"""What people say reaches the bot once and in order: by polling and by webhook, in bad weather and in good."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.bot_process import Wakes
from app.loops import Wake
from app.processes import all_in_one
from bot.answering import Answering
from domain.identifiers import UpdateId
from storage.repositories.updates import AlreadyDoneError
from tests.fakes.ports import free_port
from tests.trips.village import TOKEN, Person, Village, quiet_village

SECRET = "only-telegram_knows"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
BOOM = "bùm"


@dataclass(frozen=True)
class Door:
    """The webhook's address, and a hand that delivers there as Telegram does."""

    village: Village
    client: httpx.AsyncClient

    async def brings(self, body: bytes, *, secret: str = SECRET, path: str = "/telegram") -> int:
        return (await self.client.post(path, content=body, headers={HEADER: secret})).status_code

    async def health(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.client.get("/readyz")).json()
        return found


@pytest.fixture
async def door(database_url: str, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Door]:
    """A village whose bot is told of updates by webhook."""
    bind = f"127.0.0.1:{free_port()}"
    hook = {"CRADLE_WEBHOOK_URL": f"http://{bind}/telegram", "CRADLE_WEBHOOK_SECRET": SECRET, "CRADLE_BIND": bind}
    async with (
        quiet_village(database_url, tmp_path, more=hook) as village,
        httpx.AsyncClient(base_url=f"http://{bind}", trust_env=False) as client,
    ):
        village.tasks = [asyncio.create_task(all_in_one(village.parts, Wakes(Wake(), Wake())))]
        yield Door(village, client)
        await village.stop_bot()


def update(number: int, words: str, who: Person) -> bytes:
    """A text message as Telegram brings it."""
    someone = {"id": who.phone, "is_bot": False, "first_name": who.name, "language_code": "vi"}
    chat = {"id": who.phone, "type": "private", "first_name": who.name}
    message = {"message_id": number, "date": 1_795_312_800, "chat": chat, "from": someone, "text": words}
    return json.dumps({"update_id": number, "message": message}).encode()


async def telegram(village: Village, method: str, **asked: Any) -> httpx.Response:
    """Somebody else calls Telegram with the same token."""
    async with httpx.AsyncClient(base_url=village.simulator.base_url, trust_env=False) as client:
        return await client.post(f"/bot{TOKEN}/{method}", json=asked)


async def answers(who: Person) -> int:
    return len(await who.messages())


async def test_a_webhook_brings_what_lan_types_and_she_is_answered(door: Door) -> None:
    lan = await door.village.person("Lan")
    assert await lan.types("/start")
    found = await door.health()
    assert (found["status"], found["parked_updates"], found["uncertain"]) == ("ready", 0, 0), found


async def test_the_same_update_brought_twice_is_answered_once(door: Door) -> None:
    lan = await door.village.person("Lan")
    await lan.types("/start")
    before = await answers(lan)
    assert [await door.brings(update(900, "/help", lan)) for _ in range(3)] == [200, 200, 200]
    await door.village.answered(900)
    assert await answers(lan) == before + 1


async def test_updates_out_of_order_are_all_answered(door: Door) -> None:
    lan = await door.village.person("Lan")
    await lan.types("/start")
    before = await answers(lan)
    for number in (903, 901, 902):
        assert await door.brings(update(number, "/help", lan)) == 200
    for number in (901, 902, 903):
        await door.village.answered(number)
    assert await answers(lan) == before + 3


async def test_whoever_does_not_know_the_secret_is_refused_and_nothing_is_kept(door: Door) -> None:
    lan = await door.village.person("Lan")
    await lan.types("/start")
    body = update(900, "/help", lan)
    assert await door.brings(body, secret="guessed") == 403
    assert await door.brings(body, secret="") == 403
    assert await door.brings(body, path=f"/bot{TOKEN}") == 404
    assert await door.village.rows("SELECT id FROM updates WHERE update_id = 900") == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * (1024 * 1024 + 1), 413),
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"update_id": "7"}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": -1}', 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
    ],
)
async def test_what_is_no_update_is_refused_and_the_next_one_is_taken(door: Door, body: bytes, status: int) -> None:
    lan = await door.village.person("Lan")
    await lan.types("/start")
    assert await door.brings(body) == status
    assert await door.brings(update(900, "/help", lan)) == 200
    await door.village.answered(900)


@pytest.mark.parametrize("words", ["\ud83d", "a\u0000b", "x" * 4096, "<b>{{ 7*7 }}</b>"])
async def test_strange_letters_hold_nobody_up(door: Door, words: str) -> None:
    lan = await door.village.person("Lan")
    await lan.types("/start")
    before = await answers(lan)
    assert await door.brings(update(900, words, lan)) == 200
    assert await door.brings(update(901, "/help", lan)) == 200
    await door.village.answered(901)
    assert await answers(lan) >= before + 1
    assert "49" not in await lan.reads()


async def test_an_update_that_cannot_be_answered_is_parked_and_holds_up_its_own_chat_only(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = door.village
    lan, binh = await village.person("Lan"), await village.person("Bình")
    await lan.types("/start")
    answer = Answering.answer

    async def fails(self: Answering, uow: Any, arrival: Any, heard: Any, **rest: Any) -> None:
        await answer(self, uow, arrival, heard, **rest)
        if heard.words == BOOM:
            raise RuntimeError(f"a fault of ours, with {arrival.external_id} in it")

    monkeypatch.setattr(Answering, "answer", fails)
    before = await answers(lan)
    await door.brings(update(900, BOOM, lan))
    await door.brings(update(901, "/help", lan))
    assert await binh.stage.text(binh.phone, "/start")
    while not await answers(binh):
        await village.stage.journal(since=0, chat_id=binh.phone, timeout=5)
    assert (await door.health())["parked_updates"] == 0
    await village.answered(901)
    assert await village.rows("SELECT state, attempts FROM updates WHERE update_id = 900") == [("parked", 3)]
    assert (await door.health())["parked_updates"] == 1
    assert await answers(lan) == before + 1


async def test_what_somebody_types_in_haste_is_answered_in_order(village: Village, lan: Person, binh: Person) -> None:
    hers = [(await lan.stage.text(lan.phone, words))["update_id"] for words in ("/start", "/help", "một", "hai", "ba")]
    his = [(await binh.stage.text(binh.phone, words))["update_id"] for words in ("/start", "/help", "một")]
    for number in (hers[-1], his[-1]):
        await village.answered(number)
    rows = await village.rows("SELECT chat, update_id FROM updates WHERE state = 'done' ORDER BY processed_at, id")
    assert [number for chat, number in rows if chat == str(lan.phone)] == hers
    assert [number for chat, number in rows if chat == str(binh.phone)] == his


async def test_what_lan_typed_while_nobody_was_there_is_answered_a_day_later(village: Village, lan: Person) -> None:
    await lan.types("/start")
    before = await answers(lan)
    await village.stop_bot()
    old = await lan.stage.text(lan.phone, "/help")
    await village.stage.move(days=1)
    new = await lan.stage.text(lan.phone, "/help")
    await village.start_bot()
    await village.answered(new["update_id"])
    kept = await village.rows("SELECT state FROM updates WHERE update_id = :id", id=old["update_id"])
    assert kept in ([], [("done",)])  # Telegram keeps it for a day
    assert await answers(lan) == before + 1 + len(kept)


async def test_a_second_poller_is_outlived(village: Village, lan: Person) -> None:
    await lan.types("/start")
    assert (await telegram(village, "getUpdates", timeout=0)).status_code in (200, 409)
    before = await answers(lan)
    await lan.types("/help")
    assert await answers(lan) == before + 1


async def test_a_webhook_that_somebody_left_behind_is_removed(village: Village, lan: Person) -> None:
    await lan.types("/start")
    before = await answers(lan)
    assert (await telegram(village, "setWebhook", url="http://127.0.0.1:9/old")).json()["ok"]
    await lan.types("/help")
    assert await answers(lan) == before + 1
    assert (await telegram(village, "getWebhookInfo")).json()["result"]["url"] == ""


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "setMyCommands", "getUpdates"])
async def test_a_telegram_that_is_away_at_the_start_is_waited_for(
    database_url: str, tmp_path: Path, method: str
) -> None:
    async with quiet_village(database_url, tmp_path) as village:
        lan = await village.person("Lan")
        await village.stage.add_fault("server_error", method=method)
        await village.start_bot()
        assert await lan.types("/start")
        await village.stop_bot()


async def test_a_start_does_not_wait_for_the_menus_of_commands(database_url: str, tmp_path: Path) -> None:
    async with quiet_village(database_url, tmp_path) as village:
        lan = await village.person("Lan")
        await village.stage.add_fault("timeout_before", method="setMyCommands", seconds=60)
        await village.start_bot()
        assert await lan.types("/start")
        await village.stop_bot()


async def test_what_was_done_cannot_be_done_a_second_time(village: Village, lan: Person) -> None:
    await lan.types("/start")
    [(number,)] = await village.rows("SELECT id FROM updates")
    with pytest.raises(AlreadyDoneError):
        async with village.parts.database.begin() as uow:
            await uow.updates.done(UpdateId(number), await village.now())
