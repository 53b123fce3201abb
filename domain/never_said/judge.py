"""Judges a text: which rules it breaks, with which words. Time grows with the text, whatever stands in it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from domain.never_said.age_words import AgeWords, NamedAge, is_excused
from domain.never_said.finding import NeverSaid
from domain.never_said.negation import Denial
from domain.never_said.phrases import Found, PhraseTree, Span
from domain.never_said.reading import bare, is_typed_bare
from domain.never_said.rule import (
    ANSWERS_NO,
    ANSWERS_YES,
    CHILDREN,
    NUMBER,
    REBUTS,
    TOLD,
    Language,
    Rule,
    Wording,
)
from domain.never_said.sentences import Sentence, sentences_of

_ENGLISH = "en"
_MOST = 20


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

    Every sentence is read in every language, because people mix them; `tag` is the language that the text claims. More
    than a few findings help nobody: then it stops.
    """
    return list(islice(_judge(text, tag, rules, languages), _MOST))


def _judge(text: str, tag: str, rules: Sequence[Rule], languages: Sequence[Language]) -> Iterator[NeverSaid]:
    sentences = sentences_of(text)
    for at, sentence in enumerate(sentences):
        for language in languages:
            if _is_worth_hearing(sentence, language):
                heard = _hear(sentences[at : at + 2], language, tag)
                yield from _judge_sentence(text, heard, rules, language.tag)


def _is_worth_hearing(sentence: Sentence, language: Language) -> bool:
    has_number = any(word[:1].isdigit() for word in sentence.words)
    return has_number or language.endings.has_any(sentence.words if language.bare_tree is None else sentence.either)


def _judge_sentence(text: str, heard: _Heard, rules: Sequence[Rule], tag: str) -> Iterator[NeverSaid]:
    for rule in rules:
        wording = rule.wordings.get(tag)
        span = _broken(wording, heard) if wording and not wording.endings.isdisjoint(heard.found.names) else None
        if wording and span and not _is_let_through(wording, heard.found) and not heard.speaks_of_older(rule):
            tokens = heard.sentence.tokens[span[0] : span[1]]
            start, end = min(one.start for one in tokens), max(one.end for one in tokens)
            yield NeverSaid(rule.key, text[start:end], tag, start, end)


def _is_let_through(wording: Wording, found: Found) -> bool:
    is_about_others = wording.others in found.names and CHILDREN not in found.names
    return is_about_others or wording.unless in found.names


def _hear(pair: Sequence[Sentence], language: Language, tag: str) -> _Heard:
    """The first sentence of a pair; the second may answer it."""
    sentence = pair[0]
    is_bare = language.bare_tree is not None and tag != _ENGLISH and is_typed_bare(sentence.tokens)
    tree = language.bare_tree if is_bare and language.bare_tree else language.tree
    words = sentence.bare_words if is_bare else sentence.words
    found = tree.find(words)
    numbers = [at for at, word in enumerate(words) if word[:1].isdigit()]
    if numbers:
        found.add(NUMBER, 1, numbers)
    answered = sentence.is_question and len(pair) > 1 and _answers_no(pair[1], tree, is_bare=is_bare)
    is_rebutted = TOLD in found.names and _is_rebutted(pair, tree, is_bare=is_bare)
    denial = Denial(words, found, language.reach, answered or is_rebutted)
    return _Heard(sentence, words, found, language.bare_age_words if is_bare else language.age_words, denial)


def _is_rebutted(pair: Sequence[Sentence], tree: PhraseTree, *, is_bare: bool) -> bool:
    """Whether what others say or used to do is put right there, or in the sentence that follows."""
    return any(REBUTS in tree.find(one.bare_words if is_bare else one.words).names for one in pair)


def _answers_no(sentence: Sentence, tree: PhraseTree, *, is_bare: bool) -> bool:
    first = [bare(word) if is_bare else word for word in sentence.words[:6]]
    found = tree.find(first)
    no, yes = (min((start for start, _ in found.of(name)), default=len(first)) for name in (ANSWERS_NO, ANSWERS_YES))
    return no < yes


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
        (max(starts), end)
        for end, starts in sorted(starts_by_end.items())
        if not heard.denial.covers(starts, end, only_before=wording.only_before, reach=wording.reach)
    )
    return next(wrong, None)
