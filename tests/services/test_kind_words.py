"""After a visit that was missed: its own kind words stand first, and only where the staff said that nobody came."""

from dataclasses import replace

import pytest

from domain.message import OutgoingMessage, Text
from domain.sending.retry import Delivered
from domain.visit_texts import NO_VISIT_TEXTS
from services.programme import Programme
from services.visits.missed.ask_yesterday import ask_yesterday
from tests.fakes.people import moment_at
from tests.fakes.sending import claim_due, record_result
from tests.fakes.visit_words import visit_texts
from tests.services.missing import (
    BORN_EARLIER,
    DUE,
    EVENING_AFTER,
    HERE,
    MORNING_AFTER,
    NOT_COME,
    ON,
    POSTPONED,
    Scene,
    anyio_backend,
    grown,
    migrated_sqlite,
    scene,
)

__all__ = ["anyio_backend", "grown", "migrated_sqlite", "scene"]
WORDED = replace(HERE, visit_texts=visit_texts())
MONTH02 = ("", Text("visits.vn.month02.missed"), "")


async def said(scene: Scene, known: Programme = WORDED) -> list[OutgoingMessage]:
    """What leaves to Lan in the evening after."""
    left: list[OutgoingMessage] = []
    while (batch := await claim_due(scene.database, known, EVENING_AFTER)).handled:
        for ready in batch.ready:
            await record_result(scene.database, ready, Delivered("1"), moment=EVENING_AFTER)
            left.append(ready.message)
    return [one for one in left if one.body.key.startswith("missed.")]


async def test_the_words_of_the_missed_visit_stand_first(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    (message,) = [one for one in await said(scene) if one.body.key == "missed.we_missed"]
    assert message.body.values["words"] == MONTH02
    assert "next" in message.body.values
    assert message.names_child


async def test_siblings_who_missed_it_share_the_words_of_the_youngest_visit(grown: Scene) -> None:
    await grown.adds_child("Bé")
    await grown.closes(An=NOT_COME, Bé=NOT_COME)
    (message,) = [one for one in await said(grown) if one.body.key == "missed.we_missed"]
    assert message.body.values["words"] == MONTH02


async def test_an_at_eighteen_months_missed_the_visit_of_that_age(grown: Scene) -> None:
    assert BORN_EARLIER.year < ON.year
    await grown.closes(An=NOT_COME)
    (message,) = [one for one in await said(grown) if one.body.key == "missed.we_missed"]
    assert message.body.values["words"] == ("", Text("visits.vn.month18.missed"), "")


async def test_what_was_made_good_elsewhere_is_not_spoken_of(grown: Scene) -> None:
    sibling = await grown.adds_child("Bé")
    await grown.closes(An=NOT_COME, Bé=NOT_COME)
    await grown.records(sibling, ON, *DUE)
    (message,) = [one for one in await said(grown) if one.body.key == "missed.we_missed"]
    assert message.body.values["words"] == ("", Text("visits.vn.month18.missed"), "")


async def test_nobody_is_told_that_a_day_was_missed_as_long_as_nobody_knows(scene: Scene) -> None:
    await scene.runs(ask_yesterday, MORNING_AFTER)
    (message,) = await said(scene)
    assert message.body.key == "missed.ask"
    assert "words" not in message.body.values


async def test_who_came_in_vain_is_not_told_that_a_day_was_missed(scene: Scene) -> None:
    await scene.closes(An=POSTPONED)
    batch = await claim_due(scene.database, WORDED, moment_at(ON, 20, 30))
    (message,) = [one.message for one in batch.ready if one.message.body.key.startswith("missed.")]
    assert message.body.key == "missed.sorry"
    assert "words" not in message.body.values


@pytest.mark.parametrize(
    "known",
    [
        replace(HERE, visit_texts=NO_VISIT_TEXTS),
        replace(HERE, visit_texts=visit_texts("zh")),
        replace(HERE, visit_texts=visit_texts(without={"visits.vn.month02.missed"})),
    ],
)
async def test_without_words_the_question_goes_as_ever(scene: Scene, known: Programme) -> None:
    await scene.closes(An=NOT_COME)
    (message,) = [one for one in await said(scene, known) if one.body.key == "missed.we_missed"]
    assert message.body.values["words"] == ()
