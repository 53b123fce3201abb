"""The place for another language: whole or not at all."""

import pytest

from content.new_language import CannotAddLanguageError, add_language
from content.po_files import read_po_file
from tests.content.shelf import Shelf


def test_tay_gets_its_files_and_nothing_in_them(shelf: Shelf) -> None:
    made = add_language(shelf.root, "tyz")
    assert [path.name for path in made] == ["interface.po", "content.po"]
    entries = read_po_file(made[1], shelf.root).entries
    assert {entry.context for entry in entries} == shelf.library().texts.health
    assert not any(entry.translation for entry in entries)
    assert shelf.read("locales/tyz/LC_MESSAGES/content.po").startswith('msgid ""\nmsgstr ""\n"Language: tyz\\n"')
    assert [path.name for path in (shelf.root / "locales").iterdir() if path.name.startswith(".")] == []


def test_they_are_what_an_update_would_make(shelf: Shelf) -> None:
    add_language(shelf.root, "tyz")
    before = shelf.read("locales/tyz/LC_MESSAGES/content.po")
    assert "tyz/LC_MESSAGES/content.po: as it was" in shelf.update()
    assert shelf.read("locales/tyz/LC_MESSAGES/content.po") == before


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("vi", "is there already"),
        ("en", "English is not translated"),
        ("xx", "Add a row to content/languages.yaml first"),
        ("../../vi", "is not in our registry"),
    ],
)
def test_what_is_there_or_unknown_is_refused(shelf: Shelf, tag: str, told: str) -> None:
    with pytest.raises(CannotAddLanguageError, match=told):
        add_language(shelf.root, tag)
    assert not (shelf.root / "locales" / "xx").exists()
