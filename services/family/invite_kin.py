"""Invite another caregiver of a family: by one of its own, or by somebody who works for the programme."""

from dataclasses import dataclass

from domain.forms.form import next_question
from domain.forms.inviting_kin import INVITING_KIN
from domain.identifiers import ActorId, CaregiverId, FamilyId
from domain.reader import Role
from services.access import Permission, Refused, access_family, access_kin, access_own_family
from services.enrolment.make_invite import FreshInvite, invite_caregiver
from services.family.show_kin import may_invite
from services.forms.answer_form import Asking, begin_form, find_draft
from services.turn import Turn

MOST_CAREGIVERS = 12


@dataclass(frozen=True)
class KinInvited:
    """A fresh invite, and for whom it is; `by_worker` when an actor made it."""

    invite: FreshInvite
    caregiver: CaregiverId
    role: Role
    by_worker: bool


class FamilyIsFull(Exception):
    """More caregivers than a family has."""


async def begin_inviting_kin(turn: Turn, family: FamilyId) -> Asking:
    """Ask who is to be invited."""
    await _inviter(turn, family)
    return await begin_form(turn, INVITING_KIN, about=int(family))


async def invite_kin(turn: Turn) -> KinInvited | None:
    """Make the caregiver of the complete form, with all the children, and her invite; None when the form is gone.

    Who was invited as the same and has not joined gets a new invite: the earlier one is worth nothing now.
    """
    draft = await find_draft(turn, INVITING_KIN.name)
    if draft is None or draft.about is None or next_question(INVITING_KIN, draft.answers) is not None:
        return None
    family = FamilyId(draft.about)
    actor, own = await _inviter(turn, family)
    role, language = Role(draft.answers["role"] or ""), draft.answers["language"] or ""
    caregiver = await _waiting(turn, family, role) or await _add(turn, family, role, language)
    await turn.uow.drafts.drop(turn.speaker.address.id, INVITING_KIN.name)
    invite = await _invite(turn, caregiver, actor, own)
    return KinInvited(invite, caregiver, role, by_worker=actor is not None)


async def invite_to_new_phone(turn: Turn, caregiver: CaregiverId) -> KinInvited:
    """A new link and code for one of the family who has another telephone or account now."""
    own, kin = await access_kin(turn.uow, turn.speaker, caregiver)
    if kin.id != own.id and not may_invite(own, await turn.uow.families.caregivers_of_family(own.family)):
        raise Refused("invite_kin", f"caregiver:{caregiver}")
    return KinInvited(await _invite(turn, kin.id, None, own.id), kin.id, kin.role, by_worker=False)


async def _inviter(turn: Turn, family: FamilyId) -> tuple[ActorId | None, CaregiverId | None]:
    members = await turn.uow.families.caregivers_of_family(family)
    if any(own.family == family for own in turn.speaker.caregivers):
        own = access_own_family(turn.speaker, family)
        if may_invite(own, members):
            return None, own.id
    if turn.speaker.actor is None:
        raise Refused("invite_kin", f"family:{family}")
    actor, _found = await access_family(turn.uow, turn.speaker, family, Permission.ENROL)
    return actor.id, None


async def _waiting(turn: Turn, family: FamilyId, role: Role) -> CaregiverId | None:
    members = await turn.uow.families.caregivers_of_family(family)
    if len(members) >= MOST_CAREGIVERS:
        raise FamilyIsFull
    return next((one.id for one in members if one.role is role and one.joined_at is None), None)


async def _add(turn: Turn, family: FamilyId, role: Role, language: str) -> CaregiverId:
    families, lives = turn.uow.families, turn.uow.lives
    caregiver = await families.add_caregiver(family, role, language, None)
    for child in await lives.children_in(family):
        if child.ended_as is None:
            await families.add_care(caregiver, role, child=child.id)
    for pregnancy in await lives.pregnancies_in(family):
        if pregnancy.ended_as is None:
            await families.add_care(caregiver, role, pregnancy=pregnancy.id)
    return caregiver


async def _invite(turn: Turn, caregiver: CaregiverId, by: ActorId | None, own: CaregiverId | None) -> FreshInvite:
    await turn.uow.programme.audit(
        "invite_kin",
        at=turn.moment.now,
        actor=by,
        address=turn.speaker.address.id,
        subject=f"caregiver:{caregiver}",
    )
    return await invite_caregiver(turn, caregiver, by=by, offered_by=own)
