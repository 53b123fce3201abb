"""Closing a session: everything in one transaction, once, as of its day, by what is true at that moment."""

import shutil
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import services.visits.close_session as closing
from domain.area import Facility
from domain.attendance import Outcome, Why
from domain.ends import ChildEnd
from domain.identifiers import ChildId
from domain.session_calendar import StockOut
from domain.session_closing import Say
from services.access import Refused
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Work
from services.visits.close_session import close_session, plan_closing, reopen_session
from services.visits.keep_doses import Teller, keep_doses
from services.visits.list_session import SessionState, list_session
from services.visits.record_visit import record_visit, take_back_visit
from services.visits.session.mark_visit import change_for_all, change_for_one, mark_visit
from storage.engine import Database, open_database
from tests.fakes.databases import migrated_sqlite
from tests.services.session_room import TWO_MONTHS, Room, child, mother, open_room
from tests.storage.sessions import FIRST, SECOND, VIETNAM
from tests.storage.village import NOW, add_station, settle

__all__ = ["migrated_sqlite"]
NOT_COME, NO_PENTA = Say(Outcome.NOT_COME), Say(Outcome.NO_VACCINE, vaccine="PENTA")
DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def room(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Room]:
    database: Database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    yield await open_room(database, await settle(database))
    await database.close()


async def test_who_is_not_marked_came_and_got_what_was_due(room: Room) -> None:
    an, be = room.village.an, await room.adds("Bé")
    async with room.turn() as turn:
        await mark_visit(turn, room.village.station, FIRST, child(be), NOT_COME)
    done = await room.closes()
    assert done.session.state is SessionState.CLOSED
    assert await room.words() == {child(an): Outcome.CAME, child(be): Outcome.NOT_COME}
    assert (await room.given(an), await room.given(be)) == (TWO_MONTHS, set())
    assert dict(done.tally.vaccines) == {"OPV": 1, "PENTA": 1}


async def test_before_the_closing_nothing_is_on_record_and_nobody_was_missed(room: Room) -> None:
    async with room.turn() as turn:
        await mark_visit(turn, room.village.station, FIRST, child(room.village.an), NOT_COME)
    assert await room.words() == {}


async def test_a_mark_is_taken_back_by_the_same_button(room: Room) -> None:
    an, station = child(room.village.an), room.village.station
    async with room.turn() as turn:
        await mark_visit(turn, station, FIRST, an, NOT_COME)
        await mark_visit(turn, station, FIRST, an, NOT_COME)
        listed = await mark_visit(turn, station, FIRST, an, NOT_COME, take_back=True)
    assert [one.record.outcome for one in listed.entries] == [Outcome.CAME]


async def test_the_last_word_about_a_visit_counts(room: Room) -> None:
    an, station = child(room.village.an), room.village.station
    async with room.turn() as turn:
        await mark_visit(turn, station, FIRST, an, NO_PENTA)
        await mark_visit(turn, station, FIRST, an, NOT_COME)
        listed = await mark_visit(turn, station, FIRST, an, Say(Outcome.POSTPONED, why=Why.FEVER))
        assert [(one.record.outcome, one.record.why) for one in listed.entries] == [(Outcome.POSTPONED, Why.FEVER)]
        listed = await mark_visit(turn, station, FIRST, an, NO_PENTA)
    assert [one.record.vaccines for one in listed.entries] == [("OPV",)]


async def test_without_its_vaccine_a_child_gets_the_others_and_the_missing_one_is_due_next_time(room: Room) -> None:
    an = room.village.an
    async with room.turn() as turn:
        await mark_visit(turn, room.village.station, FIRST, child(an), NO_PENTA)
    await room.closes()
    assert await room.words() == {child(an): Outcome.NO_VACCINE}
    assert await room.given(an) == {"OPV"}
    async with room.turn(day=FIRST + DAY) as turn:
        again = await list_session(turn, room.village.station, SECOND)
    assert [[dose.vaccine for dose in one.needs.doses] for one in again.entries] == [["PENTA"]]


async def test_closing_twice_changes_nothing(room: Room) -> None:
    first = await room.closes()
    words, given = await room.words(), await room.doses(room.village.an)
    second = await room.closes()
    assert (second.session.state, second.tally) == (SessionState.CLOSED, first.tally)
    assert (await room.words(), await room.doses(room.village.an)) == (words, given)


async def test_what_was_not_confirmed_is_not_recorded(room: Room) -> None:
    async with room.turn() as turn:
        plan = await plan_closing(turn, room.village.station, FIRST)
    be = await room.adds("Bé")
    async with room.turn() as turn:
        shown = await close_session(turn, room.village.station, FIRST, plan.stamp)
    assert (shown.changed, shown.session.state, len(shown.session.waiting)) == (True, SessionState.OPEN, 2)
    assert await room.words() == {}
    assert await room.given(be) == set()


async def test_all_of_it_or_nothing_goes_on_record(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(_work: Work, _facility: Facility, _on: date) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(closing, "AFTER_CLOSING", (fails,))
    with pytest.raises(RuntimeError):
        await room.closes()
    assert (await room.words(), await room.given(room.village.an)) == ({}, set())
    async with room.turn() as turn:
        assert (await list_session(turn, room.village.station, FIRST)).state is SessionState.OPEN


async def test_what_follows_a_closing_sees_what_it_kept(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[date, int]] = []

    async def follows(work: Work, facility: Facility, on: date) -> None:
        seen.append((on, len(await work.uow.attendances.at_session(facility.id, on))))

    monkeypatch.setattr(closing, "AFTER_CLOSING", (follows,))
    await room.closes()
    await room.closes()
    assert seen == [(FIRST, 1)]


@pytest.mark.parametrize("days", [1, 2])
async def test_closed_a_little_later_everything_has_the_true_date(room: Room, days: int) -> None:
    await room.closes(day=FIRST + days * DAY)
    assert await room.given(room.village.an, FIRST) == TWO_MONTHS
    assert await room.words(FIRST) == {child(room.village.an): Outcome.CAME}


async def test_closed_later_it_is_about_those_of_that_day(room: Room) -> None:
    too_young = await room.adds("Bé", born=date(2026, 10, 6))  # two months old on the day after
    await room.closes(day=FIRST + DAY)
    assert child(too_young) not in await room.words()


@pytest.mark.parametrize("days", [-1, 3])
async def test_on_any_other_day_nothing_is_closed(room: Room, days: int) -> None:
    done = await room.closes(day=FIRST + days * DAY)
    assert done.session.state in (SessionState.AHEAD, SessionState.OVER)
    assert (await room.words(), await room.given(room.village.an)) == ({}, set())


async def test_a_day_without_a_session_is_not_closed(room: Room) -> None:
    other = FIRST - 2 * DAY
    done = await room.closes(on=other, day=other)
    assert done.session.on == FIRST
    assert await room.words(other) == {}


async def test_a_child_recorded_by_itself_before_gets_nothing_more_at_the_end(room: Room) -> None:
    an, station = room.village.an, room.village.station
    async with room.turn() as turn:
        await mark_visit(turn, station, FIRST, child(an), NO_PENTA)
        await record_visit(turn, child(an), FIRST)
    async with room.turn() as turn:
        await record_visit(turn, child(an), FIRST)
    await room.closes()
    assert await room.given(an) == {"OPV"}
    assert await room.words() == {child(an): Outcome.NO_VACCINE}


async def test_a_late_comer_is_recorded_after_the_closing(room: Room) -> None:
    an = room.village.an
    async with room.turn() as turn:
        await mark_visit(turn, room.village.station, FIRST, child(an), NOT_COME)
    await room.closes()
    async with room.turn(hour=11) as turn:
        await record_visit(turn, child(an), FIRST)
    assert (await room.words(), await room.given(an)) == ({child(an): Outcome.CAME}, TWO_MONTHS)


async def test_who_is_taken_back_after_the_closing_was_neither_there_nor_missed(room: Room) -> None:
    await room.closes()
    async with room.turn() as turn:
        await take_back_visit(turn, child(room.village.an), FIRST)
    assert (await room.words(), await room.given(room.village.an)) == ({}, set())


async def test_opened_again_what_was_given_stays_and_the_rest_can_be_said_anew(room: Room) -> None:
    an, be, station = child(room.village.an), child(await room.adds("Bé")), room.village.station
    async with room.turn() as turn:
        await mark_visit(turn, station, FIRST, be, Say(Outcome.POSTPONED, why=Why.ILL))
    await room.closes()
    async with room.turn() as turn:
        opened = await reopen_session(turn, station, FIRST)
    assert [(one.who, one.is_done, one.record.why) for one in opened.entries] == [
        (an, True, None),
        (be, False, Why.ILL),
    ]
    assert await room.words() == {an: Outcome.CAME}
    await room.closes()
    assert await room.words() == {an: Outcome.CAME, be: Outcome.POSTPONED}


async def test_the_day_after_its_closing_a_session_stays_closed(room: Room) -> None:
    await room.closes()
    async with room.turn(day=FIRST + DAY) as turn:
        assert (await reopen_session(turn, room.village.station, FIRST)).state is SessionState.CLOSED


async def test_a_child_that_moved_or_ended_meanwhile_is_not_recorded_here(room: Room) -> None:
    be, cuc = await room.adds("Bé"), await room.adds("Cúc")
    async with room.turn() as turn:
        await mark_visit(turn, room.village.station, FIRST, child(cuc), NOT_COME)
        await turn.uow.lives.end_child(be, ChildEnd.DIED, NOW)
        other = await add_station(turn.uow, room.village.commune, "Trạm khác")
        await turn.uow.lives.place_family(room.village.family, other)
        listed = await mark_visit(turn, room.village.station, FIRST, child(room.village.an), NOT_COME)
    assert listed.entries == ()
    await room.closes()
    assert (await room.words(), await room.given(be)) == ({}, set())


async def test_a_number_that_is_no_child_of_this_station_is_not_marked(room: Room) -> None:
    async with room.turn() as turn:
        await mark_visit(turn, room.village.station, FIRST, child(ChildId(999)), NOT_COME)
        assert await turn.uow.marks.at_session(room.village.station, FIRST) == []


async def test_only_vaccines_of_the_schedule_can_be_said_to_be_given(room: Room) -> None:
    station = room.village.station
    async with room.turn() as turn:
        with pytest.raises(Refused):
            await change_for_all(turn, station, FIRST, ("PENTA", "WATER"))
        with pytest.raises(Refused):
            await change_for_one(turn, station, FIRST, child(room.village.an), ("PENTA", "penta"))


async def test_what_everybody_got_instead_is_undone_by_the_planned_one(room: Room) -> None:
    station = room.village.station
    async with room.turn() as turn:
        swapped = await change_for_all(turn, station, FIRST, ("PENTA", "HEXA"))
        assert [one.record.vaccines for one in swapped.entries] == [("HEXA",)]
        undone = await change_for_all(turn, station, FIRST, ("PENTA", "PENTA"))
        assert {*undone.entries[0].record.vaccines} == TWO_MONTHS


async def test_a_vaccine_out_of_stock_is_not_recorded(room: Room) -> None:
    async with room.turn() as turn:
        out = StockOut("PENTA", FIRST, FIRST)
        await turn.uow.sessions.add_stock_out(room.village.station, out, by=room.hoa, at=turn.moment.now)
        listed = await list_session(turn, room.village.station, FIRST)
    assert (listed.short_of, listed.entries[0].short_of) == (("PENTA",), ("PENTA",))
    await room.closes()
    assert await room.given(room.village.an) == {"OPV"}


async def test_what_the_mother_reports_while_she_waits_is_still_recorded(room: Room) -> None:
    village = room.village
    async with room.turn() as turn:
        told = [Vaccination(village.an, code, FIRST, VaccinationSource.REPORTED) for code in TWO_MONTHS]
        await keep_doses(turn, told, Teller(caregiver=village.lan))
    await room.closes()
    sources = [dose.source for dose in await room.doses(village.an) if dose.given_on == FIRST]
    assert sorted(sources) == ["record", "record", "reported", "reported"]


async def test_what_she_reported_of_another_day_keeps_an_off_the_list(room: Room) -> None:
    village = room.village
    async with room.turn() as turn:
        told = [Vaccination(village.an, code, FIRST - DAY, VaccinationSource.REPORTED) for code in TWO_MONTHS]
        await keep_doses(turn, told, Teller(caregiver=village.lan))
        assert (await list_session(turn, village.station, FIRST)).entries == ()


async def test_a_mother_in_pregnancy_is_on_the_list_and_can_be_taken_back(room: Room) -> None:
    village = room.village
    async with room.turn(programme=VIETNAM) as turn:
        pregnancy = await turn.uow.families.add_pregnancy(village.family, village.station, FIRST + 150 * DAY)
        listed = await list_session(turn, village.station, FIRST)
        entry = listed.entry(mother(pregnancy))
        assert entry is not None
        due = {one.key for one in entry.needs.care}
        assert due
    await room.closes(programme=VIETNAM)
    assert (await room.words())[mother(pregnancy)] is Outcome.CAME
    async with room.turn(programme=VIETNAM) as turn:
        assert set((await turn.uow.care.done_in_pregnancies([pregnancy]))[pregnancy]) == due
        await take_back_visit(turn, mother(pregnancy), FIRST)
        assert (await turn.uow.care.done_in_pregnancies([pregnancy]))[pregnancy] == {}
    assert mother(pregnancy) not in await room.words()


async def test_check_ups_of_those_who_came_are_recorded_with_the_doses(room: Room) -> None:
    await room.closes(programme=VIETNAM)
    async with room.turn(programme=VIETNAM) as turn:
        listed = await list_session(turn, room.village.station, FIRST)
        assert listed.waiting == ()
        done = (await turn.uow.care.done_for_children([room.village.an]))[room.village.an]
    assert set(done.values()) <= {FIRST}
