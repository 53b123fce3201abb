"""Another child of a family: born or awaited, cared for by everybody who belongs to the family."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.duplicates import DAYS_AROUND_DUE
from domain.finding import syllables_of
from domain.forms.adding import ADDING
from domain.forms.enrolment import is_born
from domain.forms.form import Answers, next_question
from domain.identifiers import FacilityId, FamilyId
from services.access import Permission, access_facility, access_family
from services.enrolment.enrol_family import told_children
from services.family.end_contact import take_newcomers_in
from services.forms.answer_form import Asking, begin_form, find_draft, resume_form
from services.forms.surroundings import place_row, place_value
from services.messages.plan_day import plan_one
from services.ports.families import NewChild
from services.turn import Turn


@dataclass(frozen=True)
class ChildAdded:
    """The children's names; none when one is awaited."""

    family: FamilyId
    children: tuple[str, ...]


@dataclass(frozen=True)
class AlreadyThere:
    """The family has this child; `asking` is the summary, to be corrected. An empty name: the one that is awaited."""

    name: str
    asking: Asking


async def awaits_child(turn: Turn, family: FamilyId) -> bool:
    """Whether the family awaits a birth: then that birth is perhaps what is to be told."""
    await access_family(turn.uow, turn.speaker, family, Permission.ENROL)
    return any(one.ended_as is None for one in await turn.uow.lives.pregnancies_in(family))


async def begin_adding(turn: Turn, family: FamilyId) -> Asking:
    """The first question, or the one at which she stopped; the family's facility where there is only one."""
    _actor, found = await access_family(turn.uow, turn.speaker, family, Permission.ENROL)
    draft = await find_draft(turn, ADDING.name)
    if draft is not None and draft.about == family:
        asking = await resume_form(turn, ADDING.name)
        if asking is not None:
            return asking
    living = [child.facility for child in await turn.uow.lives.children_in(family) if child.ended_as is None]
    places = {found.facility, *living}
    answers = {"facility": place_value(found.facility)} if len(places) == 1 else {}
    return await begin_form(turn, ADDING, about=int(family), answers=answers)


async def add_child(turn: Turn) -> ChildAdded | AlreadyThere | None:
    """Keep the child of the complete draft; None when there is no such draft (a second tap on *save*)."""
    uow, moment = turn.uow, turn.moment
    draft = await find_draft(turn, ADDING.name)
    if draft is None or draft.about is None or next_question(ADDING, draft.answers) is not None:
        return None
    actor, family = await access_family(uow, turn.speaker, FamilyId(draft.about), Permission.ENROL)
    place = FacilityId(place_row(draft.answers["facility"] or ""))
    _actor, facility = await access_facility(uow, turn.speaker, place, Permission.ENROL)
    already = await _already_there(turn, family.id, draft.answers)
    if already is not None:
        asking = await resume_form(turn, ADDING.name)
        return AlreadyThere(already, asking) if asking is not None else None
    born = told_children(draft.answers)
    if is_born(draft.answers):
        await _add_born(turn, family.id, facility.id, born)
    else:
        await _add_awaited(turn, family.id, facility.id, _due(draft.answers))
    await uow.drafts.drop(turn.speaker.address.id, ADDING.name)
    await uow.programme.audit("add_child", at=moment.now, actor=actor.id, subject=f"family:{family.id}")
    await _plan(turn, family.id)
    return ChildAdded(family.id, tuple(child.name for child in born))


async def _already_there(turn: Turn, family: FamilyId, answers: Answers) -> str | None:
    """A child of the same name and day; for one that is awaited, a birth expected around the same time."""
    if not is_born(answers):
        due = _due(answers)
        awaited = [one.due_on for one in await turn.uow.lives.pregnancies_in(family) if one.ended_as is None]
        return "" if any(abs((due - day).days) <= DAYS_AROUND_DUE for day in awaited) else None
    known = {
        (child.birth_date, syllables_of(child.name))
        for child in await turn.uow.lives.children_in(family)
        if child.ended_as is None and child.name
    }
    told = told_children(answers)
    return next((child.name for child in told if (child.birth_date, syllables_of(child.name)) in known), None)


async def _add_born(turn: Turn, family: FamilyId, facility: FacilityId, born: Sequence[NewChild]) -> None:
    caregivers = await turn.uow.families.caregivers_of_family(family)
    added = [await turn.uow.families.add_child(family, facility, child) for child in born]
    for child in added:
        for caregiver in caregivers:
            await turn.uow.families.add_care(caregiver.id, caregiver.role, child=child)
    await take_newcomers_in(turn, family, added)


async def _add_awaited(turn: Turn, family: FamilyId, facility: FacilityId, due: date) -> None:
    pregnancy = await turn.uow.families.add_pregnancy(family, facility, due)
    for caregiver in await turn.uow.families.caregivers_of_family(family):
        await turn.uow.families.add_care(caregiver.id, caregiver.role, pregnancy=pregnancy)


async def _plan(turn: Turn, family: FamilyId) -> None:
    for caregiver in await turn.uow.families.caregivers_of_family(family):
        if caregiver.joined_at is not None:
            await plan_one(turn, caregiver)


def _due(answers: Answers) -> date:
    return date.fromisoformat(answers["due_date"] or "")
