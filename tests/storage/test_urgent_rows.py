"""A dose whose last day falls before the next session: somebody of the station is told, today and once."""

from datetime import date, timedelta

from domain.identifiers import ActorId, ChildId
from domain.invite import ActorPlace
from domain.message import Text, Value
from domain.people import ActorRole
from domain.session_calendar import ChangeKind, SessionChange, StockOut
from domain.tasks import TaskKind, TaskOutcome
from services.messages.plan_day import plan_one
from services.ports import UnitOfWork
from services.ports.tasks import FoundTask
from services.ports.visits import VisitAnswer
from services.turn import Work
from services.visits.answer_reminder import answer_reminder
from services.visits.call_details import dose_to_give
from services.visits.find_needs import place_of
from services.visits.refresh_forecasts import refresh_children
from services.visits.tell_urgent import tell_urgent
from storage.engine import Database
from tests.storage.sessions import FIRST, add_sibling, at, consents, give, holds_sessions, turn_of, work_at
from tests.storage.village import NOW, ZONE, Village

# Bảo has everything but BCG, which is given in the first year of life only.
BORN = date(2025, 12, 12)
LAST_DAY = date(2026, 12, 11)
TODAY = date(2026, 11, 21)


async def with_nurse(uow: UnitOfWork, village: Village) -> ActorId:
    place = ActorPlace("Hoa", ActorRole.HEALTH_WORKER, facility=village.station)
    return await uow.people.add_actor(place, by=None, at=NOW)


async def begin(uow: UnitOfWork, village: Village, rule: str) -> tuple[ActorId, ChildId]:
    """Hoa's station with this rule, and Bảo without BCG."""
    await holds_sessions(uow, village, rule)
    return await with_nurse(uow, village), await add_sibling(uow, village, "Bảo", BORN, ())


async def tell(work: Work, village: Village) -> None:
    """As in a planning run: the index of days is brought up to date first."""
    facility = await work.uow.area.facility(village.station)
    assert facility is not None
    children = await work.uow.families.children_of(village.lan)
    await refresh_children(work, await place_of(work, facility), children)
    await tell_urgent(work, ZONE)


async def urgent(uow: UnitOfWork) -> list[FoundTask]:
    return list(await uow.tasks.about("urgent:", still_open=True))


async def test_hoa_is_told_once_and_today(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa, bao = await begin(uow, village, "day 20")
        for hour in (1, 7, 13):
            await tell(work_at(uow, TODAY, hour), village)
        (told,) = await urgent(uow)
        task = told.task
        assert (task.kind, task.occasion, task.child) == (TaskKind.URGENT_DOSE, f"urgent:{bao}:bcg:1", bao)
        assert (task.actor, task.caregiver, task.due_on) == (hoa, village.lan, TODAY)


async def test_a_session_in_time_needs_nobody(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await begin(uow, village, "day 5,20")
        await tell(work_at(uow, TODAY), village)
        assert await urgent(uow) == []


async def test_the_last_day_itself_is_in_time(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await begin(uow, village, f"day {LAST_DAY.day}")
        await tell(work_at(uow, TODAY), village)
        assert await urgent(uow) == []


async def test_nobody_is_told_of_a_day_that_is_far_or_past(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await begin(uow, village, "day 20")
        await tell(work_at(uow, LAST_DAY - timedelta(days=36)), village)
        await tell(work_at(uow, LAST_DAY + timedelta(days=1)), village)
        assert await urgent(uow) == []


async def test_a_cancelled_session_or_a_missing_vaccine_makes_it_urgent(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await begin(uow, village, "day 5,20")
        await uow.sessions.change(village.station, SessionChange(FIRST, ChangeKind.CANCELLED), by=village.minh, at=NOW)
        await tell(work_at(uow, TODAY), village)
        assert len(await urgent(uow)) == 1
        await uow.sessions.undo_change(village.station, FIRST, NOW)
        await tell(work_at(uow, TODAY, 13), village)
        assert await urgent(uow) == []
        out = StockOut("BCG", TODAY, None)
        await uow.sessions.add_stock_out(village.station, out, by=village.minh, at=NOW)
        await tell(work_at(uow, TODAY, 19), village)
        assert len(await urgent(uow)) == 1


async def test_when_lan_cannot_come_to_the_last_session_hoa_is_told_at_once(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await begin(uow, village, "day 5,20")
        await consents(uow, village.lan)
        turn = await turn_of(uow, village, at(TODAY, 20))
        await answer_reminder(turn, village.lan, village.station, FIRST, VisitAnswer.CANNOT)
        assert len(await urgent(uow)) == 1


async def test_it_is_told_when_the_family_joins_too(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await begin(uow, village, "day 20")
        lan = await uow.families.caregiver(village.lan)
        assert lan is not None
        await plan_one(work_at(uow, TODAY), lan)
        assert len(await urgent(uow)) == 1


async def test_it_closes_itself_when_the_dose_is_given_whatever_else_is_due(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        _hoa, bao = await begin(uow, village, "day 20")
        await tell(work_at(uow, TODAY), village)
        await give(uow, bao, ("PENTA",), TODAY, moment=at(TODAY, 9))
        assert len(await urgent(uow)) == 1
        await give(uow, bao, ("BCG",), TODAY, moment=at(TODAY, 9))
        assert await urgent(uow) == []


async def test_what_hoa_is_done_with_does_not_come_up_again(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa, _bao = await begin(uow, village, "day 20")
        await tell(work_at(uow, TODAY), village)
        (told,) = await urgent(uow)
        await uow.tasks.close(told.task.id, TaskOutcome.REACHED, by=hoa, at=NOW)
        await tell(work_at(uow, TODAY, 13), village)
        assert await urgent(uow) == []


async def test_hoa_reads_which_vaccine_and_until_when_and_a_volunteer_neither(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        hoa, _bao = await begin(uow, village, "day 20")
        work = work_at(uow, TODAY)
        await tell(work, village)
        (told,) = await urgent(uow)
        values: dict[str, Value] = {"child": "Bảo", "vaccine": Text("vaccine.bcg.short"), "until": LAST_DAY}
        assert await dose_to_give(work, told.task) == {"what": Text("call_list.urgent", values)}
        await uow.absences.revoke(hoa, by=village.minh, at=NOW)
        assert await dose_to_give(work, told.task) == {"what": Text("call_list.ask_station")}


async def test_where_no_health_worker_is_somebody_of_the_department_is_told_and_never_a_volunteer(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village, "day 20")
        await add_sibling(uow, village, "Bảo", BORN, ())
        gone, thu, _later = [
            await uow.people.add_actor(ActorPlace(name, ActorRole.STAFF), by=None, at=NOW)
            for name in ("Gấm", "Thu", "Tú")
        ]
        await uow.absences.revoke(gone, by=village.minh, at=NOW)
        await tell(work_at(uow, TODAY), village)
        (told,) = await urgent(uow)
        assert told.task.actor == thu
        assert (await dose_to_give(work_at(uow, TODAY), told.task))["what"].key == "call_list.urgent"  # type: ignore[union-attr]
