"""Finds ways out of a text that are not the health station's: links, shops' and groups' addresses, telephone numbers."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from domain.never_said.finding import NeverSaid

LINK, PHONE = "LINK", "PHONE"
_HOST = re.compile(
    r"(?<![A-Za-z0-9@._-])(?:https?://)?((?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,12})(?![A-Za-z0-9-])(/[^\s<>]{0,200})?"
)
_ENDINGS = frozenset(
    "com vn cn net org info shop store me io co xyz online site club top link ly ee gl gg app asia biz tv cc vip "
    "int gov edu page live group".split()
)
_MENTION = re.compile(r"(?<![A-Za-z0-9@._/-])@[A-Za-z][A-Za-z0-9_]{4,31}\b")
_NUMBER = re.compile(r"(?<![\d.,])\+?\(?\d(?:[\d()]|[ .\-\u2013](?=[\d(])){6,18}\d(?!\d)")
_SHORT = re.compile(r"(?<!\d)\d{3,6}(?!\d|[.,:/]\d)")
_DATE = re.compile(r"(?:\d{1,2}[.\-\u2013 ]\d{1,2}[.\-\u2013 ](?:19|20)\d\d|(?:19|20)\d\d[.\-\u2013 ]\d{1,2}[.\-\u2013 ]\d{1,2})")
_BEGINS = ("0", "+", "1", "84", "86", "(0", "400", "800")
_BEFORE = 24
_FEWEST = 8


def foreign_contacts(
    text: str, phones: Collection[str], trusted: Sequence[str], call_words: Sequence[str]
) -> list[NeverSaid]:
    """Links that are not trusted and telephone numbers that are not among `phones`."""
    plain = _plain(text)
    own = {_digits(phone) for phone in phones}
    links = list(_links(plain, trusted))
    spans = [*((LINK, span) for span in links), *((PHONE, span) for span in _phones(plain, own, call_words))]
    return [NeverSaid(rule, text[start:end], "", start, end) for rule, (start, end) in spans]


def _plain(text: str) -> str:
    """The same text letter by letter, wide letters and digits as plain ones, so that places stay as they are."""
    return "".join(one if len(one) == 1 else letter for letter in text for one in [unicodedata.normalize("NFKC", letter)])


def _links(text: str, trusted: Sequence[str]) -> Iterator[tuple[int, int]]:
    for match in _HOST.finditer(text):
        host = match[1].lower()
        known = host.rpartition(".")[2] in _ENDINGS or "://" in match.group()
        if known and not any(host == end or host.endswith(f".{end}") for end in trusted):
            yield match.span()
    for match in _MENTION.finditer(text):
        yield match.span()


def _phones(text: str, own: Collection[str], call_words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(text):
        written = match.group()
        digits = _digits(written)
        looks_right = len(digits) >= _FEWEST and written.startswith(_BEGINS) and not _DATE.fullmatch(written)
        if looks_right and not _is_own(digits, own):
            yield match.span()
    for match in _SHORT.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()].lower().rstrip(" :.-\u2013")
        if before.endswith(tuple(call_words)) and not _is_own(match.group(), own):
            yield match.span()


def _is_own(digits: str, own: Collection[str]) -> bool:
    """Whether it is a number of the site, with the country's code or with a zero before it."""
    return any(digits == one or (len(digits) >= _FEWEST and digits[-8:] == one[-8:]) for one in own)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(letter)) for letter in text if letter.isdecimal())
