"""A nurse records a visit with one tap: what was due is on record as given today. She can take it back."""

from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.identifiers import ChildId
from domain.people import Child
from domain.vaccination.forecast import due_doses
from services.access import Permission, Refused, access_child
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Turn


@dataclass(frozen=True)
class VisitRecorded:
    """What is on record for today; `vaccines` is empty when nothing was due."""

    child: Child
    facility: Facility
    on: date
    vaccines: tuple[str, ...]


async def record_visit(turn: Turn, child: ChildId, on: date) -> VisitRecorded:
    """Record what is due today. A second tap changes nothing and gives the same answer.

    A button of another day (`on`) records nothing: what is due today is not what stood on that day's list.
    """
    actor, found, facility = await access_child(turn.uow, turn.speaker, child, Permission.RECORD_VISITS)
    today = turn.moment.today(facility.zone)
    if on != today:
        return VisitRecorded(found, facility, today, ())
    given = (await turn.uow.visits.vaccinations_of([child])).get(child, ())
    forecaster = turn.programme.forecasters.get(facility.commune.province.country)
    due = due_doses(forecaster.forecast(found, given, today), today) if forecaster else ()
    doses = [Vaccination(child, dose.vaccine, today, VaccinationSource.RECORD) for dose in due]
    if doses:
        await turn.uow.visits.record(doses, at=turn.moment.now, actor=actor.id, facility=facility.id)
        await turn.uow.programme.audit(
            "record_visit", at=turn.moment.now, actor=actor.id, subject=f"child:{child}", details={"doses": len(doses)}
        )
    earlier = [one.vaccine for one in given if one.given_on == today and one.source is VaccinationSource.RECORD]
    return VisitRecorded(found, facility, today, tuple(dict.fromkeys([*earlier, *(dose.vaccine for dose in doses)])))


async def take_back_visit(turn: Turn, child: ChildId, on: date) -> VisitRecorded:
    """Withdraw what this facility recorded for the child on a day; refused on any other day than that one."""
    actor, found, facility = await access_child(turn.uow, turn.speaker, child, Permission.RECORD_VISITS)
    if on != turn.moment.today(facility.zone):
        raise Refused("take_back_visit", f"child:{child}")
    await turn.uow.visits.withdraw(child, on, facility=facility.id, at=turn.moment.now)
    await turn.uow.programme.audit("take_back_visit", at=turn.moment.now, actor=actor.id, subject=f"child:{child}")
    return VisitRecorded(found, facility, on, ())
