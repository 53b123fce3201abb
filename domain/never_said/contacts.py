"""Finds ways out of a text that are not the health station's: links, addresses of groups, telephone numbers."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

from domain.never_said.finding import NeverSaid

LINK, PHONE = "LINK", "PHONE"
_HOST = re.compile(
    r"(?<![A-Za-z0-9@._-])(?:https?://)?((?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,12})(?![A-Za-z0-9-])(/[^\s<>]{0,200})?"
)
_ENDINGS = re.compile(
    r"com|vn|cn|net|org|info|shop|store|me|io|co|xyz|online|site|club|top|link|ly|ee|gl|gg|app|asia|biz|tv|cc|vip|int|gov"
    r"|edu|page|live|group"
)
_MENTION = re.compile(r"(?<![A-Za-z0-9@._/-])@[A-Za-z][A-Za-z0-9_]{4,31}\b")
_NUMBER = re.compile(r"(?<![\d.,])\+?\(?\d(?:[\d()]|[ .\-\u2013](?=[\d(])){6,18}\d(?!\d)")
_SHORT = re.compile(r"(?<!\d)\d{3,6}(?!\d|[ .,:/\-]\d)")
_DATE = re.compile(
    r"(?:\d{1,2}[.\-\u2013 ]\d{1,2}[.\-\u2013 ](?:19|20)\d\d|(?:19|20)\d\d[.\-\u2013 ]\d{1,2}[.\-\u2013 ]\d{1,2})"
)
_DIALLED = re.compile(r"0\d{7,10}|84\d{9,10}|86\d{9,11}|1[3-9]\d{9}|1[89]00\d{4,6}|[48]00\d{7}")
_BEFORE = 24
_FEWEST = 8
_MOST = 20


def foreign_contacts(
    text: str, phones: Collection[str], trusted: Sequence[str], call_words: Sequence[str]
) -> list[NeverSaid]:
    """Links that are not trusted and telephone numbers that are not among `phones`."""
    plain = _plain(text)
    own = {_digits(phone) for phone in phones}
    links = _links(plain, trusted)
    spans = chain(((LINK, span) for span in links), ((PHONE, span) for span in _phones(plain, own, call_words)))
    return [NeverSaid(rule, text[start:end], "", start, end) for rule, (start, end) in islice(spans, _MOST)]


def _plain(text: str) -> str:
    """The same text letter by letter, wide letters and digits as plain ones, so that places stay as they are."""
    if text.isascii():
        return text
    return "".join(_plain_letter(letter) for letter in text)


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter


def _links(text: str, trusted: Sequence[str]) -> Iterator[tuple[int, int]]:
    for match in _HOST.finditer(text):
        host = match[1].lower()
        known = _ENDINGS.fullmatch(host.rpartition(".")[2]) or "://" in match.group()
        if known and not any(host == end or host.endswith(f".{end}") for end in trusted):
            yield match.span()
    for match in _MENTION.finditer(text):
        yield match.span()


def _phones(text: str, own: Collection[str], call_words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(text):
        written = match.group()
        digits = _digits(written)
        is_dialled = written.startswith("+") or _DIALLED.fullmatch(digits)
        if is_dialled and not _DATE.fullmatch(written) and not _is_own(digits, own):
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
