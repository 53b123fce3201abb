"""Lan came with An in vain, or says what became of the day: what is kept, and what follows."""

import pytest

from domain.attendance import AttendanceSource, Outcome, Why
from domain.missed import Answer, TurnedFor
from domain.tasks import TaskKind
from services.access import Refused
from services.visits.missed.ask_yesterday import ask_yesterday
from services.visits.missed.count_turned_away import count_by_facility
from tests.fakes.people import moment_at
from tests.services.missing import (
    CAME,
    DAY,
    DUE,
    EVENING_AFTER,
    LATER,
    NEXT,
    NOT_COME,
    ON,
    POSTPONED,
    TOO_MANY,
    Scene,
    anyio_backend,
    asked,
    grown,
    migrated_sqlite,
    reported,
    scene,
)

__all__ = ["anyio_backend", "grown", "migrated_sqlite", "scene"]


async def test_who_came_in_vain_gets_an_apology_that_evening_and_is_never_called(scene: Scene) -> None:
    for on, outcome in ((ON, POSTPONED), (NEXT, TOO_MANY)):
        await scene.closes(on, An=outcome, why=Why.LOW_WEIGHT if outcome is POSTPONED else None)
        assert await scene.sends(moment_at(on, 20, 30)) == ["missed.sorry An"]
        await scene.runs(ask_yesterday, moment_at(on + DAY, 7))
        assert await scene.sends(moment_at(on + DAY, 20, 30)) == []
    assert await scene.calls(still_open=False) == []


async def test_an_apology_is_needless_once_an_got_everything(scene: Scene) -> None:
    await scene.closes(An=Outcome.NO_VACCINE)
    await scene.records(scene.an, ON, *DUE)
    assert await scene.sends(moment_at(ON, 20, 30)) == []


async def test_lan_says_that_she_was_turned_away_and_nobody_calls(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    await scene.sends(EVENING_AFTER)
    assert len(await scene.calls()) == 1
    answered = await scene.answers(Answer.TURNED, at=EVENING_AFTER)
    assert (answered.children, answered.next_on) == (("An",), NEXT)
    assert await scene.calls() == []
    await scene.answers(Answer.TURNED, "too_many", at=EVENING_AFTER)
    await scene.answers(Answer.TURNED, at=EVENING_AFTER)  # an older button: the reason stays
    async with scene.database.look() as uow:
        words = await uow.attendances.between([scene.station], ON, ON)
    assert count_by_facility(words) == {scene.station: {TurnedFor.TOO_MANY: 1}}


async def test_each_visit_in_vain_is_counted_once_and_by_the_stations_reason(scene: Scene) -> None:
    await asked(scene)
    await scene.answers(Answer.TURNED)
    async with scene.database.look() as uow:
        words = await uow.attendances.between([scene.station], ON, ON)
        assert count_by_facility(words) == {scene.station: {TurnedFor.NOT_SAID: 1}}
    await scene.closes(at=moment_at(ON + 2 * DAY, 8), An=Outcome.NO_VACCINE)
    async with scene.database.look() as uow:
        words = await uow.attendances.between([scene.station], ON, ON)
        assert count_by_facility(words) == {scene.station: {TurnedFor.NO_VACCINE: 1}}
        assert await uow.attendances.between([scene.station], NEXT, LATER) == []


async def test_vaccinated_is_kept_as_reported_and_no_more_is_asked(scene: Scene) -> None:
    await asked(scene)
    answered = await scene.answers(Answer.VACCINATED)
    assert answered.children == ("An",)
    assert await reported(scene) == {("PENTA", ON), ("OPV", ON)}
    assert await scene.answers(Answer.VACCINATED) == answered
    assert await reported(scene) == {("PENTA", ON), ("OPV", ON)}
    await scene.closes(at=moment_at(ON + 2 * DAY, 8), An=NOT_COME)
    assert await scene.calls() == []


async def test_a_wrong_tap_is_taken_back_by_the_next_one(scene: Scene) -> None:
    await asked(scene)
    await scene.answers(Answer.VACCINATED)
    await scene.answers(Answer.STAYED, "work")
    assert await reported(scene) == set()
    assert len(await scene.calls()) == 1
    await scene.answers(Answer.VACCINATED)
    assert len(await reported(scene)) == 2
    assert await scene.calls() == []
    async with scene.database.look() as uow:
        words = await uow.attendances.at_session(scene.station, ON)
    assert [(word.outcome, word.source) for word in words] == [(CAME, AttendanceSource.REPORTED)]


async def test_by_her_own_word_that_she_did_not_come_it_is_missed(scene: Scene) -> None:
    await asked(scene)
    answered = await scene.answers(Answer.STAYED)
    assert answered.next_on == NEXT
    await scene.answers(Answer.STAYED, "far")
    assert len(await scene.calls()) == 1
    async with scene.database.look() as uow:
        (word,) = await uow.attendances.at_session(scene.station, ON)
    assert (word.outcome, word.why, word.caregiver) == (NOT_COME, Why.FAR, scene.lan)


async def test_her_word_adds_nothing_to_what_the_station_wrote(scene: Scene) -> None:
    await asked(scene)
    await scene.records(scene.an, ON, *DUE)
    for answer in Answer:
        assert (await scene.answers(answer)).children == ()
    assert await reported(scene) == set()
    async with scene.database.look() as uow:
        assert await uow.attendances.at_session(scene.station, ON) == []


async def test_who_does_not_want_is_not_reminded_of_it_and_a_nurse_is_asked_for_a_talk(scene: Scene) -> None:
    await asked(scene)
    for _tap in range(2):
        answered = await scene.answers(Answer.UNWANTED)
        assert answered.children == ("An",)
    async with scene.database.look() as uow:
        refused = (await uow.care.exemptions_of([scene.an], ON + DAY))[scene.an]
        tasks = await uow.tasks.open_in([scene.family], LATER)
    assert set(refused) == {"penta_primary", "opv"}
    assert [(task.kind, task.actor) for task in tasks] == [(TaskKind.CALL, scene.hoa)]
    await scene.closes(at=moment_at(ON + 2 * DAY, 8), An=NOT_COME)
    await scene.runs(ask_yesterday, moment_at(NEXT + DAY, 7))
    assert "missed.ask An" not in await scene.sends(moment_at(NEXT + DAY, 20, 30))
    assert await scene.calls() == []


async def test_she_changes_her_mind_and_it_is_asked_for_again(scene: Scene) -> None:
    await asked(scene)
    await scene.answers(Answer.UNWANTED)
    answered = await scene.answers(Answer.STAYED)
    assert answered.next_on == NEXT
    async with scene.database.look() as uow:
        assert (await uow.care.exemptions_of([scene.an], NEXT))[scene.an] == {}
        tasks = await uow.tasks.open_in([scene.family], LATER)
    assert [task.kind for task in tasks] == [TaskKind.MISSED_VISIT]


async def test_what_was_not_wanted_and_is_given_after_all_is_asked_for_as_usual(scene: Scene) -> None:
    await asked(scene)
    await scene.answers(Answer.UNWANTED)
    await scene.records(scene.an, NEXT, "PENTA")
    async with scene.database.look() as uow:
        assert set((await uow.care.exemptions_of([scene.an], NEXT))[scene.an]) == {"opv"}
        assert await uow.tasks.open_in([scene.family], LATER) == ()


async def test_nobody_answers_who_was_not_asked(scene: Scene) -> None:
    with pytest.raises(Refused):
        await scene.answers(Answer.VACCINATED)
    await asked(scene)
    with pytest.raises(Refused):
        await scene.answers(Answer.TURNED, "far")
    with pytest.raises(Refused):
        await scene.answers(Answer.VACCINATED, on=NEXT)
    assert await reported(scene) == set()


async def test_a_late_answer_about_an_older_day_asks_for_no_second_call(scene: Scene) -> None:
    await asked(scene)
    await scene.closes(NEXT, An=NOT_COME)
    assert [task.occasion for task in await scene.calls()] == [f"missed:{scene.an}:{NEXT}"]
    await scene.answers(Answer.STAYED, at=moment_at(LATER, 9))
    assert [task.occasion for task in await scene.calls()] == [f"missed:{scene.an}:{NEXT}"]
