"""Which languages are offered, guessed and fallen back to."""

import pytest
from babel import Locale

from content.errors import ContentError, UnknownLanguage
from content.languages import Languages, load_languages
from content.library import ROOT
from tests.content.shelf import Shelf

FILE = "content/languages.yaml"


@pytest.fixture(scope="module")
def languages() -> Languages:
    return load_languages(ROOT)


def test_a_family_chooses_between_vietnamese_chinese_and_english(languages: Languages) -> None:
    assert [language.autonym for language in languages.choices()] == ["Tiếng Việt", "中文", "English"]


def test_minority_languages_are_known_but_not_offered_yet(languages: Languages) -> None:
    for tag in ("tyz", "ium", "mji", "mlc", "yue", "vi-x-sanchi", "vi-x-sandiu"):
        assert not languages.get(tag).text
        assert languages.chain(tag) == (tag, "vi", "en")


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("vi", "vi"),
        ("zh-hans", "zh"),
        ("zh-CN", "zh"),
        ("zh_TW", "zh"),
        ("en-AU", "en"),
        ("fr", "vi"),
        ("tyz", "vi"),
        ("", "vi"),
        (None, "vi"),
    ],
)
def test_the_phone_suggests_a_language(languages: Languages, code: str | None, tag: str) -> None:
    assert languages.guess(code) == tag


def test_every_language_writes_dates_by_a_locale_that_cldr_has(languages: Languages) -> None:
    assert {str(Locale.parse(languages.get(tag).formatting)) for tag in languages.tags} == {
        "vi",
        "zh_Hans_CN",
        "en_GB",
        "yue_Hans_CN",
    }


def test_a_tag_that_nobody_registered_is_refused(languages: Languages) -> None:
    with pytest.raises(UnknownLanguage, match="san"):
        languages.chain("san")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("formatting: zh_Hans_CN", "formatting: tyz_VN", "must be a locale that CLDR has"),
        ("fallback: [vi]", "fallback: [vj]", "“vj” is not a language of this file"),
        ("tag: tyz", "tag: vi", "the language “vi” is there twice"),
        ("thứ Bảy, ", "", "must name seven days"),
        ("script: Hans", "scrpt: Hans", "“scrpt” is unknown"),
        ("text: true", "text: maybe", "must be true or false"),
        ("tag: en", "tag: eng", "the language “en” is missing"),
    ],
)
def test_a_mistake_in_the_registry_is_named_with_its_line(shelf: Shelf, old: str, new: str, problem: str) -> None:
    shelf.spoil(FILE, old, new)
    with pytest.raises(ContentError, match=rf"languages\.yaml:\d+: .*{problem}"):
        load_languages(shelf.root)
