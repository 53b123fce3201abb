"""What one assessment knows of a child: her days, her doses in order of time, and what was found of them so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from domain.calendar import add_months
from domain.sex import Sex
from domain.vaccination.ages import Age
from domain.vaccination.history import GivenDose
from domain.vaccination.schedule import Schedule


class Exemption(StrEnum):
    """Why a group is not given: for a medical reason, because the family does not want it, or not needed any more."""

    CONTRAINDICATED = "contraindicated"
    REFUSED = "refused"
    IMMUNE = "immune"


@dataclass(frozen=True)
class Case:
    """One child on one day. Ages are chronological, for the preterm as well; `exemptions` go by group."""

    birth_date: date
    sex: Sex | None
    today: date
    given: tuple[GivenDose, ...]
    open_gates: frozenset[str] = frozenset()
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)


class Record(NamedTuple):
    """A dose with its day, in the order in which doses are judged; `place` is the one in the list as told."""

    given_on: date
    vaccine: str
    manufacturer: str
    place: int
    dose: GivenDose


class Chart:
    """A child's doses up to today, sorted, and the marks that an assessment makes on them."""

    def __init__(self, schedule: Schedule, case: Case) -> None:
        self.schedule = schedule
        self.case = case
        self.birth_date = case.birth_date
        self.today = case.today
        self.records = _sorted_records(case)
        self.undated = _sorted_undated(case)
        self.live = [record for record in self.records if record.vaccine in schedule.apart]
        self.vaccines = frozenset(dose.vaccine for dose in case.given)
        self.seen: list[Record] = []
        self.found_valid: set[int] = set()
        self.dose_days: dict[tuple[str, int], date] = {}
        self.completed: dict[str, Record | None] = {}
        self._birthdays: dict[int, date] = {0: case.birth_date}

    def day_of(self, age: Age) -> date:
        """The day on which the child reaches an age."""
        day = self._birthdays.get(age.months)
        if day is None:
            day = self._birthdays[age.months] = add_months(self.birth_date, age.months)
        return day + timedelta(days=age.days) if age.days else day

    def is_within(self, day: date, begin: Age | None, end: Age | None) -> bool:
        """Whether the child's age on that day is `begin` or more and less than `end`."""
        return (begin is None or day >= self.day_of(begin)) and (end is None or day < self.day_of(end))


def _sorted_records(case: Case) -> list[Record]:
    return sorted(
        Record(dose.given_on, dose.vaccine, dose.manufacturer, place, dose)
        for place, dose in enumerate(case.given)
        if dose.given_on is not None and dose.given_on <= case.today
    )


def _sorted_undated(case: Case) -> list[tuple[int, GivenDose]]:
    """Each with its place in the list as told, by vaccine: how they were told must not matter."""
    undated = [(place, dose) for place, dose in enumerate(case.given) if dose.given_on is None]
    return sorted(undated, key=lambda one: (one[1].vaccine, one[1].manufacturer, one[0]))
