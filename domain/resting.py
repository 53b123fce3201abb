"""What was told of a visit or a call lets an entry of the list rest for some days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.identifiers import CaregiverId, FamilyId
from domain.tasks import TRY_AGAIN_AFTER, TaskOutcome

# Rules of this house. A wrong number is no reason to rest: somebody goes there instead.
RESTS = {
    TaskOutcome.REACHED: timedelta(days=7),
    TaskOutcome.NOT_HOME: TRY_AGAIN_AFTER,
    TaskOutcome.REFUSED: timedelta(days=90),
    TaskOutcome.MOVED: timedelta(days=7),
}
LONGEST_REST = max(RESTS.values())


@dataclass(frozen=True)
class Told:
    """What came of asking somebody, on a day of her zone; without a caregiver it was said for the whole family."""

    family: FamilyId
    caregiver: CaregiverId | None
    outcome: TaskOutcome
    on: date

    def is_about(self, family: FamilyId, caregiver: CaregiverId | None) -> bool:
        """Whether it concerns this one."""
        return self.family == family and self.caregiver in (None, caregiver)

    def rests(self, today: date) -> bool:
        """Whether nobody asks again yet."""
        return today < self.on + RESTS.get(self.outcome, timedelta(0))


def may_rest(told: Iterable[Told], family: FamilyId, caregiver: CaregiverId, today: date) -> bool:
    """Whether an entry that is no task waits."""
    return any(one.rests(today) for one in told if one.is_about(family, caregiver))


def has_refused(told: Iterable[Told], family: FamilyId, caregiver: CaregiverId | None, today: date) -> bool:
    """Whether somebody said no, so that no new task reaches them for a while."""
    refused = (one for one in told if one.outcome is TaskOutcome.REFUSED and one.is_about(family, caregiver))
    return any(one.rests(today) for one in refused)
