"""A vaccine runs out in the middle of a session: who had it keeps it; nobody is recorded with what was not there."""

import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.drawing.session import draw_session
from bot.drawing.session_visit import draw_one, draw_which
from domain.attendance import Outcome
from domain.identifiers import ChildId
from domain.session_calendar import StockOut
from domain.session_closing import Say, parse_say
from services.turn import Turn
from services.visits.list_session import SessionList, list_session
from services.visits.record_visit import record_visit
from services.visits.session.mark_visit import mark_visit, note_had_by_all
from storage.engine import open_database
from tests.fakes.databases import migrated_sqlite
from tests.services.session_room import TWO_MONTHS, Room, child, open_room
from tests.storage.sessions import FIRST, give
from tests.storage.village import settle

__all__ = ["migrated_sqlite"]
NOT_COME, NO_PENTA = Say(Outcome.NOT_COME), Say(Outcome.NO_VACCINE, vaccine="PENTA")
HAD_PENTA = Say(Outcome.CAME, vaccine="PENTA")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def room(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Room]:
    database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    yield await open_room(database, await settle(database))
    await database.close()


async def runs_out(room: Room, turn: Turn, *, until: date | None = FIRST, vaccine: str = "PENTA") -> None:
    out = StockOut(vaccine, FIRST, until)
    await turn.uow.sessions.add_stock_out(room.village.station, out, by=room.hoa, at=turn.moment.now)


async def needs_only_penta(room: Room, name: str) -> ChildId:
    number = await room.adds(name)
    async with room.turn(day=date(2026, 12, 2)) as turn:
        await give(turn.uow, number, ("OPV",), date(2026, 12, 2), moment=turn.moment)
    return number


async def says(room: Room, turn: Turn, number: ChildId, say: Say, *, take_back: bool = False) -> SessionList:
    return await mark_visit(turn, room.village.station, FIRST, child(number), say, take_back=take_back)


async def test_who_was_recorded_keeps_it_and_all_others_lack_it_from_then_on(room: Room) -> None:
    an, be = room.village.an, await room.adds("Bé")
    async with room.turn(hour=8) as turn:
        await record_visit(turn, child(an), FIRST)
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn)
        await record_visit(turn, child(an), FIRST)
    await room.closes()
    assert (await room.given(an), await room.given(be)) == (TWO_MONTHS, {"OPV"})
    assert await room.words() == {child(an): Outcome.CAME, child(be): Outcome.CAME}


async def test_who_had_it_before_is_recorded_with_it_by_one_tap(room: Room) -> None:
    an, be = room.village.an, await room.adds("Bé")
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn)
        listed = await says(room, turn, an, HAD_PENTA)
        assert (listed.ran_out, [one.short_of for one in listed.entries]) == (("PENTA",), [(), ("PENTA",)])
    await room.closes()
    assert (await room.given(an), await room.given(be)) == (TWO_MONTHS, {"OPV"})


async def test_the_same_tap_takes_it_back(room: Room) -> None:
    an = room.village.an
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn)
        listed = await says(room, turn, an, HAD_PENTA)
        assert listed.entries[0].mark.says(HAD_PENTA)
        await says(room, turn, an, HAD_PENTA, take_back=True)
    await room.closes()
    assert await room.given(an) == {"OPV"}


async def test_where_nearly_everybody_had_it_only_the_others_are_tapped(room: Room) -> None:
    an, be, cuc = room.village.an, await room.adds("Bé"), await needs_only_penta(room, "Cúc")
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn)
        await note_had_by_all(turn, room.village.station, FIRST, "PENTA")
        await says(room, turn, be, NO_PENTA)
    await room.closes()
    assert [await room.given(one) for one in (an, be, cuc)] == [TWO_MONTHS, {"OPV"}, {"PENTA"}]
    assert (await room.words())[child(be)] is Outcome.NO_VACCINE


async def test_who_was_to_come_for_nothing_else_is_neither_missed_nor_recorded(room: Room) -> None:
    cuc = await needs_only_penta(room, "Cúc")
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn)
        listed = await list_session(turn, room.village.station, FIRST)
        entry = listed.entry(child(cuc))
        assert entry is not None
        assert entry.is_called_off
        assert (len(listed.expected), len(listed.waiting)) == (1, 1)
        await says(room, turn, cuc, NOT_COME)
    done = await room.closes()
    assert child(cuc) not in await room.words()
    assert await room.given(cuc) == set()
    assert done.tally.outcomes == {Outcome.CAME: 1}


async def test_who_came_for_it_in_vain_was_turned_away(room: Room) -> None:
    cuc = await needs_only_penta(room, "Cúc")
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn)
        await says(room, turn, cuc, NO_PENTA)
    await room.closes()
    assert (await room.words())[child(cuc)] is Outcome.NO_VACCINE
    assert await room.given(cuc) == set()


async def test_who_was_to_come_for_nothing_else_and_had_it_is_recorded(room: Room) -> None:
    cuc = await needs_only_penta(room, "Cúc")
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn)
        await says(room, turn, cuc, HAD_PENTA)
    await room.closes()
    assert ((await room.words())[child(cuc)], await room.given(cuc)) == (Outcome.CAME, {"PENTA"})


async def test_recorded_by_itself_what_was_said_counts(room: Room) -> None:
    an = room.village.an
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn)
        await says(room, turn, an, HAD_PENTA)
        await record_visit(turn, child(an), FIRST)
    assert await room.given(an) == TWO_MONTHS


async def test_what_was_missing_before_the_day_was_had_by_nobody(room: Room) -> None:
    an, cuc = room.village.an, await needs_only_penta(room, "Cúc")
    async with room.turn(day=date(2026, 12, 4)) as turn:
        await runs_out(room, turn, until=None)
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn)  # said once more on the day
        await note_had_by_all(turn, room.village.station, FIRST, "PENTA")
        listed = await says(room, turn, an, HAD_PENTA)
        assert (listed.ran_out, listed.entry(child(cuc))) == ((), None)
    await room.closes()
    assert await room.given(an) == {"OPV"}


async def test_closed_on_the_day_after_it_is_the_same(room: Room) -> None:
    an, cuc = room.village.an, await needs_only_penta(room, "Cúc")
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn, until=None)
        await says(room, turn, an, HAD_PENTA)
    await room.closes(day=date(2026, 12, 6))
    assert await room.given(an) == TWO_MONTHS
    assert child(cuc) not in await room.words()


async def test_where_it_is_there_again_everybody_gets_it(room: Room) -> None:
    an, cuc = room.village.an, await needs_only_penta(room, "Cúc")
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn)
        await turn.uow.sessions.end_stock_out(room.village.station, "PENTA", date(2026, 12, 4))
    await room.closes()
    assert (await room.given(an), await room.given(cuc)) == (TWO_MONTHS, {"PENTA"})


async def test_the_page_offers_it_with_one_tap_and_says_what_ran_out(room: Room) -> None:
    cuc = await needs_only_penta(room, "Cúc")
    async with room.turn(hour=9) as turn:
        await runs_out(room, turn)
        listed = await list_session(turn, room.village.station, FIRST)
    page = draw_session(listed)
    taps = {choice.label.key: choice.payload for row in page.choices for choice in row}
    assert str(HAD_PENTA) in taps["session.choice.came"]
    assert "session.line.called_off" in str(page.body)
    assert "session.ran_out" in str(page.body)
    had = draw_session(listed, 0, parse_say(str(HAD_PENTA)))
    marks = [choice.payload for row in had.choices for choice in row if ":mark:" in choice.payload]
    assert len(marks) == 2
    assert all(f":{HAD_PENTA}:" in payload for payload in marks)
    assert "had_all" in str(had.choices)
    entry = listed.entry(child(cuc))
    assert entry is not None
    for shown in (draw_one(listed, entry), draw_which(listed, 0, Outcome.NO_VACCINE)):
        assert "no_vaccine-PENTA" in str(shown.choices)
