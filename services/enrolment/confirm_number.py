"""A volunteer lets a chat in that could not scan and tried too many codes: she types the number on its screen."""

from dataclasses import dataclass, replace

from domain.forms.confirming import CONFIRMING
from domain.forms.form import next_question
from domain.identifiers import AddressId, CaregiverId
from services.access import Permission, Speaker, access_caregiver, access_own, anew
from services.enrolment.join import begin_joining
from services.forms.answer_form import Asking, find_draft
from services.turn import Turn


@dataclass(frozen=True)
class LetIn:
    """The chat that is the caregiver's now: a turn in it, and the first question, unless she had joined before."""

    turn: Turn
    asking: Asking | None


async def confirm_number(turn: Turn) -> LetIn | None:
    """Bind the chat whose number was typed; None when no chat waits with it."""
    uow, speaker, moment = turn.uow, turn.speaker, turn.moment
    draft = await find_draft(turn, CONFIRMING.name)
    if draft is None or draft.about is None or next_question(CONFIRMING, draft.answers) is not None:
        return None
    number = draft.answers["number"] or ""
    actor, caregiver = await access_caregiver(uow, speaker, CaregiverId(draft.about), Permission.ENROL)
    address = await uow.invites.requester(number, moment.now)
    if address is None:
        return None
    await uow.drafts.drop(speaker.address.id, CONFIRMING.name)
    await uow.people.link_caregiver(caregiver.id, address, moment.now)
    await uow.invites.close_request(number, moment.now)
    await uow.invites.withdraw_for(caregiver.id, moment.now)
    await uow.programme.audit("confirm_number", at=moment.now, actor=actor.id, subject=f"caregiver:{caregiver.id}")
    return await _let_in(turn, caregiver.id, address)


async def _let_in(turn: Turn, caregiver: CaregiverId, address: AddressId) -> LetIn | None:
    chat = await turn.uow.people.address(address)
    if chat is None:
        return None
    guest = replace(turn, speaker=await anew(turn.uow, Speaker(chat, None, ())))
    joined = access_own(guest.speaker, caregiver).joined_at is not None
    return LetIn(guest, None if joined else await begin_joining(guest, caregiver))
