"""A counter that people can wait on: the page's stream, long polls and the clock's followers all use it."""

import asyncio
from collections.abc import AsyncIterator


class Changes:
    """Counts changes and wakes everyone who waits for the next one."""

    def __init__(self) -> None:
        self.rev = 0
        self.closed = False
        self._next = asyncio.Event()

    def bump(self) -> None:
        self.rev += 1
        self._next.set()
        self._next = asyncio.Event()

    def close(self) -> None:
        """Wake everyone for good, so that a stopping server need not wait for its long polls."""
        self.closed = True
        self.bump()

    async def beyond(self, rev: int, timeout: float | None) -> bool:
        """Wait until the counter differs from `rev`; False when the time was up first."""
        if self.rev != rev or self.closed:
            return True
        try:
            async with asyncio.timeout(timeout):
                await self._next.wait()
        except TimeoutError:
            return False
        return True

    async def until(self, timeout: float) -> AsyncIterator[None]:
        """Now, and again after every change, until so many seconds have passed."""
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            rev = self.rev
            yield
            remaining = deadline - asyncio.get_running_loop().time()
            if remaining <= 0 or self.closed or not await self.beyond(rev, remaining):
                return
