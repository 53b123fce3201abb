"""What a province settles for itself: which vaccines it offers since when, upper ages, outbreaks, dated rounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from domain.care.rounds import CampaignRound
from domain.vaccination.ages import Age
from domain.vaccination.engine import Assessment
from domain.vaccination.forecast import DoseForecast, SeriesStatus


@dataclass(frozen=True)
class Outbreak:
    """A disease is about: whoever lacks a dose of the group is called at the first missed visit."""

    group: str
    from_on: date
    until_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the outbreak is declared on that day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class GateWord:
    """From a day on a gate is open or closed."""

    gate: str
    from_on: date
    is_open: bool


@dataclass(frozen=True)
class ProvinceRules:
    """The rules of one province. `upper_ages` are by group of doses or item of care."""

    gates: tuple[GateWord, ...] = ()
    upper_ages: Mapping[str, Age] = field(default_factory=dict)
    outbreaks: tuple[Outbreak, ...] = ()
    rounds: tuple[CampaignRound, ...] = ()

    def open_gates(self, default: frozenset[str], today: date) -> frozenset[str]:
        """The gates that are open on a day; where the province says nothing, the schedule's own word is `default`."""
        in_force = [word for word in sorted(self.gates, key=lambda one: one.from_on) if word.from_on <= today]
        told = {word.gate: word.is_open for word in in_force}
        return (default - told.keys()) | {gate for gate, is_open in told.items() if is_open}

    def within_upper_ages(self, assessment: Assessment, birth_date: date, today: date) -> Assessment:
        """The same, asked for no longer than up to the province's own upper ages.

        Those that are later than the schedule's have to be in the schedule already (`upper_ages.with_later_ages`).
        """
        if not self.upper_ages:
            return assessment
        doses = tuple(self._within(dose, birth_date, today) for dose in assessment.forecasts)
        return replace(assessment, forecasts=doses)

    def _within(self, dose: DoseForecast, birth_date: date, today: date) -> DoseForecast:
        age = self.upper_ages.get(dose.group)
        if age is None or dose.status is not SeriesStatus.NOT_COMPLETE:
            return dose
        latest = age.after(birth_date) - timedelta(days=1)
        if dose.latest is not None and dose.latest <= latest:
            return dose
        is_over = dose.earliest is not None and latest < max(dose.earliest, today)
        return replace(dose, latest=latest, status=SeriesStatus.AGED_OUT if is_over else SeriesStatus.NOT_COMPLETE)
