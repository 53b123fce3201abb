"""Whether somebody who works here is in a dialogue that waits for a picture or a voice: else none is ever fetched."""

from domain.forms.form import next_question
from domain.media import ANSWERED_WITH_MEDIA
from domain.people import ActorRole
from services.access import Arrival
from services.forms.answer_form import FORMS
from services.ports import UnitsOfWork


async def wants_media(units: UnitsOfWork, arrival: Arrival) -> bool:
    """Asked before the answer's transaction begins, and before anything is downloaded."""
    async with units.look() as uow:
        address = await uow.people.find_address(
            channel=arrival.channel, bot=arrival.bot, external_id=arrival.external_id
        )
        actor = await uow.people.actor_at(address.id) if address is not None else None
        if address is None or actor is None or actor.role is not ActorRole.STAFF:
            return False
        draft = await uow.drafts.latest(address.id)
    form = FORMS.get(draft.form) if draft is not None else None
    if draft is None or form is None or draft.version != form.version:
        return False
    question = next_question(form, draft.answers)
    return question is not None and question.read == ANSWERED_WITH_MEDIA
