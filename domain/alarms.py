"""When staff are told that something is wrong, and that it is over: once each, and at most one pair an hour."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.moment import Moment
from domain.operations import SETTLES_IN, Trouble, TroubleKind

ONE_PAIR = timedelta(hours=1)
CALM = timedelta(minutes=5)
"""So long it must be well before it is over: what comes back sooner is the same trouble."""


class Tell(StrEnum):
    """What staff are to be told now."""

    RAISED = "raised"
    CLEARED = "cleared"


@dataclass(frozen=True)
class Alarm:
    """What is kept of one kind of trouble. Real time but for `since`, which people read.

    `noticed_at` is empty while all is well; `told_at` while staff do not know of this spell of trouble.
    """

    kind: TroubleKind
    about: str = ""
    since: datetime | None = None
    noticed_at: datetime | None = None
    told_at: datetime | None = None
    well_since: datetime | None = None
    last_told_at: datetime | None = None

    @property
    def is_on(self) -> bool:
        """Whether it is not over yet."""
        return self.noticed_at is not None

    def is_settled(self, wall: datetime) -> bool:
        """Whether it is worth a look: staff were told of it, or it is not over within a minute."""
        lasts = self.noticed_at is not None and self.well_since is None and wall - self.noticed_at >= SETTLES_IN
        return self.told_at is not None or lasts


def follow(alarm: Alarm, trouble: Trouble | None, moment: Moment, *, may_tell: bool) -> tuple[Alarm, Tell | None]:
    """The alarm after one more look, and what to tell. `may_tell` is false where staff are left to sleep."""
    if trouble is None:
        return _well(alarm, moment.wall, may_tell=may_tell)
    return _unwell(alarm, trouble, moment, may_tell=may_tell)


def _unwell(alarm: Alarm, trouble: Trouble, moment: Moment, *, may_tell: bool) -> tuple[Alarm, Tell | None]:
    wall = moment.wall
    if alarm.noticed_at is None:
        alarm = replace(alarm, noticed_at=wall, since=moment.now - trouble.lasting)
    alarm = replace(alarm, well_since=None)
    has_lasted = wall - (alarm.noticed_at or wall) >= trouble.patience
    may_repeat = alarm.last_told_at is None or wall - alarm.last_told_at >= ONE_PAIR
    if alarm.told_at is None and has_lasted and may_repeat and may_tell:
        return replace(alarm, told_at=wall, last_told_at=wall), Tell.RAISED
    return alarm, None


def _well(alarm: Alarm, wall: datetime, *, may_tell: bool) -> tuple[Alarm, Tell | None]:
    if alarm.noticed_at is None:
        return alarm, None
    well_since = alarm.well_since or wall
    calm = timedelta(0) if alarm.kind is TroubleKind.PARKED else CALM
    was_told = alarm.told_at is not None
    if wall - well_since < calm or (was_told and not may_tell):
        return replace(alarm, well_since=well_since), None
    over = replace(alarm, since=None, noticed_at=None, told_at=None, well_since=None)
    return over, Tell.CLEARED if was_told else None
