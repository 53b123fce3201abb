"""Enrol a family: its caregiver, its children or pregnancy and the first invite, in one transaction."""

from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.forms.enrolment import ENROLMENT, is_born, is_twins
from domain.forms.form import Answers, next_question
from domain.identifiers import ActorId, CaregiverId, FacilityId, FamilyId
from domain.moment import Moment
from domain.reader import Role
from domain.sex import Sex
from services.access import Permission, access_facility
from services.enrolment.make_invite import FreshInvite, invite_caregiver
from services.forms.answer_form import find_draft
from services.forms.surroundings import place_row
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.turn import Turn


@dataclass(frozen=True)
class Enrolled:
    """A family that is in the programme now, and the invite for its first caregiver."""

    caregiver: CaregiverId
    children: tuple[str, ...]
    invite: FreshInvite


async def enrol_family(turn: Turn) -> Enrolled | None:
    """Make the family of the complete draft; None when there is no such draft (a second tap on *save*)."""
    uow, moment = turn.uow, turn.moment
    draft = await find_draft(turn, ENROLMENT.name)
    if draft is None or next_question(ENROLMENT, draft.answers) is not None:
        return None
    answers = draft.answers
    actor, facility = await access_facility(
        uow, turn.speaker, FacilityId(place_row(_text(answers, "facility"))), Permission.ENROL
    )
    caregiver = await add_family(uow, answers, facility, actor.id, moment)
    await uow.drafts.drop(turn.speaker.address.id, ENROLMENT.name)
    await uow.programme.audit("enrol_family", at=moment.now, actor=actor.id, subject=f"caregiver:{caregiver}")
    invite = await invite_caregiver(turn, caregiver, by=actor.id)
    return Enrolled(caregiver, tuple(child.name for child in told_children(answers)), invite)


async def add_family(uow: UnitOfWork, answers: Answers, facility: Facility, by: ActorId, moment: Moment) -> CaregiverId:
    """A family with its first caregiver and her children or her pregnancy, as these answers tell of them."""
    role = Role(_text(answers, "role"))
    family = await uow.families.add_family(facility.id, facility.zone, by=by, at=moment.now)
    caregiver = await uow.families.add_caregiver(family, role, _text(answers, "language"), answers.get("phone"))
    if is_born(answers):
        await _add_children(uow, answers, facility, family, caregiver)
    else:
        pregnancy = await uow.families.add_pregnancy(family, facility.id, _date(answers, "due_date"))
        await uow.families.add_care(caregiver, role, pregnancy=pregnancy)
    return caregiver


async def _add_children(
    uow: UnitOfWork, answers: Answers, facility: Facility, family: FamilyId, caregiver: CaregiverId
) -> None:
    for child in told_children(answers):
        added = await uow.families.add_child(family, facility.id, child)
        await uow.families.add_care(caregiver, Role(_text(answers, "role")), child=added)


def told_children(answers: Answers) -> tuple[NewChild, ...]:
    """The children that these answers tell of: none, one or two."""
    if not is_born(answers):
        return ()
    suffixes = ("", "2") if is_twins(answers) else ("",)
    return tuple(_child(answers, suffix) for suffix in suffixes)


def _child(answers: Answers, suffix: str) -> NewChild:
    weight, weeks = answers.get(f"weight{suffix}"), answers.get("gestation")
    return NewChild(
        name=_text(answers, f"name{suffix}"),
        birth_date=_date(answers, "birth_date"),
        sex=Sex(_text(answers, f"sex{suffix}")),
        birth_weight_g=int(weight) if weight else None,
        gestation_weeks=int(weeks) if weeks else None,
    )


def _text(answers: Answers, name: str) -> str:
    return answers[name] or ""


def _date(answers: Answers, name: str) -> date:
    return date.fromisoformat(_text(answers, name))
