"""What a family takes along when it moves to another province: one page for each child."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from documents.printing import print_pdf


@dataclass(frozen=True)
class Fact:
    """One line about a child: what it is, and its value."""

    label: str
    value: str


@dataclass(frozen=True)
class VaccinationLine:
    """A dose that was given: the vaccine, the day, and whose word it is."""

    vaccine: str
    day: str
    source: str


@dataclass(frozen=True)
class ChildPage:
    """Everything about one child, in words; `checks` are the lines about check-ups."""

    name: str
    facts: tuple[Fact, ...]
    vaccinations: tuple[VaccinationLine, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True)
class FamilyFileWords:
    """The words of the document; `made_on` is a whole phrase with the day in it, `note` its last line."""

    language: str
    title: str
    made_on: str
    vaccinations: str
    vaccine: str
    day: str
    source: str
    no_vaccinations: str
    checks: str
    note: str


def print_family_file(children: Sequence[ChildPage], *, facility: str, words: FamilyFileWords) -> bytes:
    """A PDF of A4 pages; a child with many vaccinations goes on overleaf, under her name."""
    values = {"children": [asdict(child) for child in children], "facility": facility, "words": asdict(words)}
    return print_pdf("family_file", values)
