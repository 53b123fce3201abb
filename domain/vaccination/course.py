"""A child's way through one series: which of its doses are satisfied, and what was found of each given dose."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from domain.vaccination.chart import Chart, Record
from domain.vaccination.dose_rules import DoseRule
from domain.vaccination.reasons import Fault, Reason
from domain.vaccination.schedule import Series


class Verdict(NamedTuple):
    """What was found of a given dose in a series: `fault` is None when it counts."""

    record: Record
    fault: Fault | None

    @property
    def is_valid(self) -> bool:
        """Whether the dose counts."""
        return self.fault is None

    @property
    def came_early(self) -> bool:
        """Whether it did not count because of its age or its interval."""
        return self.fault is not None and self.fault.reason in _EARLY


_EARLY = frozenset({Reason.TOO_YOUNG, Reason.OUTBREAK_DOSE, Reason.TOO_SOON})
_NO_INTERVAL_BEGINS = frozenset({Reason.INADVERTENT, Reason.NOT_NEEDED, Reason.EARLIER_SERIES})


@dataclass(slots=True)
class Course:
    """Filled dose by dose, in order of time. `satisfied` goes by target dose; None there is a dose without a day."""

    chart: Chart
    series: Series
    group: str
    target: str
    position: int = 0
    satisfied: dict[int, Record | None] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    previous: Record | None = None

    @property
    def target_dose(self) -> DoseRule | None:
        """The dose that is asked for now; None when all are satisfied or passed over."""
        doses = self.series.doses
        return doses[self.position] if self.position < len(doses) else None

    @property
    def next_number(self) -> int:
        """The number of the next dose: one more than are satisfied, or the first number of a series of boosters."""
        return self.series.doses[0].number + len(self.satisfied)

    @property
    def valid_count(self) -> int:
        """How many given doses counted."""
        return sum(verdict.is_valid for verdict in self.verdicts)

    @property
    def previous_came_early(self) -> bool:
        """Whether the dose before did not count because of its age or interval."""
        return bool(self.verdicts) and self.verdicts[-1].came_early

    def satisfy(self, position: int, record: Record | None) -> None:
        """A target dose has what it asked for."""
        doses = self.series.doses
        self.satisfied[position] = record
        self.position = position if doses[position].recurring else position + 1
        if record is not None:
            self.chart.dose_days[self.group, position + 1] = record.given_on
        if all(rule.optional for rule in doses[self.position :]):
            self.chart.completed.setdefault(self.group, record)
            self.chart.completed.setdefault(f"{self.target}/{self.series.series_group}", record)

    def note(self, verdict: Verdict) -> None:
        """Keep what was found; the dose becomes the one before the next."""
        self.verdicts.append(verdict)
        if verdict.fault is None:
            self.chart.found_valid.add(verdict.record.place)
        if verdict.fault is None or verdict.fault.reason not in _NO_INTERVAL_BEGINS:
            self.previous = verdict.record

    def day_of_dose(self, number: int) -> date | None:
        """The day of the dose that satisfied target dose `number` (from 1), if it has one."""
        record = self.satisfied.get(number - 1)
        return record.given_on if record else None
