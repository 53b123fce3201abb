"""After her word that An was vaccinated Lan is asked once to bring the card."""

from datetime import date

from domain.missed import Answer
from domain.session_calendar import ChangeKind, SessionChange
from services.visits.missed.ask_for_card import ask_for_cards
from services.visits.missed.ask_yesterday import ask_yesterday
from tests.fakes.people import moment_at
from tests.services.missing import (
    DAY,
    DUE,
    EVENING_AFTER,
    LATER,
    MORNING_AFTER,
    NEXT,
    ON,
    Scene,
    anyio_backend,
    asked,
    grown,
    migrated_sqlite,
    scene,
)

__all__ = ["anyio_backend", "grown", "migrated_sqlite", "scene"]


async def told(scene: Scene, on: date = ON) -> None:
    await asked(scene, on)
    await scene.answers(Answer.VACCINATED, on=on)


async def test_the_card_is_asked_for_once_before_the_first_session_with_nothing_due(scene: Scene) -> None:
    await told(scene)
    await scene.runs(ask_for_cards, moment_at(NEXT - 2 * DAY, 13))
    assert await scene.sends(moment_at(NEXT - 2 * DAY, 20, 30)) == []
    for on in (NEXT, LATER):
        await scene.runs(ask_for_cards, moment_at(on - DAY, 13))
    assert await scene.sends(moment_at(NEXT - DAY, 20, 30)) == ["missed.bring_card An"]
    for on in (LATER, LATER + 15 * DAY):
        await scene.runs(ask_for_cards, moment_at(on - DAY, 13))
        assert "missed.bring_card An" not in await scene.sends(moment_at(on - DAY, 20, 30))


async def test_what_a_worker_confirmed_needs_no_card(scene: Scene) -> None:
    await told(scene)
    await scene.runs(ask_for_cards, moment_at(NEXT - DAY, 13))
    await scene.records(scene.an, ON, *DUE)
    assert await scene.sends(moment_at(NEXT - DAY, 20, 30)) == []


async def test_where_something_is_due_the_reminder_asks_for_the_card(scene: Scene) -> None:
    await told(scene)
    await scene.runs(ask_for_cards, moment_at(LATER - DAY, 13))  # the second dose is due on 5 January
    assert await scene.sends(moment_at(LATER - DAY, 20, 30)) == []


async def test_twins_share_one_request_for_their_cards(scene: Scene) -> None:
    await scene.adds_child("Bé")
    await scene.runs(ask_yesterday, MORNING_AFTER)
    assert await scene.sends(EVENING_AFTER) == ["missed.ask An Bé"]
    await scene.answers(Answer.VACCINATED)
    await scene.runs(ask_for_cards, moment_at(NEXT - DAY, 13))
    assert await scene.sends(moment_at(NEXT - DAY, 20, 30)) == ["missed.bring_card An Bé"]


async def test_a_request_that_did_not_go_because_the_session_was_cancelled_goes_before_the_next(scene: Scene) -> None:
    await told(scene)
    await scene.runs(ask_for_cards, moment_at(NEXT - DAY, 13))
    extra = NEXT + 7 * DAY
    async with scene.database.begin() as uow:
        for change in (SessionChange(NEXT, ChangeKind.CANCELLED), SessionChange(extra, ChangeKind.ADDED)):
            await uow.sessions.change(scene.station, change, by=scene.hoa, at=moment_at(NEXT - DAY, 15).now)
    assert await scene.sends(moment_at(NEXT - DAY, 20, 30)) == []
    await scene.runs(ask_for_cards, moment_at(extra - DAY, 13))
    assert await scene.sends(moment_at(extra - DAY, 20, 30)) == ["missed.bring_card An"]
