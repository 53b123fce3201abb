"""The state of the simulated Telegram. It changes only by recorded events, so the event file can rebuild it."""

import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.accounts import Bot, Json, Phone, StoredFile
from simulator.changes import Changes
from simulator.event_file import EventFile
from simulator.events import apply_event
from simulator.file_bytes import FileBytes
from simulator.instants import unix_seconds

FIRST_PHONE_ID = 7_000_000_001


class World:
    """Bots, phones, files and the time of day."""

    def __init__(self, bots: Sequence[Bot], *, start: datetime, state_path: Path | None = None) -> None:
        self.start = start
        self.now = start
        self.bots = {bot.id: bot for bot in bots}
        self.phones: dict[int, Phone] = {}
        self.files: dict[str, StoredFile] = {}
        self.next_phone_id = FIRST_PHONE_ID
        self.next_callback_id = 1
        self.changes = Changes()
        self.file_bytes = FileBytes(state_path.with_suffix(".files") if state_path else None)
        self._event_file = EventFile(state_path) if state_path else None
        for bot in bots:
            # Later starts must not repeat update ids that a bot with a longer memory has already seen.
            bot.next_update_id = int(time.time())
        self._replay()

    @property
    def first_bot(self) -> Bot:
        return next(iter(self.bots.values()))

    def unix_now(self) -> int:
        return unix_seconds(self.now)

    def record(self, kind: str, **facts: Any) -> None:
        """Make something happen: change the state, write it down, wake whoever watches."""
        event: Json = {"kind": kind, **facts}
        apply_event(self, event)
        if self._event_file is not None:
            self._event_file.append(event)
        self.changes.bump()

    def reset(self) -> None:
        """Forget everything but who the bots are; ids go on, because bots remember the old ones."""
        self.now = self.start
        self.phones.clear()
        self.files.clear()
        self.file_bytes.empty()
        for bot in self.bots.values():
            _forget(bot)
        if self._event_file is not None:
            self._event_file.empty()
        self.record("ids_continued", **self._ids())

    def close(self) -> None:
        self.changes.close()
        for bot in self.bots.values():
            bot.arrivals.close()
        if self._event_file is not None:
            self._event_file.close()

    def _replay(self) -> None:
        if self._event_file is None:
            return
        for event in self._event_file.replay():
            apply_event(self, event)

    def _ids(self) -> Json:
        bots = {str(bot.id): [bot.next_message_id, bot.next_update_id] for bot in self.bots.values()}
        return {"phone": self.next_phone_id, "callback": self.next_callback_id, "bots": bots}


def _forget(bot: Bot) -> None:
    for collection in (bot.texts, bot.commands, bot.menu_buttons, bot.chats, bot.callbacks):
        collection.clear()
    bot.updates.clear()
    bot.allowed_updates = None
    bot.webhook = None
    bot.arrivals.bump()
