"""People find what they mean: without diacritics, in another order, in Chinese, and never by a stray syllable."""

import pytest

from domain.plain_search import LONGEST_QUESTION, fold, has_diacritics, make_index, make_phrase_book, words_of

SILENT = frozenset({"bé", "bị", "khi"})


def contains(typed: str, phrase: str) -> bool:
    return bool(make_phrase_book([("x", phrase)]).said_in(typed))


def means(typed: str, phrase: str, silent: frozenset[str] = frozenset()) -> bool:
    return bool(make_phrase_book([("x", phrase)], silent).meant_by(typed))


@pytest.mark.parametrize(
    ("text", "plain"), [("Sữa mẹ", "sua me"), ("ĐÊM", "dem"), ("đ", "d"), ("奶水", "奶水"), ("Fever", "fever")]
)
def test_diacritics_and_capitals_fold_away(text: str, plain: str) -> None:
    assert fold(text) == plain


def test_a_chinese_character_is_a_word() -> None:
    assert words_of("宝宝38度，发烧!") == ["宝", "宝", "38", "度", "发", "烧"]


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("con em co giật rồi", "co giật"),
        ("CON EM CO GIAT ROI", "co giật"),
        ("sốt", "sốt"),
        ("宝宝抽搐了", "抽搐"),
        ("he has a seizure!", "Seizure"),
    ],
)
def test_a_phrase_is_found_in_what_was_typed(typed: str, phrase: str) -> None:
    assert contains(typed, phrase)
    assert means(typed, phrase)


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("oi", "ói"),  # may be *ơi*
        ("sot", "sốt"),
        ("giật co", "co giật"),
        ("cò giặt", "co giật"),  # who typed diacritics meant them
        ("seizures", "seizure"),
        ("", "sốt"),
        ("sốt", ""),
    ],
)
def test_what_only_looks_like_it_is_not(typed: str, phrase: str) -> None:
    assert not contains(typed, phrase)


@pytest.mark.parametrize("typed", ["mang thai mà ra máu", "mang thai ra mau", "em đang mang thai, sáng nay ra máu"])
def test_the_words_of_a_phrase_may_stand_in_any_order(typed: str) -> None:
    assert means(typed, "ra máu khi mang thai", SILENT)


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("mang thai " + "rất vui " * 10 + "ra máu", "ra máu khi mang thai"),  # a story
        ("mang thai", "ra máu khi mang thai"),
        ("sot qua", "bé bị sốt"),  # one telling word is too little without its diacritics
    ],
)
def test_a_story_or_half_a_phrase_means_nothing(typed: str, phrase: str) -> None:
    assert not means(typed, phrase, SILENT)


INDEX = make_index(
    [
        ("enough", "Mẹ lo ít sữa? Bú nhiều thì sữa về."),
        ("honey", "Mật ong chưa cho bé dưới một tuổi."),
        ("sleep", "Bé ngủ nằm ngửa, giường phẳng."),
        ("rice", "宝宝不肯吃饭，不要逼。"),
    ],
    silent=SILENT,
)


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("mẹ ít sữa", ["enough"]),
        ("me it sua", ["enough"]),
        ("Bé bị ÍT SỮA", ["enough"]),
        ("mat ong", ["honey"]),
        ("不吃饭", ["rice"]),
        ("ít sửa", []),
        ("bé bị", []),
        ("xe máy", []),
        ("", []),
        ("x" * (LONGEST_QUESTION + 1), []),
        ("👶", []),
    ],
)
def test_a_question_finds_the_text_that_holds_its_telling_words(question: str, keys: list[str]) -> None:
    assert INDEX.find(question) == keys


def test_the_owner_of_the_longest_phrase_is_known_by_its_words() -> None:
    book = make_phrase_book([("fever", "sốt"), ("high", "sốt cao"), ("high", "nóng"), ("other", "ho")])
    assert book.said_in("bé sốt cao quá") == {"fever": 1, "high": 2}


def test_two_words_that_stand_together_count_more() -> None:
    index = make_index([("apart", "ong bay, mật ngọt"), ("together", "mật ong ngọt")])
    assert index.find("mật ong") == ["together", "apart"]


def test_nothing_is_found_where_nothing_is() -> None:
    assert make_index([]).find("sốt") == []
    assert not has_diacritics("sot")
