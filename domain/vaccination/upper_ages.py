"""Later upper ages of a place in a schedule: doses given up to them count, and are asked for up to them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from domain.vaccination.ages import Age
from domain.vaccination.dose_rules import DoseRule
from domain.vaccination.schedule import Group, Schedule

_SOMEBODYS_BIRTHDAY = date(2026, 1, 1)


def with_later_ages(schedule: Schedule, ages: Mapping[str, Age]) -> Schedule:
    """The schedule with the upper ages of `ages` (by group) where they are later than its own; else the very same.

    An earlier one is no matter of the schedule: what was given before it was lowered has counted and still does. It
    ends what is asked for (`province_rules`). A dose that has to be given sooner than the group's last keeps its age.
    """
    later = {group.key: ages[group.key] for group in schedule.groups if _is_later(ages.get(group.key), group)}
    if not later:
        return schedule
    groups = tuple(_raised(group, later[group.key]) if group.key in later else group for group in schedule.groups)
    return replace(schedule, groups=groups)


def upper_age_of(group: Group) -> Age | None:
    """The age before which the last of its doses has to be given; None when there is no such age."""
    ages = [ages.maximum for rule in group.doses for ages in rule.ages if ages.maximum is not None]
    return max(ages, key=length, default=None)


def least_age_of(group: Group) -> Age:
    """The age from which its first dose counts."""
    ages = [ages.absolute or ages.minimum for rule in group.doses for ages in rule.ages]
    return min((age for age in ages if age is not None), key=length, default=Age())


def length(age: Age) -> timedelta:
    """How long an age is for a child of 1 January, so that months and days can be held against each other."""
    return age.after(_SOMEBODYS_BIRTHDAY) - _SOMEBODYS_BIRTHDAY


def _is_later(age: Age | None, group: Group) -> bool:
    own = upper_age_of(group)
    return age is not None and own is not None and length(age) > length(own)


def _raised(group: Group, age: Age) -> Group:
    change = partial(_raised_rule, old=upper_age_of(group), new=age)
    targets = tuple(
        replace(target, series=tuple(replace(one, doses=tuple(map(change, one.doses))) for one in target.series))
        for target in group.targets
    )
    return replace(group, targets=targets)


def _raised_rule(rule: DoseRule, old: Age | None, new: Age) -> DoseRule:
    ages = tuple(replace(one, maximum=new) if one.maximum == old and old else one for one in rule.ages)
    return replace(rule, ages=ages)
