"""Why, for any child: to its health workers and staff, and to those who care for it. Volunteers do not see it."""

from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.identifiers import CaregiverId, ChildId, FamilyId
from domain.message import Text
from domain.people import Caregiver, Child
from domain.visit_texts import ChildAtVisit, VisitStep
from services.access import Permission, Refused, access_child, access_family, access_own
from services.turn import Turn
from services.visits.child_record.read_record import ChildRecord, read_record
from services.visits.find_visits import cannot_come, may_show_visits
from services.visits.visit_words import words_of


@dataclass(frozen=True)
class FamilyWhy:
    """What a caregiver sees; without `record` the station tells her, or (`ended`) nothing is said of this child.

    `words` say what the next visit is for, where a clinician released them.
    """

    caregiver: Caregiver
    record: ChildRecord | None
    ended: bool = False
    words: Text | None = None


async def explain_to_worker(turn: Turn, child: ChildId) -> ChildRecord:
    """The whole record of a child of her facility."""
    _actor, found, facility = await access_child(turn.uow, turn.speaker, child, Permission.RECORD_VISITS)
    if found.ended_as is not None:
        raise Refused("why", f"child:{child}")
    return await read_record(turn, found, facility, cannot=await _family_cannot(turn, found))


async def list_children(turn: Turn, family: FamilyId) -> tuple[Child, ...]:
    """The children of a family whose doses may be explained to the one who works there."""
    await access_family(turn.uow, turn.speaker, family, Permission.RECORD_VISITS)
    return tuple(child for child in await turn.uow.lives.children_in(family) if child.ended_as is None)


async def explain_to_family(turn: Turn, whose: CaregiverId, child: ChildId) -> FamilyWhy:
    """The record of her own child, as far as it may be shown to her."""
    caregiver = access_own(turn.speaker, whose)
    found = next((one for one in await turn.uow.families.all_children_of(whose) if one.id == child), None)
    if found is None:
        raise Refused("why", f"child:{child}")
    if found.ended_as is not None:
        return FamilyWhy(caregiver, None, ended=True)
    facility = await turn.uow.area.facility(found.facility)
    if facility is None or not await may_show_visits(turn, caregiver):
        return FamilyWhy(caregiver, None)
    cannot = await cannot_come(turn, caregiver.id, facility.id)
    record = await read_record(turn, found, facility, cannot=cannot)
    return FamilyWhy(caregiver, record, words=_words(turn, caregiver, record))


def _words(turn: Turn, caregiver: Caregiver, record: ChildRecord) -> Text | None:
    visit = record.choice.visit
    if visit is None:
        return None
    child = ChildAtVisit(record.child.birth_date, visit.on, visit.needs)
    return words_of(turn.programme, record.facility, [child], VisitStep.WHY, caregiver.language)


async def _family_cannot(turn: Turn, child: Child) -> frozenset[date]:
    """The days on which somebody of the family said that she cannot come."""
    caregivers = await turn.uow.families.caregivers_of_family(child.family)
    days = [await cannot_come(turn, one.id, child.facility) for one in caregivers]
    return frozenset(day for found in days for day in found)


async def records_of(turn: Turn, caregiver: Caregiver) -> tuple[ChildRecord, ...]:
    """The records of all her children, each at its own facility."""
    found = []
    for child in await turn.uow.families.children_of(caregiver.id):
        facility: Facility | None = await turn.uow.area.facility(child.facility)
        if facility is not None:
            cannot = await cannot_come(turn, caregiver.id, facility.id)
            found.append(await read_record(turn, child, facility, cannot=cannot))
    return tuple(found)
