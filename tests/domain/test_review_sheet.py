"""What comes back from a clinician is known again, whatever her spreadsheet did to it on the way."""

import unicodedata

import pytest

from domain.review_sheet import ReturnedText, fingerprint, plain_text

TEXT = "Bế {{ child }} da kề da.\nCho bú 8 lần."


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("\n", "\r\n"),
        unicodedata.normalize("NFD", TEXT),
        f"\n {TEXT} \n",
        TEXT.replace(".\n", ".  \n"),
    ],
)
def test_what_a_spreadsheet_does_unasked_is_no_change(changed: str) -> None:
    assert plain_text(changed) == TEXT
    assert fingerprint(changed) == fingerprint(TEXT)


def test_one_letter_is_a_change() -> None:
    assert fingerprint(TEXT) != fingerprint(TEXT.replace("8", "9"))


def test_a_remark_alone_changes_nothing() -> None:
    row = ReturnedText("line 3", "a.b", "English", fingerprint("words"), remark="good")
    assert not row.is_answered
    assert ReturnedText("line 3", "a.b", "English", "", approved="no").is_answered
