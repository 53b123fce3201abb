"""Hoa at the station on 5 December, the day of a session, with children of two months who need the same."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from domain.attendance import AttendanceSource, Outcome
from domain.identifiers import ActorId, ChildId, PregnancyId
from domain.invite import ActorPlace
from domain.people import ActorRole
from domain.session_closing import Who
from services.access import Speaker, anew
from services.ports import UnitOfWork
from services.ports.visits import Vaccination
from services.programme import Programme
from services.turn import Turn
from services.visits.close_session import ClosingPlan, close_session, plan_closing
from storage.engine import Database
from tests.storage.sessions import FIRST, WITHOUT_CARE, add_sibling, at, holds_sessions
from tests.storage.village import NOW, Village, arrive

BORN = date(2026, 10, 1)
TWO_MONTHS = {"PENTA", "OPV"}


@dataclass(frozen=True)
class Room:
    """The station on a day; `hoa` and `mai` are its nurses."""

    database: Database
    village: Village
    hoa: ActorId

    @asynccontextmanager
    async def turn(
        self, *, day: date = FIRST, hour: int = 10, who: str = "hoa", programme: Programme = WITHOUT_CARE
    ) -> AsyncIterator[Turn]:
        """Somebody taps something, in a transaction of its own."""
        moment = at(day, hour)
        async with self.database.begin() as uow:
            speaker = await anew(uow, Speaker(await arrive(uow, who), None, ()))
            yield Turn(uow, programme, moment, speaker, f"update:{who}:{moment.now.isoformat()}")

    async def adds(self, name: str, born: date = BORN, vaccines: tuple[str, ...] = ("BCG", "HEPB0")) -> ChildId:
        """One more child of the same age."""
        async with self.database.begin() as uow:
            return await add_sibling(uow, self.village, name, born, vaccines)

    async def closes(self, *, on: date = FIRST, day: date = FIRST, programme: Programme = WITHOUT_CARE) -> ClosingPlan:
        """Hoa reads the summary and confirms it."""
        async with self.turn(day=day, programme=programme) as turn:
            plan = await plan_closing(turn, self.village.station, on)
        async with self.turn(day=day, programme=programme) as turn:
            return await close_session(turn, self.village.station, on, plan.stamp)

    async def words(self, on: date = FIRST) -> Mapping[Who, Outcome]:
        """The facility's word about each visit."""
        async with self.database.look() as uow:
            found = await uow.attendances.at_session(self.village.station, on)
        record = [one for one in found if one.source is AttendanceSource.RECORD]
        return {Who(one.child, one.pregnancy): one.outcome for one in record}

    async def given(self, child: ChildId, on: date = FIRST) -> set[str]:
        """What stands on a child's record for a day."""
        return {dose.vaccine for dose in await self.doses(child) if dose.given_on == on}

    async def doses(self, child: ChildId) -> list[Vaccination]:
        """All of a child's record."""
        async with self.database.look() as uow:
            return list((await uow.visits.vaccinations_of([child]))[child])


async def add_nurse(uow: UnitOfWork, village: Village, name: str) -> ActorId:
    """A nurse of the station, with a chat."""
    place = ActorPlace(name, ActorRole.HEALTH_WORKER, facility=village.station)
    nurse = await uow.people.add_actor(place, by=None, at=NOW)
    await uow.people.link_actor(nurse, (await arrive(uow, name)).id, NOW)
    return nurse


async def open_room(database: Database, village: Village) -> Room:
    """The station, its session days and its two nurses."""
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        hoa = await add_nurse(uow, village, "hoa")
        await add_nurse(uow, village, "mai")
    return Room(database, village, hoa)


def child(number: ChildId) -> Who:
    """A child's visit."""
    return Who(child=number)


def mother(number: PregnancyId) -> Who:
    """The visit of a mother in pregnancy."""
    return Who(pregnancy=number)
