"""Session days in rows: changed, short of a vaccine, marked and closed; and what many do at once."""

import asyncio
from datetime import date, timedelta

from domain.attendance import Outcome, Why
from domain.identifiers import FacilityId
from domain.session_calendar import ChangeKind, SessionChange, StockOut
from domain.session_closing import Say, Who
from domain.session_days import Hours, read_hours
from services.access import Speaker, anew
from services.ports import UnitOfWork
from services.ports.session_marks import SessionMark
from services.turn import Turn
from services.visits.close_session import close_session, plan_closing
from services.visits.session.mark_visit import mark_visit
from storage.engine import Database
from tests.services.session_room import add_nurse
from tests.storage.sessions import FIRST, WITHOUT_CARE, at, holds_sessions
from tests.storage.village import NOW, Village, arrive

NEXT = date(2026, 12, 20)
MORNING = read_hours("07:30-10:30")


async def test_of_two_changes_of_a_day_the_later_one_stands_and_can_be_undone(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        facility = await holds_sessions(uow, village)
        for change in (
            SessionChange(FIRST, ChangeKind.CANCELLED),
            SessionChange(FIRST, ChangeKind.MOVED, moved_to=FIRST + timedelta(days=1), place="Nhà văn hóa"),
        ):
            await uow.sessions.change(village.station, change, by=village.minh, at=NOW)
        calendar = await uow.sessions.calendar(facility)
        assert (calendar.day(FIRST), len(calendar.changes)) == (None, 1)
        moved = calendar.day(FIRST + timedelta(days=1))
        assert moved is not None
        assert (moved.moved_from, moved.place) == (FIRST, "Nhà văn hóa")
        assert await uow.sessions.undo_change(village.station, FIRST, NOW)
        assert not await uow.sessions.undo_change(village.station, FIRST, NOW)
        again = (await uow.sessions.calendar(facility)).day(FIRST)
        assert again is not None


async def test_an_added_day_keeps_its_place_hours_and_capacity(database: Database, village: Village) -> None:
    extra = date(2026, 12, 9)
    assert isinstance(MORNING, Hours)
    async with database.begin() as uow:
        facility = await holds_sessions(uow, village)
        added = SessionChange(extra, ChangeKind.ADDED, place="Khe Sím", hours=MORNING, capacity=30)
        await uow.sessions.change(village.station, added, by=village.minh, at=NOW)
        day = (await uow.sessions.calendar(facility)).day(extra)
        assert day is not None
        assert (day.place, day.hours, day.capacity) == ("Khe Sím", MORNING, 30)


async def test_a_vaccine_is_missing_until_somebody_says_that_it_is_there(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        facility = await holds_sessions(uow, village)
        await uow.sessions.add_stock_out(village.station, StockOut("PENTA", FIRST), by=village.minh, at=NOW)
        assert (await uow.sessions.calendar(facility)).is_short_of("PENTA", NEXT)
        assert await uow.sessions.end_stock_out(village.station, "PENTA", FIRST) == 1
        calendar = await uow.sessions.calendar(facility)
        assert (calendar.is_short_of("PENTA", FIRST), calendar.is_short_of("PENTA", NEXT)) == (True, False)


async def test_a_session_is_closed_once_and_opened_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        sessions = uow.sessions
        assert (await sessions.closing(village.station, FIRST)).closed_at is None
        assert [await sessions.close(village.station, FIRST, by=village.minh, at=NOW) for _ in "ab"] == [True, False]
        closing = await sessions.closing(village.station, FIRST)
        assert (closing.closed_at, closing.closed_by) == (NOW, village.minh)
        assert [await sessions.reopen(village.station, FIRST) for _ in "ab"] == [True, False]
        assert (await sessions.closing(village.station, FIRST)).closed_at is None


async def test_a_topic_is_kept_beside_the_closing(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.sessions.note_topic(village.station, FIRST, "play", None)
        await uow.sessions.close(village.station, FIRST, by=village.minh, at=NOW)
        await uow.sessions.note_topic(village.station, FIRST, "play", NOW)
        (closing,) = await uow.sessions.closings([village.station], FIRST, FIRST)
        assert (closing.topic, closing.topic_done_at, closing.closed_at) == ("play", NOW, NOW)
        assert await uow.sessions.closings([village.station], NEXT, NEXT) == []
        assert await uow.sessions.closings([FacilityId(99)], FIRST, FIRST) == []


def mark(village: Village, who: Who | None, *, vaccine: str = "", instead: str = "") -> SessionMark:
    outcome = Outcome.CAME if instead else Outcome.NO_VACCINE if vaccine else Outcome.POSTPONED
    why = Why.FEVER if outcome is Outcome.POSTPONED else None
    return SessionMark(village.station, FIRST, who, outcome, vaccine=vaccine, instead=instead, why=why)


async def test_marks_stand_one_for_each_visit_and_vaccine_until_they_are_dropped(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        pregnancy = await uow.families.add_pregnancy(village.family, village.station, NEXT)
        an, mother = Who(child=village.an), Who(pregnancy=pregnancy)
        marks = [
            mark(village, an),
            mark(village, an, vaccine="PENTA"),
            mark(village, mother),
            mark(village, None, vaccine="PENTA", instead="HEXA"),
        ]
        for one in (*marks, *marks):
            await uow.marks.put(one, by=village.minh, at=NOW)
        assert await uow.marks.at_session(village.station, FIRST) == marks
        await uow.marks.drop(village.station, FIRST, an, vaccine="")
        await uow.marks.drop(village.station, FIRST, mother)
        assert await uow.marks.at_session(village.station, FIRST) == [marks[1], marks[3]]
        await uow.marks.drop(village.station, FIRST, None)
        assert await uow.marks.at_session(village.station, FIRST) == [marks[1]]
        await uow.marks.drop_session(village.station, NEXT)
        await uow.marks.drop_session(village.station, FIRST)
        assert await uow.marks.at_session(village.station, FIRST) == []


async def test_two_nurses_who_mark_one_visit_at_once_leave_one_mark(database: Database, village: Village) -> None:
    an = Who(child=village.an)

    async def put(outcome: Outcome) -> None:
        async with database.begin() as uow:
            one = SessionMark(village.station, FIRST, an, outcome)
            await uow.marks.put(one, by=village.minh, at=NOW)

    await asyncio.gather(*(put(one) for one in (Outcome.NOT_COME, Outcome.REFUSED) * 4))
    async with database.look() as uow:
        assert len(await uow.marks.at_session(village.station, FIRST)) == 1


async def nurse_turn(uow: UnitOfWork, who: str) -> Turn:
    speaker = await anew(uow, Speaker(await arrive(uow, who), None, ()))
    return Turn(uow, WITHOUT_CARE, at(FIRST, 10), speaker, f"update:{who}")


async def test_of_two_nurses_who_close_at_once_one_does_and_both_see_the_same(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        for name in ("hoa", "mai"):
            await add_nurse(uow, village, name)
        plan = await plan_closing(await nurse_turn(uow, "hoa"), village.station, FIRST)

    async def close(who: str) -> tuple[bool, dict[str, int]]:
        async with database.begin() as uow:
            done = await close_session(await nurse_turn(uow, who), village.station, FIRST, plan.stamp)
            return done.session.state == "closed", dict(done.tally.vaccines)

    both = await asyncio.gather(close("hoa"), close("mai"), close("hoa"))
    assert list(both) == [(True, {"OPV": 1, "PENTA": 1})] * 3
    async with database.look() as uow:
        assert await uow.programme.audited("close_session") == 1
        assert len(await uow.attendances.at_session(village.station, FIRST)) == 1
        given = (await uow.visits.vaccinations_of([village.an]))[village.an]
        assert sorted(dose.vaccine for dose in given if dose.given_on == FIRST) == ["OPV", "PENTA"]


async def test_a_mark_that_comes_while_the_session_is_being_closed_is_not_lost_in_silence(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        for name in ("hoa", "mai"):
            await add_nurse(uow, village, name)
        plan = await plan_closing(await nurse_turn(uow, "hoa"), village.station, FIRST)

    async def close() -> str:
        async with database.begin() as uow:
            done = await close_session(await nurse_turn(uow, "hoa"), village.station, FIRST, plan.stamp)
            return done.session.state

    async def say() -> str:
        async with database.begin() as uow:
            turn = await nurse_turn(uow, "mai")
            return (await mark_visit(turn, village.station, FIRST, Who(child=village.an), Say(Outcome.NOT_COME))).state

    closed, seen = await asyncio.gather(close(), say())
    async with database.look() as uow:
        words = await uow.attendances.at_session(village.station, FIRST)
    # Either she was first, and what was confirmed was shown anew; or she sees that the session is closed.
    assert (closed, seen, len(words)) in {("open", "open", 0), ("closed", "closed", 1)}
