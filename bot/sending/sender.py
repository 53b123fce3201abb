"""The sender: claims what is due, sends several at once but one chat's messages in order, records every answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.sending.pace import Pace
from domain.moment import Moment
from domain.sending.retry import Misconfigured, Rejected, SendResult, Throttled
from services.messages.send_outbox import Ready, claim_ready, record_result, settle_lapsed
from services.ports import UnitsOfWork
from services.ports.channel import ChannelPort
from services.ports.content import RendererPort
from services.programme import Programme

AT_ONCE = 8
LONGEST_PAUSE = 60.0
LONGEST_HOLD = 20.0  # a row that would have to wait longer is given back before its lease runs out
logger = logging.getLogger(__name__)


class Sender:
    """Sends what is due now."""

    def __init__(
        self,
        units: UnitsOfWork,
        programme: Programme,
        *,
        renderer: RendererPort,
        channel: ChannelPort,
        pace: Pace,
        now: Callable[[], Awaitable[Moment]],
    ) -> None:
        self._units = units
        self._programme = programme
        self._renderer = renderer
        self._channel = channel
        self._pace = pace
        self._now = now
        self._places = asyncio.Semaphore(AT_ONCE)

    async def send_due(self) -> int:
        """One batch; gives how many rows were handled, so that zero means nothing is due."""
        batch = await claim_ready(self._units, self._programme, await self._now())
        async with asyncio.TaskGroup() as group:
            for ready in batch.ready:
                group.create_task(self._send(ready))
        return batch.handled

    async def settle(self) -> int:
        """Decide about rows whose sender died."""
        return await settle_lapsed(self._units, await self._now())

    async def _send(self, ready: Ready) -> None:
        """One row, from beginning to end. Its faults are its own: its neighbours in the batch go on."""
        async with self._places:
            try:
                result, language = await self._deliver(ready)
                self._heed(ready, result)
                await record_result(self._units, ready, result, language=language, moment=await self._now())
            except Exception:
                # The row stays `sending`; when its lease has run out it counts as uncertain.
                logger.exception("row_failed", extra={"row": ready.row.id})

    async def _deliver(self, ready: Ready) -> tuple[SendResult, str]:
        language = ready.reader.language
        try:
            rendered = self._renderer.render(ready.message, ready.reader)
        except Exception as error:
            logger.exception("text_broken", extra={"key": ready.message.body.key})
            return Rejected(type(error).__name__), language
        if not await self._pace.wait(ready.external_id, at_most=LONGEST_HOLD):
            return Throttled(self._pace.pause_left()), language
        return await self._channel.send(ready.external_id, rendered), rendered.language

    def _heed(self, ready: Ready, result: SendResult) -> None:
        match result:
            case Throttled(seconds):
                self._pace.pause(seconds)
            case Misconfigured(detail):
                logger.error("bot_refused", extra={"detail": detail})
                self._pace.pause(LONGEST_PAUSE)
            case Rejected(detail):
                logger.error("text_refused", extra={"key": ready.message.body.key, "detail": detail})
            case _:
                pass
