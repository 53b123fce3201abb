"""What the catalogue holds, and which mistakes in its files are refused."""

import re

import pytest

from content.catalogue import load_catalogue
from content.errors import ContentError
from content.message import Component
from content.sources import in_force_instead, load_sources
from content.windows import Window
from domain.journey import Amount
from domain.reader import Role
from domain.tracks import Track
from tests.content.shelf import MESSAGES, Shelf
from tests.fakes.stopwatch import quiet_seconds


def test_a_message_is_read_with_everything_that_stands_in_its_file(shelf: Shelf) -> None:
    message = load_catalogue(shelf.root).messages["breastfeeding.week02.help"]
    assert (message.topic, message.stage, message.window) == ("breastfeeding", "newborn", Window(8, 15))
    assert (message.tier, message.audience) == (Amount.SOME, Role.FATHER)
    assert (message.component, message.sources) == (Component.RESPONSIVE_CAREGIVING, ("who_breastfeeding",))
    assert message.english.startswith("Bring water")


def test_the_journey_is_in_order_of_age_and_weeks_are_seven_days(shelf: Shelf) -> None:
    steps = load_catalogue(shelf.root).steps()
    assert [(step.key.rpartition(".")[2], step.from_day, step.to_day) for step in steps] == [
        ("skin", 0, 7),
        ("danger", 7, 14),
        ("help", 8, 15),
    ]
    assert steps[0].audience is None


def test_a_message_for_a_track_is_a_step_for_that_track_only(shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, "    tier: 1\n", "    tier: 1\n    tracks: [preterm]\n")
    step = load_catalogue(shelf.root).steps()[0]
    assert (step.key, step.tracks) == ("breastfeeding.week01.skin", frozenset({Track.PRETERM}))


def test_a_message_that_is_said_on_request_is_no_step_of_the_journey(shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, "    window: {from: 0 days, to: 7 days}\n", "    on_request: true\n")
    catalogue = load_catalogue(shelf.root)
    assert "breastfeeding.week01.skin" in catalogue.messages
    assert "breastfeeding.week01.skin" not in [step.key for step in catalogue.steps()]


def test_the_other_strings_of_a_message_have_its_key_and_their_part(shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, "    tier: 1\n", "    tier: 1\n    parts: {done: We did}\n")
    assert load_catalogue(shelf.root).texts()["breastfeeding.week01.skin#done"] == "We did"


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("tier: 1", "teir: 1", 5, "the field “teir” is unknown"),
        ("    tier: 1\n", "", 3, "the field “tier” is missing"),
        ("tier: 1", "tier: 4", 5, "the tier must be 1, 2 or 3"),
        ("tier: 1", "tier: one", 5, "must be a whole number"),
        ("key: breastfeeding.week02.help", "key: breastfeeding.week01.skin", 15, "is there twice, first at"),
        ("key: breastfeeding.week01.skin", "key: breastfeeding.Week01", 3, "must be like breastfeeding.week01.word"),
        ("key: breastfeeding.week01.skin", "key: sleep.week01.skin", 3, "must be like breastfeeding.week01.word"),
        ("to: 7 days", "to: 0 days", 4, "the window ends before it begins"),
        ("to: 7 days", "to: 7", 4, "must be a text"),
        ("to: 7 days", "to: 7 moons", 4, "must be like “8 days”"),
        ("to: 7 days", "until: 7 days", 4, "“until” is unknown"),
        ("audience: father", "audience: uncle", 18, "the audience must be anyone or one of"),
        ("component: good_health", "component: health", 28, "the component must be one of"),
        ("[who_breastfeeding]", "[who_says]", 3, "names the source “who_says”, which is unknown"),
        ("[who_breastfeeding]", "[]", 3, "names no source"),
        ("[who_breastfeeding]", "[7]", 9, "holds something else than it should"),
        ("review_by: 2027-11-22", "review_by: next year", 10, "must be a date"),
        ("    tier: 1\n", "    tier: 1\n    tier: 2\n", 6, "“tier” is there twice"),
        ("    text: |-", "    text: [", 13, "this is not YAML"),
    ],
)
def test_a_mistake_is_refused_with_its_file_and_line(shelf: Shelf, old: str, new: str, line: int, problem: str) -> None:
    shelf.spoil(MESSAGES, old, new)
    with pytest.raises(ContentError, match=re.escape(f"{MESSAGES}:{line}: ") + f".*{problem}"):
        load_catalogue(shelf.root)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("certainty: knowledge", "certainty: rumour", "must be one of verified, second_hand, knowledge"),
        ("publisher: WHO, ", "", "the field “publisher” is missing"),
        ("who_breastfeeding: {", "who_breastfeeding: [", "not YAML"),
        ("certainty: knowledge", "certainty: knowledge, replaced_by: who_2030", "must name a source that stands above"),
    ],
)
def test_a_source_says_who_published_it_and_how_sure_we_are(shelf: Shelf, old: str, new: str, problem: str) -> None:
    shelf.spoil("content/sources.yaml", old, new)
    with pytest.raises(ContentError, match=problem):
        load_catalogue(shelf.root)


def test_a_document_no_longer_in_force_leads_to_the_one_that_is(shelf: Shelf) -> None:
    entry = "{title: T, publisher: P, certainty: verified"
    lines = (f"new: {entry}}}", f"middle: {entry}, replaced_by: new}}", f"old: {entry}, replaced_by: middle}}")
    shelf.write("content/sources.yaml", "\n".join(lines))
    sources = load_sources(shelf.root)
    found = {one.id: in_force_instead(one, sources) for one in sources.values()}
    assert found == {"new": "", "middle": "new", "old": "new"}


def test_a_missing_file_is_named(shelf: Shelf) -> None:
    (shelf.root / "content/sources.yaml").unlink()
    with pytest.raises(ContentError, match="the file is missing"):
        load_catalogue(shelf.root)


def test_a_thousand_messages_are_read_in_half_a_second(shelf: Shelf) -> None:
    head, *blocks = shelf.read(MESSAGES).split("  - key: ")
    many = [f"  - key: breastfeeding.copy{n}" + blocks[n % 3].partition("\n")[2].join(["\n", ""]) for n in range(1000)]
    shelf.write(MESSAGES, head + "".join(many))
    assert len(load_catalogue(shelf.root).messages) == 1000
    assert quiet_seconds(lambda: load_catalogue(shelf.root)) <= 0.5
