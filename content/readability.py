"""Whether who had few years of school can read a text: short sentences, known characters, no words of the clinic."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from content.errors import ContentError
from content.findings import Flaw
from content.markup import PLACEHOLDER, strip_markup
from content.yaml_files import Record, read_record

FILE = "content/readability.yaml"
_SENTENCE = re.compile(r"(?<=[.!?…])[”\"’)]*\s+|(?<=[。！？])[”’）]*|\n")
_SIGNS = re.compile(r"[，。！？：；、“”‘’（）《》—…·\s]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEVEL_TWO = 0xD8  # from this byte on GB2312 keeps what is less common
_SPLIT_BY_CHARACTER = "zh"
_NAME = {"vi": "bé", "zh": "宝宝"}


@dataclass(frozen=True)
class Gate:
    """The longest sentence, in words or characters, and the longest text; None: the text as such has no limit."""

    sentence: int
    whole: int | None
    eased_sentence: int
    eased_whole: int | None

    def limits(self, *, eased: bool) -> tuple[int, int | None]:
        """For a text as others, or for one with a stated reason."""
        return (self.eased_sentence, self.eased_whole) if eased else (self.sentence, self.whole)


@dataclass(frozen=True)
class Readability:
    """The gates by language, the rarer characters that families know, and words of the clinic with what to say."""

    gates: Mapping[str, Gate]
    known: frozenset[str]
    jargon: Mapping[str, Mapping[str, str]]

    def flaws(self, text: str, tag: str, *, eased: bool = False) -> Iterator[Flaw]:
        """What is hard to read in a text of the language `tag`."""
        plain = PLACEHOLDER.sub(_NAME.get(tag, "x"), strip_markup(text))
        if tag in self.gates:
            yield from self._length_flaws(plain, tag, self.gates[tag].limits(eased=eased))
        if tag == _SPLIT_BY_CHARACTER:
            yield from self._character_flaws(plain)
        for word, instead in self.jargon.get(tag, {}).items():
            if re.search(rf"\b{word}", plain, re.IGNORECASE) if tag != _SPLIT_BY_CHARACTER else word in plain:
                yield Flaw(f"“{word}” is a word of the clinic.", f"Say “{instead}”.")

    def _length_flaws(self, plain: str, tag: str, limits: tuple[int, int | None]) -> Iterator[Flaw]:
        longest, whole = limits
        for sentence in _SENTENCE.split(plain):
            if (length := _length(sentence, tag)) > longest:
                problem = f"A sentence has {length} words, at most {longest} are easy to read: “{sentence.strip()}”."
                yield Flaw(problem, "Make two of it, or say less.")
        if whole is not None and (length := _length(plain, tag)) > whole:
            yield Flaw(f"The text has {length} words, at most {whole} are read to the end.", "Say less.")

    def _character_flaws(self, plain: str) -> Iterator[Flaw]:
        rare = sorted({sign for sign in _HAN.findall(plain) if _is_rare(sign)} - self.known)
        if rare:
            yield Flaw(f"Not everybody can read {''.join(rare)}.", f"Say it otherwise, or let {FILE} know them.")


def _length(text: str, tag: str) -> int:
    return len(_SIGNS.sub("", text)) if tag == _SPLIT_BY_CHARACTER else len(text.split())


def _is_rare(sign: str) -> bool:
    try:
        return sign.encode("gb2312")[0] >= _LEVEL_TWO
    except UnicodeEncodeError:
        return True


def load_readability(root: Path) -> Readability:
    """The gates; raises ContentError for the first line that breaks a rule."""
    top = read_record(root / FILE, root)
    top.only(["gates", "known_characters", "jargon"])
    gates, jargon = top.record("gates"), top.record("jargon")
    return Readability(
        gates={tag: _gate(gates.record(tag)) for tag in gates},
        known=frozenset(top.text("known_characters")),
        jargon={tag: {word: jargon.record(tag).text(word) for word in jargon.record(tag)} for tag in jargon},
    )


def _gate(record: Record) -> Gate:
    record.only(["sentence", "eased_sentence"], ["whole", "eased_whole"])
    gate = Gate(
        sentence=record.number("sentence"),
        whole=record.number("whole") if "whole" in record else None,
        eased_sentence=record.number("eased_sentence"),
        eased_whole=record.number("eased_whole") if "eased_whole" in record else None,
    )
    if gate.eased_sentence < gate.sentence:
        raise ContentError(record.at("eased_sentence"), "the eased limit must not be stricter")
    return gate
