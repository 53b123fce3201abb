"""The families of the demo's station who have no phone on the page: so many that a session day is a full one.

Each child has lived its months: at every session day so far it was given what was due then.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from app.wiring import Parts
from domain.area import Facility
from domain.identifiers import ActorId, ChildId, FacilityId, FamilyId
from domain.invite import ActorPlace
from domain.people import ActorRole, Child
from domain.reader import Role
from domain.session_calendar import SessionCalendar
from domain.sex import Sex
from domain.vaccination.forecast import due_doses
from services.ports.families import NewChild
from services.ports.forecasting import Circumstances, ForecastPort
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Work

EXPECTED = 60
VOLUNTEER = "Thắm"
OLDEST = timedelta(days=580)
NICKNAMES = (
    *("Bông", "Tôm", "Cún", "Nhím", "Sóc", "Mít", "Bắp", "Na", "Gạo", "Thỏ", "Khoai", "Cốm", "Dâu", "Bi", "Kem"),
    *("Ốc", "Vừng", "Mận", "Chuột", "Bơ"),
)
MIDDLE = ("", " Anh", " Em")


async def bring_neighbours(parts: Parts, station: str) -> int:
    """Enrol them, unless they are there; gives how many came."""
    moment = await parts.clock.moment()
    async with parts.database.begin() as uow:
        facility = next(one for one in await uow.area.facilities() if one.commune.name == station)
        if await uow.people.actors_called(VOLUNTEER):
            return 0
        work = Work(uow, parts.programme, moment)
        place = ActorPlace(VOLUNTEER, ActorRole.VOLUNTEER, communes=(facility.commune.id,))
        volunteer = await uow.people.add_actor(place, by=None, at=moment.now)
        calendar = await uow.sessions.calendar(facility)
        forecaster = parts.programme.forecasters[facility.commune.province.country]
        lives = _lives(forecaster, calendar, moment.today(facility.zone))
        count = 0
        for number, (child, given) in zip(range(EXPECTED), lives, strict=False):
            await _enrol(work, facility, volunteer, _named(child, number), given)
            count += 1
    return count


def _named(child: NewChild, number: int) -> NewChild:
    name = NICKNAMES[number % len(NICKNAMES)] + MIDDLE[number // len(NICKNAMES) % len(MIDDLE)]
    return NewChild(name, child.birth_date, child.sex)


async def _enrol(work: Work, facility: Facility, by: ActorId, child: NewChild, given: list[tuple[str, date]]) -> None:
    families, now = work.uow.families, work.moment.now
    family = await families.add_family(facility.id, facility.zone, by=by, at=now)
    mother = await families.add_caregiver(family, Role.MOTHER, "vi", None)
    added = await families.add_child(family, facility.id, child)
    await families.add_care(mother, Role.MOTHER, child=added)
    await families.join_caregiver(mother, at=now, on=work.moment.today(facility.zone))
    await families.stop_caregiver(mother, now)  # they want no messages: nobody's list is full of them
    doses = [Vaccination(added, vaccine, on, VaccinationSource.RECORD) for vaccine, on in given]
    await work.uow.visits.record(doses, at=now, actor=by, facility=facility.id)


def _lives(
    forecaster: ForecastPort, calendar: SessionCalendar, today: date
) -> Iterator[tuple[NewChild, list[tuple[str, date]]]]:
    """Children who have something due on the next session day, the youngest first; some birth days twice."""
    upcoming = calendar.next_day(today)
    if upcoming is None:
        return
    for age in range(35, OLDEST.days * 3):
        born = today - timedelta(days=35 + (age - 35) % (OLDEST.days - 35))
        child = NewChild("", born, Sex.FEMALE if age % 2 else Sex.MALE)
        given = _life(forecaster, calendar, child, today)
        if _due(forecaster, child, given, upcoming.on):
            yield child, given


def _life(forecaster: ForecastPort, calendar: SessionCalendar, child: NewChild, today: date) -> list[tuple[str, date]]:
    born = child.birth_date
    sessions = [day.on for day in calendar.days(born + timedelta(days=1), today - timedelta(days=1))]
    given: list[tuple[str, date]] = []
    for day in (born, *sessions):
        given += [(vaccine, day) for vaccine in _due(forecaster, child, given, day)]
    return given


def _due(forecaster: ForecastPort, child: NewChild, given: list[tuple[str, date]], on: date) -> list[str]:
    somebody = Child(ChildId(0), FamilyId(0), FacilityId(0), "", child.birth_date, child.sex)
    doses = [Vaccination(somebody.id, vaccine, day, VaccinationSource.RECORD) for vaccine, day in given]
    around = Circumstances(forecaster.schedule.default_gates)
    return [dose.vaccine for dose in due_doses(forecaster.assess(somebody, doses, on, around).forecasts, on)]
