"""What another version of a schedule changes for a child: which days move, which doses come or go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.vaccination.engine import Assessment
from domain.vaccination.forecast import DoseForecast, SeriesStatus


class Shift(StrEnum):
    """How a group of doses changes for a child."""

    NEW = "new"
    GONE = "gone"
    EARLIER = "earlier"
    LATER = "later"
    OTHER_DOSE = "other_dose"
    NOT_COUNTED = "not_counted"
    COUNTED = "counted"


@dataclass(frozen=True)
class GroupChange:
    """One change. `before` and `after` are the days on which the next dose is due; None: none is."""

    group: str
    shift: Shift
    before: date | None
    after: date | None


def changes_between(before: Assessment, after: Assessment) -> tuple[GroupChange, ...]:
    """Every group whose next dose, day or counted doses differ."""
    groups = dict.fromkeys(dose.group for dose in (*before.forecasts, *after.forecasts))
    found = []
    for group in groups:
        old, new = _of(before.forecasts, group), _of(after.forecasts, group)
        shift = _shift(old, new) or _counted(before, after, group)
        if shift is not None:
            found.append(GroupChange(group, shift, old.due if old else None, new.due if new else None))
    return tuple(found)


def _of(forecasts: Sequence[DoseForecast], group: str) -> DoseForecast | None:
    wanted = (dose for dose in forecasts if dose.group == group and dose.status is SeriesStatus.NOT_COMPLETE)
    return next(wanted, None)


def _shift(old: DoseForecast | None, new: DoseForecast | None) -> Shift | None:
    if old is None or new is None:
        return None if old is new else Shift.NEW if old is None else Shift.GONE
    if old.due is not None and new.due is not None and old.due != new.due:
        return Shift.EARLIER if new.due < old.due else Shift.LATER
    same = (old.dose_number, old.vaccine, old.latest) == (new.dose_number, new.vaccine, new.latest)
    return None if same else Shift.OTHER_DOSE


def _counted(before: Assessment, after: Assessment, group: str) -> Shift | None:
    old, new = _valid(before, group), _valid(after, group)
    if old == new:
        return None
    return Shift.NOT_COUNTED if old - new else Shift.COUNTED


def _valid(assessment: Assessment, group: str) -> frozenset[int]:
    return frozenset(one.dose for one in assessment.evaluations if one.group == group and one.valid)
