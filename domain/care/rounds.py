"""Dated campaigns such as vitamin A and deworming: rounds that staff enter, and the children whom one concerns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from domain.care.forecast import CareForecast
from domain.care.plan import CareKind, are_in_order
from domain.vaccination.ages import Age
from domain.vaccination.sources import Certainty, Citation, Source

ENTERED_BY_STAFF = Source((Citation("staff_of_area"),), Certainty.VERIFIED)
_NOTHING: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True)
class CampaignKind:
    """A sort of campaign and the ages that are proposed to staff for a new round; the province may use others."""

    key: str
    country: str
    min_age: Age
    max_age: Age
    source: Source


@dataclass(frozen=True)
class CampaignRound:
    """One round of the campaign `key`, from `from_on` to `until_on`, both included.

    For children who have reached `min_age` and not yet `max_age`. Raises ValueError when days or ages are reversed.
    """

    key: str
    from_on: date
    until_on: date
    min_age: Age
    max_age: Age
    source: Source = ENTERED_BY_STAFF

    def __post_init__(self) -> None:
        if self.until_on < self.from_on:
            raise ValueError("a round cannot end before it begins")
        if are_in_order(self.max_age, self.min_age):
            raise ValueError("the upper age of a round has to be above the lower one")


def rounds_due(
    rounds: Iterable[CampaignRound], birth_date: date, today: date, *, done: Mapping[str, date] = _NOTHING
) -> tuple[CareForecast, ...]:
    """The rounds that concern the child, now or later, by day.

    `done` has the last day on which the child got what each campaign gives: it closes the rounds that had begun.
    """
    forecasts = [_forecast(each, birth_date) for each in rounds if not _is_done(each, done, today)]
    concerned = [care for care in forecasts if max(care.due, today) <= care.latest]
    return tuple(sorted(concerned, key=lambda care: (care.due, care.key)))


def _is_done(each: CampaignRound, done: Mapping[str, date], today: date) -> bool:
    given_on = done.get(each.key)
    return given_on is not None and each.from_on <= given_on <= today


def _forecast(each: CampaignRound, birth_date: date) -> CareForecast:
    earliest = max(each.from_on, each.min_age.after(birth_date))
    return CareForecast(
        key=each.key,
        kind=CareKind.CAMPAIGN,
        earliest=earliest,
        due=earliest,
        overdue=None,
        latest=min(each.until_on, each.max_age.after(birth_date) - timedelta(days=1)),
        source=each.source,
    )
