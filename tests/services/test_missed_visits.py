"""The day after 5 December: Lan is asked what became of it, or missed kindly once the session is closed."""

from domain.attendance import Why
from domain.pause import Pause, PauseScope
from domain.reader import Role
from domain.session_calendar import ChangeKind, SessionChange
from services.ports.visits import VisitAnswer
from services.visits.missed.ask_yesterday import ask_yesterday
from tests.fakes.people import moment_at
from tests.services.missing import (
    DAY,
    DUE,
    EVENING_AFTER,
    MORNING_AFTER,
    NEXT,
    NOT_COME,
    ON,
    POSTPONED,
    TOO_MANY,
    Scene,
    add_station,
    anyio_backend,
    asked,
    grown,
    joins,
    migrated_sqlite,
    scene,
)

__all__ = ["anyio_backend", "grown", "migrated_sqlite", "scene"]


async def test_lan_is_asked_in_the_evening_of_the_day_after_and_once(scene: Scene) -> None:
    await scene.runs(ask_yesterday, moment_at(ON, 19))
    assert await scene.sends(moment_at(ON, 20, 30)) == []
    await scene.runs(ask_yesterday, MORNING_AFTER)
    assert await scene.sends(moment_at(ON + DAY, 16, 59)) == []
    assert await scene.sends(EVENING_AFTER) == ["missed.ask An"]
    for days in (1, 2, 3, 4):
        await scene.runs(ask_yesterday, moment_at(ON + days * DAY, 13))
        assert await scene.sends(moment_at(ON + days * DAY, 20, 30)) == []
    assert await scene.calls() == []  # nobody said that they did not come


async def test_after_lost_days_the_question_goes_as_long_as_it_is_of_use(scene: Scene) -> None:
    await scene.runs(ask_yesterday, moment_at(ON + 3 * DAY, 13))
    assert await scene.sends(moment_at(ON + 3 * DAY, 20, 30)) == ["missed.ask An"]


async def test_four_days_later_nobody_asks(scene: Scene) -> None:
    await scene.runs(ask_yesterday, moment_at(ON + 4 * DAY, 7))
    assert await scene.sends(moment_at(ON + 4 * DAY, 20, 30)) == []


async def test_who_is_on_record_is_not_asked(scene: Scene) -> None:
    await scene.records(scene.an, ON, *DUE)
    await scene.runs(ask_yesterday, MORNING_AFTER)
    assert await scene.sends(EVENING_AFTER) == []


async def test_a_dose_recorded_elsewhere_before_the_evening_makes_the_question_needless(scene: Scene) -> None:
    await scene.runs(ask_yesterday, MORNING_AFTER)
    async with scene.database.begin() as uow:
        hospital = await add_station(uow, scene.commune, "Bệnh viện")
    await scene.records(scene.an, ON + DAY, *DUE, at=hospital)
    assert await scene.sends(EVENING_AFTER) == []


async def test_who_had_said_that_they_cannot_come_is_neither_asked_nor_missed(scene: Scene) -> None:
    async with scene.database.begin() as uow:
        at = moment_at(ON - DAY, 18).now
        await uow.visits.answer(scene.lan, scene.station, ON, VisitAnswer.CANNOT, at)
    await scene.runs(ask_yesterday, MORNING_AFTER)
    await scene.closes(at=MORNING_AFTER, An=NOT_COME)
    assert await scene.sends(EVENING_AFTER) == []
    assert await scene.calls() == []


async def test_who_cannot_come_twice_in_a_row_is_called_though(scene: Scene) -> None:
    async with scene.database.begin() as uow:
        for day in (ON, NEXT):
            await uow.visits.answer(scene.lan, scene.station, day, VisitAnswer.CANNOT, moment_at(ON - DAY, 18).now)
    await scene.closes(ON, at=moment_at(ON + DAY, 8), An=NOT_COME)
    await scene.closes(NEXT, at=moment_at(NEXT + DAY, 8), An=NOT_COME)
    assert [task.occasion for task in await scene.calls()] == [f"missed:{scene.an}:{NEXT}"]


async def test_who_said_that_they_moved_away_is_not_asked_of_the_days_that_follow(scene: Scene) -> None:
    async with scene.database.begin() as uow:
        await uow.visits.answer(scene.lan, scene.station, ON, VisitAnswer.MOVED, moment_at(ON - DAY, 18).now)
    for on in (ON, NEXT):
        await scene.runs(ask_yesterday, moment_at(on + DAY, 7))
        assert await scene.sends(moment_at(on + DAY, 20, 30)) == []


async def test_who_paused_or_stopped_is_not_asked(scene: Scene) -> None:
    async with scene.database.begin() as uow:
        await uow.lives.pause(scene.lan, Pause(PauseScope.ALL))
    await scene.runs(ask_yesterday, MORNING_AFTER)
    assert await scene.sends(EVENING_AFTER) == []
    async with scene.database.begin() as uow:
        await uow.lives.pause(scene.lan, None)
        await uow.families.stop_caregiver(scene.lan, MORNING_AFTER.now)
    await scene.closes(at=moment_at(ON + 2 * DAY, 8), An=NOT_COME)
    assert await scene.sends(moment_at(ON + 2 * DAY, 20, 30)) == []
    assert await scene.calls() == []  # all of them asked for silence


async def test_a_pause_silences_messages_and_no_call(scene: Scene) -> None:
    async with scene.database.begin() as uow:
        await uow.lives.pause(scene.lan, Pause(PauseScope.ALL))
    await scene.closes(An=NOT_COME)
    assert await scene.sends(moment_at(ON, 20, 30)) == ["missed.please_call"]
    assert await scene.sends(EVENING_AFTER) == []
    assert len(await scene.calls()) == 1


async def test_who_joined_later_was_not_expected(scene: Scene) -> None:
    async with scene.database.begin() as uow:
        mai = await uow.families.add_caregiver(scene.family, Role.GRANDMOTHER, "vi", None)
        await uow.families.add_care(mai, Role.GRANDMOTHER, child=scene.an)
        await joins(uow, mai, "mai", ON + DAY)
        await uow.families.stop_caregiver(scene.lan, MORNING_AFTER.now)
    await scene.runs(ask_yesterday, MORNING_AFTER)
    assert await scene.sends(EVENING_AFTER) == []


async def test_a_day_that_was_cancelled_is_not_missed(scene: Scene) -> None:
    async with scene.database.begin() as uow:
        cancelled = SessionChange(ON, ChangeKind.CANCELLED)
        await uow.sessions.change(scene.station, cancelled, by=scene.hoa, at=moment_at(ON - DAY, 9).now)
    await scene.runs(ask_yesterday, MORNING_AFTER)
    assert await scene.sends(EVENING_AFTER) == []


async def test_once_the_session_is_closed_the_words_are_kinder(scene: Scene) -> None:
    await scene.runs(ask_yesterday, MORNING_AFTER)
    await scene.closes(at=moment_at(ON + DAY, 11), An=NOT_COME)
    assert await scene.sends(moment_at(ON + DAY, 11, 1)) == ["missed.please_call"]
    assert await scene.sends(EVENING_AFTER) == ["missed.we_missed An"]


async def test_closed_on_the_day_itself_lan_hears_of_it_on_the_next_evening(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    assert await scene.sends(moment_at(ON, 20, 30)) == ["missed.please_call"]
    assert await scene.sends(EVENING_AFTER) == ["missed.we_missed An"]


async def test_closed_two_days_late_nobody_is_asked_twice_and_the_call_is_asked_for(scene: Scene) -> None:
    await asked(scene)
    assert await scene.calls() == []
    await scene.closes(at=moment_at(ON + 2 * DAY, 9), An=NOT_COME)
    assert await scene.sends(moment_at(ON + 2 * DAY, 20, 30)) == ["missed.please_call"]
    (call,) = await scene.calls()
    assert (call.occasion, call.actor, call.child) == (f"missed:{scene.an}:{ON}", scene.minh, scene.an)
    assert call.due_on == ON + 2 * DAY


async def test_a_session_reopened_and_closed_otherwise_takes_everything_back(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    async with scene.database.begin() as uow:
        await uow.sessions.reopen(scene.station, ON)
    await scene.closes(at=moment_at(ON, 15), An=POSTPONED, why=Why.FEVER)
    assert await scene.calls() == []
    assert "missed.sorry An" in await scene.sends(moment_at(ON, 20, 30))
    assert await scene.sends(EVENING_AFTER) == []


async def test_a_session_reopened_and_closed_alike_asks_for_one_call(scene: Scene) -> None:
    for outcome in (NOT_COME, TOO_MANY, NOT_COME):
        await scene.closes(An=outcome)
    assert len(await scene.calls()) == 1
    assert len(await scene.calls(still_open=False)) == 1


async def test_a_session_that_stood_open_for_an_evening_and_was_closed_again_asks_after_all(scene: Scene) -> None:
    await scene.closes(at=moment_at(ON + DAY, 11), An=NOT_COME)
    await reopens(scene)
    assert "missed.we_missed An" not in await scene.sends(EVENING_AFTER)
    await scene.closes(at=moment_at(ON + DAY, 20, 40), An=NOT_COME)
    assert await scene.sends(moment_at(ON + 2 * DAY, 20, 30)) == ["missed.we_missed An"]


async def test_what_was_asked_kindly_is_not_asked_again_when_the_session_is_opened(scene: Scene) -> None:
    await scene.runs(ask_yesterday, MORNING_AFTER)
    await scene.closes(at=moment_at(ON + DAY, 11), An=NOT_COME)
    assert "missed.we_missed An" in await scene.sends(EVENING_AFTER)
    await reopens(scene)
    await scene.runs(ask_yesterday, moment_at(ON + 2 * DAY, 7, 5))
    assert await scene.sends(moment_at(ON + 2 * DAY, 20, 30)) == []


async def reopens(scene: Scene) -> None:
    """Hoa opens the session again: nothing she said of An stands any more."""
    async with scene.database.begin() as uow:
        await uow.sessions.reopen(scene.station, ON)
        words = await uow.attendances.at_session(scene.station, ON)
        await uow.attendances.take_back(words, MORNING_AFTER.now)


async def test_the_next_day_that_is_offered_is_the_one_that_holds_when_it_is_said(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    async with scene.database.begin() as uow:
        cancelled = SessionChange(NEXT, ChangeKind.CANCELLED)
        await uow.sessions.change(scene.station, cancelled, by=scene.hoa, at=moment_at(ON, 18).now)
    assert await scene.sends(EVENING_AFTER) == ["missed.we_missed An"]
    async with scene.database.look() as uow:
        said = [one for one in await uow.outbox.timeline(scene.lan) if one.message_key == "missed.we_missed"]
    assert sorted(one.reason or "sent" for one in said) == ["sent", "superseded"]
