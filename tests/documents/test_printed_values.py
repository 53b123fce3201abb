"""Whatever somebody calls herself is printed as it is, and never carried out."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.cards import Card, CardWords, print_cards
from documents.code_list import InviteLine, print_code_list
from documents.family_file import ChildPage, Fact, VaccinationLine, print_family_file
from documents.printing import printable
from tests.documents.paper import Paper
from tests.documents.test_printed_code_list import WORDS as LIST_WORDS
from tests.documents.test_printed_family_file import WORDS as FILE_WORDS

LINK = "https://t.me/CradleBot?start=a"
HOSTILE = [
    '#read("/etc/passwd")',
    "#values.facility",
    "$x^2$ *An* _An_ `An`",
    "<b>An</b> &amp; <child>",
    "\\u{41} C:\\An \\",
    "@An [link](https://x) -- ... ~ // An /* An */",
    "= An",
    "- An",
    "\"An\" 'An'",
    "{{ you }} {% An %} %s {0}",
]


def file_of(name: str) -> Paper:
    line = VaccinationLine(name, name, name)
    child = ChildPage(name, (Fact(name, name),), (line,), (name,))
    return Paper(print_family_file([child], facility=name, words=FILE_WORDS))


def list_of(name: str) -> Paper:
    line = InviteLine(name, name, LINK, name)
    return Paper(print_code_list([line], facility=name, made_on=name, words=LIST_WORDS))


def card_of(name: str) -> Paper:
    words = CardWords("en", name, name, (name,), name)
    return Paper(print_cards([Card("1", LINK)], facility=name, words=[words]))


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_read_as_markup(name: str) -> None:
    as_printed = name.replace(" ", "")
    assert file_of(name).words().replace(" ", "").count(as_printed) >= 6
    assert list_of(name).words().replace(" ", "").count(as_printed) >= 3
    assert card_of(name).words().replace(" ", "").count(as_printed) >= 4


def test_vietnamese_from_an_apple_keyboard_is_printed_like_any_other() -> None:
    name = "Nguyễn Thị Ánh Tuyết"
    assert file_of(unicodedata.normalize("NFD", name)).words() == file_of(name).words()


def test_a_picture_in_a_name_leaves_no_empty_box() -> None:
    assert printable("Bé 🐣An👨‍👩‍👧 ❤️") == "Bé An ❤"
    assert "Bé An" in file_of("Bé 🐣An").words()


def test_a_name_that_is_only_a_picture_is_not_lost() -> None:
    assert printable("🐣") == "🐣"


def test_what_paper_cannot_show_is_left_out() -> None:
    assert printable("An\x00\n\tBo\u202e\u200b\ud800") == "An Bo"


@given(st.text(max_size=200))
@settings(max_examples=10, deadline=None)
def test_any_text_at_all_is_printed(text: str) -> None:
    assert file_of(text).pages >= 1
    assert list_of(text).codes()[0].link == LINK
