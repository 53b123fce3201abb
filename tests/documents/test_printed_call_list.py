"""The list by which a station calls: whom and how, a box for each, and nothing else."""

from documents.call_list import print_call_list
from domain.message import Layout
from domain.rendered import RenderedDocument, RenderedSection
from tests.documents.paper import Paper

HEADS = ("Số", "Gọi cho ai", "Điện thoại", "Xã", "Xong")
LAN = ("Mẹ · An", "+84912345678", "Suối Mơ")
ABOUT = ("Ngày: Thứ Bảy, 5/12/2026", "Giờ: 07:30-10:30", "Xin báo ngày, nơi và giờ.")


def print_for(families: list[tuple[str, str, str]]) -> Paper:
    rows = (HEADS, *((str(number), *family) for number, family in enumerate(families, start=1)))
    section = RenderedSection("Trạm Y tế Suối Mơ", ABOUT, rows)
    document = RenderedDocument("cradle-2026-12-05.pdf", "Xin gọi trước buổi tiêm chủng", (section,), Layout.CALL_LIST)
    return Paper(print_call_list(document, language="vi"))


def test_it_says_whom_to_call_on_which_number_and_for_which_day() -> None:
    printed = print_for([LAN]).words()
    for words in (*LAN, *ABOUT, *HEADS, "Trạm Y tế Suối Mơ", "Xin gọi trước buổi tiêm chủng"):
        assert words in printed


def test_a_long_list_goes_on_with_the_heads_of_the_columns_and_page_numbers() -> None:
    paper = print_for([LAN] * 45)
    assert (paper.pages, paper.size) == (3, (210, 297))
    for page in range(paper.pages):
        printed = paper.words(page)
        assert f"{page + 1} / {paper.pages}" in printed
        assert all(head in printed for head in HEADS)


def test_a_long_name_stays_in_its_column_and_no_number_is_torn_apart() -> None:
    paper = print_for([("Nguyễn Thị Ánh Tuyết " * 6, "+84912345678", "Suối Mơ"), ("王小明" * 30, "–", "x" * 60)])
    assert "+84912345678" in paper.words()
    assert max(letter.right for letter in paper.letters()) < 196


def test_what_stands_in_it_is_only_ever_shown() -> None:
    assert "#pagebreak() {{ 7*7 }}" in print_for([("#pagebreak() {{ 7*7 }}", "–", "–")]).words()


def test_a_list_without_families_is_one_page() -> None:
    assert print_for([]).pages == 1
