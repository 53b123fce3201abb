"""A session that was closed before its hours are over is nobody's next visit any more, until it is opened again."""

import shutil
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.attendance import Outcome
from domain.session_closing import Say
from services.family.show_children import show_children
from services.ports.visits import VisitAnswer
from services.visits.answer_reminder import Stands, answer_reminder
from services.visits.child_record.read_record import read_record
from services.visits.close_session import reopen_session
from services.visits.find_visits import find_child_visits, find_family_visits, open_from
from services.visits.list_session import SessionState, list_session
from services.visits.session.mark_visit import mark_visit
from services.visits.session_days.change_session import move_session
from storage.engine import open_database
from tests.fakes.databases import migrated_sqlite
from tests.services.session_room import Room, child, open_room
from tests.storage.sessions import FIRST, SECOND, consents
from tests.storage.village import settle

__all__ = ["migrated_sqlite"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def room(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Room]:
    """An did not come to the session of 07:30 to 10:30."""
    database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    room = await open_room(database, await settle(database))
    async with room.turn(hour=9) as turn:
        await consents(turn.uow, room.village.lan)
        await mark_visit(turn, room.village.station, FIRST, child(room.village.an), Say(Outcome.NOT_COME))
    yield room
    await database.close()


async def next_day(room: Room, hour: int = 10) -> date:
    """On which day Lan is expected with An."""
    async with room.turn(hour=hour) as turn:
        children = await turn.uow.families.children_of(room.village.lan)
        (visit,) = await find_family_visits(turn, room.village.lan, children)
        return visit.on


async def test_the_family_is_offered_the_next_session_at_once(room: Room) -> None:
    assert await next_day(room) == FIRST
    await room.closes()
    assert await next_day(room) == SECOND
    async with room.turn(hour=10, who="lan") as turn:
        facility = await turn.uow.area.facility(room.village.station)
        assert facility is not None
        assert await open_from(turn, facility) == FIRST + timedelta(days=1)
        (shown,) = await show_children(turn)
        assert [visit.on for visit in shown.visits] == [SECOND]


async def test_opened_again_it_is_hers_again(room: Room) -> None:
    await room.closes()
    async with room.turn(hour=10) as turn:
        await reopen_session(turn, room.village.station, FIRST)
    assert await next_day(room) == FIRST


async def test_the_nurse_finds_them_on_the_list_of_the_next_session(room: Room) -> None:
    async with room.turn(hour=10) as turn:
        assert (await list_session(turn, room.village.station, SECOND)).entries == ()
    await room.closes()
    async with room.turn(hour=10) as turn:
        listed = await list_session(turn, room.village.station, SECOND)
        assert [one.who for one in listed.entries] == [child(room.village.an)]
        today = await list_session(turn, room.village.station)
        assert (today.on, today.state, today.following) == (FIRST, SessionState.CLOSED, SECOND)


@pytest.mark.parametrize("answer", [VisitAnswer.COMING, VisitAnswer.CANNOT])
async def test_a_late_answer_hears_that_it_is_over_and_which_day_is_next(room: Room, answer: VisitAnswer) -> None:
    await room.closes()
    async with room.turn(hour=10, who="lan") as turn:
        answered = await answer_reminder(turn, room.village.lan, room.village.station, FIRST, answer)
    assert answered.stands is Stands.PAST
    assert answered.next_visit is not None
    assert answered.next_visit.on == SECOND


async def test_who_waits_for_the_next_session_is_told_when_that_one_moves(room: Room) -> None:
    await room.closes()
    async with room.turn(hour=10) as turn:
        moved = await move_session(turn, room.village.station, SECOND, SECOND + timedelta(days=2))
    assert moved.reach.days == {SECOND + timedelta(days=2): 1}


async def test_why_names_the_session_that_is_over(room: Room) -> None:
    await room.closes()
    async with room.turn(hour=10) as turn:
        an = await turn.uow.families.child(room.village.an)
        facility = await turn.uow.area.facility(room.village.station)
        assert an is not None
        assert facility is not None
        (visit,) = await find_child_visits(turn, facility, [an])
        assert visit.visit is not None
        assert visit.visit.on == SECOND
        passed = (await read_record(turn, an, facility)).choice.passed
    assert [(one.on, str(one.because)) for one in passed] == [(FIRST, "over")]
