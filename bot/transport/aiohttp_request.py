"""python-telegram-bot's calls over aiohttp."""

import asyncio

from aiohttp import ClientSession, ClientTimeout, Payload
from telegram._utils.types import ODVInput  # what BaseRequest's own signature is written with
from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

from bot.transport.choice import Transport
from bot.transport.connections import open_session
from bot.transport.failures import POOL_FULL, PoolTimeout, told
from bot.transport.forms import multipart, plain
from bot.transport.limits import Limits

UNSET = BaseRequest.DEFAULT_NONE
LEAST = 0.001  # python-telegram-bot's 0 is "at once", aiohttp's is "for ever"


class AiohttpRequest(BaseRequest):
    """A pool of connections. It waits for a free one itself: what waited in vain is known never to have left."""

    def __init__(self, transport: Transport, limits: Limits) -> None:
        self._transport = transport
        self._limits = limits
        self._usual = _timeout(limits.connect, limits.read)
        self._session: ClientSession | None = None
        self._places = asyncio.Semaphore(limits.connections)

    @property
    def read_timeout(self) -> float | None:
        """How long an answer is waited for when a call does not say otherwise."""
        return self._limits.read

    async def initialize(self) -> None:
        """Get ready; the first call makes the first connection."""
        if self._session is None:
            self._session = open_session(self._transport, timeout=self._usual, user_agent=self.USER_AGENT)

    async def shutdown(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 # the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = UNSET,
        write_timeout: ODVInput[float] = UNSET,
        connect_timeout: ODVInput[float] = UNSET,
        pool_timeout: ODVInput[float] = UNSET,
    ) -> tuple[int, bytes]:
        """One call; gives the status and the body."""
        session = self._session
        if session is None:
            raise RuntimeError("This AiohttpRequest is not initialized!")
        body = self._body(request_data, write_timeout)
        timeout = self._timeout(connect_timeout, read_timeout)
        await self._take_place(_given(pool_timeout, self._limits.pool))
        try:
            async with session.request(method, url, data=body, timeout=timeout, allow_redirects=False) as response:
                return response.status, await response.read()
        except Exception as error:
            failure, cause = told(error)
            raise failure from cause
        finally:
            self._places.release()

    def _body(self, call: RequestData | None, write_timeout: ODVInput[float]) -> Payload | None:
        if call is None:
            return None
        if call.contains_files:
            return multipart(call, patience=_given(write_timeout, self._limits.media_write))
        return plain(call, patience=_given(write_timeout, self._limits.write))

    def _timeout(self, connect: ODVInput[float], read: ODVInput[float]) -> ClientTimeout:
        if connect is UNSET and read is UNSET:
            return self._usual
        return _timeout(_given(connect, self._limits.connect), _given(read, self._limits.read))

    async def _take_place(self, patience: float | None) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(patience):
                await self._places.acquire()
        except TimeoutError:
            raise TimedOut(POOL_FULL) from PoolTimeout()


def _given(wait: ODVInput[float], usual: float | None) -> float | None:
    return usual if wait is UNSET else wait  # type: ignore[return-value] # DEFAULT_NONE is the only DefaultValue passed


def _timeout(connect: float | None, read: float | None) -> ClientTimeout:
    return ClientTimeout(total=None, connect=_limit(connect), sock_read=_limit(read))


def _limit(seconds: float | None) -> float | None:
    return None if seconds is None else max(seconds, LEAST)
