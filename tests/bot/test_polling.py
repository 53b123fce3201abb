"""Polling acknowledges what it received and stored itself, and nothing else: so nothing is lost on any way in."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from telegram.error import NetworkError
from telegram.request import BaseRequest

from bot.receiving.polling import Poller
from domain.moment import Moment
from services.messages.receive_update import receive_update
from storage.engine import Database
from storage.tables import updates
from tests.fakes.databases import database, database_url, migrated_sqlite, postgres
from tests.storage.village import BOT, NOW

__all__ = ["database", "database_url", "migrated_sqlite", "postgres"]

MOMENT = Moment(NOW, NOW)


@dataclass
class Queue(BaseRequest):
    """Telegram's side of it: an update stays until a greater offset is asked for."""

    waiting: list[int] = field(default_factory=list)
    cut_off: bool = False
    limit: int = 100

    async def initialize(self) -> None: ...
    async def shutdown(self) -> None: ...

    @property
    def read_timeout(self) -> float:
        return 5

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        offset = parse_qs(urlsplit(url).query).get("offset")
        if offset:
            self.waiting = [number for number in self.waiting if number >= int(offset[0])]
        if self.cut_off:
            raise NetworkError("cut off")
        found = [text(number) for number in self.waiting[: self.limit]]
        return 200, json.dumps({"ok": True, "result": found}).encode()


def text(number: int) -> dict[str, Any]:
    """Chats are many: each update is another person's."""
    return {"update_id": number, "message": {"chat": {"id": number}, "text": "xin chào"}}


def poller(database: Database, queue: Queue) -> Poller:
    return Poller(database, queue, url="http://127.0.0.1:9/bot1:x", bot=BOT)


async def stored(database: Database) -> list[int]:
    async with database.transaction() as connection:
        found = await connection.execute(updates.select().order_by(updates.c.update_id))
        return [row.update_id for row in found]


async def test_what_a_webhook_had_not_brought_yet_is_not_acknowledged_by_who_polls_next(database: Database) -> None:
    """Webhooks bring chats side by side: Hùng's later words were stored, Lan's were on their way when the bot died."""
    await receive_update(database, bot=BOT, body=json.dumps(text(6)).encode(), moment=MOMENT)
    queue = Queue(waiting=[5])
    assert await poller(database, queue).poll(MOMENT) == 1
    assert await stored(database) == [5, 6]


async def test_what_was_stored_is_acknowledged_with_the_next_call_and_kept_once(database: Database) -> None:
    queue = Queue(waiting=[5, 6])
    first = poller(database, queue)
    assert [await first.poll(MOMENT), queue.waiting] == [2, [5, 6]]
    queue.waiting.append(7)
    assert [await first.poll(MOMENT), queue.waiting] == [1, [7]]
    assert await poller(database, queue).poll(MOMENT) == 0, "another process takes over and gets the last ones again"
    assert await stored(database) == [5, 6, 7]


async def test_numbers_that_begin_anew_after_a_silent_week_are_not_acknowledged_unread(database: Database) -> None:
    queue = Queue(waiting=[1000])
    one = poller(database, queue)
    await one.poll(MOMENT)
    assert await one.poll(MOMENT) == 0
    queue.waiting = [7]
    assert await one.poll(MOMENT) == 1
    assert await stored(database) == [7, 1000]


async def test_a_batch_that_could_not_be_stored_stays_with_telegram(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue, broken = Queue(waiting=[5, 6]), monkeypatch.context
    one = poller(database, queue)
    with broken() as away:
        away.setattr("bot.receiving.polling.receive_update", _no_room)
        with pytest.raises(OSError, match="no room"):
            await one.poll(MOMENT)
    assert queue.waiting == [5, 6]
    assert await one.poll(MOMENT) == 2


async def test_an_acknowledgement_that_was_cut_off_is_said_again(database: Database) -> None:
    queue = Queue(waiting=[5, 6], limit=1)
    one = poller(database, queue)
    await one.poll(MOMENT)
    queue.cut_off = True
    with pytest.raises(NetworkError):
        await one.poll(MOMENT)
    queue.cut_off = False
    assert await one.poll(MOMENT) == 1
    assert await stored(database) == [5, 6]


async def test_what_is_no_update_holds_up_nothing(database: Database) -> None:
    queue = Queue(waiting=[5])
    one = poller(database, queue)

    async def nonsense(*_: Any, **__: Any) -> tuple[int, bytes]:
        return 200, json.dumps({"ok": True, "result": ["?", {"update_id": "x"}, text(5)]}).encode()

    queue.do_request = nonsense  # type: ignore[method-assign]
    assert await one.poll(MOMENT) == 1
    assert await stored(database) == [5]


async def _no_room(*_: Any, **__: Any) -> bool:
    raise OSError("no room")
