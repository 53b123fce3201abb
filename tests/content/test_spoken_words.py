"""What the real words must keep to, whatever else changes: no “tomorrow”, no two keys alike, lines that begin well."""

import pytest

from content.library import ROOT, Library, load_library
from domain.message import Text, Value
from domain.reader import Reader, Role, Station
from tests.content.shelf import STATION

LANGUAGES = ("en", "vi", "zh")
TOMORROW = ("tomorrow", "ngày mai", "明天")
REMINDERS = ("visit.reminder.7", "visit.reminder.1", "visit.reminder.0", "visit.reminder.coming")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT)


def said(library: Library, tag: str, key: str, station: Station = STATION, **values: Value) -> str:
    reader = Reader(tag, "Asia/Ho_Chi_Minh", Role.MOTHER, ("An",), station)
    return library.renderer.render_text(Text(key, values), reader)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_reminder_never_says_tomorrow(library: Library, tag: str) -> None:
    table = library.texts.tables[tag]
    assert not [key for key in REMINDERS for word in TOMORROW if word in table[key].lower()]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_who_said_that_she_comes_is_asked_nothing(library: Library, tag: str) -> None:
    table = library.texts.tables[tag]
    assert not set("?？") & set(table["visit.reminder.coming"])
    assert set("?？") & set(table["visit.reminder.1"])


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_reminder_names_day_place_hours_and_what_is_due(library: Library, tag: str) -> None:
    for key in REMINDERS:
        text = library.texts.tables[tag][key]
        assert all(name in text for name in ("{{ on|day }}", "{{ where }}", "{{ hours }}", "{{ due|lines }}"))
        assert "{{ advice|sentences }}" in text
    stay = library.texts.tables[tag]["visit.advice.stay"]
    assert "30" in stay or "thirty" in stay


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_two_keys_of_the_menu_are_alike(library: Library, tag: str) -> None:
    labels = [text for key, text in library.texts.tables[tag].items() if key.startswith("menu.")]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("tag", ["en", "vi"])
def test_a_line_about_a_child_without_a_name_begins_with_a_large_letter(library: Library, tag: str) -> None:
    line = said(library, tag, "child.age_months", child=Text("common.unnamed_child"), months=7)
    assert line.startswith(("👶 <b>Baby", "👶 <b>Bé"))


def test_a_station_that_nobody_named_begins_its_line_large(library: Library) -> None:
    assert "\nYour health station tells" in said(library, "en", "child.visit_by_station", Station())


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_words_under_a_picture_are_two_short_lines(library: Library, tag: str) -> None:
    for key in ("enrol.done", "enrol.renewed"):
        lines = said(library, tag, key, children=("An", "Bình")).splitlines()
        assert len(lines) == 2
        assert all(len(line) < 120 for line in lines)
