"""`skip` of a dose in a schedule file: when it is passed over."""

from collections.abc import Mapping

from content.schedules.entries import Entry
from content.schedules.values import Fields, age, ages_of, day, in_force, known, truth
from domain.vaccination.schedule import Vaccine
from domain.vaccination.skip_rules import (
    AgeCondition,
    Comparison,
    CompletedCondition,
    Condition,
    Context,
    CountCondition,
    IntervalCondition,
    Skip,
    SkipSet,
)

_CONTEXTS = {"both": frozenset(Context), **{context.value: frozenset({context}) for context in Context}}
_COMPARISONS = {one.value.replace(" ", "_"): one for one in Comparison}


def read_skips(entry: Entry, vaccines: Mapping[str, Vaccine], groups: frozenset[str]) -> tuple[Skip, ...]:
    """A list of `{when: evaluation | forecast | both, all: [conditions] }` (or `any:`)."""
    return tuple(_skip(item, vaccines, groups) for item in entry.each())


def _skip(entry: Entry, vaccines: Mapping[str, Vaccine], groups: frozenset[str]) -> Skip:
    fields = entry.fields("when", "all any since until")
    if ("all" in fields) == ("any" in fields):
        entry.fail("a skip needs either 'all' or 'any'")
    conditions = (fields.get("all") or fields["any"]).each()
    one = SkipSet(
        conditions=tuple(_condition(item, vaccines, groups) for item in conditions),
        need_all="all" in fields,
        in_force=in_force(fields),
    )
    return Skip(fields["when"].read(lambda text: _CONTEXTS[text], "evaluation, forecast or both"), (one,))


def _condition(entry: Entry, vaccines: Mapping[str, Vaccine], groups: frozenset[str]) -> Condition:
    """One of: an age, the time since the previous dose, a count of doses, a group that is complete."""
    fields = entry.fields("", "age since_previous count complete")
    if len(fields) != 1:
        entry.fail("a condition is one of age, since_previous, count or complete")
    if "age" in fields:
        return AgeCondition(**ages_of(fields["age"].fields("", "begin end"), "begin end"))
    if "since_previous" in fields:
        return IntervalCondition(age(fields["since_previous"]))
    if "complete" in fields:
        return CompletedCondition(frozenset({known(fields["complete"], groups, "a group that stands above")}))
    return _count(fields["count"].fields("is doses", "vaccines valid begin end begin_day end_day"), vaccines)


def _count(fields: Fields, vaccines: Mapping[str, Vaccine]) -> Condition:
    codes = fields["vaccines"].each() if "vaccines" in fields else []
    return CountCondition(
        count=fields["doses"].read(int, "a number of doses"),
        comparison=fields["is"].read(lambda text: _COMPARISONS[text], "greater_than, equal_to or less_than"),
        valid_only="valid" in fields and truth(fields["valid"]),
        vaccines=frozenset(known(code, vaccines, "a vaccine of this file") for code in codes),
        begin_day=day(fields["begin_day"]) if "begin_day" in fields else None,
        end_day=day(fields["end_day"]) if "end_day" in fields else None,
        **ages_of(fields, "begin end"),
    )
