"""The moment of leaving: a slot of the bot's shared pace for each row, and the row on its way, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from domain.moment import Moment
from domain.sending.pacing import LONGEST_HOLD, ChatTurn, Pacing, Turn
from domain.sending.retry import lease_until
from services.ports import UnitOfWork, UnitsOfWork
from services.sending.claim_outbox import Ready

AT_ONCE = Turn(timedelta(0), timedelta(0))


@dataclass(frozen=True)
class Leaving:
    """A row on its way, when it is its turn."""

    ready: Ready
    turn: Turn


async def leave(
    units: UnitsOfWork, bot: str, rows: Sequence[Ready], *, claimed_until: datetime, pacing: Pacing, moment: Moment
) -> Sequence[Leaving]:
    """What leaves now. What was closed meanwhile stays; so does what has to wait, which is given back."""
    async with units.begin() as uow:
        turns = await _turns(uow, bot, rows, pacing=pacing, wall=moment.wall)
        if turns is None:
            await uow.outbox.give_back([one.row.id for one in rows], claimed_until=claimed_until)
            return ()
        soon = [Leaving(one, turn) for one, turn in zip(rows, turns, strict=True) if turn.chat <= LONGEST_HOLD]
        for one, turn in zip(rows, turns, strict=True):
            if turn.chat > LONGEST_HOLD:
                await uow.outbox.give_back([one.row.id], claimed_until=claimed_until, retry_at=moment.wall + turn.chat)
        gone = await uow.outbox.leave(
            [one.ready.row.id for one in soon], claimed_until=claimed_until, lease_until=lease_until(moment.wall)
        )
    return [one for one in soon if one.ready.row.id in gone]


async def _turns(
    uow: UnitOfWork, bot: str, rows: Sequence[Ready], *, pacing: Pacing, wall: datetime
) -> Sequence[Turn] | None:
    """Whose turn is when; None while the bot has to be silent."""
    if pacing.rate == inf and not pacing.chat_gap:
        return None if await uow.budgets.pause_left(bot, wall) else [AT_ONCE] * len(rows)
    chats = [ChatTurn(one.address, pacing.gap_of(one.external_id), _calls(one)) for one in rows]
    return await uow.budgets.take_slots(bot, chats, slot=pacing.slot, wall=wall)


def _calls(ready: Ready) -> int:
    """Taking the buttons off an older message is a call of its own, and it counts."""
    return 1 if ready.message.disarms is None else 2
