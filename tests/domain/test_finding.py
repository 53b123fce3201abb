"""How Minh's words are read when he looks for a family."""

import unicodedata

import pytest

from domain.finding import likeness_to, read_sought

AN = "Nguyễn Thị An"


def fits(words: str, name: str) -> bool:
    sought = read_sought(words)
    assert sought is not None
    return likeness_to(sought.syllables, name) is not None


@pytest.mark.parametrize(
    "words", ["an", "AN", "nguyen an", "An Nguyễn", "ngu", "Thị", "thi ng", unicodedata.normalize("NFD", "Nguyễn"), AN]
)
def test_an_is_found_by_any_part_of_her_name(words: str) -> None:
    assert fits(words, AN)


@pytest.mark.parametrize("words", ["ana", "uyen", "an an", "Bình", "nguyen b", "x"])
def test_an_is_not_found_by_what_is_not_in_her_name(words: str) -> None:
    assert not fits(words, AN)


def test_a_pet_name_is_found_by_the_name_of_the_certificate() -> None:
    assert fits("Nguyễn Văn An", "An")
    assert not fits("Nguyễn Văn Anh", "Bi")


def test_marks_of_vietnamese_and_chinese_characters_fold() -> None:
    assert fits("duc", "Đức")
    assert fits("Đ", "Đào")
    assert fits("小明", "王小明")
    assert fits("明王", "王小明")
    assert not fits("小红", "王小明")


def test_a_hostile_name_is_a_name() -> None:
    assert fits("bo", '<b>An</b>&lt; "Bo" {{ 7*7 }}{% raw %}\'')
    assert fits("<b>An</b>", '<b>An</b>&lt; "Bo" {{ 7*7 }}{% raw %}\'')


def test_what_stands_in_the_name_as_a_whole_is_likelier() -> None:
    whole, begun = likeness_to(("an",), "An"), likeness_to(("an",), "Ánh")
    assert whole is not None
    assert begun is not None
    assert whole > begun


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ("5678", ("5678",)),
        ("０９１２.345-678", ("0912345678", "912345678")),
        ("0678", ("0678",)),
        ("+84 912 345 678", ("84912345678",)),
    ],
)
def test_a_number_is_read_in_any_writing(typed: str, ends: tuple[str, ...]) -> None:
    sought = read_sought(typed)
    assert sought is not None
    assert sought.number_ends == ends


@pytest.mark.parametrize("typed", ["678", "", "👶", "%", "___", "{{ 7*7 }}", "x" * 4000, "1" * 61])
def test_what_cannot_be_sought_is_refused(typed: str) -> None:
    assert read_sought(typed) is None
