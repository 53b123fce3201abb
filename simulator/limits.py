"""Telegram's rate limits, in real time: thirty a second and bot, one a second and chat, twenty a minute and group."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

PER_SECOND = 30.0
GROUP_PER_MINUTE = 20


class Limits:
    """Off until somebody switches them on."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self.enabled = False
        self._seconds = seconds
        self._tokens: dict[int, tuple[float, float]] = {}
        self._sent: dict[tuple[int, int], deque[float]] = defaultdict(deque)

    def switch(self, *, enabled: bool) -> None:
        self.enabled = enabled
        self._tokens.clear()
        self._sent.clear()

    def wait_before(self, bot_id: int, chat_id: int) -> int:
        """Whole seconds to wait before this message; 0 sends it and counts it."""
        if not self.enabled:
            return 0
        now = self._seconds()
        wait = max(self._bot_wait(bot_id, now), self._chat_wait(bot_id, chat_id, now))
        if wait > 0:
            return math.ceil(wait)
        self._count(bot_id, chat_id, now)
        return 0

    def _bot_wait(self, bot_id: int, now: float) -> float:
        return max(0.0, (1 - self._tokens_at(bot_id, now)) / PER_SECOND)

    def _tokens_at(self, bot_id: int, now: float) -> float:
        tokens, at = self._tokens.get(bot_id, (PER_SECOND, now))
        return min(PER_SECOND, tokens + (now - at) * PER_SECOND)

    def _chat_wait(self, bot_id: int, chat_id: int, now: float) -> float:
        window, allowed = (60.0, GROUP_PER_MINUTE) if chat_id < 0 else (1.0, 1)
        sent = self._sent[bot_id, chat_id]
        while sent and sent[0] <= now - window:
            sent.popleft()
        return sent[0] + window - now if len(sent) >= allowed else 0.0

    def _count(self, bot_id: int, chat_id: int, now: float) -> None:
        self._tokens[bot_id] = (self._tokens_at(bot_id, now) - 1, now)
        self._sent[bot_id, chat_id].append(now)
