"""The vaccination card on paper: one page a child, its words in order, whatever a name holds."""

from documents.vaccination_card import print_vaccination_card
from domain.message import Layout
from domain.rendered import RenderedDocument, RenderedSection
from tests.documents.paper import Paper

HEADS = ("Ngày", "Vắc-xin", "Biết từ")


def card(*sections: RenderedSection, title: str = "Các mũi đã tiêm") -> Paper:
    return Paper(print_vaccination_card(RenderedDocument("card.pdf", title, sections, Layout.CARD), language="vi"))


def child(name: str, *rows: tuple[str, str, str], lines: tuple[str, ...] = ("Sắp tới:",)) -> RenderedSection:
    return RenderedSection(f"{name}, sinh ngày 15/3/2026", lines, (HEADS, *rows))


def pages_of(paper: Paper) -> list[str]:
    return [paper.words(page) for page in range(paper.pages)]


def test_each_child_has_a_page_with_every_dose() -> None:
    paper = card(child("An", ("16/3/2026", "lao (BCG)", "trạm ghi")), child("Bình"))
    first, second = pages_of(paper)
    for words in ("Các mũi đã tiêm", "An, sinh ngày", "16/3/2026", "lao (BCG)", "trạm ghi", "Sắp tới:"):
        assert words in first
    assert "Bình, sinh ngày" in second
    assert "An, sinh ngày" not in second


def test_a_long_card_goes_on_under_the_childs_name() -> None:
    doses = tuple((f"{n % 28 + 1}/3/2026", "bại liệt uống", "theo lời gia đình") for n in range(90))
    paper = card(child("An", *doses))
    assert paper.pages > 1
    assert all("An, sinh ngày" in page for page in pages_of(paper))


def test_what_looks_like_markup_is_only_shown() -> None:
    paper = card(child("#panic(1) *An* $x$", ("1/1/2026", "<b>BCG</b>", "百白破疫苗")))
    assert "#panic(1) *An* $x$" in paper.words()
    assert "百白破疫苗" in paper.words()
