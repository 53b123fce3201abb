"""How a language names a child without a name and addresses its reader: content/terms.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from content.errors import ContentError
from content.languages import Languages
from content.yaml_files import Record, read_record
from domain.reader import Role


@dataclass(frozen=True)
class Terms:
    """The terms of one language. `you` has a word for every role, and for None."""

    baby: str
    babies: str
    you: Mapping[Role | None, str]
    you_first: Mapping[Role | None, str]  # the same words as they begin a sentence


def load_terms(root: Path, languages: Languages) -> dict[str, Terms]:
    """The terms by language; every language with texts has some."""
    top = read_record(root / "content" / "terms.yaml", root)
    top.only([language.tag for language in languages.choices()], languages.tags)
    return {tag: _read_terms(top.record(tag)) for tag in top}


def _read_terms(record: Record) -> Terms:
    record.only(("baby", "babies", "you"))
    you = _read_you(record.record("you"))
    return Terms(
        baby=record.text("baby"),
        babies=record.text("babies"),
        you=you,
        you_first={role: word[:1].upper() + word[1:] for role, word in you.items()},
    )


def _read_you(record: Record) -> dict[Role | None, str]:
    record.only(["anyone"], list(Role))
    anyone = record.text("anyone")
    if not anyone:
        raise ContentError(record.at("anyone"), "“anyone” must not be empty")
    return {None: anyone, **{role: record.text(role, anyone) for role in Role}}
