"""A caregiver joins: her consent is kept, her hour and amount too, and she is told what matters now."""

from dataclasses import dataclass

from domain.consent import TEXT_VERSION, Consent, ConsentWay, Purpose
from domain.forms.form import Answers, next_question
from domain.forms.joining import JOINING, LANGUAGE, YES, wants_messages
from domain.identifiers import CaregiverId
from domain.people import Caregiver
from services.access import Speaker, access_own, anew
from services.forms.answer_form import Asking, begin_form, find_draft, resume_form
from services.ports import UnitOfWork
from services.turn import Turn

PURPOSES = {"consent_messages": Purpose.MESSAGES, "consent_file": Purpose.FILE}


@dataclass(frozen=True)
class Joined:
    """She is in; without `wants_messages` nothing is sent to her unless she asks."""

    caregiver: Caregiver
    wants_messages: bool


async def begin_joining(turn: Turn, caregiver: CaregiverId) -> Asking:
    """Ask the one who just claimed her invite. Where another is being asked on the same telephone, she goes first."""
    own = access_own(await anew(turn.uow, turn.speaker), caregiver)
    begun = await find_draft(turn, JOINING.name)
    asking = await resume_form(turn, JOINING.name) if begun is not None and begun.about != int(own.id) else None
    return asking or await begin_form(turn, JOINING, about=int(own.id), answers={"role": own.role.value})


async def go_on_joining(turn: Turn) -> Asking | None:
    """The question at which she stopped; the first one when nothing was asked yet; None when everyone here joined."""
    asking = await resume_form(turn, JOINING.name)
    if asking is not None:
        return asking
    speaker = await anew(turn.uow, turn.speaker)
    waiting = next((own for own in speaker.caregivers if own.joined_at is None), None)
    return await begin_joining(turn, waiting.id) if waiting is not None else None


async def speak_chosen_language(turn: Turn, answers: Answers) -> None:
    """From the next question on: consent is read to her in the language she chose."""
    language = answers.get(LANGUAGE)
    if language:
        await turn.uow.people.speak_language(turn.speaker.address.id, language)


async def finish_joining(turn: Turn) -> Joined | None:
    """Keep what she answered; None when the form is not complete or long done."""
    uow, speaker, moment = turn.uow, turn.speaker, turn.moment
    draft = await find_draft(turn, JOINING.name)
    if draft is None or draft.about is None or next_question(JOINING, draft.answers) is not None:
        return None
    own = access_own(speaker, CaregiverId(draft.about))
    await _keep_choices(uow, speaker, own, draft.answers)
    await _keep_consents(turn, own, draft.answers)
    family = await uow.families.family(own.family)
    zone = family.zone if family else "UTC"
    await uow.families.join_caregiver(own.id, at=moment.now, on=moment.today(zone))
    await uow.drafts.drop(speaker.address.id, JOINING.name)
    joined = access_own(await anew(uow, speaker), own.id)
    return Joined(joined, wants_messages(draft.answers))


async def _keep_choices(uow: UnitOfWork, speaker: Speaker, own: Caregiver, answers: Answers) -> None:
    hour, amount = answers.get("hour"), answers.get("amount")
    await uow.families.change_caregiver(
        own.id,
        language=speaker.address.language,
        tip_hour=int(hour) if hour else None,
        amount=int(amount) if amount else None,
    )


async def _keep_consents(turn: Turn, own: Caregiver, answers: Answers) -> None:
    for question, purpose in PURPOSES.items():
        if question not in answers:
            continue
        consent = Consent(
            own.id,
            purpose,
            given=answers.get(question) == YES,
            text_version=TEXT_VERSION,
            language=turn.speaker.address.language,
            way=ConsentWay.TAP,
            at=turn.moment.now,
        )
        await turn.uow.consents.add(consent)
