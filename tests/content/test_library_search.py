"""Every card is found by its words in all languages; codes are a message's own; questions lead somewhere."""

import pytest

from content.errors import ContentError
from content.library import ROOT, load_library
from content.library_search import LibrarySearch, make_library_search
from content.search_words import FILE, load_search_words
from tests.content.shelf import Shelf

ASKED = """\
said_with_everything: {vi: [bé]}
asked:
  - messages: [breastfeeding.week01.skin]
    vi: [ôm da kề da]
    zh: [抱着宝宝]
"""
TWICE = "  - messages: [breastfeeding.week01.skin]\n    vi: [Ôm da kề da]"


@pytest.fixture(scope="module")
def search() -> LibrarySearch:
    return make_library_search(load_library())


def test_every_card_is_found_by_each_of_its_words(search: LibrarySearch) -> None:
    library = load_library()
    lost = [
        (tag, key, phrase)
        for tag, table in library.texts.tables.items()
        for key in search.cards()
        for phrase in table.get(f"{key}#words", "").replace("，", ",").split(",")
        if phrase.strip() and key not in search.cards_for(phrase.strip())
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        ("co giat", "danger.convulsion"),
        ("convulsion", "danger.convulsion"),
        ("抽搐", "danger.convulsion"),
        ("tre bi bong nuoc soi", "danger.burn"),
        ("con bị hóc xương", "danger.choking_over_one"),
        ("中暑", "danger.heat_stroke"),
    ],
)
def test_who_is_afraid_is_understood(search: LibrarySearch, typed: str, card: str) -> None:
    assert card in search.cards_for(typed)[:3]


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        ("trẻ sơ sinh sặc sữa", "danger.choking_under_one"),
        ("新生儿呛奶", "danger.choking_under_one"),
        ("sốt cao co giật", "danger.convulsion"),
        ("发烧抽搐", "danger.convulsion"),
        ("bé bị ngã ao", "danger.drowning"),
        ("she fell in the water", "danger.drowning"),
        ("怀孕流血", "danger.pregnancy"),
        ("sau sinh bị sốt", "danger.after_birth"),
        ("怎么叫都叫不醒", "danger.unconscious"),
        ("struck by lightning", "danger.unconscious"),
        ("sốt cao tím tái", "danger.blue_lips"),
    ],
)
def test_of_several_cards_the_one_that_saves_stands_first(search: LibrarySearch, typed: str, card: str) -> None:
    assert search.cards_for(typed)[0] == card


@pytest.mark.parametrize("typed", ["tiêm viêm não Nhật Bản", "流脑疫苗", "how to cut nails", "fall asleep", "宝宝老睡"])
def test_an_everyday_question_is_no_cry_for_help(search: LibrarySearch, typed: str) -> None:
    assert list(search.cards_for(typed)) == []


@pytest.mark.parametrize("typed", ["xin chào", "cảm ơn bác sĩ", "ok", "你好", "hello", "bé", "oi", "té", "y tế"])
def test_a_greeting_is_no_cry_for_help(search: LibrarySearch, typed: str) -> None:
    assert list(search.cards_for(typed)) == []


def test_codes_are_short_and_every_messages_own(search: LibrarySearch) -> None:
    keys = list(load_library().catalogue.messages)
    codes = {search.code_of(key): key for key in keys}
    assert len(codes) == len(keys)
    assert all(search.key_of(code) == key for code, key in codes.items())
    assert search.key_of("0000000000") is None


def test_her_language_is_searched_first_and_then_the_others(search: LibrarySearch) -> None:
    assert search.find("mật ong", "vi") == search.find("mật ong", "zh")


def test_a_question_in_other_words_leads_to_its_message(shelf: Shelf) -> None:
    shelf.write(FILE, ASKED)
    words = load_search_words(shelf.root, shelf.library().catalogue)
    for typed in ("ôm bé da kề da", "om da ke da", "怎么抱着宝宝"):
        assert words.answers(typed) == (("breastfeeding.week01.skin",) if typed != "ôm bé da kề da" else ())


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("breastfeeding.week01.skin", "breastfeeding.week99.gone", "is no message of a journey"),
        ("    zh: [抱着宝宝]", TWICE, "two questions"),
        ("zh: [", "fr: [", "unknown"),
    ],
)
def test_words_that_lead_nowhere_are_refused(shelf: Shelf, old: str, new: str, problem: str) -> None:
    shelf.write(FILE, ASKED)
    shelf.spoil(FILE, old, new)
    with pytest.raises(ContentError, match=problem):
        load_search_words(shelf.root, shelf.library().catalogue)


def test_the_real_words_can_be_loaded() -> None:
    assert load_search_words(ROOT, load_library().catalogue).silent["vi"]
