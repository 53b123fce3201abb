"""What a family could not read to its end is found, in Vietnamese and in Chinese."""

import pytest

from content.library import ROOT
from content.readability import FILE, Readability, load_readability
from tests.content.shelf import Shelf

EASY = "Lúc cho bé ăn, nhìn vào mắt bé. Bé quay đi là bé no rồi.\nTối nay thử nhé."


@pytest.fixture(scope="module")
def gates() -> Readability:
    return load_readability(ROOT)


def said(gates: Readability, text: str, tag: str, *, eased: bool = False) -> list[str]:
    return [flaw.problem for flaw in gates.flaws(text, tag, eased=eased)]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("vi", EASY),
        ("vi", "{{ child }} " + "bú " * 13 + "nhé. " + "{{ child }} " + "ngủ " * 13 + "rồi."),
        ("vi", "Một hai ba bốn năm sáu bảy tám. Chín mười? “Một hai ba bốn năm!” Sáu bảy tám."),
        ("zh", "{{ child }}" + "好" * 18 + "。" + "乖" * 20 + "！"),
        ("zh", "黄疸，囟门，" + "好" * 12 + "。"),
        ("zh", "一，二；三：四（五）六、七，八九十一二三四五六七八九十。"),
        ("en", "A mother may read as long a sentence as she likes " + "and on " * 40 + "."),
        ("fr", "Une langue sans règles " * 30),
    ],
)
def test_what_is_easy_is_let_through(gates: Readability, tag: str, text: str) -> None:
    assert said(gates, text, tag) == []


@pytest.mark.parametrize(
    ("tag", "text", "problem"),
    [
        ("vi", "{{ child }} " + "bú " * 15 + "nhé.", "A sentence has 17 words, at most 15 are easy to read"),
        ("vi", "Một hai ba. " * 21, "The text has 63 words, at most 60 are read to the end."),
        ("vi", "Bé bị suy dinh dưỡng.", "“suy dinh dưỡng” is a word of the clinic."),
        ("vi", "Trẻ SUY DINH DƯỠNG nhẹ.", "“suy dinh dưỡng” is a word of the clinic."),
        ("zh", "好" * 21 + "。", "A sentence has 21 words, at most 20 are easy to read"),
        ("zh", "一二三四五六七八九十，一二三四五六七八九十，一。", "A sentence has 21 words"),
        ("zh", "宝宝得了佝偻病。", "Not everybody can read 佝偻."),
        ("zh", "宝宝營养好。", "Not everybody can read 營."),
        ("zh", "营养不良怎么办", "“营养不良” is a word of the clinic."),
        ("en", "Stunting is common.", "“stunting” is a word of the clinic."),
    ],
)
def test_what_is_hard_is_found(gates: Readability, tag: str, text: str, problem: str) -> None:
    assert any(problem in one for one in said(gates, text, tag))


def test_a_list_of_signs_may_be_longer_but_not_endless(gates: Readability) -> None:
    signs = "Sốt, " * 17 + "nôn."
    assert said(gates, signs, "vi")
    assert said(gates, signs, "vi", eased=True) == []
    assert said(gates, "Sốt, " * 20 + "nôn.", "vi", eased=True)


def test_markup_counts_for_nothing(gates: Readability) -> None:
    assert said(gates, "<b>Bú</b> " * 15, "vi") == []
    assert said(gates, "<b>Bú</b> " * 16, "vi")


def test_gates_that_ease_nothing_are_refused(shelf: Shelf) -> None:
    shelf.spoil(FILE, "eased_sentence: 20", "eased_sentence: 10")
    assert any("must not be stricter" in one for one in shelf.findings())
