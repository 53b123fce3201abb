"""The sender: claims what is due, lets each leave at its slot, sends several at once, records every answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import SystemRandom
from typing import Protocol

from domain.moment import Moment
from domain.sending.outbox import Share
from domain.sending.pacing import Pacing
from domain.sending.retry import Misconfigured, Rejected, SendResult, Throttled
from services.ports import UnitsOfWork
from services.ports.budgets import PauseReason
from services.ports.channel import ChannelPort
from services.ports.content import RendererPort
from services.programme import Programme
from services.sending.claim_outbox import Batch, Ready, claim_ready
from services.sending.leave import Leaving, leave
from services.sending.record_results import Sent, record_results, settle_lapsed

LARGEST_BATCH = 256
SMALLEST_BATCH = 8
BATCHES_AT_ONCE = 3
LOOK_EVERY = 0.5
NO_TIME = timedelta(0)
AHEAD = timedelta(milliseconds=15)
"""So long before it comes a slot is taken: what the database needs for that costs none."""
REFUSED_FOR = timedelta(minutes=1)
logger = logging.getLogger(__name__)
_chance = SystemRandom()


@dataclass(frozen=True)
class Outlet:
    """How messages become words, where they go out, and how fast."""

    renderer: RendererPort
    channel: ChannelPort
    pacing: Pacing


class Work(Protocol):
    """Says that there is something to do, now rather than at the next look."""

    times: int

    async def wait(self, seen: int, at_most: float) -> None: ...


class Sender:
    """Sends what is due now of one share. While one batch leaves, the next one is claimed."""

    def __init__(
        self,
        units: UnitsOfWork,
        programme: Programme,
        outlet: Outlet,
        *,
        share: Share,
        now: Callable[[], Awaitable[Moment]],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._units = units
        self._programme = programme
        self._renderer = outlet.renderer
        self._channel = outlet.channel
        self._pacing = outlet.pacing
        self._share = share
        self._now = now
        self._sleep = sleep
        self._leaving = asyncio.Lock()
        self._under_way = asyncio.Semaphore(BATCHES_AT_ONCE)
        self._stopped = False

    def stop(self) -> None:
        """Let nothing more leave; what is on its way still ends."""
        self._stopped = True

    async def send_due(self) -> int:
        """Everything that is due; gives how many rows were handled, so that zero means nothing is due."""
        handled = 0
        async with asyncio.TaskGroup() as group:
            while count := await self._send_next(group):
                handled += count
        return handled

    async def keep_up(self, work: Work) -> None:
        """Until stopped: whatever becomes due, however much is still on its way."""
        async with asyncio.TaskGroup() as group:
            while not self._stopped:
                seen = work.times
                if not await self._send_next(group):
                    await work.wait(seen, LOOK_EVERY)

    async def _send_next(self, group: asyncio.TaskGroup) -> int:
        """Claim a batch and let the group send it; gives how many rows were handled."""
        await self._under_way.acquire()
        goes = False
        try:
            batch = await self._claim()
            if self._stopped:
                await self._give_back(batch, batch.ready)
            goes = batch.handled > 0 and not self._stopped
        finally:
            if not goes:
                self._under_way.release()
        if not goes:
            return 0
        group.create_task(self._send_batch(batch)).add_done_callback(lambda _: self._under_way.release())
        return batch.handled

    async def _claim(self) -> Batch:
        limit = max(SMALLEST_BATCH, int(min(self._pacing.rate, LARGEST_BATCH)))
        return await claim_ready(self._units, self._programme, self._share, limit=limit, moment=await self._now())

    async def _send_batch(self, batch: Batch) -> None:
        async with asyncio.TaskGroup() as group:
            for first, some in self._in_steps(batch.ready):
                # One step at a time takes slots: whoever waits for a slot keeps no more of them from a reply.
                async with self._leaving:
                    leaving = await self._next_to_leave(batch, some)
                    if leaving is None:
                        await self._give_back(batch, batch.ready[first:])
                        return
                    for wait, together in _by_turn(leaving).items():
                        group.create_task(self._send_after(wait, together))
                    last = max((one.turn.slot for one in leaving), default=NO_TIME)
                    await self._sleep((last - self._pacing.ahead(self._share.lanes)).total_seconds())

    async def _next_to_leave(self, batch: Batch, some: Sequence[Ready]) -> Sequence[Leaving] | None:
        """What leaves of these, once it is their turn; None when we are to stop, or the database fails."""
        try:
            await self._let_line_pass()
            return None if self._stopped else await self._leave(batch, some)
        except Exception:
            # Not raised: what is on its way would be broken off, and nobody would know whether it arrived.
            logger.exception("leave_failed", extra={"rows": [one.row.id for one in some]})
            return None

    async def _let_line_pass(self) -> None:
        """What is planned takes the slot that comes next, and joins no line: a reply then waits for one at most.

        Behind very many replies it waits no longer than eight slots, and then has its own.
        """
        patience = self._pacing.patience(self._share.lanes)
        while patience > NO_TIME and not self._stopped:
            too_long = await self._line() - AHEAD
            if too_long <= NO_TIME:
                return
            wait = min(too_long, patience)
            await self._sleep(wait.total_seconds())
            patience -= wait

    async def _line(self) -> timedelta:
        wall = (await self._now()).wall
        async with self._units.look() as uow:
            return await uow.budgets.line(self._share.bot, slot=self._pacing.slot, wall=wall)

    async def _send_after(self, wait: timedelta, together: Sequence[Ready]) -> None:
        # A chat that was just spoken to waits by itself: the others' slots are not lost with it.
        await self._sleep(wait.total_seconds())
        await self._send(together)

    async def settle(self) -> int:
        """Decide about rows whose sender died."""
        return await settle_lapsed(self._units, await self._now())

    def _in_steps(self, ready: Sequence[Ready]) -> Iterator[tuple[int, Sequence[Ready]]]:
        step = self._pacing.step(self._share.lanes)
        return ((first, ready[first : first + step]) for first in range(0, len(ready), step))

    async def _give_back(self, batch: Batch, ready: Sequence[Ready]) -> None:
        """Only claimed: whoever sends next need not wait for the lease to run out."""
        rows = [one.row.id for one in ready]
        if not rows:
            return
        try:
            async with self._units.begin() as uow:
                await uow.outbox.give_back(rows, claimed_until=batch.claimed_until)
        except Exception:
            logger.exception("rows_not_given_back", extra={"rows": rows})

    async def _leave(self, batch: Batch, some: Sequence[Ready]) -> Sequence[Leaving]:
        return await leave(
            self._units,
            self._share.bot,
            some,
            claimed_until=batch.claimed_until,
            pacing=self._pacing,
            moment=await self._now(),
        )

    async def _send(self, together: Sequence[Ready]) -> None:
        """Send these at once and keep every answer. A fault of one is its own: its neighbours go on."""
        sent = [one for one in await asyncio.gather(*(self._try(one) for one in together)) if one is not None]
        if not sent:
            return
        try:
            await record_results(self._units, sent, await self._now())
        except Exception:
            # The rows stay `sending`; when their lease has run out they count as uncertain.
            logger.exception("rows_failed", extra={"rows": [one.ready.row.id for one in sent]})

    async def _try(self, ready: Ready) -> Sent | None:
        try:
            result, language = await self._deliver(ready)
            await self._heed(ready, result)
        except Exception:
            logger.exception("row_failed", extra={"row": ready.row.id})
            return None
        return Sent(ready, result, language, chance=_chance.random())

    async def _deliver(self, ready: Ready) -> tuple[SendResult, str]:
        try:
            rendered = self._renderer.render(ready.message, ready.reader)
        except Exception as error:
            logger.exception("text_broken", extra={"key": ready.message.body.key})
            return Rejected(type(error).__name__), ready.reader.language
        sent = await self._channel.send(ready.external_id, replace(rendered, file_id=ready.file_id))
        return sent, rendered.language

    async def _heed(self, ready: Ready, result: SendResult) -> None:
        match result:
            case Throttled(seconds):
                await self._pause(timedelta(seconds=seconds), PauseReason.THROTTLED)
            case Misconfigured(detail):
                logger.error("bot_refused", extra={"detail": detail})
                await self._pause(REFUSED_FOR, PauseReason.REFUSED)
            case Rejected(detail):
                logger.error("text_refused", extra={"key": ready.message.body.key, "detail": detail})
            case _:
                pass

    async def _pause(self, lasting: timedelta, reason: PauseReason) -> None:
        """In every process: the pause is the bot's."""
        wall = (await self._now()).wall
        async with self._units.begin() as uow:
            await uow.budgets.pause(self._share.bot, lasting=lasting, reason=reason, wall=wall)


def _by_turn(leaving: Sequence[Leaving]) -> dict[timedelta, list[Ready]]:
    """Those who wait equally long go together, and their answers are kept together."""
    turns: dict[timedelta, list[Ready]] = {}
    for one in leaving:
        turns.setdefault(one.turn.chat, []).append(one.ready)
    return turns
