"""Which of the given doses count in a series: judged by vaccine, minimum age and minimum interval."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.vaccination.schedule import DoseRule, Series


@dataclass(frozen=True)
class GivenDose:
    """A vaccine that a child got, by its code."""

    vaccine: str
    given_on: date


@dataclass(frozen=True)
class Progress:
    """How far a series has come. `previous` is the last given dose, whether it counted or not."""

    counted: tuple[GivenDose, ...]
    not_counted: tuple[GivenDose, ...]
    previous: GivenDose | None
    next_rule: DoseRule | None

    @property
    def completed_by(self) -> GivenDose | None:
        """The dose that completed the series, if it is complete."""
        return self.counted[-1] if self.next_rule is None else None


def count_doses(series: Series, given: Iterable[GivenDose], *, birth_date: date, after: GivenDose | None) -> Progress:
    """Walk through what was given, in order of time. Doses up to and including `after` belong to the series before."""
    counted: list[GivenDose] = []
    not_counted: list[GivenDose] = []
    previous = after
    rules = list(series.doses)
    for dose in _of_series(series, given, after):
        if rules and _counts(dose, rules[0], birth_date, previous):
            counted.append(dose)
            rules.pop(0)
        elif rules:
            not_counted.append(dose)
        previous = dose
    return Progress(tuple(counted), tuple(not_counted), previous, rules[0] if rules else None)


def _of_series(series: Series, given: Iterable[GivenDose], after: GivenDose | None) -> list[GivenDose]:
    doses = [dose for dose in given if dose.vaccine in series.vaccines]
    doses = [dose for dose in doses if after is None or dose.given_on > after.given_on]
    return sorted(doses, key=lambda dose: dose.given_on)


def _counts(dose: GivenDose, rule: DoseRule, birth_date: date, previous: GivenDose | None) -> bool:
    min_age = rule.absolute_min_age or rule.min_age
    if dose.vaccine not in rule.vaccines or (min_age and dose.given_on < min_age.after(birth_date)):
        return False
    if rule.interval is None or previous is None:
        return True
    return dose.given_on >= (rule.interval.absolute or rule.interval.minimum).after(previous.given_on)
