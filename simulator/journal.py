"""Every call of the Bot API in order, for tests and for the page's drawer."""

from collections import deque
from typing import Any

from simulator.accounts import Json
from simulator.changes import Changes

KEPT = 100_000


class Journal:
    """Numbers the calls and keeps the newest of them."""

    def __init__(self) -> None:
        self._entries: deque[Json] = deque(maxlen=KEPT)
        self.changes = Changes()
        self._seq = 0

    def add(self, **entry: Any) -> None:
        self._seq += 1
        self._entries.append({"seq": self._seq, **entry})
        self.changes.bump()

    def entries(self, *, since: int = 0, method: str = "", chat_id: int | None = None) -> list[Json]:
        return [entry for entry in self._entries if entry["seq"] > since and _matches(entry, method, chat_id)]

    def empty(self) -> None:
        """The numbers go on, so that `since` stays true."""
        self._entries.clear()
        self.changes.bump()


def _matches(entry: Json, method: str, chat_id: int | None) -> bool:
    if method and entry["method"].lower() != method.lower():
        return False
    return chat_id is None or entry["params"].get("chat_id") == chat_id
