"""A station that vaccinates on the 5th and the 20th, the real schedule of Viet Nam, and hours of a day in November."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from content.schedules.care_loading import load_care_plans
from content.schedules.loading import load_schedules
from domain.area import Facility, FacilityKind, FacilitySettings
from domain.consent import TEXT_VERSION, Consent, ConsentWay, Purpose
from domain.identifiers import CaregiverId, ChildId
from domain.moment import Moment
from domain.reader import Role
from domain.sex import Sex
from services.access import Speaker, anew
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Turn, Work
from services.visits.keep_doses import Teller, keep_doses
from services.visits.schedule_forecaster import ScheduleForecaster
from tests.fakes.programmes import PROGRAMME
from tests.storage.village import NOW, ZONE, Village

FIRST, SECOND = date(2026, 12, 5), date(2026, 12, 20)
AT_BIRTH = ("BCG", "HEPB0")
VIETNAM = replace(
    PROGRAMME,
    forecasters={"VN": ScheduleForecaster(load_schedules()["vn-epi"])},
    care_plans=tuple(load_care_plans().values()),
    rehearsal=True,
)
WITHOUT_CARE = replace(VIETNAM, care_plans=())


def at(day: date, hour: int, minute: int = 0) -> Moment:
    """An hour at home."""
    instant = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    return Moment(instant, instant)


def work_at(uow: UnitOfWork, day: date, hour: int = 8) -> Work:
    return Work(uow, WITHOUT_CARE, at(day, hour))


async def holds_sessions(
    uow: UnitOfWork, village: Village, rule: str = "day 5,20 @ 07:30-10:30", settings: FacilitySettings | None = None
) -> Facility:
    """The station's days; An has had what is given at birth."""
    await uow.area.save_facility(
        village.commune,
        name="Trạm Y tế Minh Châu",
        kind=FacilityKind.HEALTH_STATION,
        phone="+842033888111",
        hours="7:00-16:30",
        session_rule=rule,
    )
    if settings is not None:
        await uow.area.set_settings(village.station, settings)
    await give(uow, village.an, AT_BIRTH, date(2026, 10, 1))
    found = await uow.area.facility(village.station)
    assert found is not None
    return found


async def give(
    uow: UnitOfWork, child: ChildId, vaccines: tuple[str, ...], on: date, *, moment: Moment | None = None
) -> None:
    """The station recorded these."""
    doses = [Vaccination(child, vaccine, on, VaccinationSource.RECORD) for vaccine in vaccines]
    await keep_doses(Work(uow, WITHOUT_CARE, moment or Moment(NOW, NOW)), doses, Teller())


async def consents(uow: UnitOfWork, caregiver: CaregiverId, *, to_file: bool = True) -> None:
    """She agrees to messages, and to the use of the child's file, or not to this."""
    for purpose, given in ((Purpose.MESSAGES, True), (Purpose.FILE, to_file)):
        await uow.consents.add(Consent(caregiver, purpose, given, TEXT_VERSION, "vi", ConsentWay.TAP, NOW))


async def add_sibling(
    uow: UnitOfWork, village: Village, name: str, born: date, vaccines: tuple[str, ...] = AT_BIRTH
) -> ChildId:
    """One more child of Lan's."""
    child = await uow.families.add_child(village.family, village.station, NewChild(name, born, Sex.MALE))
    await uow.families.add_care(village.lan, Role.MOTHER, child=child)
    if vaccines:
        await give(uow, child, vaccines, born)
    return child


async def turn_of(uow: UnitOfWork, village: Village, moment: Moment) -> Turn:
    """Lan taps something in her chat."""
    address = await uow.people.address(village.chat)
    assert address is not None
    speaker = await anew(uow, Speaker(address, None, ()))
    return Turn(uow, WITHOUT_CARE, moment, speaker, f"update:{moment.now.isoformat()}")
