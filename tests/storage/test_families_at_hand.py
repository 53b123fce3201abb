"""What a day's steps ask about many families at once: who reads, who cares for whom, for whom something may be due."""

from datetime import date, timedelta

from domain.ends import CaregiverEnd, ChildEnd
from domain.identifiers import ChildId
from domain.people import AddressState
from domain.reader import Role
from domain.session_calendar import ChangeKind, SessionChange, StockOut
from domain.sex import Sex
from domain.tasks import TaskKind
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.ports.forecasts import ChildForecast
from services.ports.tasks import NewTask
from services.ports.visits import Vaccination, VaccinationSource, Withdrawal
from storage.engine import Database
from tests.storage.village import NOW, ZONE, Village, add_caregiver, add_station, arrive

TODAY = date(2026, 11, 20)
LONG_AGO = date(2020, 11, 20)


async def add_child(uow: UnitOfWork, village: Village, name: str) -> ChildId:
    return await uow.families.add_child(village.family, village.station, NewChild(name, TODAY, Sex.MALE))


async def test_a_household_is_everybody_with_the_chats_that_lead_to_them(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        father = await add_caregiver(uow, village)
        await uow.lives.end_caregiver(await add_caregiver(uow, village), CaregiverEnd.REMOVED, NOW)
        newer = await arrive(uow, "newer", NOW + timedelta(hours=1))
        old = await arrive(uow, "old")
        for chat in (old, newer):
            await uow.people.link_caregiver(village.lan, chat.id, NOW)
        await uow.people.unlink_address(old.id, NOW, as_="not_hers")
        await uow.people.mark_address(village.chat, state=AddressState.UNREACHABLE, reason="blocked", at=NOW)
        empty = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW)
        found = await uow.families.households([village.family, empty])
        lan, other = found[village.family].members
        assert (lan.caregiver.id, other.caregiver.id, found[empty].members) == (village.lan, father, ())
        reached = [(newer.id, AddressState.ACTIVE), (village.chat, AddressState.UNREACHABLE)]
        assert [(chat.id, chat.state) for chat in lan.chats] == reached
        assert (other.chats, await uow.families.households([])) == ((), {})


async def test_who_cares_for_each_child_is_found_for_many_at_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        father, bao = await add_caregiver(uow, village), await add_child(uow, village, "Bảo")
        await uow.families.add_care(father, Role.FATHER, child=village.an)
        found = await uow.families.caregivers_of_children([village.an, bao])
        assert {child: [one.id for one in hers] for child, hers in found.items()} == {
            village.an: [village.lan, father],
            bao: [],
        }
        assert [one.id for one in await uow.families.children_with([bao, village.an])] == [village.an, bao]


async def test_something_may_be_due_for_all_of_whom_it_is_not_known_otherwise(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        bao, chi, dung = [await add_child(uow, village, name) for name in ("Bảo", "Chi", "Dũng")]
        await uow.lives.end_child(dung, ChildEnd.MOVED, NOW)
        soon, later = TODAY + timedelta(days=3), TODAY + timedelta(days=4)
        days = ((village.an, later), (bao, soon), (chi, None))
        await uow.forecasts.keep([ChildForecast(child, "1", day, None, None) for child, day in days], NOW)
        unknown = await add_child(uow, village, "Em")
        here = [village.station]
        found = await uow.forecasts.due_at(here, born_after=LONG_AGO, by=soon)
        assert [one.id for one in found] == [bao, unknown]
        assert await uow.forecasts.due_at(here, born_after=TODAY, by=soon) == ()
        assert await uow.forecasts.due_at([], born_after=LONG_AGO, by=soon) == ()


async def test_only_those_whose_family_told_of_a_dose_are_asked_for_the_card(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        bao, chi = await add_child(uow, village, "Bảo"), await add_child(uow, village, "Chi")
        for child, source in (
            (village.an, VaccinationSource.REPORTED),
            (bao, VaccinationSource.RECORD),
            (chi, VaccinationSource.REPORTED),
        ):
            await uow.visits.record([Vaccination(child, "BCG", TODAY, source)], at=NOW)
        (mistaken,) = await uow.visits.history_of(chi)
        await uow.visits.withdraw_row(mistaken.id, why=Withdrawal.MISTAKE, by=None, at=NOW)
        told = await uow.families.children_told_of([village.station], LONG_AGO)
        assert [one.id for one in told] == [village.an]


async def test_open_tasks_of_a_kind_are_found_in_the_order_in_which_they_were_made(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        for occasion, kind in (("b", TaskKind.CALL), ("a", TaskKind.CALL), ("c", TaskKind.REACH), ("d", TaskKind.CALL)):
            await uow.tasks.add(NewTask(kind, occasion, village.family, due_on=TODAY), at=NOW)
        await uow.tasks.drop_occasion("d", NOW)
        assert [one.occasion for one in await uow.tasks.open_of(TaskKind.CALL)] == ["b", "a"]


async def test_each_station_of_a_zone_has_a_calendar_of_its_own(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await add_station(uow, village.commune, "Trạm Y tế Ngọc Vừng")
        off = SessionChange(date(2026, 11, 25), ChangeKind.CANCELLED)
        await uow.sessions.change(village.station, off, by=village.minh, at=NOW)
        await uow.sessions.add_stock_out(village.station, StockOut("BCG", TODAY), by=village.minh, at=NOW)
        stations = await uow.area.facilities_in(ZONE)
        calendars = await uow.sessions.calendars(stations)
        assert [calendars[one.id] for one in stations] == [await uow.sessions.calendar(one) for one in stations]
        assert {one.id: len(calendars[one.id].changes) + len(calendars[one.id].stock_outs) for one in stations} == {
            village.station: 2,
            stations[1].id if stations[0].id == village.station else stations[0].id: 0,
        }
        assert await uow.area.facilities_in("Asia/Shanghai") == ()
