"""Whole messages that one who never saw the rules wrote about each of them, with the age they are for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.content.never_said_examples import broken

_FOLDER = Path(__file__).parent / "never_said" / "outsider"


class Judged(NamedTuple):
    """A message, the rule it is about, and what the rules find in it."""

    rule: str
    text: str
    found: set[str]


def outsiders_messages(language: str, kind: str) -> list[Judged]:
    """All messages of a kind: forbidden or allowed; in pregnancy the child to come is meant."""
    return list(_judged(language, kind))


def _judged(language: str, kind: str) -> Iterator[Judged]:
    rows: list[dict[str, Any]] = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    for row in rows:
        age = row["age_days"] if row["age_days"] >= 0 else None
        for text in row.get(kind, ()):
            yield Judged(row["rule"], text, broken(text, language, age, age))
