"""Cards that lie on the counter of a maternity ward: every one must scan, and every family must be able to read it."""

from itertools import pairwise

import pytest

from documents.cards import Card, CardWords, print_cards
from documents.printing import PrintingError
from tests.documents.paper import Letter, Paper

FACILITY = "Trạm Y tế xã Quảng La"
SIXTY_LETTERS = "TRUNG TÂM Y TẾ THÀNH PHỐ HẠ LONG, CƠ SỞ PHƯỜNG HỒNG HẢI SỐ 2"
WORDS = (
    CardWords(
        "vi",
        "Nôi nhắc lịch cho bé",
        "Trạm y tế nhắn lời khuyên và lịch tiêm, miễn phí.",
        ("Mở Telegram, quét mã này.", "Trả lời vài câu hỏi ngắn.", "Đọc số thẻ cho cộng tác viên."),
        "Số thẻ",
    ),
    CardWords(
        "zh",
        "摇篮提醒",
        "卫生院免费发给您育儿贴士和接种提醒。",
        ("打开 Telegram，扫一扫这个码。", "回答几个简短的问题。", "把卡号告诉志愿者。"),
        "卡号",
    ),
    CardWords(
        "en",
        "Cradle reminds you",
        "Advice and vaccination reminders from your station, free.",
        ("Open Telegram and scan this code.", "Answer a few short questions.", "Tell the volunteer the number."),
        "Card number",
    ),
)


def cards(count: int) -> list[Card]:
    return [Card(f"{10_000 + 37 * place}", f"https://t.me/CradleBot?start={place:043d}") for place in range(count)]


def print_for(facility: str, count: int = 8, words: tuple[CardWords, ...] = WORDS) -> Paper:
    return Paper(print_cards(cards(count), facility=facility, words=words))


def test_a_phone_reads_all_eight_codes_of_a_sheet() -> None:
    read = sorted(code.link for code in print_for(FACILITY).codes())
    assert read == [card.link for card in cards(8)]


def test_a_code_is_large_enough_for_a_cheap_phone() -> None:
    assert all(27.5 < code.side < 28.5 for code in print_for(FACILITY).codes())


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (8, 1), (9, 2), (200, 25)])
def test_eight_cards_go_on_a_sheet_of_a4(count: int, sheets: int) -> None:
    paper = print_for(FACILITY, count)
    assert (paper.pages, paper.size) == (sheets, (210, 297))


def test_a_sheet_that_is_not_full_still_scans() -> None:
    assert [code.link for code in print_for(FACILITY, 9).codes(page=1)] == [cards(9)[8].link]


def test_the_number_stands_on_its_card_in_large_figures() -> None:
    printed = print_for(FACILITY, 3)
    figures = "".join(letter for letter in printed.words() if letter.isdecimal())
    assert all(card.number in figures for card in cards(3))
    assert max(letter.points for letter in printed.letters()) == 20


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.language)
def test_every_card_says_everything_in_each_language(words: CardWords) -> None:
    printed = print_for(FACILITY).words()
    for sentence in (words.title, words.what_it_is, *words.steps, words.number_label):
        assert printed.count(sentence) >= 8


@pytest.mark.parametrize("facility", [FACILITY, SIXTY_LETTERS, "淮安市清江浦区长西街道社区卫生服务中心"])
def test_the_facilitys_whole_name_is_on_every_card(facility: str) -> None:
    assert print_for(facility).words().count(facility) == 8


def test_a_name_far_too_long_is_shortened_and_the_words_stay() -> None:
    printed = print_for("Trạm Y tế " * 40).words()
    assert printed.count("…") == 8
    assert printed.count(WORDS[2].steps[2]) == 8


@pytest.mark.parametrize("facility", [FACILITY, SIXTY_LETTERS, "x" * 200, "Ễ" * 200])
def test_nothing_is_smaller_than_anybody_can_read_or_lies_on_a_cut(facility: str) -> None:
    letters = list(print_for(facility).letters())
    assert min(letter.points for letter in letters) >= 7.5
    assert all(within_one_card(letter) for letter in letters)


def within_one_card(letter: Letter) -> bool:
    return any(left + 3 < letter.left < letter.right < right - 3 for left, right in pairwise((0, 105, 210))) and any(
        upper + 3 < letter.above < letter.below < lower - 3 for upper, lower in pairwise((0, 74.25, 148.5, 222.75, 297))
    )


def test_a_long_number_stays_in_its_corner() -> None:
    paper = Paper(print_cards([Card("9" * 200, "https://t.me/CradleBot?start=a")], facility=FACILITY, words=WORDS))
    nines = [letter for letter in paper.letters() if letter.left < 37 and letter.above < 45]
    assert max(letter.right for letter in nines) < 36
    assert min(letter.points for letter in nines) >= 7.5


def test_words_that_cannot_be_read_on_a_card_are_refused() -> None:
    wordy = CardWords("en", "Cradle", "Advice from your station. " * 20, ("Scan.",), "Number")
    with pytest.raises(PrintingError, match="do not fit on a card"):
        print_for(FACILITY, words=(*WORDS, wordy))


def test_the_same_cards_are_the_same_file_on_any_day() -> None:
    first, second = (print_cards(cards(2), facility=FACILITY, words=WORDS) for _ in range(2))
    assert first == second
    assert Paper(first).made_on == ""


def test_no_font_of_the_machine_is_used() -> None:
    letters = print_for(f"{FACILITY} नमस्ते สวัสดี مرحبا გამარჯობა").letters()
    assert {letter.font.partition("+")[2] for letter in letters} == {"NotoSansCJKsc-Regular"}
