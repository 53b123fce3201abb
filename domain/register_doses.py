"""What a register changes in a child's record: new doses, reports confirmed, dates put right, and nothing else.

The register wins over what a family told and over a day that differs by less than 28: nearer ones are one dose written
twice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.vaccination.reports import SAME_DOSE


class Change(StrEnum):
    """What a dose of the register is for our record."""

    NEW = "new"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class WrittenDose:
    """A dose that stands on a child's record or was told; where `date_known` is False, `given_on` is a guess."""

    row: int
    vaccine: str
    given_on: date
    date_known: bool = True
    is_report: bool = False


@dataclass(frozen=True)
class DoseChange:
    """A dose of the register that our record lacks, and what gives way to it."""

    what: Change
    vaccine: str
    given_on: date
    instead_of: WrittenDose | None = None


@dataclass(frozen=True)
class DoseComparison:
    """What the register brings for one child, and what our record has that the register lacks."""

    changes: tuple[DoseChange, ...] = ()
    only_ours: tuple[WrittenDose, ...] = ()


def compare_doses(
    register: Collection[tuple[str, date]], written: Sequence[WrittenDose], told_of: Collection[str]
) -> DoseComparison:
    """Hold the register's doses against what stands. `told_of` are the vaccines of which the register has columns."""
    changes: list[DoseChange] = []
    only_ours: list[WrittenDose] = []
    for vaccine in sorted(told_of):
        days = sorted(day for dose, day in register if dose == vaccine)
        mine = [one for one in written if one.vaccine == vaccine]
        lacking, corrected, rest = _hold_against_record(days, [one for one in mine if not one.is_report])
        changes += [DoseChange(Change.CORRECTED, vaccine, day, one) for day, one in corrected.items()]
        changes += _hold_against_reports(vaccine, lacking, [one for one in mine if one.is_report])
        only_ours += rest
    return DoseComparison(tuple(changes), tuple(only_ours))


def _hold_against_record(
    days: Sequence[date], record: Sequence[WrittenDose]
) -> tuple[list[date], dict[date, WrittenDose], list[WrittenDose]]:
    """The days that are lacking, those that take the place of another, and what the register does not have."""
    known = {one.given_on for one in record if one.date_known}
    others = [one for one in record if not (one.date_known and one.given_on in days)]
    pairs = _pairs([day for day in days if day not in known], others)
    lacking = [day for day in days if day not in known and day not in pairs]
    return lacking, pairs, [one for one in others if one not in pairs.values()]


def _hold_against_reports(vaccine: str, days: Sequence[date], reports: Sequence[WrittenDose]) -> tuple[DoseChange, ...]:
    """A report of the very day stays beside the register's word; another day gives way to it."""
    told = {one.given_on for one in reports if one.date_known}
    others = [one for one in reports if not (one.date_known and one.given_on in days)]
    pairs = _pairs([day for day in days if day not in told], others)
    confirmed = {day for day in days if day in told or day in pairs}
    return tuple(
        DoseChange(Change.CONFIRMED if day in confirmed else Change.NEW, vaccine, day, pairs.get(day)) for day in days
    )


def _pairs(days: Sequence[date], written: Sequence[WrittenDose]) -> dict[date, WrittenDose]:
    """Which day means which row: the nearest within 27 days; then those of unknown day, in order."""
    dated = [one for one in written if one.date_known]
    near = sorted(
        ((abs(one.given_on - day), day, one.row, one) for day in days for one in dated), key=lambda found: found[:3]
    )
    pairs: dict[date, WrittenDose] = {}
    for distance, day, _row, one in near:
        if distance <= SAME_DOSE and day not in pairs and one not in pairs.values():
            pairs[day] = one
    undated = sorted((one for one in written if not one.date_known), key=lambda one: (one.given_on, one.row))
    return pairs | dict(zip((day for day in days if day not in pairs), undated, strict=False))
