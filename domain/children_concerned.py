"""How many children a rule of a province concerns, counted by their birthdays: cheap, and before it is changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.care.rounds import CampaignRound
from domain.sex import Sex
from domain.vaccination.ages import Age
from domain.vaccination.schedule import Group
from domain.vaccination.upper_ages import least_age_of, length, upper_age_of

END_OF_PROGRAMME = Age(months=72)


@dataclass(frozen=True)
class Births:
    """So many children of a province were born on a day and are still cared for."""

    on: date
    sex: Sex
    count: int


def may_get(births: Iterable[Births], groups: Sequence[Group], on: date) -> int:
    """Who could get one of the groups on that day or, grown a little, while the programme lasts."""
    return _sum(births, lambda one: any(_may_get(one, group, on) for group in groups))


def of_the_age(births: Iterable[Births], ages: tuple[Age | None, Age | None], on: date) -> int:
    """Who is between two upper ages on a day: let in by the later one, shut out by the earlier one. None is no end."""
    first, last = sorted((age or END_OF_PROGRAMME for age in ages), key=length)
    return _sum(births, lambda one: first.after(one.on) <= on < last.after(one.on))


def in_round(births: Iterable[Births], one: CampaignRound) -> int:
    """Who is of the round's age on one of its days."""
    return _sum(
        births,
        lambda born: one.min_age.after(born.on) <= one.until_on and one.from_on < one.max_age.after(born.on),
    )


def _may_get(one: Births, group: Group, on: date) -> bool:
    sexes = {series.sex for target in group.targets for series in target.series}
    end = min((upper_age_of(group) or END_OF_PROGRAMME, END_OF_PROGRAMME), key=length).after(one.on)
    return (None in sexes or one.sex in sexes) and on < end and least_age_of(group).after(one.on) < end


def _sum(births: Iterable[Births], is_meant: Callable[[Births], bool]) -> int:
    return sum(one.count for one in births if is_meant(one))
