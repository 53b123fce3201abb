"""The groups of a schedule file, each with one series or with several that are chosen between."""

from collections.abc import Mapping
from dataclasses import replace

from content.schedules.dose_entries import read_doses
from content.schedules.entries import Entry
from content.schedules.values import Fields, age, known, truth
from domain.sex import Sex
from domain.vaccination.dose_rules import DoseRule
from domain.vaccination.schedule import Gate, Group, Series, Taken, Target, Vaccine

_OF_SERIES = "sex start_from start_before"


def read_groups(entry: Entry, vaccines: Mapping[str, Vaccine], gates: Mapping[str, Gate]) -> tuple[Group, ...]:
    """All groups in their order: one may look only at those that stand above it."""
    found: dict[str, Group] = {}
    for item in entry.each():
        group = _group(item, vaccines, gates, frozenset(found))
        if group.key in found:
            item.fail(f"the group '{group.key}' stands here twice")
        found[group.key] = group
    return tuple(found.values())


def _group(item: Entry, vaccines: Mapping[str, Vaccine], gates: Mapping[str, Gate], above: frozenset[str]) -> Group:
    fields = item.fields("group", f"doses series gate follows {_OF_SERIES}")
    if ("doses" in fields) == ("series" in fields):
        item.fail("a group needs either 'doses' or 'series'")
    key = fields["group"].text()
    series = _all_series(fields, key, vaccines, above)
    return Group(
        key=key,
        targets=(Target(key, series, _vaccines_of(series)),),
        gate=known(fields["gate"], gates, "a gate of this file") if "gate" in fields else None,
        follows=known(fields["follows"], above, "a group that stands above") if "follows" in fields else None,
    )


def _all_series(fields: Fields, key: str, vaccines: Mapping[str, Vaccine], above: frozenset[str]) -> tuple[Series, ...]:
    if "doses" in fields:
        return (_series(key, fields, read_doses(fields["doses"], vaccines, above)),)
    found = []
    for preference, item in enumerate(fields["series"].each(), start=1):
        own = item.fields("series doses", f"default product_path {_OF_SERIES}")
        series = _series(own["series"].text(), {**fields, **own}, read_doses(own["doses"], vaccines, above))
        found.append(replace(series, default=_says(own, "default"), preference=preference))
    if sum(series.default for series in found) != 1:
        fields["series"].fail("exactly one series of a group is its default")
    return tuple(found)


def _series(key: str, fields: Fields, doses: tuple[DoseRule, ...]) -> Series:
    return Series(
        key=key,
        doses=doses,
        sex=fields["sex"].read(Sex, "female or male") if "sex" in fields else None,
        product_path=_says(fields, "product_path"),
        start_from=age(fields["start_from"]) if "start_from" in fields else None,
        start_before=age(fields["start_before"]) if "start_before" in fields else None,
    )


def _says(fields: Fields, name: str) -> bool:
    return name in fields and truth(fields[name])


def _vaccines_of(series: tuple[Series, ...]) -> Mapping[str, Taken]:
    rules = [rule for one in series for rule in one.doses]
    codes = [code for rule in rules for code in (*rule.vaccines, *sorted(rule.inadvertent))]
    return dict.fromkeys(codes, Taken())
