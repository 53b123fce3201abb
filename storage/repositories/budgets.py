"""The pace of a bot in a row of its own, so that no two processes take the same slot."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import bindparam, func, select, update

from domain.identifiers import AddressId
from domain.sending.pacing import LONGEST_HOLD, Budget, ChatTurn, Turn, in_turn, take_slots
from services.ports.budgets import PauseReason
from storage.statements import Statements
from storage.tables import addresses, send_budgets


class BudgetRows:
    """Read and written within one transaction, under the row's lock."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def take_slots(
        self, bot: str, chats: Sequence[ChatTurn], *, slot: timedelta, wall: datetime
    ) -> Sequence[Turn] | None:
        """How long to wait until each of these chats may be spoken to. A slot of this length is taken for each, now."""
        budget, now = await self._hold(bot, wall)
        if budget.pause_left(now):
            return None
        needed = list(accumulate(chat.calls for chat in chats))
        every, left = take_slots(budget, count=needed[-1] if needed else 0, slot=slot, now=now)
        # Who makes two calls goes at the second of her slots.
        slots = [every[last - 1] for last in needed]
        await self._keep(bot, next_at=left.next_at)
        turns = await self._take_turns(chats, slots, now)
        return tuple(Turn(slot - now, turn - now) for slot, turn in zip(slots, turns, strict=True))

    async def line(self, bot: str, *, slot: timedelta, wall: datetime) -> timedelta:
        """How long the slots last that are taken already. It keeps no writer waiting."""
        found = select(send_budgets.c.next_at).where(send_budgets.c.bot == bot)
        next_at = await self._statements.value(found)
        return Budget(next_at).line(await self._now(wall), slot) if next_at else timedelta(0)

    async def _take_turns(
        self, chats: Sequence[ChatTurn], slots: Sequence[datetime], now: datetime
    ) -> Sequence[datetime]:
        spoken = await self._spoken_to({one.address for one in chats if one.gap})
        turns: list[datetime] = []
        noted: dict[AddressId, datetime] = {}
        for chat, slot in zip(chats, slots, strict=True):
            turns.append(in_turn(slot, spoken.get(chat.address), chat.gap))
            # A turn so far ahead is given back: were it kept, the next try would have to wait behind it for ever.
            if chat.gap and turns[-1] - now <= LONGEST_HOLD:
                spoken[chat.address] = noted[chat.address] = turns[-1]
        change = update(addresses).where(addresses.c.id == bindparam("chat")).values(spoken_to_at=bindparam("at"))
        await self._statements.each(change, [{"chat": chat, "at": at} for chat, at in noted.items()])
        return turns

    async def _spoken_to(self, chats: set[AddressId]) -> dict[AddressId, datetime]:
        if not chats:
            return {}
        found = select(addresses.c.id, addresses.c.spoken_to_at).where(addresses.c.id.in_(chats))
        rows: Sequence[Mapping[Any, Any]] = await self._statements.all(found)
        times = {AddressId(row[addresses.c.id]): row[addresses.c.spoken_to_at] for row in rows}
        return {address: at for address, at in times.items() if at is not None}

    async def pause_left(self, bot: str, wall: datetime) -> timedelta:
        """How long the bot still says nothing; zero when it may speak."""
        found = select(send_budgets.c.paused_until).where(send_budgets.c.bot == bot)
        paused_until = await self._statements.value(found)
        return Budget(paused_until=paused_until).pause_left(await self._now(wall)) if paused_until else timedelta(0)

    async def pause(self, bot: str, *, lasting: timedelta, reason: PauseReason, wall: datetime) -> None:
        """Nothing leaves for so long, in any process. A longer pause stays."""
        budget, now = await self._hold(bot, wall)
        if budget.pause_left(now) < lasting:
            await self._keep(bot, paused_until=now + lasting, paused_for=reason.value)

    async def forgive(self, bot: str) -> None:
        """The channel knows the bot (again): a pause because it was refused is over."""
        refused = (send_budgets.c.bot == bot) & (send_budgets.c.paused_for == PauseReason.REFUSED.value)
        await self._statements.run(update(send_budgets).where(refused).values(paused_until=None, paused_for=None))

    async def _hold(self, bot: str, wall: datetime) -> tuple[Budget, datetime]:
        found = select(send_budgets).where(send_budgets.c.bot == bot).with_for_update()
        row = await self._statements.first(found)
        if row is None:
            insert = self._statements.insert(send_budgets).values(bot=bot)
            await self._statements.run(insert.on_conflict_do_nothing())
            row = await self._statements.first(found)
        # Asked after the lock is held: who waited for it must not take a slot that has passed meanwhile.
        now = await self._now(wall)
        if row is None:
            return Budget(), now
        return Budget(row[send_budgets.c.next_at], row[send_budgets.c.paused_until]), now

    async def _now(self, wall: datetime) -> datetime:
        """The clock that all processes share; SQLite's are on one machine and share that one's."""
        if not self._statements.is_postgres:
            return wall
        now: datetime = await self._statements.value(select(func.clock_timestamp()))
        return now

    async def _keep(self, bot: str, **values: Any) -> None:
        await self._statements.run(update(send_budgets).where(send_budgets.c.bot == bot).values(values))
