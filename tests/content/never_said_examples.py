"""The examples of the rules, by rule and language, and how a negation is taken out of a sentence."""

import re
from pathlib import Path
from typing import NamedTuple

import yaml

from content.never_said.loading import load_entries, load_never_said

LANGUAGES = ("vi", "zh", "en")
RULES = load_never_said()
ENTRIES = load_entries()
_NEGATIONS = {
    "vi": r"(?<!\w)(không|đừng|chớ|khong|dung)(?!\w)",
    "zh": "不要|不用|没有|不|别|勿",
    "en": r"(?<!\w)(do not|does not|never|not|no)(?!\w)",
}


class Example(NamedTuple):
    """A sentence, the rule it is about, and its language."""

    rule: str
    language: str
    text: str


def examples(kind: str) -> list[Example]:
    """All sentences of the rules' files that are of this kind: says, denies or harmless."""
    return [
        Example(entry.key, language, text)
        for entry in ENTRIES
        for language, of_rule in entry.examples.items()
        for text in getattr(of_rule, kind)
    ]


def heard_sentences(kind: str) -> list[Example]:
    """The sentences that midwives and nurses would write: forbidden or allowed."""
    return [
        Example(rule, language, text)
        for language in LANGUAGES
        for rule, kinds in _sentences_of(language).items()
        for text in kinds[kind]
    ]


def _sentences_of(language: str) -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).parent / "never_said" / f"{language}.yaml"
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def without_negation(example: Example) -> str:
    """The sentence as it says the opposite."""
    return re.sub(_NEGATIONS[example.language], "", example.text, flags=re.IGNORECASE)


def broken(text: str, language: str, youngest: int | None = None, oldest: int | None = None) -> set[str]:
    """The rules that a text breaks, for children of these ages in days."""
    return {said.rule for said in RULES(text, language, youngest_days=youngest, oldest_days=oldest)}
