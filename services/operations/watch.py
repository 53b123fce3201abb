"""Watch over the programme: what passes its limit is told to staff once, and once that it is over."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from domain.alarms import Alarm, Tell, follow
from domain.moment import Moment
from domain.operations import Limits, Observation, Trouble, TroubleKind, is_night, troubles_of
from services.operations.observe import Surroundings, note_watch, observe
from services.operations.tell_staff import tell_staff, zone_of_staff
from services.ports import UnitOfWork, UnitsOfWork

SETTLED = timedelta(minutes=5)
"""What happened longer ago is in the database for sure, whoever was still writing it."""
logger = logging.getLogger(__name__)
Key = tuple[TroubleKind, str]


@dataclass(frozen=True)
class Rules:
    """From when on something is trouble, and whether staff are told of it at night too."""

    limits: Limits = field(default_factory=Limits)
    at_night: bool = True


async def watch(
    units: UnitsOfWork, surroundings: Surroundings, rules: Rules, moment: Moment, *, more: Sequence[Trouble] = ()
) -> Sequence[Trouble]:
    """Look once and tell what is to be told; gives the trouble there is. `more` is trouble that no row tells of."""
    seen = await observe(units, surroundings, moment)
    found = (*troubles_of(seen, rules.limits), *more)
    async with units.begin() as uow:
        await note_watch(uow, moment)
        await uow.operations.settle_total(moment.now - SETTLED)
        await uow.operations.hold()
        may_tell = rules.at_night or not is_night(moment.now.astimezone(ZoneInfo(await zone_of_staff(uow))).hour)
        await _follow_all(uow, seen, found, may_tell=may_tell)
    return found


async def _follow_all(uow: UnitOfWork, seen: Observation, found: Sequence[Trouble], *, may_tell: bool) -> None:
    known: dict[Key, Alarm] = {(one.kind, one.about): one for one in await uow.operations.alarms()}
    troubles: dict[Key, Trouble] = {(one.kind, one.about): one for one in found}
    for key in dict.fromkeys((*troubles, *known)):
        before = known.get(key) or Alarm(*key)
        after, tell = follow(before, troubles.get(key), seen.moment, may_tell=may_tell)
        if tell is not None and not await _told(uow, seen, after if tell is Tell.RAISED else before, tell, troubles):
            after = _untold(before, after)
        if after != before:
            await uow.operations.keep_alarm(after)


def _untold(before: Alarm, after: Alarm) -> Alarm:
    """Nobody could be told: at the next look it is tried again."""
    if not after.is_on:
        return before
    return replace(after, told_at=before.told_at, last_told_at=before.last_told_at)


async def _told(uow: UnitOfWork, seen: Observation, alarm: Alarm, tell: Tell, troubles: dict[Key, Trouble]) -> bool:
    """Whether anybody could be told."""
    trouble = troubles.get((alarm.kind, alarm.about)) or Trouble(alarm.kind, alarm.about)
    silent = {one.bot for one in seen.bots if one.refused_as or one.is_away(seen.moment.wall)}
    count = await tell_staff(uow, alarm, trouble, tell, may_use=lambda bot: bot not in silent, moment=seen.moment)
    level = logging.WARNING if tell is Tell.RAISED else logging.INFO
    event = f"alarm_{tell}" if count else "alarm_not_told"
    logger.log(level, event, extra={"kind": alarm.kind.value, "about": alarm.about, "staff": count})
    return bool(count)
