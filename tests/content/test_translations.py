"""A translator's files follow the YAML: by key alone, losing nothing, changing nothing without reason."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

from content.extraction import content_entries, extract_interface, interface_entries
from content.po_files import Entry, read_po_file
from tests.content.shelf import INTERFACE, MESSAGES, VI, Shelf

INTERFACE_VI = "locales/vi/LC_MESSAGES/interface.po"
SKIN = "breastfeeding.week01.skin"


def entry(shelf: Shelf, key: str, file: str = VI) -> Entry:
    return read_po_file(shelf.root / file, shelf.root).by_context()[key]


def locale_files(shelf: Shelf) -> dict[str, str]:
    files = sorted((shelf.root / "locales").rglob("*.po*"))
    return {str(path): path.read_text(encoding="utf-8") for path in files}


def test_every_text_is_extracted_under_its_key_with_its_note(shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, "    tier: 1\n", "    tier: 1\n    parts: {done: We did}\n")
    found = content_entries(shelf.root)
    note = ("The first message a family gets.",)
    assert found[0] == Entry(SKIN, "Hold {{ child }} skin to skin.\n<b>Offer the breast 8 to 12 times.</b>", notes=note)
    assert found[1] == Entry(f"{SKIN}#done", "We did", notes=note)
    assert [item.context for item in interface_entries(shelf.root)][:1] == ["common.station_unknown"]


def test_the_extractors_are_what_babel_calls(shelf: Shelf) -> None:
    with (shelf.root / INTERFACE).open("rb") as stream:
        line, function, texts, comments = next(extract_interface(stream, {}, (), {}))
    assert (line, function, texts[0], comments) == (1, "pgettext", "visit.invitation", ["An invitation to a visit."])


def test_an_update_of_what_is_up_to_date_changes_nothing(shelf: Shelf) -> None:
    shelf.update()
    before = locale_files(shelf)
    report = shelf.update()
    assert locale_files(shelf) == before
    assert "brought up to date" not in report
    assert report.count("as it was") == 4


def test_files_carry_no_dates_lines_or_machine_paths(shelf: Shelf) -> None:
    for text in locale_files(shelf).values():
        assert str(shelf.root) not in text
        assert "Date" not in text
        assert "\n#: " not in text


def test_an_unchanged_text_keeps_its_translation_and_the_translators_comment(shelf: Shelf) -> None:
    shelf.spoil(VI, f'msgctxt "{SKIN}"', f'# Asked Hoa.\nmsgctxt "{SKIN}"')
    before = entry(shelf, SKIN)
    shelf.update()
    assert entry(shelf, SKIN) == before
    assert "# Asked Hoa." in shelf.read(VI)


def test_changed_english_keeps_the_old_translation_as_fuzzy_with_the_old_english(shelf: Shelf) -> None:
    old = entry(shelf, SKIN)
    shelf.spoil(MESSAGES, "Hold {{ child }} skin to skin.", "Keep {{ child }} skin to skin.")
    shelf.update()
    now = entry(shelf, SKIN)
    assert (now.fuzzy, now.translation, now.previous) == (True, old.translation, old.english)
    assert now.english.startswith("Keep")


def test_a_fuzzy_translation_stays_fuzzy_until_a_translator_says_otherwise(shelf: Shelf) -> None:
    old = entry(shelf, SKIN).english
    shelf.spoil(MESSAGES, "Hold {{ child }} skin to skin.", "Keep {{ child }} skin to skin.")
    shelf.update()
    once = shelf.read(VI)
    shelf.update()
    assert shelf.read(VI) == once
    shelf.spoil(MESSAGES, "Keep {{ child }} skin to skin.", "Leave {{ child }} skin to skin.")
    shelf.update()
    assert entry(shelf, SKIN).previous == old
    shelf.spoil(VI, "#, fuzzy\n", "")
    shelf.update()
    assert not entry(shelf, SKIN).fuzzy
    assert entry(shelf, SKIN).previous == ""


def test_a_new_key_never_borrows_the_translation_of_a_text_like_it(shelf: Shelf) -> None:
    shelf.write(INTERFACE, shelf.read(INTERFACE) + "visit.other: hepatitis B\nvisit.another: hepatitis  B\n")
    shelf.update()
    assert entry(shelf, "visit.other", INTERFACE_VI).translation == ""
    assert entry(shelf, "visit.another", INTERFACE_VI).translation == ""
    assert entry(shelf, "vaccine.hepb", INTERFACE_VI).translation == "viêm gan B"


def test_a_renamed_key_loses_its_translation_and_the_old_one_is_dropped(shelf: Shelf) -> None:
    shelf.spoil(INTERFACE, "vaccine.hepb:", "vaccine.hepatitis:")
    report = shelf.update()
    assert entry(shelf, "vaccine.hepatitis", INTERFACE_VI).translation == ""
    assert "vaccine.hepb" not in shelf.read(INTERFACE_VI)
    assert f"{INTERFACE_VI}: brought up to date; 12 translated, 0 to look at again, 2 empty, 1 dropped." in report


def test_an_empty_translation_of_changed_english_is_simply_empty(shelf: Shelf) -> None:
    shelf.spoil(INTERFACE, "Only in English.", "In English only.")
    shelf.update()
    found = entry(shelf, "visit.english.only", INTERFACE_VI)
    assert (found.translation, found.fuzzy, found.english) == ("", False, "In English only.")


def test_the_header_that_a_translators_tool_wrote_is_kept(shelf: Shelf) -> None:
    shelf.spoil(VI, '"Language: vi\\n"', '"Language: vi\\n"\n"Last-Translator: Hoa\\n"')
    shelf.update()
    assert '"Last-Translator: Hoa\\n"' in shelf.read(VI)


def test_a_language_with_a_folder_gets_its_files_whatever_cldr_knows(shelf: Shelf) -> None:
    (shelf.root / "locales/vi-x-sanchi").mkdir()
    shelf.update()
    assert '"Language: vi-x-sanchi\\n"' in shelf.read("locales/vi-x-sanchi/LC_MESSAGES/content.po")
    assert not (shelf.root / "locales/tyz").exists()
    assert not (shelf.root / "locales/en").exists()


def test_gettexts_own_tools_can_read_our_files(shelf: Shelf, tmp_path: Path) -> None:
    msgfmt = which("msgfmt")
    if msgfmt is None:
        pytest.skip("gettext is not installed here")
    shelf.spoil(MESSAGES, "Hold {{ child }} skin to skin.", 'Keep {{ child }} "skin to skin".')
    shelf.update()
    assert '#| "Hold' in shelf.read(VI)
    for file in (VI, INTERFACE_VI, "locales/content.pot"):
        command = [msgfmt, "--check-format", "--output-file", str(tmp_path / "out.mo"), str(shelf.root / file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
