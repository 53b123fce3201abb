"""The intervals of a dose in a schedule file."""

from collections.abc import Mapping

from content.schedules.entries import Entry
from content.schedules.values import Fields, ages_of, in_force, known
from domain.vaccination.dose_rules import FROM_PREVIOUS, Interval, Reference, ReferenceKind
from domain.vaccination.schedule import Vaccine

_LENGTHS = "minimum absolute recommended overdue"


def read_intervals(
    item: Entry, fields: Fields, vaccines: Mapping[str, Vaccine], groups: frozenset[str], *, name: str = "interval"
) -> tuple[Interval, ...]:
    """One mapping under `interval`, or a list of them under `intervals`."""
    if name in fields and f"{name}s" in fields:
        item.fail(f"a dose has either '{name}' or '{name}s'")
    if name in fields:
        return (_interval(fields[name], vaccines, groups),)
    several = fields[f"{name}s"].each() if f"{name}s" in fields else []
    return tuple(_interval(entry, vaccines, groups) for entry in several)


def _interval(entry: Entry, vaccines: Mapping[str, Vaccine], groups: frozenset[str]) -> Interval:
    fields = entry.fields("minimum", "absolute recommended overdue from since until")
    return Interval(
        **ages_of(fields, _LENGTHS),
        reference=_reference(fields["from"], vaccines, groups) if "from" in fields else FROM_PREVIOUS,
        in_force=in_force(fields),
    )


def _reference(entry: Entry, vaccines: Mapping[str, Vaccine], groups: frozenset[str]) -> Reference:
    """`previous`, `{dose: 1}`, `{group: men_a, dose: 2}` or `{latest_of: [CODE, …]}`."""
    if entry.is_text():
        entry.read({"previous": FROM_PREVIOUS}.__getitem__, "previous, or a dose, or latest_of")
        return FROM_PREVIOUS
    fields = entry.fields("", "group dose latest_of")
    if "latest_of" in fields:
        codes = fields["latest_of"].each()
        return Reference(
            ReferenceKind.LATEST_OF,
            vaccines=frozenset(known(code, vaccines, "a vaccine of this file") for code in codes),
        )
    if "dose" not in fields:
        entry.fail("an interval from a dose needs the field 'dose'")
    return Reference(
        ReferenceKind.TARGET,
        number=fields["dose"].read(int, "the number of a dose"),
        group=known(fields["group"], groups, "a group that stands above") if "group" in fields else "",
    )
