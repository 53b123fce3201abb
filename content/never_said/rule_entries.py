"""One rule as its file describes it: patterns in the words of each language, and the examples that prove them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from content.errors import ContentError, Place
from content.never_said.word_lists import Groups, Phrase, WordLists, phrase_of, phrases_of, read_groups
from content.yaml_files import Record
from domain.never_said.pattern import Part, Pattern
from domain.never_said.rule import NUMBER, Rule, Wording

_GAP = re.compile(r"\.\.(\d{1,2})")
_GROUP = re.compile(r"\{([a-z_]+)\}")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_AGE = re.compile(r"(\d+) (day|week|month|year)s?")
_WORDING = (
    "words",
    "patterns",
    "always",
    "unless",
    "between",
    "others",
    "reach",
    "only_before",
    "says",
    "denies",
    "harmless",
)


@dataclass(frozen=True)
class Examples:
    """`says` must be found; `denies` must not, until its negation is taken out; `harmless` must never be."""

    says: tuple[str, ...]
    denies: tuple[str, ...]
    harmless: tuple[str, ...]


@dataclass(frozen=True)
class RuleEntry:
    """A rule, its sources, and by language its wording as written."""

    key: str
    place: Place
    what: str
    sources: tuple[str, ...]
    under_days: int | None
    wordings: Mapping[str, Record]
    examples: Mapping[str, Examples]

    def groups(self, lists: WordLists) -> Groups:
        """The groups of phrases that this rule adds to a language, by names of its own."""
        record = self.wordings.get(lists.tag)
        if record is None:
            return {}
        own = read_groups(record.record("words")) if "words" in record else {}
        named = {f"{self.key}.{name}": phrases for name, phrases in own.items()}
        for field in ("unless", "between", "others"):
            named[f"{self.key}.{field}"] = phrases_of(record, field)
        for word in {word for line in _lines(record) for word in line.split()}:
            if not _GROUP.fullmatch(word) and not _GAP.fullmatch(word):
                named[f"{self.key}.{word}"] = self._alternatives(word, record, {**lists.groups, **own})
        return named

    def _alternatives(self, word: str, record: Record, known: Groups) -> list[Phrase]:
        phrases: list[Phrase] = []
        for one in word.split("|"):
            match = _GROUP.fullmatch(one)
            if match and match[1] not in known:
                raise ContentError(record.place, f"the group “{match[1]}” is unknown")
            phrases += known[match[1]] if match else [phrase_of(one.replace("_", " "), record, "patterns")]
        return phrases

    def rule(self, lists: Mapping[str, WordLists]) -> Rule:
        """The rule as it is judged by."""
        wordings = {tag: self._wording(record, lists[tag]) for tag, record in self.wordings.items()}
        return Rule(self.key, self.under_days, wordings)

    def _wording(self, record: Record, lists: WordLists) -> Wording:
        return Wording(
            patterns=tuple(self._pattern(line, record, lists) for line in record.texts("patterns")),
            always=tuple(self._pattern(line, record, lists) for line in record.texts("always")),
            unless=f"{self.key}.unless",
            others=f"{self.key}.others",
            reach=record.number("reach") if "reach" in record else None,
            only_before=record.flag("only_before"),
        )

    def _pattern(self, line: str, record: Record, lists: WordLists) -> Pattern:
        parts: list[Part] = []
        gap = 0
        for word in line.split():
            match = _GAP.fullmatch(word)
            if match:
                gap = int(match[1])
                continue
            parts.append(Part(self._group(word, record, lists), gap))
            gap = 0
        if not parts or gap:
            raise ContentError(record.place, f"the pattern “{line}” ends with a gap, or is empty")
        return Pattern(tuple(parts), f"{self.key}.between")

    def _group(self, word: str, record: Record, lists: WordLists) -> str:
        match = _GROUP.fullmatch(word)
        if not match:
            return f"{self.key}.{word}"
        if "words" in record and match[1] in record.record("words"):
            return f"{self.key}.{match[1]}"
        if match[1] not in lists.groups and match[1] != NUMBER:
            raise ContentError(record.place, f"the group “{match[1]}” is unknown")
        return match[1]


def read_rule(record: Record) -> RuleEntry:
    """The rule that a file holds; raises ContentError."""
    record.only(("rule", "what", "sources", "languages"), ("under",))
    languages = record.record("languages")
    wordings = {tag: languages.record(tag) for tag in languages}
    for wording in wordings.values():
        wording.only((), _WORDING)
    return RuleEntry(
        key=record.text("rule"),
        place=record.place,
        what=record.text("what"),
        sources=record.texts("sources"),
        under_days=_read_age(record) if "under" in record else None,
        wordings=wordings,
        examples={tag: _read_examples(wording) for tag, wording in wordings.items()},
    )


def _read_age(record: Record) -> int:
    match = _AGE.fullmatch(record.text("under"))
    if not match:
        raise ContentError(record.at("under"), "the age must be like “6 months”")
    return int(match[1]) * _DAYS[match[2]]


def _read_examples(record: Record) -> Examples:
    return Examples(record.texts("says"), record.texts("denies"), record.texts("harmless"))


def _lines(record: Record) -> tuple[str, ...]:
    return (*record.texts("patterns"), *record.texts("always"))
