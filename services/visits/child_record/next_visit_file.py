"""Her next visits for her own calendar."""

from dataclasses import dataclass
from datetime import datetime

from domain.identifiers import CaregiverId
from domain.people import Caregiver, Child
from domain.visit_identity import Wanted, visit_identity
from services.access import access_own
from services.turn import Turn
from services.visits.find_visits import FamilyVisit, Subject, find_family_visits, may_show_visits


@dataclass(frozen=True)
class VisitFile:
    """Her visits, each with the word by which a calendar knows it again.

    Without `shown` the station tells her; `nobody`: nobody of hers is expected there any more.
    """

    caregiver: Caregiver
    visits: tuple[tuple[str, FamilyVisit], ...]
    shown: bool
    nobody: bool
    made_at: datetime


async def next_visit_file(turn: Turn, whose: CaregiverId) -> VisitFile:
    """The visits of one who speaks from this chat."""
    caregiver = access_own(turn.speaker, whose)
    children = await turn.uow.families.children_of(whose)
    pregnancies = await turn.uow.families.pregnancies_of(whose)
    nobody = not children and not pregnancies
    if nobody or not await may_show_visits(turn, caregiver):
        return VisitFile(caregiver, (), False, nobody, turn.moment.now)
    visits = await find_family_visits(turn, whose, children, pregnancies)
    known = tuple((_identity(whose, one), one) for one in visits)
    return VisitFile(caregiver, known, True, nobody, turn.moment.now)


def _identity(whose: CaregiverId, visit: FamilyVisit) -> str:
    wanted: list[Wanted] = []
    for subject, needs in visit.subjects:
        wanted += [(one.due, _word(subject), f"{one.group} {one.dose_number}") for one in needs.doses if one.due]
        wanted += [(one.due, _word(subject), one.key) for one in needs.care]
    return visit_identity(visit.facility.id, whose, wanted)


def _word(subject: Subject) -> str:
    return f"{'child' if isinstance(subject, Child) else 'pregnancy'}:{subject.id}"
