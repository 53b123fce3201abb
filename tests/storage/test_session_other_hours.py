"""Hoa changes only the hours or the place of a day, or wants two days to change places."""

from datetime import date, time, timedelta

import pytest

from domain.session_calendar import ChangeKind
from domain.session_changes import Trouble
from domain.session_days import Hours, PlaceAndHours
from services.access import Refused
from services.messages.plan_day import plan_day
from services.visits.session_days.change_session import (
    Outcome,
    alter_session,
    move_session,
    preview_altering,
    undo_change,
)
from services.visits.session_days.list_session_days import show_day
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
from tests.storage.sessions import FIRST, SECOND, WITHOUT_CARE, at
from tests.storage.village import Village

DAY = date(2026, 11, 23)
EIGHT = PlaceAndHours(hours=Hours(time(8), time(10)))
KHE_SIM = PlaceAndHours("Nhà văn hóa Khe Sím")


@pytest.fixture
async def station(database: Database, village: Village) -> Village:
    async with database.begin() as uow:
        await open_station(uow, village)
    return village


async def alters(
    database: Database, village: Village, wish: PlaceAndHours, *, on: date = FIRST, day: date = DAY, hour: int = 9
) -> Outcome:
    async with database.begin() as uow:
        return await alter_session(await nurse_turn(uow, at(day, hour)), village.station, on, wish)


async def moves(database: Database, village: Village, on: date, to: date, *, hour: int = 9) -> Outcome:
    async with database.begin() as uow:
        return await move_session(await nurse_turn(uow, at(DAY, hour)), village.station, on, to)


async def takes_back(database: Database, village: Village, on: date, *, hour: int = 9) -> Outcome:
    async with database.begin() as uow:
        return await undo_change(await nurse_turn(uow, at(DAY, hour)), village.station, on)


async def test_other_hours_are_told_at_once_to_who_is_expected_and_to_nobody_else(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        later = await add_family(uow, station, "Bi", born=date(2026, 10, 18), chat="mai")
        shown = await preview_altering(await nurse_turn(uow, at(DAY, 9)), station.station, FIRST, EIGHT)
    assert shown.reach.families == 1
    assert shown.day is not None
    assert str(shown.day.hours) == "08:00-10:00"
    assert await session_rows(database, station.lan) == []

    done = await alters(database, station, EIGHT)
    assert (done.trouble, done.before, done.reach.by_chat) == (None, False, 1)
    ((told, message),) = await send(database, at(DAY, 9))
    assert told == station.lan
    assert message.body.key == "session_change.changed"
    assert (message.body.values["on"], message.body.values["hours"]) == (FIRST, "08:00-10:00")
    assert await session_rows(database, later.mother) == []


async def test_another_place_is_added_to_the_other_hours_and_taken_back_it_is_as_usual(
    database: Database, station: Village
) -> None:
    await alters(database, station, EIGHT)
    await send(database, at(DAY, 9))
    await alters(database, station, KHE_SIM, hour=10)
    ((_who, message),) = await send(database, at(DAY, 10))
    where = message.body.values["where"]
    assert (where.key, message.body.values["hours"]) == ("session_change.where.place", "08:00-10:00")  # type: ignore[union-attr]
    async with database.begin() as uow:
        page = await show_day(await nurse_turn(uow, at(DAY, 11)), station.station, FIRST)
    assert page.can_undo
    assert page.line.change is not None
    assert page.line.change.kind is ChangeKind.CHANGED

    undone = await takes_back(database, station, FIRST, hour=11)
    assert undone.day is not None
    assert (undone.day.place, str(undone.day.hours)) == ("", "07:30-10:30")
    ((_who, message),) = await send(database, at(DAY, 11))
    assert (message.body.key, message.body.values["hours"]) == ("session_change.changed", "07:30-10:30")


async def test_what_is_so_already_is_told_to_nobody(database: Database, station: Village) -> None:
    usual = PlaceAndHours(hours=Hours(time(7, 30), time(10, 30)))
    assert (await alters(database, station, usual)).before
    await alters(database, station, EIGHT)
    assert (await alters(database, station, EIGHT)).before
    assert len(await send(database, at(DAY, 9))) == 1


async def test_two_changes_in_one_night_are_told_as_the_last_one_says(database: Database, station: Village) -> None:
    await alters(database, station, EIGHT, hour=22)
    await alters(database, station, KHE_SIM, hour=23)
    ((_who, message),) = await send(database, at(DAY + timedelta(days=1), 6))
    assert message.body.values["hours"] == "08:00-10:00"
    assert message.body.values["where"] != "Trạm Y tế Minh Châu"


async def test_a_day_moved_in_the_night_and_then_given_other_hours_is_told_with_both(
    database: Database, station: Village
) -> None:
    await moves(database, station, FIRST, MOVED, hour=22)
    await alters(database, station, EIGHT, on=MOVED, hour=23)
    ((_who, message),) = await send(database, at(DAY + timedelta(days=1), 6))
    assert message.body.key == "session_change.moved"
    values = message.body.values
    assert (values["old"], values["on"], values["hours"]) == (FIRST, MOVED, "08:00-10:00")


async def test_the_reminder_says_the_hours_that_hold(database: Database, station: Village) -> None:
    eve = FIRST - timedelta(days=1)
    await plan_day(database, WITHOUT_CARE, at(eve, 7))
    await alters(database, station, EIGHT, day=eve)
    said = {message.body.key: message.body.values for _who, message in await send(database, at(eve, 20))}
    assert said["visit.reminder.1"]["hours"] == "08:00-10:00"


async def test_who_has_no_chat_is_called_once_though_the_day_is_changed_twice(
    database: Database, station: Village
) -> None:
    async with database.begin() as uow:
        bi = await add_family(uow, station, "Bi", phone="+84912345000")
    await alters(database, station, EIGHT)
    await alters(database, station, KHE_SIM, hour=10)
    async with database.look() as uow:
        assert [told_in(call) for call in await change_calls(uow)] == [(bi.family, FIRST, FIRST)]


async def test_a_day_that_is_over_or_not_held_has_no_other_hours_and_nobody_else_gives_any(
    database: Database, station: Village
) -> None:
    assert (await alters(database, station, EIGHT, on=MOVED)).trouble is Trouble.NO_SESSION
    assert (await alters(database, station, EIGHT, on=date(2026, 11, 20))).trouble is Trouble.PAST
    async with database.begin() as uow:
        turn = await nurse_turn(uow, at(DAY, 9), "lan")
        with pytest.raises(Refused):
            await alter_session(turn, station.station, FIRST, EIGHT)


async def test_a_day_is_put_on_another_session_day_only_by_who_knows_that_they_become_one(
    database: Database, station: Village
) -> None:
    asked = await moves(database, station, FIRST, SECOND)
    assert (asked.trouble, asked.reach.families) == (Trouble.BOTH_THERE, 1)
    assert asked.day is not None
    assert asked.day.on == SECOND
    assert await session_rows(database, station.lan) == []
    async with database.begin() as uow:
        turn = await nurse_turn(uow, at(DAY, 9))
        done = await move_session(turn, station.station, FIRST, SECOND, together=True)
    assert done.trouble is None
    assert await session_rows(database, station.lan) == [("moved", "05.12>20.12", "planned")]


async def test_two_days_change_places_by_their_hours(database: Database, station: Village) -> None:
    await alters(database, station, PlaceAndHours("Khe Sím", Hours(time(13), time(15))), on=SECOND)
    await alters(database, station, PlaceAndHours("Khe Sím", Hours(time(13), time(15))))
    await takes_back(database, station, SECOND)
    async with database.begin() as uow:
        days = (await nurse_turn(uow, at(DAY, 10))).uow.sessions
        facility = await uow.area.facility(station.station)
        assert facility is not None
        calendar = await days.calendar(facility)
    held = [(day.on, day.place, str(day.hours)) for day in calendar.days(FIRST, SECOND)]
    assert held == [(FIRST, "Khe Sím", "13:00-15:00"), (SECOND, "", "07:30-10:30")]
