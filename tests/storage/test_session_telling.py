"""Hoa changes a session day: the families it concerns are told the new day at once, and no others."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.identifiers import FacilityId
from domain.invite import ActorPlace
from domain.message import Text
from domain.pause import Pause, PauseScope
from domain.people import ActorRole
from domain.reader import Role
from domain.sending.outbox import OutboxState
from domain.session_changes import Trouble
from services.access import Refused
from services.messages.plan_day import plan_day
from services.ports.visits import VisitAnswer
from services.visits.session_days.change_session import (
    add_session,
    cancel_session,
    move_session,
    preview_cancelling,
    undo_change,
)
from storage.engine import Database
from tests.storage.session_village import (
    MOVED,
    add_family,
    change_calls,
    nurse_turn,
    open_station,
    send,
    session_rows,
)
from tests.storage.sessions import FIRST, SECOND, WITHOUT_CARE, add_sibling, at, consents, give
from tests.storage.village import NOW, Village, add_caregiver, add_station, arrive

DAY = date(2026, 11, 23)
NINTH = date(2026, 12, 9)


async def moves(database: Database, village: Village, on: date, to: date, *, day: date = DAY, hour: int = 9) -> object:
    async with database.begin() as uow:
        return await move_session(await nurse_turn(uow, at(day, hour)), village.station, on, to, together=True)


async def cancels(database: Database, village: Village, on: date, *, day: date = DAY, hour: int = 9) -> object:
    async with database.begin() as uow:
        return await cancel_session(await nurse_turn(uow, at(day, hour)), village.station, on)


async def takes_back(database: Database, village: Village, on: date, *, day: date = DAY, hour: int = 9) -> object:
    async with database.begin() as uow:
        return await undo_change(await nurse_turn(uow, at(day, hour)), village.station, on)


@pytest.fixture
async def station(database: Database, village: Village) -> Village:
    async with database.begin() as uow:
        await open_station(uow, village)
    return village


async def test_a_moved_day_is_told_at_once_to_who_is_expected_and_to_nobody_else(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        later = await add_family(uow, station, "Bi", born=date(2026, 10, 18), chat="mai")
    await moves(database, station, FIRST, MOVED)
    gone = await send(database, at(DAY, 9))
    assert [caregiver for caregiver, _message in gone] == [station.lan]
    body = gone[0][1].body
    assert body.key == "session_change.moved"
    assert (body.values["old"], body.values["on"], body.values["hours"]) == (FIRST, MOVED, "07:30-10:30")
    assert [choice.payload.rpartition(":")[2] for row in gone[0][1].choices for choice in row] == ["coming", "cannot"]
    assert await session_rows(database, later.mother) == []


async def test_the_same_tap_twice_tells_nobody_twice(database: Database, station: Village) -> None:
    for _ in range(2):
        await moves(database, station, FIRST, MOVED)
        await send(database, at(DAY, 9))
    assert await session_rows(database, station.lan) == [("moved", "05.12>07.12", "sent")]
    async with database.begin() as uow:
        again = await move_session(await nurse_turn(uow, at(DAY, 9)), station.station, FIRST, MOVED)
        assert again.before
        cancelled = [await cancel_session(await nurse_turn(uow, at(DAY, 9)), station.station, SECOND) for _ in range(2)]
        assert [one.before for one in cancelled] == [False, True]


async def test_a_cancelled_day_is_told_with_the_next_session_and_shown_before(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        before = await preview_cancelling(await nurse_turn(uow, at(DAY, 9)), station.station, FIRST)
        assert (before.reach.families, before.reach.days) == (1, {SECOND: 1})
    assert await session_rows(database, station.lan) == []
    await cancels(database, station, FIRST)
    await send(database, at(DAY, 9))
    assert await session_rows(database, station.lan) == [("moved", "05.12>20.12", "sent")]


async def test_a_day_moved_twice_is_told_each_time_from_what_the_family_believes(
    database: Database, station: Village
) -> None:
    await moves(database, station, FIRST, MOVED)
    await send(database, at(DAY, 9))
    await moves(database, station, MOVED, NINTH, hour=10)
    await send(database, at(DAY, 10))
    told = [("moved", "05.12>07.12", "sent"), ("moved", "07.12>09.12", "sent")]
    assert await session_rows(database, station.lan) == told


async def test_two_moves_in_one_night_are_told_as_one_in_the_morning(database: Database, station: Village) -> None:
    await moves(database, station, FIRST, MOVED, hour=22)
    assert await send(database, at(DAY, 22)) == []
    await moves(database, station, MOVED, NINTH, hour=23)
    assert await send(database, at(DAY + timedelta(days=1), 5)) == []
    (gone,) = await send(database, at(DAY + timedelta(days=1), 6))
    assert (gone[1].body.values["old"], gone[1].body.values["on"]) == (FIRST, NINTH)
    assert [row[2] for row in await session_rows(database, station.lan)] == ["closed", "sent"]


async def test_what_is_taken_back_before_anybody_read_it_is_never_told(database: Database, station: Village) -> None:
    await cancels(database, station, FIRST, hour=22)
    await takes_back(database, station, FIRST, hour=23)
    assert await send(database, at(DAY + timedelta(days=1), 8)) == []
    assert [row[2] for row in await session_rows(database, station.lan)] == ["closed"]


async def test_what_is_taken_back_after_it_was_told_is_told_too(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        untold = await add_family(uow, station, "Bi", chat="mai")
        await uow.families.stop_caregiver(untold.mother, NOW)
    await cancels(database, station, FIRST)
    await send(database, at(DAY, 9))
    async with database.begin() as uow:
        await uow.families.stop_caregiver(untold.mother, None)
    await takes_back(database, station, FIRST, hour=11)
    (gone,) = await send(database, at(DAY, 11))
    assert gone[1].body.key == "session_change.again"
    assert await session_rows(database, station.lan) == [
        ("moved", "05.12>20.12", "sent"),
        ("again", "20.12>05.12", "sent"),
    ]
    assert await session_rows(database, untold.mother) == []


async def test_back_and_forth_in_one_night_is_one_message_in_the_morning(database: Database, station: Village) -> None:
    await cancels(database, station, FIRST)
    await send(database, at(DAY, 9))
    for change in (takes_back, cancels, takes_back):
        await change(database, station, FIRST, hour=22)
    gone = await send(database, at(DAY + timedelta(days=1), 6))
    assert [message.body.key for _who, message in gone] == ["session_change.again"]


async def test_a_moved_day_that_is_cancelled_is_told_from_the_day_that_was_told(
    database: Database, station: Village
) -> None:
    await moves(database, station, FIRST, MOVED)
    await send(database, at(DAY, 9))
    await cancels(database, station, MOVED, hour=10)
    await send(database, at(DAY, 10))
    assert (await session_rows(database, station.lan))[-1] == ("moved", "07.12>20.12", "sent")


async def test_one_day_moved_onto_the_other_and_back_leaves_nobody_behind(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        bi = await add_family(uow, station, "Bi", born=date(2026, 10, 18), chat="mai")
    await moves(database, station, FIRST, SECOND)
    await send(database, at(DAY, 9))
    assert await session_rows(database, bi.mother) == []
    await moves(database, station, SECOND, FIRST, hour=10)
    await send(database, at(DAY, 10))
    assert (await session_rows(database, station.lan))[-1] == ("again", "20.12>05.12", "sent")
    # Bi is not due on the 5th: the next session that brings something is in January.
    assert await session_rows(database, bi.mother) == [("moved", "20.12>05.01", "sent")]


async def test_twins_and_their_mother_on_one_chat_get_one_message(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        twin = await add_sibling(uow, station, "Bình", date(2026, 10, 1))
    await moves(database, station, FIRST, MOVED)
    gone = await send(database, at(DAY, 9))
    assert len(gone) == 1
    async with database.look() as uow:
        children = {child.id for child in await uow.families.children_of(station.lan)}
    assert twin in children
    assert await session_rows(database, station.lan) == [("moved", "05.12>07.12", "sent")]


async def test_both_parents_are_told_and_a_shared_chat_says_whom_it_concerns(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        tuan = await add_caregiver(uow, station)
        await uow.families.add_care(tuan, Role.FATHER, child=station.an)
        await uow.people.link_caregiver(tuan, station.chat, NOW)
        await uow.families.join_caregiver(tuan, at=NOW, on=NOW.date())
    await moves(database, station, FIRST, MOVED)
    gone = await send(database, at(DAY, 9))
    assert gone
    assert all(message.whom is not None for _caregiver, message in gone)


async def test_a_reminder_of_the_old_day_does_not_go_any_more(database: Database, station: Village) -> None:
    await plan_day(database, WITHOUT_CARE, at(date(2026, 11, 28), 7))
    await moves(database, station, FIRST, MOVED, day=date(2026, 11, 28), hour=9)
    await send(database, at(date(2026, 11, 28), 9))
    gone = await send(database, at(date(2026, 11, 28), 20))
    assert gone == []
    async with database.look() as uow:
        states = {row.occasion: row.state for row in await uow.outbox.timeline(station.lan)}
    assert states["visit:1:2026-12-05:7"] is OutboxState.CLOSED
    await plan_day(database, WITHOUT_CARE, at(date(2026, 11, 30), 7))
    async with database.look() as uow:
        assert "visit:1:2026-12-07:7" in {row.occasion for row in await uow.outbox.timeline(station.lan)}


async def test_who_said_that_she_cannot_come_that_day_is_not_concerned(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        await uow.visits.answer(station.lan, station.station, FIRST, VisitAnswer.CANNOT, NOW)
    await moves(database, station, FIRST, MOVED)
    assert await session_rows(database, station.lan) == []


@pytest.mark.parametrize("wish", ["stopped", "no_visits", "no_consent", "moved_away"])
async def test_who_does_not_want_to_hear_of_visits_is_neither_told_nor_called(
    database: Database, station: Village, wish: str
) -> None:
    async with database.begin() as uow:
        if wish == "stopped":
            await uow.families.stop_caregiver(station.lan, NOW)
        elif wish == "no_visits":
            await uow.families.change_caregiver(station.lan, wants_visits=False)
        elif wish == "moved_away":
            await uow.visits.answer(station.lan, station.station, FIRST, VisitAnswer.MOVED, NOW)
        else:
            await consents(uow, station.lan, to_file=False)
    await moves(database, station, FIRST, MOVED)
    assert await send(database, at(DAY, 9)) == []
    async with database.look() as uow:
        assert await change_calls(uow) == []


async def test_a_pause_that_ends_in_time_lets_the_message_through(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        await uow.lives.pause(station.lan, Pause(PauseScope.ALL))
    await moves(database, station, FIRST, MOVED)
    assert await send(database, at(DAY, 9)) == []
    async with database.begin() as uow:
        assert await change_calls(uow) == []
        await uow.outbox.reopen(station.lan, at(DAY, 12).now)
        await uow.lives.pause(station.lan, None)
    assert len(await send(database, at(DAY, 12))) == 1


async def test_a_dose_given_elsewhere_meanwhile_makes_the_message_needless(
    database: Database, station: Village
) -> None:
    await moves(database, station, FIRST, MOVED, hour=22)
    async with database.begin() as uow:
        vaccines = ("PENTA", "OPV", "ROTA2", "ROTA", "PCV", "IPV")
        await give(uow, station.an, vaccines, DAY, moment=at(DAY, 23))
    gone = await send(database, at(DAY + timedelta(days=1), 6))
    assert gone == []


async def test_who_left_without_a_day_is_told_so_and_hears_when_there_is_one(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await open_station(uow, village, "dates 2026-12-05")
    await cancels(database, village, FIRST)
    (gone,) = await send(database, at(DAY, 9))
    assert gone[1].body.key == "session_change.no_day"
    assert gone[1].choices == ()
    async with database.begin() as uow:
        await add_session(await nurse_turn(uow, at(DAY, 12)), village.station, NINTH, place="Khe Sím", hours=None)
    (gone,) = await send(database, at(DAY, 12))
    assert (gone[1].body.key, gone[1].body.values["on"]) == ("session_change.moved", NINTH)
    assert isinstance(gone[1].body.values["where"], Text)


async def test_an_extra_day_is_told_to_nobody_at_once(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        outcome = await add_session(await nurse_turn(uow, at(DAY, 9)), station.station, MOVED, place="", hours=None)
        assert outcome.trouble is None
        assert outcome.reach.families == 0
    assert await session_rows(database, station.lan) == []


@pytest.mark.parametrize(
    ("on", "to", "trouble"),
    [
        (date(2026, 11, 20), MOVED, Trouble.PAST),
        (FIRST, date(2026, 11, 20), Trouble.PAST),
        (FIRST, date(2027, 5, 1), Trouble.TOO_FAR),
        (NINTH, MOVED, Trouble.NO_SESSION),
    ],
)
async def test_what_cannot_be_done_changes_nothing_and_says_why(
    database: Database, station: Village, on: date, to: date, trouble: Trouble
) -> None:
    async with database.begin() as uow:
        outcome = await move_session(await nurse_turn(uow, at(DAY, 9)), station.station, on, to)
        assert outcome.trouble is trouble
        facility = await uow.area.facility(station.station)
        assert facility is not None
        assert (await uow.sessions.calendar(facility)).changes == ()
    assert await session_rows(database, station.lan) == []


async def test_a_session_that_was_closed_is_refused(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        turn = await nurse_turn(uow, at(FIRST, 11))
        actor = turn.speaker.actor
        assert actor is not None
        await uow.sessions.close(station.station, FIRST, by=actor.id, at=turn.moment.now)
        assert (await cancel_session(turn, station.station, FIRST)).trouble is Trouble.CLOSED
        assert (await move_session(turn, station.station, FIRST, MOVED)).trouble is Trouble.CLOSED
        assert (await move_session(turn, station.station, SECOND, FIRST)).trouble is Trouble.CLOSED


async def test_only_a_nurse_of_the_station_and_staff_change_its_days(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        other = await add_station(uow, station.commune, "Trạm Y tế Đảo Sao")
        place = ActorPlace("Mai", ActorRole.HEALTH_WORKER, facility=other)
        mai = await uow.people.add_actor(place, by=None, at=NOW)
        await uow.people.link_actor(mai, (await arrive(uow, "mai")).id, NOW)
        for chat in ("mai", "minh", "lan", "binh"):
            turn = await nurse_turn(uow, at(DAY, 9), chat)
            with pytest.raises(Refused):
                await move_session(turn, station.station, FIRST, MOVED)
            with pytest.raises(Refused):
                await cancel_session(turn, station.station, FIRST)
            with pytest.raises(Refused):
                await undo_change(turn, station.station, FIRST)
            with pytest.raises(Refused):
                await add_session(turn, station.station, NINTH, place="", hours=None)
        with pytest.raises(Refused):
            await move_session(await nurse_turn(uow, at(DAY, 9)), FacilityId(999), FIRST, MOVED)
        thu = await uow.people.add_actor(ActorPlace("Thu", ActorRole.STAFF), by=None, at=NOW)
        await uow.people.link_actor(thu, (await arrive(uow, "thu")).id, NOW)
        outcome = await move_session(await nurse_turn(uow, at(DAY, 9), "thu"), station.station, FIRST, MOVED)
        assert outcome.reach.families == 1


async def test_every_change_is_written_down(database: Database, station: Village) -> None:
    await moves(database, station, FIRST, MOVED)
    await takes_back(database, station, FIRST, hour=10)
    async with database.look() as uow:
        assert await uow.programme.audited("change_session") == 2


async def test_an_unsigned_schedule_tells_no_real_family(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        turn = replace(await nurse_turn(uow, at(DAY, 9)), programme=replace(WITHOUT_CARE, rehearsal=False))
        outcome = await cancel_session(turn, station.station, FIRST)
        assert outcome.reach.families == 0
        assert await change_calls(uow) == []
    assert await session_rows(database, station.lan) == []


async def test_the_day_given_up_is_the_last_on_which_it_is_told(database: Database, station: Village) -> None:
    await moves(database, station, FIRST, MOVED, day=FIRST, hour=6)
    assert await send(database, at(FIRST + timedelta(days=1), 6)) == []
