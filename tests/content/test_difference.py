"""Two states of the catalogue, and what is different for families."""

import shutil
from pathlib import Path

import pytest

from content.difference import Change, ChangedText, Kind, differences, read_tree, touched_days
from content.windows import Window
from domain.journey import Origin
from tests.content.shelf import MESSAGES, VI, Shelf

SKIN, HELP, DANGER = "breastfeeding.week01.skin", "breastfeeding.week02.help", "breastfeeding.week02.danger"


@pytest.fixture
def before(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shelf as it was before a test spoils it."""
    kept = tmp_path_factory.mktemp("before") / "tree"
    shutil.copytree(shelf.root, kept)
    return kept


def changes(before: Path, shelf: Shelf) -> tuple[Change, ...]:
    return differences(read_tree(before), read_tree(shelf.root))


def test_what_is_the_same_does_not_differ(before: Path, shelf: Shelf) -> None:
    assert changes(before, shelf) == ()


def test_other_words_are_told_by_language(before: Path, shelf: Shelf) -> None:
    shelf.spoil(VI, "không bú?", "bỏ bú?")
    text = ChangedText(
        DANGER,
        "vi",
        "{{ child }} không bú? Gọi {{ emergency_phone }}.",
        "{{ child }} bỏ bú? Gọi {{ emergency_phone }}.",
    )
    assert changes(before, shelf) == (Change(Kind.CHANGED, DANGER, (Window(7, 14),), (text,)),)


def test_english_that_changed_takes_its_translations_away(before: Path, shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, "does not drink?", "does not drink at all?")
    (changed,) = changes(before, shelf)
    assert set(changed.languages) == {"en", "vi", "zh"}


def test_window_tier_audience_and_tracks_are_told_before_and_after(before: Path, shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, "from: 8 days, to: 15 days", "from: 9 days, to: 16 days")
    shelf.spoil(
        MESSAGES,
        "tier: 2\n    audience: father\n    excluded_from: [mother_absent]",
        "tier: 3\n    audience: mother",
    )
    (changed,) = changes(before, shelf)
    assert changed.rules == {
        "window": ("birth 8–14", "birth 9–15"),
        "tier": ("2", "3"),
        "audience": ("father", "mother"),
        "excluded from": ("mother_absent", "none"),
    }
    assert changed.windows == (Window(8, 15), Window(9, 16))


def test_what_came_and_what_went_is_told(before: Path, shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, DANGER, "breastfeeding.week02.alarm")
    assert [(one.kind, one.key) for one in changes(before, shelf)] == [
        (Kind.ADDED, "breastfeeding.week02.alarm"),
        (Kind.REMOVED, DANGER),
    ]


def test_ages_that_meet_are_one_and_what_is_on_request_touches_nobody(before: Path, shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, "from: 8 days, to: 15 days", "from: 20 days, to: 21 days")
    shelf.spoil(MESSAGES, "window: {from: 1 weeks, to: 2 weeks}", "on_request: true")
    assert touched_days(changes(before, shelf), Origin.BIRTH) == [(7, 15), (20, 21)]
    assert touched_days(changes(before, shelf), Origin.PREGNANCY) == []
