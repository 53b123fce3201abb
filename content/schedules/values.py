"""Ages, days and truths as they are written in schedule files."""

from collections.abc import Mapping
from datetime import date

from content.schedules.entries import Entry
from domain.vaccination.ages import Age
from domain.vaccination.in_force import ALWAYS, InForce

Fields = Mapping[str, Entry]
_TRUTHS = {"true": True, "false": False}


def age(entry: Entry) -> Age:
    """A duration."""
    return entry.read(Age.parse, "a duration like '6 weeks' or '18 months - 4 days'")


def day(entry: Entry) -> date:
    """A date."""
    return entry.read(date.fromisoformat, "a date like 2026-07-01")


def truth(entry: Entry) -> bool:
    """True or false."""
    return entry.read(lambda text: _TRUTHS[text], "true or false")


def ages_of(fields: Fields, names: str) -> dict[str, Age]:
    """Those of the named durations that are there."""
    return {name: age(fields[name]) for name in names.split() if name in fields}


def in_force(fields: Fields) -> InForce:
    """`since` and `until`, the first and the last day of a dated version."""
    since, until = (day(fields[name]) if name in fields else None for name in ("since", "until"))
    return InForce(since, until) if since or until else ALWAYS


def known(entry: Entry, choices: Mapping[str, object] | frozenset[str], expected: str) -> str:
    """A word that was introduced elsewhere in the file."""
    if entry.text() not in choices:
        entry.fail(f"{entry.text()!r} is not {expected}")
    return entry.text()
