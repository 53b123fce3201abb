"""Real messages of the catalogue made wrong on purpose, so that every rule shows that it would have been red."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from content.catalogue import load_catalogue
from content.library import load_library
from content.message import Message
from content.never_said.checking import ages_meant, said_in_text
from content.never_said.loading import ROOT
from content.never_said.waivers import load_waivers
from domain.never_said.rule import Rule
from tests.content.never_said_examples import RULES, Example, examples, without_negation

_MESSAGES = tuple(load_catalogue(ROOT).messages.values())
_TEXTS = load_library().texts
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？]")
_FEW = 8
_WAIVED = {(one.key, one.rule) for one in load_waivers(ROOT)}
_OF_FOOD = ("breastfeeding", "complementary", "replacement_feeding")
_LATER_AGES = {
    "vi": r"\b(6|sáu)(?= tháng)",
    "zh": r"[6六](?= ?个月)",
    "en": r"\b(6|six)(?=[ -]months?)",
}
_TOO_EARLY = {"vi": "4", "zh": "四", "en": "four"}


class Mutant(NamedTuple):
    """A real text, made wrong, and what the check finds in it before and after."""

    text: str
    before: set[str]
    after: set[str]


def put_in(rule: Rule, language: str) -> list[Mutant]:
    """Each sentence that the rule forbids, put into real messages for the ages that it concerns."""
    return [_mutant(one, language, said, said) for one, said in _pairs(rule, language, "says")]


def without_their_negation(rule: Rule, language: str) -> list[Mutant]:
    """Each sentence that denies it, put into real messages; then its negation is deleted."""
    pairs = _pairs(rule, language, "denies")
    return [_mutant(one, language, said, without_negation(Example("", language, said))) for one, said in pairs]


def with_an_earlier_age(language: str) -> list[set[str]]:
    """What is found when real texts about food and drink that say six months say four."""
    texts = (_TEXTS.find(one.key, language).text for one in _MESSAGES if one.topic in _OF_FOOD)
    earlier = ((text, re.sub(_LATER_AGES[language], _TOO_EARLY[language], text)) for text in texts)
    return [
        {said.rule for said in RULES(swapped, language, youngest_days=None, oldest_days=None)}
        for text, swapped in earlier
        if swapped != text
    ]


def _pairs(rule: Rule, language: str, kind: str) -> Iterator[tuple[Message, str]]:
    sentences = [one.text for one in examples(kind) if (one.rule, one.language) == (rule.key, language)]
    concerned = [one for one in _MESSAGES if rule.concerns(*ages_meant(one))]
    for message in concerned[:: len(concerned) // _FEW + 1]:
        if (message.key, rule.key) in _WAIVED:
            continue
        for sentence in sentences:
            yield message, sentence


def _mutant(message: Message, language: str, denied: str, said: str) -> Mutant:
    text = _TEXTS.find(message.key, language).text
    before, after = _with_sentence(text, denied), _with_sentence(text, said)
    return Mutant(after, _found(message, before, language), _found(message, after, language))


def _with_sentence(text: str, sentence: str) -> str:
    """The text with one more sentence after its first."""
    end = _SENTENCE_END.search(text)
    at = end.end() if end else len(text)
    return f"{text[:at]} {sentence} {text[at:]}"


def _found(message: Message, text: str, language: str) -> set[str]:
    return {said.rule for said in said_in_text(message, text, language, RULES)}
