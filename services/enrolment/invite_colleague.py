"""Invite a colleague from the complete form: who, as what, where."""

from dataclasses import dataclass

from domain.forms.form import Answers, next_question
from domain.forms.inviting import INVITING
from domain.identifiers import CommuneId, FacilityId
from domain.invite import ActorPlace
from domain.people import ActorRole
from services.enrolment.make_invite import FreshInvite, invite_actor
from services.forms.answer_form import find_draft
from services.forms.surroundings import place_row
from services.turn import Turn


@dataclass(frozen=True)
class ColleagueInvited:
    """The invite, shown once, and whom it is for."""

    invite: FreshInvite
    name: str


async def invite_colleague(turn: Turn) -> ColleagueInvited | None:
    """Make the invite; None when the form is gone."""
    draft = await find_draft(turn, INVITING.name)
    if draft is None or next_question(INVITING, draft.answers) is not None:
        return None
    place = _place(draft.answers)
    invite = await invite_actor(turn, place)
    await turn.uow.drafts.drop(turn.speaker.address.id, INVITING.name)
    return ColleagueInvited(invite, place.name)


def _place(answers: Answers) -> ActorPlace:
    communes = [answers.get("commune"), answers.get("second_commune")]
    facility = answers.get("facility")
    return ActorPlace(
        name=answers["actor_name"] or "",
        role=ActorRole(answers["actor_role"] or ""),
        communes=tuple(CommuneId(place_row(commune)) for commune in communes if commune),
        facility=FacilityId(place_row(facility)) if facility else None,
    )
