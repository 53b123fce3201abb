"""The words of one language by groups, and what they mean without Vietnamese marks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from content.errors import ContentError, Place
from content.yaml_files import Record
from domain.never_said.age_words import AgeWords
from domain.never_said.phrases import PhraseTree
from domain.never_said.reading import bare, tokens_of
from domain.never_said.rule import ENDING, Language

Phrase = tuple[str, ...]
Groups = Mapping[str, Sequence[Phrase]]
_FIELDS = ("reach", "groups", "numbers", "units", "ranges")
_OPTIONAL = ("lost_without_marks", "without_marks")


@dataclass(frozen=True)
class WordLists:
    """All groups of a language. `lost`: phrases that mean something else when their marks are not typed."""

    tag: str
    place: Place
    reach: int
    groups: Groups
    age_words: AgeWords
    lost: frozenset[Phrase] | None
    without_marks: Groups

    def language(self, of_rules: Sequence[Groups], last_groups: Collection[str]) -> Language:
        """The language as it is searched, the groups of the rules included; patterns end with `last_groups`."""
        together = {**self.groups, **{name: phrases for groups in of_rules for name, phrases in groups.items()}}
        last = [phrase for name in last_groups for phrase in together.get(name, ())]
        return Language(
            tag=self.tag,
            tree=PhraseTree(together),
            bare_tree=None if self.lost is None else PhraseTree(self._bare_groups(together, self.lost)),
            endings=PhraseTree({ENDING: [*last, *map(_bare, last)] if self.lost is not None else last}),
            age_words=self.age_words,
            bare_age_words=_bare_ages(self.age_words),
            reach=self.reach,
        )

    def _bare_groups(self, groups: Groups, lost: frozenset[Phrase]) -> Groups:
        return {
            name: [*(_bare(one) for one in phrases if one not in lost), *self.without_marks.get(name, ())]
            for name, phrases in groups.items()
        }


def read_word_lists(tag: str, record: Record) -> WordLists:
    """The words that a file holds; raises ContentError."""
    record.only(_FIELDS, _OPTIONAL)
    return WordLists(
        tag=tag,
        place=record.place,
        reach=record.number("reach"),
        groups=read_groups(record.record("groups")),
        age_words=_read_ages(record),
        lost=frozenset(phrases_of(record, "lost_without_marks")) if "lost_without_marks" in record else None,
        without_marks=read_groups(record.record("without_marks")) if "without_marks" in record else {},
    )


def read_groups(record: Record) -> Groups:
    """Groups of phrases by name."""
    return {name: phrases_of(record, name) for name in record}


def phrases_of(record: Record, name: str) -> list[Phrase]:
    """The phrases of a list, read as a text is."""
    return [phrase_of(written, record, name) for written in record.texts(name)]


def phrase_of(written: str, record: Record, name: str) -> Phrase:
    """One phrase, read as a text is."""
    phrase = tuple(token.word for token in tokens_of(written))
    if not phrase:
        raise ContentError(record.at(name), f"“{written}” holds no word")
    return phrase


def _read_ages(record: Record) -> AgeWords:
    return AgeWords(
        numbers=_read_values(record.record("numbers")),
        units=_read_values(record.record("units")),
        ranges=frozenset(record.texts("ranges")),
    )


def _read_values(record: Record) -> Mapping[Phrase, int]:
    return {phrase_of(written, record, written): record.number(written) for written in record}


def _bare(phrase: Phrase) -> Phrase:
    return tuple(bare(word) for word in phrase)


def _bare_ages(ages: AgeWords) -> AgeWords:
    return AgeWords(
        numbers={_bare(phrase): value for phrase, value in ages.numbers.items()},
        units={_bare(phrase): value for phrase, value in ages.units.items()},
        ranges=frozenset(bare(word) for word in ages.ranges),
    )
