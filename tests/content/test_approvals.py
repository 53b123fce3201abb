"""Nothing is approved but what a named clinician read, to the letter."""

import pytest

from content.approvals import load_approvals, text_hash
from content.errors import ContentError
from content.statistics import count_texts
from domain.journey import Amount
from tests.content.shelf import Shelf

KEY = "breastfeeding.week01.skin"
FILE = "content/approvals.yaml"


def approve(shelf: Shelf, key: str, tag: str, text: str) -> None:
    entry = f"{{key: {key}, language: {tag}, sha256: '{text_hash(text)}', clinician: Hoa, approved_on: 2026-11-22}}"
    shelf.write(FILE, f"approvals:\n  - {entry}\n")


def test_what_nobody_approved_is_a_draft(shelf: Shelf) -> None:
    library = shelf.library()
    assert all(library.is_draft(key, tag) for key in library.texts.health for tag in ("vi", "zh", "en"))


def test_an_approval_covers_exactly_the_text_that_was_read(shelf: Shelf) -> None:
    text = shelf.library().texts.find(KEY, "vi").text
    approve(shelf, KEY, "vi", text)
    approvals = load_approvals(shelf.root)
    assert approvals.covers(KEY, "vi", text)
    assert not approvals.covers(KEY, "vi", text + ".")
    assert not approvals.covers(KEY, "zh", text)
    assert not approvals.covers("breastfeeding.week02.help", "vi", text)


def test_a_tay_reader_is_covered_by_the_approval_of_what_she_gets(shelf: Shelf) -> None:
    approve(shelf, KEY, "vi", shelf.library().texts.find(KEY, "vi").text)
    library = shelf.library()
    assert not library.is_draft(KEY, "tyz")
    assert library.is_draft(KEY, "zh")


def test_texts_of_the_interface_need_no_approval(shelf: Shelf) -> None:
    assert not shelf.library().is_draft("vaccine.bcg", "vi")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("clinician: Hoa", "clinician: ' '", "names its clinician"),
        ("clinician: Hoa, ", "", "“clinician” is missing"),
        ("sha256: '", "sha256: 'x", "64 letters and digits"),
    ],
)
def test_an_approval_without_clinician_or_hash_is_refused(shelf: Shelf, old: str, new: str, problem: str) -> None:
    approve(shelf, KEY, "vi", "text")
    shelf.spoil(FILE, old, new)
    with pytest.raises(ContentError, match=rf"approvals\.yaml:\d+: .*{problem}"):
        load_approvals(shelf.root)


def test_the_state_of_the_texts_is_counted(shelf: Shelf) -> None:
    approve(shelf, KEY, "vi", shelf.library().texts.find(KEY, "vi").text)
    state = count_texts(shelf.library())
    assert state.messages_by_topic == {"breastfeeding": 3}
    assert state.messages_by_tier == {Amount.FEW: 2, Amount.SOME: 1}
    assert state.health_texts == {"vi": 3, "zh": 3, "en": 3}
    assert state.interface_texts == {"vi": 13, "zh": 13, "en": 14}
    assert state.drafts == {"vi": 2, "zh": 3, "en": 3}
