"""The catalogue is what its plan says: topic by topic, window by window, and nobody waits too long."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from content.catalogue import Catalogue, load_catalogue
from content.errors import ContentError
from content.library import ROOT
from content.matrix import FILE, load_matrix, matrix_findings
from content.message import Message
from content.windows import Window
from domain.journey import Amount, Origin
from domain.reader import Role
from domain.tracks import Track
from tests.content.shelf import TWO_WEEKS, Shelf

PLAN = f"{TWO_WEEKS}longest_gaps: {{before_12_months: 5, before_24_months: 14, later: 31}}\n"


@pytest.fixture(scope="module")
def model() -> Message:
    messages = load_catalogue(ROOT).messages.values()
    return next(one for one in messages if one.audience is None and not one.tracks and not one.on_request)


@pytest.fixture
def plan(shelf: Shelf) -> Path:
    shelf.write(FILE, PLAN)
    return shelf.root


def catalogue(model: Message, *changes: dict[str, object]) -> Catalogue:
    """Four messages as the plan has them, and those that a test wants otherwise."""
    whole = [
        {"key": "a", "topic": "breastfeeding", "window": Window(0, 7), "tier": Amount.FEW},
        {"key": "b", "topic": "illness", "window": Window(4, 11), "tier": Amount.SOME},
        {"key": "c", "topic": "breastfeeding", "window": Window(8, 15), "tier": Amount.FEW},
        {"key": "d", "topic": "breastfeeding", "window": Window(12, 19), "tier": Amount.SOME},
    ]
    made = {str(one["key"]): one for one in whole}
    for change in changes:
        made[str(change["key"])] = {**made.get(str(change["key"]), whole[0]), **change}
    plain = replace(model, audience=None, excluded_from=frozenset(), tracks=frozenset())
    messages = {key: replace(plain, **one) for key, one in made.items()}  # type: ignore[arg-type]
    return Catalogue(messages, {})


def problems(root: Path, catalogue: Catalogue) -> list[str]:
    return [one.problem for one in matrix_findings(root, catalogue)]


def test_a_catalogue_as_planned_has_no_findings(plan: Path, model: Message) -> None:
    assert problems(plan, catalogue(model)) == []


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "a topic has one too few": (
        {"key": "b", "topic": "breastfeeding"},
        "The plan has 1 messages of illness in the first two weeks, the catalogue 0.",
    ),
    "a topic that nobody planned": (
        {"key": "b", "topic": "hygiene"},
        "The plan has 0 messages of hygiene in the first two weeks, the catalogue 1.",
    ),
    "a window is fuller than the others": (
        {"key": "c", "window": Window(5, 12)},
        "3 messages begin in days 0 to 6 (the first two weeks) and not 2: a, b, c.",
    ),
    "who wants few would get none": (
        {"key": "a", "tier": Amount.SOME},
        "No essential message begins in days 0 to 6 (the first two weeks): who wants few would get none.",
    ),
    "what is written for the father alone is missing for the mother": (
        {"key": "d", "audience": Role.FATHER},
        "The plan has 3 messages of breastfeeding in the first two weeks, the catalogue 2.",
    ),
    "a reader on a track waits too long": (
        {"key": "b", "excluded_from": frozenset({Track.PRETERM})},
        "After it a mother on the track preterm gets nothing for 8 days, until “c”.",
    ),
    "who lives in another country waits too long": (
        {"key": "b", "countries": frozenset({"VN"})},
        "After it a mother outside VN gets nothing for 8 days, until “c”.",
    ),
    "a grandmother waits too long": (
        {"key": "b", "audience": Role.MOTHER},
        "After it a grandmother gets nothing for 8 days, until “c”.",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_differs_from_the_plan_is_found(plan: Path, model: Message, wrong: str) -> None:
    change, problem = WRONG[wrong]
    assert problem in problems(plan, catalogue(model, change))


def test_what_is_for_a_father_besides_stands_beside_the_plan(plan: Path, model: Message) -> None:
    for_him = {"key": "e", "topic": "parenting", "window": Window(5, 12), "audience": Role.FATHER}
    assert problems(plan, catalogue(model, for_him)) == []


def test_pregnancy_and_childhood_are_counted_each_by_itself(plan: Path, model: Message) -> None:
    early = {"key": "e", "topic": "hygiene", "window": Window(5, 12, Origin.PREGNANCY)}
    assert problems(plan, catalogue(model, early)) == []


@pytest.mark.parametrize(("topic", "counted"), [("illness", []), ("hygiene", ["CN"])])
def test_each_country_is_counted_with_its_own_message_in_the_place_of_the_others(
    plan: Path, model: Message, topic: str, counted: list[str]
) -> None:
    there: dict[str, object] = {"key": "b", "countries": frozenset({"VN"})}
    here: dict[str, object] = {"key": "e", "topic": topic, "window": Window(5, 12), "countries": frozenset({"CN"})}
    found = [one for one in problems(plan, catalogue(model, there, here)) if "outside" not in one]
    assert sorted({one.partition("first two weeks, ")[2][:2] for one in found}) == counted


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("illness: 1", "illness: 2", "the topics do not add up"),
        ("each: 2", "each: two", "whole number"),
        ("to: 14 days", "to: 14 moons", "must be like"),
        ("from: 0 days", "from: 20 days", "ends before it begins"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(plan: Path, old: str, new: str, problem: str) -> None:
    shelf = Shelf(plan)
    shelf.spoil(FILE, old, new)
    with pytest.raises(ContentError, match=problem):
        load_matrix(plan)


def test_the_real_plan_has_164_windows_and_474_messages() -> None:
    """reference/growth-and-content.md, section 7."""
    columns = load_matrix(ROOT).columns
    assert sum(len(one.windows()) for one in columns) == 164
    assert sum(sum(one.topics.values()) for one in columns) == 474
    assert [len(one.windows()) for one in columns] == [38, 4, 22, 26, 26, 12, 36]


def test_windows_of_months_begin_where_the_months_do() -> None:
    two_years = next(one for one in load_matrix(ROOT).columns if one.name == "months 24 to 36")
    assert two_years.windows()[0] == (730, 760)
    assert two_years.windows()[-1] == (1065, 1095)


def without(key: str) -> Callable[[Catalogue], Catalogue]:
    return lambda whole: replace(whole, messages={k: one for k, one in whole.messages.items() if k != key})


def test_any_message_that_goes_missing_from_the_real_catalogue_is_missed() -> None:
    whole = load_catalogue(ROOT)
    before = set(problems(ROOT, whole))
    for column in load_matrix(ROOT).columns:
        for message in column.messages(whole)[::20]:
            found = set(problems(ROOT, without(message.key)(whole)))
            assert any(f"messages of {message.topic} in {column.name}" in one for one in found - before), message.key
