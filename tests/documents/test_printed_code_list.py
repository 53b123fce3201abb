"""The list from which Minh hands invites to families who came in by file."""

from dataclasses import replace

import pytest

from documents.code_list import CodeListWords, InviteLine, print_code_list
from tests.documents.paper import Paper

WORDS = CodeListWords("vi", "Danh sách lời mời", "Số", "Gia đình", "Đường dẫn", "Mã số", "Mỗi lời mời dùng một lần.")
LAN = InviteLine("1", "Chị Lan, bé An", "https://t.me/CradleBot?start=" + "a" * 43, "481203")


def lines(count: int) -> list[InviteLine]:
    return [
        replace(LAN, number=f"{place}", link=f"https://t.me/CradleBot?start={place:043d}", code=f"{481_203 + place}")
        for place in range(1, count + 1)
    ]


def print_for(invites: list[InviteLine]) -> Paper:
    return Paper(print_code_list(invites, facility="Trạm Y tế xã Quảng La", made_on="22/11/2026", words=WORDS))


def test_a_family_finds_its_label_its_code_and_its_link() -> None:
    printed = print_for([LAN]).words()
    assert LAN.family in printed
    assert LAN.code in printed
    assert LAN.link in printed.replace(" ", "")


def test_the_list_says_whose_it_is_and_from_when() -> None:
    printed = print_for([LAN]).words()
    for words in (WORDS.title, "Trạm Y tế xã Quảng La", "22/11/2026", WORDS.note):
        assert words in printed


def test_every_small_code_scans_on_every_page() -> None:
    paper = print_for(lines(25))
    read = sorted(code.link for page in range(paper.pages) for code in paper.codes(page))
    assert read == [line.link for line in lines(25)]


def test_every_page_has_the_heads_of_the_columns_and_its_number() -> None:
    paper = print_for(lines(25))
    assert (paper.pages, paper.size) == (3, (210, 297))
    for page in range(3):
        printed = paper.words(page)
        assert f"{page + 1} / 3" in printed
        assert all(head in printed for head in (WORDS.number, WORDS.family, WORDS.link, WORDS.code))


def test_a_row_is_never_torn_between_two_pages() -> None:
    paper = print_for(lines(25))
    for page in range(paper.pages):
        on_page = paper.words(page)
        assert len(paper.codes(page)) == sum(line.code in on_page for line in lines(25))


@pytest.mark.parametrize("family", ["x" * 200, "Nguyễn Thị Ánh Tuyết " * 10, "王小明" * 66])
def test_a_long_label_stays_in_its_column(family: str) -> None:
    paper = print_for([replace(LAN, family=family, number="9" * 30, code="8" * 30)])
    assert family.replace(" ", "") in paper.words().replace(" ", "")
    assert [code.link for code in paper.codes()] == [LAN.link]
    assert max(letter.right for letter in paper.letters()) < 196


def test_a_list_without_families_is_one_page() -> None:
    assert print_for([]).pages == 1
