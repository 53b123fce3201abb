"""Judges a text: which rules it breaks, with which words. Time grows with the text, whatever stands in it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.never_said.age_words import AgeWords, NamedAge, is_excused
from domain.never_said.finding import NeverSaid
from domain.never_said.negation import Denial
from domain.never_said.phrases import Found, PhraseTree, Span
from domain.never_said.reading import bare, is_typed_bare
from domain.never_said.rule import ANSWERS_NO, NUMBER, Language, Rule, Wording
from domain.never_said.sentences import Sentence, sentences_of

_ENGLISH = "en"

_ENGLISH = "en"



@dataclass(frozen=True)
class _Heard:
    """A sentence as one language understands it."""

    sentence: Sentence
    words: Sequence[str]
    found: Found
    age_words: AgeWords
    denial: Denial

    @cached_property
    def ages(self) -> list[NamedAge]:
        return list(self.age_words.ages(self.words, self.found))

    def speaks_of_older(self, rule: Rule) -> bool:
        """Whether the sentence names an age at which the rule no longer holds."""
        return rule.under_days is not None and is_excused(self.ages, rule.under_days)


def judge(text: str, tag: str, rules: Sequence[Rule], languages: Sequence[Language]) -> list[NeverSaid]:
    """What the text says that it must not: each rule at most once for a sentence, in order of place.

    Every sentence is read in every language, because people mix them; `tag` is the language that the text claims.
    """
    sentences = sentences_of(text)
    return [
        said
        for at in range(len(sentences))
        for language in languages
        for said in _judge_sentence(text, _hear(sentences[at : at + 2], language, tag), rules, language.tag)
    ]


def _judge_sentence(text: str, heard: _Heard, rules: Sequence[Rule], tag: str) -> Iterator[NeverSaid]:
    for rule in rules:
        wording = rule.wordings.get(tag)
        if wording and not heard.found.of(wording.unless) and not heard.speaks_of_older(rule):
            span = _broken(wording, heard)
            if span:
                tokens = heard.sentence.tokens[span[0] : span[1]]
                start, end = min(one.start for one in tokens), max(one.end for one in tokens)
                yield NeverSaid(rule.key, text[start:end], tag, start, end)


def _hear(pair: Sequence[Sentence], language: Language, tag: str) -> _Heard:
    """The first sentence of a pair; the second may answer it."""
    sentence = pair[0]
    is_bare = language.bare_tree is not None and tag != _ENGLISH and is_typed_bare(sentence.tokens)
    tree = language.bare_tree if is_bare and language.bare_tree else language.tree
    words = [bare(word) for word in sentence.words] if is_bare else sentence.words
    found = tree.find(words)
    for at, word in enumerate(words):
        if word[:1].isdigit():
            found.add(NUMBER, (at, at + 1))
    answered = sentence.is_question and len(pair) > 1 and _answers_no(pair[1], tree, is_bare=is_bare)
    denial = Denial(words, found, language.reach, answered)
    return _Heard(sentence, words, found, language.bare_age_words if is_bare else language.age_words, denial)


def _answers_no(sentence: Sentence, tree: PhraseTree, *, is_bare: bool) -> bool:
    first = [bare(word) if is_bare else word for word in sentence.words[:6]]
    return any(start == 0 for start, _ in tree.find(first).of(ANSWERS_NO))


def _broken(wording: Wording, heard: _Heard) -> Span | None:
    """The words that break a rule, or None."""
    for pattern in wording.always:
        for span in pattern.matches(heard.found):
            return span
    starts_by_end: dict[int, list[int]] = defaultdict(list)
    for pattern in wording.patterns:
        for start, end in pattern.matches(heard.found):
            starts_by_end[end].append(start)
    wrong = (
        (max(starts), end) for end, starts in sorted(starts_by_end.items()) if not heard.denial.covers(starts, end)
    )
    return next(wrong, None)
