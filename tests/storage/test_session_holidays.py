"""A month before a session day that is a public holiday the nurses are asked; nothing moves by itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from content.holidays import PublicHolidays
from domain.identifiers import AddressId
from domain.invite import ActorPlace
from domain.message import OutgoingMessage
from domain.people import ActorRole
from domain.sending.retry import Delivered
from services.access import Refused
from services.turn import Work
from services.visits.session_days.change_session import move_session
from services.visits.session_days.list_session_days import list_session_days, offer_days
from services.visits.session_days.warn_of_holidays import keep_session, warn_of_holidays
from storage.engine import Database
from tests.fakes.sending import claim_due, record_result
from tests.storage.session_village import add_nurse, chat_of, nurse_turn, open_station
from tests.storage.sessions import WITHOUT_CARE, at
from tests.storage.village import NOW, ZONE, Village, arrive

PROGRAMME = replace(WITHOUT_CARE, holidays=PublicHolidays())
NEW_YEAR = date(2027, 2, 5)  # the eve of the lunar new year, and the station's session day
A_MONTH_BEFORE = NEW_YEAR - timedelta(days=30)


async def warn(database: Database, day: date, hour: int = 9) -> None:
    async with database.begin() as uow:
        await warn_of_holidays(Work(uow, PROGRAMME, at(day, hour)), ZONE)


async def send(database: Database, day: date, hour: int = 9) -> Sequence[tuple[AddressId, OutgoingMessage]]:
    moment, gone = at(day, hour), []
    while (batch := await claim_due(database, PROGRAMME, moment)).handled:
        for one in batch.ready:
            await record_result(database, one, Delivered(f"m{one.row.id}"), moment=moment)
            gone.append((one.address, one.message))
    return gone


async def test_a_month_before_the_lunar_new_year_each_nurse_is_asked_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await open_station(uow, village)
        await add_nurse(uow, village, "Thảo", "thao")
        chats = {await chat_of(uow, "hoa"), await chat_of(uow, "thao")}
    await warn(database, A_MONTH_BEFORE - timedelta(days=1))
    assert await send(database, A_MONTH_BEFORE - timedelta(days=1)) == []
    for day in (A_MONTH_BEFORE, A_MONTH_BEFORE, A_MONTH_BEFORE + timedelta(days=3)):
        await warn(database, day)
    gone = await send(database, A_MONTH_BEFORE + timedelta(days=3))
    assert {chat for chat, _message in gone} == chats
    assert len(gone) == 2
    body = gone[0][1].body
    assert (body.values["on"], body.values["holiday"]) == (NEW_YEAR, "Giao thừa Tết Nguyên Đán")
    actions = [choice.payload.split(":")[1] for row in gone[0][1].choices for choice in row]
    assert actions == ["session_move", "session_cancel", "session_keep"]


async def test_nobody_is_woken_by_it(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await open_station(uow, village)
    await warn(database, A_MONTH_BEFORE, 1)
    assert await send(database, A_MONTH_BEFORE, 7) == []
    assert len(await send(database, A_MONTH_BEFORE, 8)) == 1


async def test_a_day_that_was_moved_off_the_holiday_warns_nobody(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await open_station(uow, village)
        turn = await nurse_turn(uow, at(A_MONTH_BEFORE, 8))
        await move_session(turn, village.station, NEW_YEAR, NEW_YEAR - timedelta(days=3))
    await warn(database, A_MONTH_BEFORE)
    assert await send(database, A_MONTH_BEFORE) == []


async def test_nothing_moves_by_itself_and_who_keeps_the_day_keeps_it(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await open_station(uow, village)
    await warn(database, A_MONTH_BEFORE)
    async with database.begin() as uow:
        turn = replace(await nurse_turn(uow, at(A_MONTH_BEFORE, 9)), programme=PROGRAMME)
        facility = await keep_session(turn, village.station, NEW_YEAR)
        assert (await uow.sessions.calendar(facility)).day(NEW_YEAR) is not None
        with pytest.raises(Refused):
            await keep_session(await nurse_turn(uow, at(A_MONTH_BEFORE, 9), "binh"), village.station, NEW_YEAR)


async def test_where_no_nurse_works_the_staff_are_asked(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa = await open_station(uow, village)
        thu = await uow.people.add_actor(ActorPlace("Thu", ActorRole.STAFF), by=None, at=NOW)
        await uow.people.link_actor(thu, (await arrive(uow, "thu")).id, NOW)
        await uow.absences.revoke(hoa, by=thu, at=NOW)
        chat = await chat_of(uow, "thu")
    await warn(database, A_MONTH_BEFORE)
    assert [address for address, _message in await send(database, A_MONTH_BEFORE)] == [chat]


async def test_the_list_marks_holidays_and_offers_working_days_next_to_them(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await open_station(uow, village)
        turn = replace(await nurse_turn(uow, at(A_MONTH_BEFORE, 9)), programme=PROGRAMME)
        days = await list_session_days(turn, village.station)
        assert [(line.on, line.is_holiday) for line in days.lines if line.is_holiday] == [(NEW_YEAR, True)]
        assert await offer_days(turn, village.station, NEW_YEAR) == tuple(
            date(2027, 2, day) for day in (1, 2, 3, 11, 12, 15)
        )
