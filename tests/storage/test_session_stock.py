"""Hoa says that a vaccine is missing: those for whom it was due that day hear that only this one has to wait."""

from datetime import date

import pytest

from domain.message import Text
from domain.session_changes import Trouble
from services.access import Refused
from services.messages.plan_day import plan_day
from services.visits.find_visits import find_family_visits
from services.visits.session_days.note_stock_out import end_stock_out, note_stock_out, show_shelf
from storage.engine import Database
from tests.storage.session_village import add_family, nurse_turn, open_station, send, session_rows
from tests.storage.sessions import FIRST, SECOND, WITHOUT_CARE, at, give
from tests.storage.village import Village

DAY = date(2026, 11, 23)


@pytest.fixture
async def station(database: Database, village: Village) -> Village:
    async with database.begin() as uow:
        await open_station(uow, village)
    return village


async def runs_out(
    database: Database, village: Village, vaccine: str, *, lasts: bool = False, hour: int = 9, day: date = DAY
) -> int:
    async with database.begin() as uow:
        turn = await nurse_turn(uow, at(day, hour))
        return (await note_stock_out(turn, village.station, FIRST, vaccine, lasts=lasts)).reach.families


async def vaccines_of(database: Database, village: Village, day: date = DAY) -> tuple[date, tuple[str, ...]]:
    async with database.begin() as uow:
        turn = await nurse_turn(uow, at(day, 9))
        children = await uow.families.children_of(village.lan)
        (visit, *_later) = await find_family_visits(turn, village.lan, children)
        return visit.on, visit.vaccines


async def test_what_is_due_most_on_the_day_is_offered_first(database: Database, station: Village) -> None:
    async with database.begin() as uow:
        shelf = await show_shelf(await nurse_turn(uow, at(DAY, 9)), station.station, FIRST)
    due = set((await vaccines_of(database, station))[1])
    assert due
    assert set(shelf.vaccines[: len(due)]) == due
    assert set(shelf.vaccines) > due
    assert shelf.missing == ()


async def test_one_missing_vaccine_is_told_to_those_who_need_it_and_the_others_are_given(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        bi = await add_family(uow, station, "Bi", chat="mai")
        await give(uow, bi.child, ("OPV",), date(2026, 11, 20))
    before = (await vaccines_of(database, station))[1]
    assert await runs_out(database, station, "OPV") == 1
    (gone,) = await send(database, at(DAY, 9))
    assert gone[0] == station.lan
    assert gone[1].body.key == "session_change.waits"
    assert gone[1].body.values["vaccine"] == Text("vaccine.opv.short")
    assert await session_rows(database, bi.mother) == []
    assert await vaccines_of(database, station) == (FIRST, tuple(one for one in before if one != "OPV"))


async def test_the_same_tap_twice_tells_nobody_twice(database: Database, station: Village) -> None:
    for _ in range(2):
        await runs_out(database, station, "OPV")
        await send(database, at(DAY, 9))
    assert len(await session_rows(database, station.lan)) == 1
    assert await runs_out(database, station, "OPV", lasts=True, hour=10) == 0
    assert len(await session_rows(database, station.lan)) == 1


async def test_where_a_second_one_is_missing_and_nothing_is_left_another_day_is_told(
    database: Database, station: Village
) -> None:
    assert set((await vaccines_of(database, station))[1]) == {"OPV", "PENTA"}
    assert await runs_out(database, station, "OPV") == 1
    await send(database, at(DAY, 9))
    assert await runs_out(database, station, "PENTA", hour=10) == 1
    await send(database, at(DAY, 10))
    told = [("waits", "05.12>05.12", "sent"), ("moved", "05.12>20.12", "sent")]
    assert await session_rows(database, station.lan) == told


async def test_who_needs_nothing_else_that_day_hears_the_day_on_which_it_can_be_had(
    database: Database, station: Village
) -> None:
    others = tuple(one for one in (await vaccines_of(database, station))[1] if one != "OPV")
    async with database.begin() as uow:
        await give(uow, station.an, others, date(2026, 12, 1), moment=at(date(2026, 12, 1), 9))
    day = date(2026, 12, 2)
    await runs_out(database, station, "OPV", day=day)
    await send(database, at(day, 9))
    assert await session_rows(database, station.lan) == [("moved", "05.12>20.12", "sent")]


async def test_until_further_notice_it_is_missing_on_the_next_days_too_and_then_it_is_there_again(
    database: Database, station: Village
) -> None:
    await runs_out(database, station, "OPV", lasts=True)
    await send(database, at(DAY, 9))
    async with database.begin() as uow:
        facility = await uow.area.facility(station.station)
        assert facility is not None
        assert (await uow.sessions.calendar(facility)).is_short_of("OPV", SECOND)
        turn = await nurse_turn(uow, at(DAY, 11))
        assert not (await end_stock_out(turn, station.station, FIRST, "OPV")).before
        assert (await end_stock_out(turn, station.station, FIRST, "OPV")).before
    (gone,) = await send(database, at(DAY, 11))
    assert gone[1].body.key == "session_change.there"
    assert "OPV" in (await vaccines_of(database, station))[1]


async def test_what_came_back_before_anybody_read_that_it_was_missing_is_never_told(
    database: Database, station: Village
) -> None:
    await runs_out(database, station, "OPV", hour=22)
    async with database.begin() as uow:
        await end_stock_out(await nurse_turn(uow, at(DAY, 23)), station.station, FIRST, "OPV")
    assert await send(database, at(date(2026, 11, 24), 8)) == []


async def test_a_reminder_does_not_promise_what_is_missing(database: Database, station: Village) -> None:
    day = date(2026, 11, 28)
    await plan_day(database, WITHOUT_CARE, at(day, 7))
    await runs_out(database, station, "OPV", day=day)
    assert [message.body.key for _who, message in await send(database, at(day, 9))] == ["session_change.waits"]
    gone = await send(database, at(day, 20))
    (reminder,) = [message for _who, message in gone if message.body.key == "visit.reminder.7"]
    assert "vaccine.penta.short" in repr(reminder.body.values["due"])
    assert "vaccine.opv.short" not in repr(reminder.body.values["due"])


async def test_a_past_or_unknown_day_and_a_vaccine_that_nobody_gives_are_refused(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        turn = await nurse_turn(uow, at(DAY, 9))
        late = await note_stock_out(turn, station.station, date(2026, 11, 20), "OPV", lasts=False)
        assert late.trouble is Trouble.PAST
        none = await show_shelf(turn, station.station, date(2026, 12, 6))
        assert none.outcome is not None
        assert none.outcome.trouble is Trouble.NO_SESSION
        with pytest.raises(Refused):
            await note_stock_out(turn, station.station, FIRST, "NOTHING", lasts=False)
        with pytest.raises(Refused):
            await show_shelf(await nurse_turn(uow, at(DAY, 9), "binh"), station.station, FIRST)
