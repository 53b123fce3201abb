"""Texts of the interface and the whole-message fallback along a language's chain."""

import pytest

from content.errors import ContentError, RenderingError
from content.interface import load_interface
from tests.content.shelf import INTERFACE, VI, Shelf


def test_an_interface_text_may_carry_a_note_for_its_translator(shelf: Shelf) -> None:
    texts = load_interface(shelf.root)
    assert texts["visit.invitation"].note == "An invitation to a visit."
    assert (texts["vaccine.bcg"].english, texts["vaccine.bcg"].note) == ("BCG", "")


def test_what_stands_on_a_button_is_a_label(shelf: Shelf) -> None:
    shelf.write("content/interface/more.yaml", "menu.choice.child: My child\nmenu.title: Menu\n")
    texts = load_interface(shelf.root)
    assert [key for key, text in texts.items() if text.is_label] == ["menu.choice.child", "visit.coming.label"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("vaccine.bcg: Once more", r"visits\.yaml:8: the key “vaccine.bcg” is also in content/interface/more.yaml"),
        ("Vaccine: Shot", "may have small letters"),
        ("answer.no: No", "must be a text; put it in quotes"),
        ("a.b: {text: Yes, hint: x}", "“hint” is unknown"),
        ("a.b: {note: x}", "“text” is missing"),
        ("a.b: {{ child }}", "must stand in quotes"),
        ("- a", "must hold a mapping"),
    ],
)
def test_a_mistake_in_the_interface_is_refused(shelf: Shelf, text: str, problem: str) -> None:
    shelf.write("content/interface/more.yaml", text + "\n")
    with pytest.raises(ContentError, match=problem):
        load_interface(shelf.root)


def test_a_text_comes_in_the_language_asked_for(shelf: Shelf) -> None:
    found = shelf.library().texts.find("vaccine.hepb", "zh")
    assert (found.text, found.language) == ("乙肝疫苗", "zh")


def test_a_text_without_translation_comes_in_english(shelf: Shelf) -> None:
    found = shelf.library().texts.find("visit.english.only", "vi")
    assert (found.text, found.language) == ("Only in English.", "en")


def test_a_tay_reader_gets_the_vietnamese_text(shelf: Shelf) -> None:
    found = shelf.library().texts.find("vaccine.bcg", "tyz")
    assert (found.text, found.language) == ("lao", "vi")


def test_a_tay_translation_is_read_as_soon_as_somebody_makes_it(shelf: Shelf) -> None:
    (shelf.root / "locales/tyz").mkdir()
    shelf.update()
    shelf.translate("tyz", "interface", {"vaccine.bcg": "lao (Tày)"})
    assert shelf.library().texts.find("vaccine.bcg", "tyz").language == "tyz"


def test_a_fuzzy_translation_is_a_missing_one(shelf: Shelf) -> None:
    shelf.spoil(VI, 'msgctxt "breastfeeding.week01.skin"', '#, fuzzy\nmsgctxt "breastfeeding.week01.skin"')
    assert shelf.library().texts.find("breastfeeding.week01.skin", "vi").language == "en"


def test_a_translation_of_older_english_is_a_missing_one(shelf: Shelf) -> None:
    shelf.spoil(INTERFACE, "vaccine.bcg: BCG", "vaccine.bcg: BCG against tuberculosis")
    found = shelf.library().texts.find("vaccine.bcg", "vi")
    assert (found.text, found.language) == ("BCG against tuberculosis", "en")


def test_a_key_that_no_file_has_is_an_error(shelf: Shelf) -> None:
    with pytest.raises(RenderingError, match=r"no text “visit\.nothing”"):
        shelf.library().texts.find("visit.nothing", "vi")


def test_a_broken_file_of_translations_is_named_with_its_line(shelf: Shelf) -> None:
    shelf.write(VI, shelf.read(VI) + '\nmsgctxt "x"\nmsgid unquoted\n')
    with pytest.raises(ContentError, match=r"content\.po:\d+: gettext cannot read this"):
        shelf.library()
