"""The file of what is known of somebody, as paper: headings, lines, pages, and whatever a name may hold."""

import pytest

from documents.letter import print_letter
from tests.documents.paper import Paper

LINES = ("Bố · điện thoại +84 912 345 678", "Ngôn ngữ: Tiếng Việt")


@pytest.mark.parametrize(
    ("language", "title", "heading"),
    [
        ("vi", "Thông tin chương trình đang lưu", "Về bản thân"),
        ("zh", "项目保存的您的资料", "您本人"),
        ("en", "What the programme knows about you", "You"),
    ],
)
def test_title_headings_and_lines_stand_on_the_paper(language: str, title: str, heading: str) -> None:
    paper = Paper(print_letter(title, [(heading, LINES)], language=language))
    words = "".join(paper.words().split())
    assert ["".join(one.split()) for one in (title, heading, *LINES) if "".join(one.split()) not in words] == []
    assert (paper.pages, paper.size) == (1, (210, 297))


def test_six_years_of_messages_go_on_overleaf_and_none_is_lost() -> None:
    lines = [f"ngày {number}: giấc ngủ" for number in range(1200)]
    paper = Paper(print_letter("Hồ sơ", [("Tin đã gửi", lines)], language="vi"))
    everything = " ".join(paper.words(page) for page in range(paper.pages))
    assert paper.pages > 10
    assert sum(line in everything for line in lines) == 1200


@pytest.mark.parametrize(
    "hostile", ["#panic()", "$x$ \\u{41} *b* _i_ `c`", "<b>#import</b> {{ 7*7 }}", "= An", "x" * 400, "\u202e\x00An"]
)
def test_whatever_a_name_holds_is_only_shown(hostile: str) -> None:
    paper = Paper(print_letter(hostile, [(hostile, (hostile, "An"))], language="vi"))
    assert "An" in paper.words()
    assert all(letter.right < 191 for letter in paper.letters())
