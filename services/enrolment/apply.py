"""Somebody begins by herself: she scans a card or a poster, or types a card's number, and answers for herself.

Nothing of it counts before a person confirmed it, and nothing is sent to her until then.
"""

from dataclasses import dataclass
from datetime import timedelta

from domain.cards import APPLICATION_LIFE, NUMBER_TRIES, CardState, PrintedCard, state_of_card
from domain.consent import TEXT_VERSION
from domain.forms.form import next_question
from domain.forms.self_enrolment import SELF_ENROLMENT, goes_on
from domain.identifiers import ApplicationId, CommuneId, FacilityId
from domain.invite import normalise_code
from services.enrolment.tokens import hash_token, new_card_number, new_number
from services.forms.answer_form import Asking, begin_form, find_draft, resume_form
from services.forms.surroundings import place_value
from services.ports.cards import NewApplication
from services.turn import Turn

TRIES_FOR = timedelta(days=1)
TEXT_VERSION_KEPT = "text_version"


@dataclass(frozen=True)
class Begun:
    """Her next question; `first` when nothing was asked before."""

    asking: Asking
    first: bool


@dataclass(frozen=True)
class Waiting:
    """She answered everything; a person will ask for this number."""

    number: str


@dataclass(frozen=True)
class NotForHer:
    """The paper does not help here: `why` is the state of a card, `known`, `worker` or `quiet`."""

    why: str


@dataclass(frozen=True)
class WrongNumber:
    """No card has the number that was typed."""

    tries_left: int


Opened = Begun | Waiting | NotForHer | WrongNumber


async def open_paper(turn: Turn, token: str) -> Opened | None:
    """What a scanned card or poster leads to; None when the token belongs to neither."""
    card = await turn.uow.cards.by_token(hash_token(token))
    if card is not None:
        return await _open(turn, card.facility, card)
    facility = await turn.uow.cards.facility_of_poster(token)
    return await _open(turn, facility, None) if facility is not None else None


async def open_number(turn: Turn, typed: str) -> Opened:
    """The same for a card's number. Five wrong ones a day and chat, as for codes."""
    uow, moment, address = turn.uow, turn.moment, turn.speaker.address.id
    tries = await uow.invites.tries_since(address, moment.now - TRIES_FOR)
    if tries >= NUMBER_TRIES:
        return WrongNumber(0)
    card = await uow.cards.by_number(normalise_code(typed))
    if card is not None:
        return await _open(turn, card.facility, card)
    await uow.invites.note_try(address, moment.now)
    await uow.programme.audit("card_number_unknown", at=moment.now, address=address)
    return WrongNumber(NUMBER_TRIES - tries - 1)


async def where_she_stands(turn: Turn) -> Opened | None:
    """What a chat that began by itself comes back to; None when nothing waits there."""
    application = await turn.uow.cards.open_at(turn.speaker.address.id, turn.moment.now)
    if application is None:
        return None
    if application.answers is not None:
        return Waiting(application.number)
    asking = await resume_form(turn, SELF_ENROLMENT.name)
    return Begun(asking, first=False) if asking is not None else None


async def _open(turn: Turn, facility: FacilityId, card: PrintedCard | None) -> Opened:
    uow, speaker, moment = turn.uow, turn.speaker, turn.moment
    stranger = _not_a_stranger(turn)
    if stranger is not None:
        return NotForHer(stranger)
    await uow.cards.let_go(moment.now)
    known = await uow.cards.open_at(speaker.address.id, moment.now)
    if known is not None and known.answers is not None:
        return Waiting(known.number)
    state = state_of_card(card, moment.now) if card is not None else CardState.OPEN
    if state is not CardState.OPEN:
        await uow.programme.audit(f"card_{state}", at=moment.now, address=speaker.address.id)
        return NotForHer(state)
    if known is not None and (known.facility, known.card) == (facility, card.id if card else None):
        asking = await resume_form(turn, SELF_ENROLMENT.name)
        return Begun(asking or await _ask(turn, facility, known.id), first=asking is None)
    if known is not None:
        await uow.cards.settle(known.id, at=moment.now, by=None)
    number = card.number if card else ""
    new = NewApplication(speaker.address.id, facility, card.id if card else None, number)
    begun = await uow.cards.begin(new, at=moment.now, expires_at=moment.now + APPLICATION_LIFE)
    return Begun(await _ask(turn, facility, begun), first=True)


def _not_a_stranger(turn: Turn) -> str | None:
    speaker = turn.speaker
    if speaker.actor is not None:
        return "worker"
    if speaker.caregivers:
        return "known"
    return "quiet" if speaker.quiet else None


async def _ask(turn: Turn, facility: FacilityId, application: ApplicationId) -> Asking:
    return await begin_form(turn, SELF_ENROLMENT, about=int(application), answers={"facility": place_value(facility)})


@dataclass(frozen=True)
class Declined:
    """She did not agree to be asked or to get messages: nothing was kept."""


async def finish_application(turn: Turn) -> Waiting | Declined | None:
    """Keep what she answered until a person confirms it; None when the form is gone."""
    uow, moment = turn.uow, turn.moment
    draft = await find_draft(turn, SELF_ENROLMENT.name)
    if draft is None or draft.about is None or next_question(SELF_ENROLMENT, draft.answers) is not None:
        return None
    application = await uow.cards.application(ApplicationId(draft.about))
    await uow.drafts.drop(turn.speaker.address.id, SELF_ENROLMENT.name)
    if application is None or application.settled_at is not None or application.address != turn.speaker.address.id:
        return None
    if not goes_on(draft.answers):
        await uow.cards.settle(application.id, at=moment.now, by=None)
        return Declined()
    is_hers = application.card is not None and await uow.cards.use(application.card, moment.now)
    number = application.number if is_hers else await _fresh_number(turn, application.facility)
    answers = {**draft.answers, TEXT_VERSION_KEPT: TEXT_VERSION}
    until = moment.now + APPLICATION_LIFE
    await uow.cards.complete(application.id, answers, number=number, at=moment.now, expires_at=until)
    await uow.programme.audit(
        "apply", at=moment.now, address=application.address, subject=f"application:{application.id}"
    )
    return Waiting(number)


async def _fresh_number(turn: Turn, facility: FacilityId) -> str:
    """Four digits that no other open application of the commune has; where there is none left, eight."""
    found = await turn.uow.area.facility(facility)
    commune = found.commune.id if found else CommuneId(0)
    for _ in range(20):
        number = new_number()
        if not await turn.uow.cards.is_number_taken(number, commune, turn.moment.now):
            return number
    return new_card_number()
