"""A station that vaccinates on the 5th and the 20th, Lan with An, and what is said of a session day afterwards."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from content.schedules.loading import load_schedules
from domain.area import Facility, FacilityKind, Province
from domain.attendance import AttendanceSource, Outcome, Why
from domain.calendar import add_months
from domain.consent import TEXT_VERSION, Consent, ConsentWay, Purpose
from domain.identifiers import ActorId, AddressId, CaregiverId, ChildId, CommuneId, FacilityId, FamilyId
from domain.invite import ActorPlace
from domain.missed import Answer, SessionOccasion
from domain.moment import Moment
from domain.people import ActorRole, Child
from domain.reader import Role
from domain.sex import Sex
from domain.tasks import Task, TaskKind
from services.access import Speaker, anew
from services.ports import UnitOfWork
from services.ports.attendances import Attendance
from services.ports.families import NewChild
from services.ports.tasks import FoundTask
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Turn, Work
from services.visits.keep_doses import Teller, keep_doses
from services.visits.missed.answer_yesterday import YesterdayAnswered, answer_yesterday
from services.visits.missed.ask_yesterday import ask_yesterday
from services.visits.missed.follow_closing import follow_closing
from services.visits.schedule_forecaster import ScheduleForecaster
from storage.engine import Database, open_database
from tests.fakes.databases import migrated_sqlite
from tests.fakes.people import moment_at
from tests.fakes.programmes import PROGRAMME
from tests.fakes.sending import claim_due, taken

__all__ = ["anyio_backend", "grown", "migrated_sqlite", "scene"]
ZONE = "Asia/Ho_Chi_Minh"
QUANG_NINH = Province("quang-ninh", "Quảng Ninh", "VN", ZONE, "115", "111", date(2026, 11, 1))
BORN = date(2026, 10, 5)
CAME, NOT_COME, POSTPONED, TOO_MANY = Outcome.CAME, Outcome.NOT_COME, Outcome.POSTPONED, Outcome.TOO_MANY
DUE = ("PENTA", "OPV")
ON, NEXT, LATER = date(2026, 12, 5), date(2026, 12, 20), date(2027, 1, 5)
DAY = timedelta(days=1)
MORNING_AFTER, EVENING_AFTER = moment_at(ON + DAY, 7, 5), moment_at(ON + DAY, 20, 30)
BORN_EARLIER = date(2025, 5, 10)
# What a child of eighteen months has had: by months of age.
BY_EIGHTEEN_MONTHS = (
    *((vaccine, months) for months in (2, 3, 4) for vaccine in ("PENTA", "OPV")),
    ("IPV", 5),
    ("IPV", 9),
    ("MEASLES", 9),
    ("JE_INACT", 12),
    ("JE_INACT", 13),
)
HERE = replace(PROGRAMME, forecasters={"VN": ScheduleForecaster(load_schedules()["vn-epi"])})


@dataclass(frozen=True)
class Scene:
    """The numbers of the rows, and the ways to make things happen."""

    database: Database
    commune: CommuneId
    station: FacilityId
    minh: ActorId
    hoa: ActorId
    family: FamilyId
    lan: CaregiverId
    an: ChildId
    chat: AddressId

    async def adds_child(self, name: str, born: date = BORN) -> ChildId:
        """One more child of Lan's, vaccinated at birth."""
        async with self.database.begin() as uow:
            child = await uow.families.add_child(self.family, self.station, NewChild(name, born, Sex.MALE))
            await uow.families.add_care(self.lan, Role.MOTHER, child=child)
            await _at_birth(uow, child, born)
        return child

    async def closes(
        self, on: date = ON, *, at: Moment | None = None, why: Why | None = None, **by_name: Outcome
    ) -> None:
        """Hoa closes a session: what became of each child, by name."""
        moment = at or moment_at(on, 11)
        async with self.database.begin() as uow:
            place = await facility_of(uow, self.station)
            children = {one.name: one.id for one in await self._children(uow)}
            words = [
                Attendance(self.station, on, outcome, AttendanceSource.RECORD, children[name], why=why, actor=self.hoa)
                for name, outcome in by_name.items()
            ]
            await uow.attendances.note(words, moment.now)
            await uow.sessions.close(self.station, on, by=self.hoa, at=moment.now)
            await follow_closing(Work(uow, HERE, moment), place, on)

    async def records(self, child: ChildId, on: date, *vaccines: str, at: FacilityId | None = None) -> None:
        """A facility records these for a child."""
        doses = [Vaccination(child, vaccine, on, VaccinationSource.RECORD) for vaccine in vaccines]
        async with self.database.begin() as uow:
            work = Work(uow, HERE, moment_at(on, 12))
            await keep_doses(work, doses, Teller(actor=self.hoa, facility=at or self.station))

    async def answers(
        self, answer: Answer, reason: str = "", *, on: date = ON, at: Moment | None = None
    ) -> YesterdayAnswered:
        """Lan answers what became of a session day."""
        async with self.database.begin() as uow:
            turn = await turn_of(uow, self, at or moment_at(on + DAY, 20, 40))
            return await answer_yesterday(turn, self.lan, SessionOccasion(self.station, on), answer, reason)

    async def sends(self, moment: Moment) -> list[str]:
        """What of this goes to families and colleagues at that moment: the keys with whom they are about."""
        said: list[str] = []
        while True:
            batch = await claim_due(self.database, HERE, moment)
            async with self.database.begin() as uow:
                for one in batch.ready:
                    await uow.outbox.record_sent(taken(one.row.id, one.address), moment.now)
                    said.append(" ".join([one.message.body.key, *one.reader.children]))
            if not batch.handled:
                return [one for one in said if one.startswith("missed.")]

    async def calls(self, *, still_open: bool = True) -> list[Task]:
        """The calls after missed visits."""
        async with self.database.look() as uow:
            found: list[FoundTask] = list(await uow.tasks.about("missed:", still_open=still_open))
        return [one.task for one in found if one.task.kind is TaskKind.MISSED_VISIT]

    async def runs(self, step: Callable[[Work, str], Awaitable[None]], moment: Moment) -> None:
        """One step of the day's work."""
        async with self.database.begin() as uow:
            await step(Work(uow, HERE, moment), ZONE)

    async def _children(self, uow: UnitOfWork) -> tuple[Child, ...]:
        return await uow.lives.children_in(self.family)


async def turn_of(uow: UnitOfWork, scene: Scene, moment: Moment) -> Turn:
    """Lan says something."""
    chat = await uow.people.address(scene.chat)
    assert chat is not None
    return Turn(uow, HERE, moment, await anew(uow, Speaker(chat, None, ())), "update:1")


async def begin(database: Database, born: date = BORN) -> Scene:
    """Minh's commune, Hoa's station, and Lan, who joined with An, vaccinated at birth."""
    now = moment_at(date(2026, 10, 6), 9).now
    async with database.begin() as uow:
        await uow.area.save_province(QUANG_NINH)
        commune = await uow.area.save_commune(QUANG_NINH.code, "Suối Mơ")
        station = await add_station(uow, commune, "Trạm Y tế Suối Mơ")
        minh = await add_actor(uow, ActorPlace("Minh", ActorRole.VOLUNTEER, communes=(commune,)))
        hoa = await add_actor(uow, ActorPlace("Hoa", ActorRole.HEALTH_WORKER, facility=station))
        family = await uow.families.add_family(station, ZONE, by=minh, at=now)
        lan = await uow.families.add_caregiver(family, Role.MOTHER, "vi", "+84912345678")
        an = await uow.families.add_child(family, station, NewChild("An", born, Sex.FEMALE))
        await uow.families.add_care(lan, Role.MOTHER, child=an)
        await _at_birth(uow, an, born)
        chat = await joins(uow, lan, "lan")
    return Scene(database, commune, station, minh, hoa, family, lan, an, chat)


async def begin_later(database: Database) -> Scene:
    """The same with An at eighteen months, who lacks only what is due since then: nothing hurries."""
    scene = await begin(database, BORN_EARLIER)
    doses = [
        Vaccination(scene.an, vaccine, add_months(BORN_EARLIER, months), VaccinationSource.CARD)
        for vaccine, months in BY_EIGHTEEN_MONTHS
    ]
    async with database.begin() as uow:
        await uow.visits.record(doses, at=moment_at(date(2026, 10, 6), 9).now)
    return scene


async def add_station(uow: UnitOfWork, commune: CommuneId, name: str) -> FacilityId:
    return await uow.area.save_facility(
        commune,
        name=name,
        kind=FacilityKind.HEALTH_STATION,
        phone="+842033888111",
        hours="7:00-16:30",
        session_rule="day 5,20 @ 07:30-10:30",
    )


async def add_actor(uow: UnitOfWork, place: ActorPlace) -> ActorId:
    """Somebody who works here, with a chat."""
    now = moment_at(date(2026, 10, 1), 9).now
    actor = await uow.people.add_actor(place, by=None, at=now)
    await uow.people.link_actor(actor, await _chat(uow, place.name), now)
    return actor


async def joins(uow: UnitOfWork, caregiver: CaregiverId, chat: str, on: date = date(2026, 10, 6)) -> AddressId:
    """She has a chat, joined, and agreed to both purposes."""
    now = moment_at(on, 9).now
    address = await _chat(uow, chat)
    await uow.people.link_caregiver(caregiver, address, now)
    for purpose in (Purpose.MESSAGES, Purpose.FILE):
        await uow.consents.add(Consent(caregiver, purpose, True, TEXT_VERSION, "vi", ConsentWay.TAP, now))
    await uow.families.join_caregiver(caregiver, at=now, on=on)
    return address


async def _chat(uow: UnitOfWork, name: str) -> AddressId:
    address, _before = await uow.people.arrive(
        channel="telegram", bot="cradle", external_id=name, language="vi", at=moment_at(date(2026, 12, 1), 9).now
    )
    return address.id


async def _at_birth(uow: UnitOfWork, child: ChildId, born: date) -> None:
    doses = [Vaccination(child, vaccine, born, VaccinationSource.CARD) for vaccine in ("HEPB0", "BCG")]
    await uow.visits.record(doses, at=moment_at(date(2026, 10, 6), 9).now)


async def facility_of(uow: UnitOfWork, number: FacilityId) -> Facility:
    found = await uow.area.facility(number)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def scene(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Scene]:
    database: Database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    yield await begin(database)
    await database.close()


async def asked(scene: Scene, on: date = ON) -> None:
    """The question of the day after an unclosed session has reached Lan."""
    await scene.runs(ask_yesterday, moment_at(on + DAY, 7, 5))
    assert "missed.ask An" in await scene.sends(moment_at(on + DAY, 20, 30))


async def reported(scene: Scene) -> set[tuple[str, date]]:
    async with scene.database.look() as uow:
        given = (await uow.visits.vaccinations_of([scene.an]))[scene.an]
    return {(dose.vaccine, dose.given_on) for dose in given if dose.source is VaccinationSource.REPORTED}


@pytest.fixture
async def grown(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Scene]:
    database: Database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    yield await begin_later(database)
    await database.close()
