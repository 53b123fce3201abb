"""A session day changes: who is called, by whom, and which calls nobody need make any more."""

from collections import Counter
from datetime import date, timedelta

import pytest

from domain.identifiers import FamilyId
from domain.invite import ActorPlace
from domain.people import ActorRole, AddressState
from domain.tasks import TaskKind, TaskOutcome
from services.enrolment.list_families import list_families
from services.enrolment.note_outcome import note_task, open_task
from services.messages.plan_day import plan_day
from services.ports import UnitOfWork
from services.visits.call_list import make_call_lists
from services.visits.session_days.change_session import Outcome, cancel_session, move_session, undo_change
from services.visits.session_days.note_stock_out import note_stock_out
from storage.engine import Database
from tests.storage.session_village import (
    MOVED,
    add_family,
    change_calls,
    nurse_turn,
    open_station,
    send,
    session_rows,
    told_in,
)
from tests.storage.sessions import FIRST, SECOND, WITHOUT_CARE, at, consents, work_at
from tests.storage.village import NOW, ZONE, Village, add_station, arrive

DAY = date(2026, 11, 23)
EVE = date(2026, 12, 4)


@pytest.fixture
async def station(database: Database, village: Village) -> Village:
    async with database.begin() as uow:
        await open_station(uow, village)
    return village


async def cancels(uow: UnitOfWork, village: Village, day: date, hour: int, minute: int = 0) -> Outcome:
    return await cancel_session(await nurse_turn(uow, at(day, hour, minute)), village.station, FIRST)


async def asked(uow: UnitOfWork) -> Counter[object]:
    return Counter(one.task.actor for one in await change_calls(uow))


async def test_in_good_time_nobody_is_called_whom_a_chat_reaches(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        outcome = await cancels(uow, station, DAY, 9)
        assert (outcome.reach.by_chat, outcome.reach.calls.all) == (1, 0)
        assert await change_calls(uow) == []


async def test_a_family_without_a_chat_is_called_by_its_volunteer_today(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        bi = await add_family(uow, station, "Bi", phone="+84912340001")
        outcome = await cancels(uow, station, DAY, 9)
        (call,) = await change_calls(uow)
        assert (call.task.kind, call.task.actor, call.task.caregiver) == (TaskKind.TELL_CHANGE, station.minh, bi.mother)
        assert call.task.due_on == DAY
        assert told_in(call) == (bi.family, FIRST, SECOND)
        assert (outcome.reach.families, outcome.reach.by_chat, outcome.reach.calls.all) == (2, 1, 1)


async def test_a_chat_that_does_not_deliver_or_must_say_who_it_is_counts_as_none(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        await uow.people.mark_address(station.chat, state=AddressState.UNREACHABLE, reason="blocked", at=NOW)
        bi = await add_family(uow, station, "Bi", chat="mai")
        await uow.people.ask_who((await uow.people.addresses_of_caregiver(bi.mother))[0].id, NOW)
        await cancels(uow, station, DAY, 9)
        assert {told_in(call)[0] for call in await change_calls(uow)} == {station.family, bi.family}


@pytest.mark.parametrize(("minute", "calls"), [(29, 0), (31, 1)])
async def test_with_less_than_twelve_hours_everybody_is_called_and_written_to(
    database: Database, station: Village, minute: int, calls: int
) -> None:
    async with database.begin() as uow:
        outcome = await cancels(uow, station, EVE, 19, minute)
        assert outcome.reach.calls.all == calls
    gone = await send(database, at(EVE, 19, minute))
    assert [caregiver for caregiver, _message in gone] == [station.lan]


async def test_at_night_it_is_written_at_half_past_five_and_called_all_the_same(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        assert (await cancels(uow, station, EVE, 23)).reach.calls.all == 1
    assert await send(database, at(EVE, 23)) == []
    assert await send(database, at(FIRST, 5, 29)) == []
    assert len(await send(database, at(FIRST, 5, 31))) == 1


async def test_a_volunteer_gets_ten_names_and_the_nurse_who_changed_the_day_the_rest(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        await arrive(uow, "minh", at(EVE, 7).now)
        for number in range(12):
            await add_family(uow, station, f"Bé {number}", phone=f"+849123400{number:02d}")
        outcome = await cancels(uow, station, EVE, 20)
        hoa = (await nurse_turn(uow, at(EVE, 20))).speaker.actor
        assert hoa is not None
        assert await asked(uow) == {station.minh: 10, hoa.id: 3}
        assert (outcome.reach.calls.all, outcome.reach.calls.of_station) == (13, 3)
        # Lan reads it in her chat too, so hers is not among the most urgent.
        urgent = [call for call in await change_calls(uow) if call.task.actor == station.minh]
        assert station.family not in {told_in(call)[0] for call in urgent}


async def test_where_staff_changed_the_day_the_station_calls_the_rest(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        thu = await uow.people.add_actor(ActorPlace("Thu", ActorRole.STAFF), by=None, at=NOW)
        await uow.people.link_actor(thu, (await arrive(uow, "thu")).id, NOW)
        for number in range(11):
            await add_family(uow, station, f"Bé {number}", phone=f"+849123400{number:02d}")
        await cancel_session(await nurse_turn(uow, at(DAY, 9), "thu"), station.station, FIRST)
        hoa = (await nurse_turn(uow, at(DAY, 9))).speaker.actor
        assert hoa is not None
        assert (await asked(uow))[hoa.id] == 1


async def test_who_refused_the_use_of_the_childs_file_is_not_called(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        bi = await add_family(uow, station, "Bi", phone="+84912340001")
        await consents(uow, bi.mother, to_file=False)
        await cancels(uow, station, DAY, 9)
        assert await change_calls(uow) == []


async def test_a_call_that_nobody_made_yet_speaks_of_the_last_change_only(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        bi = await add_family(uow, station, "Bi", phone="+84912340001")
        await move_session(await nurse_turn(uow, at(DAY, 9)), station.station, FIRST, MOVED)
        await move_session(await nurse_turn(uow, at(DAY, 10)), station.station, MOVED, date(2026, 12, 9))
        assert [told_in(call) for call in await change_calls(uow)] == [(bi.family, FIRST, date(2026, 12, 9))]
        await undo_change(await nurse_turn(uow, at(DAY, 11)), station.station, FIRST)
        assert await change_calls(uow) == []


async def test_who_was_called_is_called_again_when_the_day_stands_after_all(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        bi = await add_family(uow, station, "Bi", phone="+84912340001")
        await cancels(uow, station, DAY, 9)
        (call,) = await change_calls(uow)
        await note_task(await nurse_turn(uow, at(DAY, 10), "minh"), call.task.id, TaskOutcome.REACHED)
        await undo_change(await nurse_turn(uow, at(DAY, 11)), station.station, FIRST)
        assert [told_in(call) for call in await change_calls(uow)] == [(bi.family, SECOND, FIRST)]


async def test_who_was_never_called_is_not_called_when_the_day_stands_after_all(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        await cancels(uow, station, DAY, 9)
        await add_family(uow, station, "Bi", phone="+84912340001")
        await undo_change(await nurse_turn(uow, at(DAY, 11)), station.station, FIRST)
        assert await change_calls(uow) == []


async def test_a_call_before_the_day_is_dropped_when_the_day_is_given_up(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        await add_family(uow, station, "Bi", phone="+84912340001")
        await make_call_lists(work_at(uow, date(2026, 12, 2)), ZONE)
        assert len(await uow.tasks.about("remind:", still_open=True)) == 1
        await cancels(uow, station, date(2026, 12, 2), 9)
        assert await uow.tasks.about("remind:", still_open=True) == ()
        assert len(await change_calls(uow)) == 1


async def test_after_the_day_that_was_given_up_nobody_is_called_any_more(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        await add_family(uow, station, "Bi", phone="+84912340001")
        await cancels(uow, station, EVE, 9)
    await plan_day(database, WITHOUT_CARE, at(FIRST, 7))
    async with database.look() as uow:
        assert len(await change_calls(uow)) == 1
    await plan_day(database, WITHOUT_CARE, at(FIRST + timedelta(days=1), 7))
    async with database.look() as uow:
        assert await change_calls(uow) == []


async def test_the_page_of_a_call_says_from_which_day_to_which_and_never_why(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        await add_family(uow, station, "Bi", phone="+84912340001")
        await cancels(uow, station, DAY, 9)
        turn = await nurse_turn(uow, at(DAY, 10), "minh")
        (entry,) = (await list_families(turn)).entries
        assert entry.task is not None
        what = (await open_task(turn, entry.task.id)).details["what"]
        assert getattr(what, "key", "") == "tasks.tell_change.moved"
        assert getattr(what, "values", {}) == {"old": FIRST, "on": SECOND}


async def test_a_missing_vaccine_alone_is_no_reason_to_call(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        await add_family(uow, station, "Bi", phone="+84912340001")
        turn = await nurse_turn(uow, at(EVE, 20))
        outcome = await note_stock_out(turn, station.station, FIRST, "OPV", lasts=False)
        assert outcome.reach.families == 2
        assert await change_calls(uow) == []
    assert await session_rows(database, station.lan) == [("waits", "05.12>05.12", "planned")]


async def test_families_of_another_station_are_left_alone(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        other = await add_station(uow, station.commune, "Trạm Y tế Đảo Sao")
        far = await uow.families.add_family(other, ZONE, by=station.minh, at=NOW)
        await cancels(uow, station, EVE, 20)
        assert FamilyId(far) not in {told_in(call)[0] for call in await change_calls(uow)}
