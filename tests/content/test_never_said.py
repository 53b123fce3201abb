"""What must never be said is found in three languages, however it is typed; its denial is let through."""

import unicodedata
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.library import load_library
from domain.never_said.rule import Rule
from tests.content.never_said_examples import (
    ENTRIES,
    LANGUAGES,
    RULES,
    Example,
    broken,
    examples,
    heard_sentences,
    without_negation,
)
from tests.content.never_said_mutations import put_in, with_an_earlier_age, without_their_negation
from tests.content.never_said_outsider import outsiders_messages
from tests.fakes.stopwatch import quiet_seconds

SIX_MONTHS, YEAR = 180, 365
WATER_VI = "Trời nóng, cho bé uống nước."


@pytest.mark.parametrize("example", examples("says"), ids=str)
def test_what_must_never_be_said_is_found(example: Example) -> None:
    assert example.rule in broken(example.text, example.language)


@pytest.mark.parametrize("example", examples("denies"), ids=str)
def test_its_denial_is_let_through_and_found_as_soon_as_the_negation_is_taken_out(example: Example) -> None:
    assert example.rule not in broken(example.text, example.language)
    assert without_negation(example) != example.text
    assert example.rule in broken(without_negation(example), example.language)


@pytest.mark.parametrize("example", examples("harmless"), ids=str)
def test_what_only_sounds_alike_is_let_through(example: Example) -> None:
    assert broken(example.text, example.language) == set()


def test_every_rule_has_examples_of_each_kind_in_every_language() -> None:
    for entry in ENTRIES:
        assert set(entry.examples) == set(LANGUAGES), entry.key
        for language, found in entry.examples.items():
            assert found.says, (entry.key, language)
            assert found.harmless, (entry.key, language)
            assert found.denies or entry.key == "DOSE", (entry.key, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_a_sentence_of_midwives_and_nurses_is_judged_wrongly(language: str) -> None:
    forbidden = [one for one in heard_sentences("forbidden") if one.language == language]
    allowed = [one for one in heard_sentences("allowed") if one.language == language]
    missed = [one for one in forbidden if one.rule not in broken(one.text, language)]
    alarms = [one for one in allowed if broken(one.text, language)]
    assert len(missed) <= len(forbidden) * 0.02, missed
    assert alarms == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_of_an_outsiders_messages_are_judged_wrongly_at_the_age_they_are_for(language: str) -> None:
    forbidden, allowed = (outsiders_messages(language, kind) for kind in ("forbidden", "allowed"))
    missed = [one for one in forbidden if one.rule not in one.found]
    assert len(missed) <= len(forbidden) * 0.08, missed
    assert [one for one in allowed if one.found] == []


TOLD = [
    ("Các cụ bảo cho bé uống nước. Nay không còn dùng nữa.", "vi", False),
    ("Các cụ bảo cho bé uống nước. Các cụ nói phải.", "vi", True),
    ("Cho bé uống nước. Nay không còn dùng nữa.", "vi", True),
    ("老人说给宝宝喝水。没有的事。", "zh", False),
    ("老人说给宝宝喝水。说得有道理。", "zh", True),
    ("They used to give your baby water. That advice is gone.", "en", False),
    ("They used to give your baby water. It still does good.", "en", True),
]


@pytest.mark.parametrize(("text", "language", "fires"), TOLD)
def test_what_others_say_is_let_through_only_when_it_is_put_right_at_once(
    text: str, language: str, fires: bool
) -> None:
    assert ("WATER_U6M" in broken(text, language)) is fires


AS_TYPED = [
    WATER_VI.upper(),
    unicodedata.normalize("NFD", WATER_VI),
    WATER_VI.replace(" ", "  "),
    WATER_VI.replace("u", "u\u200b"),
    "Troi nong, cho be uong nuoc.",
    "Trời nóng, <b>cho bé</b> uống\u00a0nước.",
    "Trời nóng, cho {{ child }} uống nước.",
]


@pytest.mark.parametrize("text", AS_TYPED, ids=ascii)
def test_vietnamese_is_found_however_it_is_typed(text: str) -> None:
    assert broken(text, "vi") == {"WATER_U6M"}


@pytest.mark.parametrize("text", ["给宝宝喝水", "給寶寶喝水", "给 宝宝 喝\u200b水", "给{{ child }}喝水"])
def test_chinese_is_found_however_it_is_typed(text: str) -> None:
    assert broken(text, "zh") == {"WATER_U6M"}


@pytest.mark.parametrize("text", ["Ｇｉｖｅ your baby ｗａｔｅｒ", "GIVE YOUR BABY WATER", "Give your baby\nwater"])
def test_english_is_found_in_wide_letters_and_capitals(text: str) -> None:
    assert ("WATER_U6M" in broken(text, "en")) == ("\n" not in text)


def test_a_sentence_of_another_language_than_claimed_is_found_too() -> None:
    assert broken("Kính gửi gia đình. Do give your baby water.", "vi") == {"WATER_U6M"}


DENIED = [
    ("Không nên:\n- cho bé uống nước\n- cho bé ngậm mật ong", "vi"),
    ("❌ Cho bé uống nước đường", "vi"),
    ("Có nên cho bé uống nước? Không.", "vi"),
    ("Không cho bé uống nước, ăn mật ong hay nằm sấp khi ngủ.", "vi"),
    ("误区：给宝宝喝水", "zh"),
    ("能不能给宝宝喝水？不能。", "zh"),
    ("Please avoid:\n* giving your baby water", "en"),
    ("Never give your baby water, honey or tea.", "en"),
]
NOT_DENIED = [
    ("Nên:\n- cho bé uống nước", "vi", "WATER_U6M"),
    ("Không nên:\n- cho bé ngậm mật ong\n\nHãy cho bé uống nước.", "vi", "WATER_U6M"),
    ("Không cần bú đêm, nhưng cho bé uống nước.", "vi", "WATER_U6M"),
    ("Có nên cho bé uống nước?", "vi", "WATER_U6M"),
    ("Có nên cho bé uống nước? Có.", "vi", "WATER_U6M"),
    ("Không ngại cho bé uống nước.", "vi", "WATER_U6M"),
    ("❌ Mật ong ✅ cho bé uống nước", "vi", "WATER_U6M"),
    ("不用担心，给宝宝喝水。", "zh", "WATER_U6M"),
    ("不喂奶，但给宝宝喝水。", "zh", "WATER_U6M"),
    ("能不能给宝宝喝水？可以。", "zh", "WATER_U6M"),
    ("Do not wait, give your baby water.", "en", "WATER_U6M"),
    ("Give no tea but give your baby water.", "en", "WATER_U6M"),
    ("Instead of milk alone, then give your baby water.", "en", "WATER_U6M"),
]


@pytest.mark.parametrize(("text", "language"), DENIED)
def test_a_negation_reaches_over_lists_titles_and_questions(text: str, language: str) -> None:
    assert broken(text, language) == set()


@pytest.mark.parametrize(("text", "language", "rule"), NOT_DENIED)
def test_a_negation_ends_where_the_sentence_turns(text: str, language: str, rule: str) -> None:
    assert rule in broken(text, language)


def test_a_text_is_judged_by_its_youngest_children() -> None:
    assert broken(WATER_VI, "vi", 0, 30) == {"WATER_U6M"}
    assert broken(WATER_VI, "vi", SIX_MONTHS - 1, YEAR) == {"WATER_U6M"}
    assert broken(WATER_VI, "vi", SIX_MONTHS, YEAR) == set()
    assert broken(WATER_VI, "vi", None, None) == {"WATER_U6M"}
    assert broken(WATER_VI, "vi", None, YEAR) == {"WATER_U6M"}


@pytest.mark.parametrize(
    ("text", "language", "fires"),
    [
        ("Từ 6 tháng, cho bé uống nước.", "vi", False),
        ("Trong 6 tháng đầu, cho bé uống nước.", "vi", True),
        ("Từ 4 đến 6 tháng, cho bé uống nước.", "vi", True),
        ("满六个月后给宝宝喝水。", "zh", False),
        ("未满六个月给宝宝喝水。", "zh", True),
        ("Under six months give your baby water.", "en", True),
        ("From six months give your baby water.", "en", False),
    ],
)
def test_a_sentence_that_names_an_older_age_is_let_through(text: str, language: str, fires: bool) -> None:
    assert ("WATER_U6M" in broken(text, language)) is fires


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Hỏi thêm ở https://shop.example/abc nhé", "LINK"),
        ("Mua tại shopee.vn/abc", "LINK"),
        ("Vào nhóm t.me/abcdef", "LINK"),
        ("Nhắn @cogiaothao nhé", "LINK"),
        ("Gọi 0912 345 678", "PHONE"),
        ("Gọi 115", "PHONE"),
        ("请拨打１３８１２３４５６７８", "PHONE"),
        ("Zalo: +84 912.345.678", "PHONE"),
    ],
)
def test_ways_out_of_the_programme_are_found(text: str, rule: str) -> None:
    assert rule in broken(text, "vi")


@pytest.mark.parametrize(
    "text",
    [
        "Xem moh.gov.vn/tiem-chung",
        "Tiêm ngày 22.11.2026 hoặc 2026-11-22, từ 7:30 đến 11:30",
        "Gọi {{ station_phone }}",
        "Hỗ trợ 100.000.000 đồng",
        "v.v. Bé ngoan.Mẹ vui",
    ],
)
def test_dates_sums_and_health_authorities_are_let_through(text: str) -> None:
    assert broken(text, "vi") == set()


def test_the_numbers_of_the_site_may_stand_in_a_text() -> None:
    text = "Gọi 0203 3123 456 hoặc 115"
    assert RULES(text, "vi", youngest_days=0, oldest_days=None, phones=("+842033123456", "115")) == []


def test_a_finding_shows_the_words_as_they_were_typed() -> None:
    text = "Chào mẹ! Trời nóng, cho BÉ\u200b  uống nước nhé."
    (said,) = RULES(text, "vi", youngest_days=None, oldest_days=None)
    assert said.words == text[said.start : said.end]
    assert said.words.endswith("uống nước")


def test_every_rule_has_kind_words_in_three_languages() -> None:
    texts = load_library().texts
    for rule in [*(entry.key for entry in ENTRIES), "LINK", "PHONE"]:
        for language in LANGUAGES:
            assert "{{ words }}" in texts.find(f"never_said.{rule.lower()}", language).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_without_its_negations_would_break_rules_in_each_language(language: str) -> None:
    texts, found = load_library().texts, set[str]()
    for key in texts.health:
        found |= broken(without_negation(Example("", language, texts.find(key, language).text)), language)
    assert {"WATER_U6M", "ASPIRIN_ANTIBIOTIC", "HARSH_DISCIPLINE"} <= found


EVERY_RULE = [
    pytest.param(rule, language, id=f"{rule.key}-{language}") for rule in RULES.rules for language in LANGUAGES
]


@pytest.mark.parametrize(("rule", "language"), EVERY_RULE)
def test_a_real_message_turns_red_when_a_forbidden_sentence_is_put_in(rule: Rule, language: str) -> None:
    mutants = put_in(rule, language)
    assert mutants
    assert [one.text for one in mutants if rule.key not in one.after] == []


@pytest.mark.parametrize(("rule", "language"), EVERY_RULE)
def test_a_denial_in_a_real_message_turns_red_when_its_negation_is_deleted(rule: Rule, language: str) -> None:
    mutants = without_their_negation(rule, language)
    assert mutants or rule.key == "DOSE"
    assert [one.text for one in mutants if rule.key in one.before or rule.key not in one.after] == []


@pytest.mark.parametrize(("language", "share"), [("vi", 0.5), ("zh", 0.5), ("en", 0.5)])
def test_texts_that_say_six_months_of_food_or_water_turn_red_when_they_say_four(language: str, share: float) -> None:
    """The rest of them speak of fever, iron or vitamin A, to which six months mean nothing here."""
    found = with_an_earlier_age(language)
    assert sum("WATER_U6M" in one for one in found) >= len(found) * share


HOSTILE = [
    *("cho bé uống ", "không cho bé uống nước ", "cho ", "không ", "6 tháng ", "viên 5 ", "Không: ", ", hoặc "),
    *("给宝宝喝水", "不给宝宝喝水", "不", "do not give ", "a.", "- a\n", "{{", "<a", "1", "09 ", "@a", "0123.", "?"),
    *("\u0301", "\u200b", "👉"),
]


@pytest.mark.parametrize("part", HOSTILE, ids=ascii)
def test_hostile_texts_of_4096_letters_are_judged_at_once(part: str) -> None:
    """Four times the text takes four times as long, or little more: where it took the square, it would be sixteen."""
    text = (part * 4096)[:4096]
    whole, quarter = (quiet_seconds(partial(_judged, one)) for one in (text, text[:1024]))
    assert whole < 0.1
    assert whole < 8 * max(quarter, 0.001)


def _judged(text: str) -> None:
    RULES(text, "vi", youngest_days=None, oldest_days=None)


PIECES = st.sampled_from(
    [*"。，、：\n.?!-•❌✅ {}<>0159", "không", "đừng", "cho", "bé", "uống nước", "不要", "给宝宝", "喝水", "no", "give"]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join)), st.sampled_from(LANGUAGES))
def test_whatever_is_typed_gets_an_answer_with_its_own_words(text: str, language: str) -> None:
    for said in RULES(text, language, youngest_days=None, oldest_days=None):
        assert said.words
        assert said.words == text[said.start : said.end]
