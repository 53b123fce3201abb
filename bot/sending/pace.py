"""The pace of sending, in real time: so many a second for the bot, fewer for one chat, and Telegram's own pauses."""

import asyncio
from collections.abc import Callable
from math import inf


class Pace:
    """A bucket without a starting burst: one leaves every 1/rate seconds, to one chat every `chat_pace` seconds."""

    def __init__(self, *, rate: float, chat_pace: float, clock: Callable[[], float]) -> None:
        self._gap = 1 / rate
        self._chat_pace = chat_pace
        self._clock = clock
        self._next = 0.0
        self._paused_until = 0.0
        self._chats: dict[str, float] = {}

    async def wait(self, chat: str, *, at_most: float = inf) -> bool:
        """Until a message to this chat may leave; False, and nothing leaves, when a pause lasts longer than `at_most`.

        One that had its turn in a pause takes another.
        """
        while self.pause_left() <= at_most:
            await self._turn(chat)
            if not self.pause_left():
                return True
        return False

    async def _turn(self, chat: str) -> None:
        now = self._clock()
        leaves_at = max(now, self._next, self._chats.get(chat, 0.0))
        self._next = max(now, self._next) + self._gap
        self._chats[chat] = leaves_at + self._chat_pace
        self._forget(now)
        if leaves_at > now:
            await asyncio.sleep(leaves_at - now)

    def pause(self, seconds: float) -> None:
        """Nothing leaves for so long: Telegram asked for it."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)
        self._next = max(self._next, self._paused_until)

    def pause_left(self) -> float:
        """How many seconds the pause still lasts; 0 when there is none."""
        return max(0.0, self._paused_until - self._clock())

    def _forget(self, now: float) -> None:
        if len(self._chats) > 10_000:
            self._chats = {chat: at for chat, at in self._chats.items() if at > now}
