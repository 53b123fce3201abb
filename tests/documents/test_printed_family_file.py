"""What Lan takes along when the family moves to another province."""

import pytest

from documents.family_file import ChildPage, Fact, FamilyFileWords, VaccinationLine, print_family_file
from tests.documents.paper import Paper

WORDS = FamilyFileWords(
    language="vi",
    title="Hồ sơ của gia đình",
    made_on="Lập ngày 22 tháng 11 năm 2026",
    vaccinations="Tiêm chủng",
    vaccine="Vắc-xin",
    day="Ngày tiêm",
    source="Theo lời ai",
    no_vaccinations="Chưa có mũi tiêm nào được ghi.",
    checks="Khám sức khỏe",
    note="Giấy này do gia đình giữ.",
)
BCG = VaccinationLine("Lao (BCG)", "3/9/2026", "Trạm y tế ghi")
AN = ChildPage("Nguyễn Bảo An", (Fact("Ngày sinh", "1/9/2026"),), (BCG,), ("Khám 1 tháng: 4,2 kg.",))
BO = ChildPage("Bo", (), (), ())


def print_for(*children: ChildPage) -> Paper:
    return Paper(print_family_file(children, facility="Trạm Y tế xã Quảng La", words=WORDS))


def test_a_childs_page_tells_everything_and_where_the_word_comes_from() -> None:
    printed = print_for(AN).words()
    told = ("Nguyễn Bảo An", "Ngày sinh 1/9/2026", "Lao (BCG) 3/9/2026 Trạm y tế ghi", "Khám 1 tháng: 4,2 kg.")
    assert all(words in printed for words in told)


def test_every_child_has_a_page_that_stands_alone() -> None:
    paper = print_for(AN, BO)
    assert (paper.pages, paper.size) == (2, (210, 297))
    for page, child in enumerate((AN, BO)):
        head = (WORDS.title, "Trạm Y tế xã Quảng La", WORDS.made_on, child.name, f"{page + 1} / 2")
        assert all(words in paper.words(page) for words in head)
    assert "Nguyễn Bảo An" not in paper.words(1)


def test_a_child_without_vaccinations_is_said_to_have_none_and_no_empty_heading_stands() -> None:
    printed = print_for(BO).words()
    assert WORDS.no_vaccinations in printed
    assert WORDS.vaccine not in printed
    assert WORDS.checks not in printed


def test_the_note_is_the_last_line_and_stands_once() -> None:
    paper = print_for(AN, BO)
    assert WORDS.note not in paper.words(0)
    assert paper.words(1).endswith(f"{WORDS.note} Trạm Y tế xã Quảng La 2 / 2")


def test_a_long_table_goes_on_overleaf_under_the_childs_name() -> None:
    paper = print_for(ChildPage("Nguyễn Bảo An", (), (BCG,) * 60, ()), BO)
    assert paper.pages == 3
    assert paper.words(1).startswith("Nguyễn Bảo An Vắc-xin Ngày tiêm Theo lời ai")
    assert sum(paper.words(page).count("Lao (BCG)") for page in range(3)) == 60


@pytest.mark.parametrize("long", ["x" * 200, "Nguyễn Thị Ánh Tuyết " * 10, "王小明" * 66])
def test_long_values_stay_on_the_paper(long: str) -> None:
    line = VaccinationLine(long, long, long)
    paper = print_for(ChildPage(long, (Fact(long, long),), (line,), (long,)))
    assert all(max(letter.right for letter in paper.letters(page)) < 191 for page in range(paper.pages))
    everything = "".join(paper.words(page) for page in range(paper.pages)).replace(" ", "")
    assert everything.count(long.replace(" ", "")) >= 2
