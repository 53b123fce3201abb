"""A person confirms who began by herself: by the number on card or screen, and after a look at what was told."""

from dataclasses import dataclass, replace
from datetime import timedelta

from domain.area import Facility
from domain.cards import NUMBER_TRIES, Application
from domain.consent import Consent, ConsentWay, Purpose, may_consent
from domain.forms.form import Answers, next_question
from domain.forms.self_enrolment import BY_NUMBER, CHECKING, FACTS
from domain.identifiers import ApplicationId, CaregiverId, FacilityId
from domain.people import Actor, Caregiver
from domain.reader import Role
from services.access import Permission, Refused, Speaker, access_actor, access_facilities, access_facility
from services.enrolment.apply import TEXT_VERSION_KEPT
from services.enrolment.enrol_family import add_family
from services.enrolment.find_duplicates import Lookalike, find_lookalikes, traits_of_answers
from services.forms.answer_form import Asking, begin_form, find_draft
from services.forms.surroundings import place_row, place_value
from services.ports import UnitOfWork
from services.turn import Turn

TRIES_FOR = timedelta(hours=1)
PURPOSES = {"consent_messages": Purpose.MESSAGES, "consent_file": Purpose.FILE}


@dataclass(frozen=True)
class ApplicationPage:
    """What was told, for the one who may confirm it, and children of the commune who may be the same."""

    application: Application
    facility: Facility
    answers: Answers
    lookalikes: tuple[Lookalike, ...]


@dataclass(frozen=True)
class NobodyWaits:
    """No application has this number here."""

    tries_left: int


@dataclass(frozen=True)
class Confirmed:
    """A family that is in the programme now: a turn in its own chat, and who reads there."""

    turn: Turn
    caregiver: Caregiver


@dataclass(frozen=True)
class Settled:
    """It was done with already, or the chat has joined in another way."""

    confirmed: bool


async def count_waiting(turn: Turn) -> int:
    """How many wait for this speaker."""
    actor = access_actor(turn.speaker, Permission.ENROL)
    return await turn.uow.cards.count_waiting(await _places(turn, actor), turn.moment.now)


async def find_by_number(turn: Turn) -> tuple[ApplicationPage, ...] | NobodyWaits | None:
    """What waits under the number that was typed, in her places; None when the form is gone.

    Who types five wrong numbers within an hour waits: numbers are short, and nobody is to try them one by one.
    """
    uow, moment, address = turn.uow, turn.moment, turn.speaker.address.id
    actor = access_actor(turn.speaker, Permission.ENROL)
    draft = await find_draft(turn, BY_NUMBER.name)
    if draft is None or next_question(BY_NUMBER, draft.answers) is not None:
        return None
    tries = await uow.invites.tries_since(address, moment.now - TRIES_FOR)
    if tries >= NUMBER_TRIES:
        return NobodyWaits(0)
    number = draft.answers["card_number"] or ""
    found = await uow.cards.by_number_in(number, await _places(turn, actor), moment.now)
    if not found:
        await uow.invites.note_try(address, moment.now)
        await uow.programme.audit("application_number_unknown", at=moment.now, actor=actor.id, address=address)
        return NobodyWaits(NUMBER_TRIES - tries - 1)
    await uow.drafts.drop(address, BY_NUMBER.name)
    return tuple([await show_application(turn, one.id) for one in found])


async def _places(turn: Turn, actor: Actor) -> list[FacilityId]:
    return [facility.id for facility in await access_facilities(turn.uow, actor)]


async def show_application(turn: Turn, application: ApplicationId) -> ApplicationPage:
    """The page of one that waits, or that was settled: then its answers are gone."""
    _actor, facility, found = await _access(turn, application)
    answers = found.answers or {}
    mine = traits_of_answers(answers, facility.commune.id) if found.answers else ()
    likely = await find_lookalikes(turn, facility.commune.id, mine)
    return ApplicationPage(found, facility, answers, likely)


async def begin_correcting(turn: Turn, application: ApplicationId) -> Asking | Settled:
    """The facts she told, in the confirming person's own form."""
    _actor, facility, found = await _access(turn, application)
    if not found.waits(turn.moment.now):
        return Settled(found.caregiver is not None)
    facts = {name: value for name, value in (found.answers or {}).items() if name in FACTS}
    answers = {**facts, "facility": place_value(facility.id)}
    return await begin_form(turn, CHECKING, about=int(found.id), answers=answers)


async def finish_correcting(turn: Turn) -> Confirmed | Settled | None:
    """Confirm with what was corrected; None when the form is gone."""
    draft = await find_draft(turn, CHECKING.name)
    if draft is None or draft.about is None or next_question(CHECKING, draft.answers) is not None:
        return None
    await turn.uow.drafts.drop(turn.speaker.address.id, CHECKING.name)
    return await confirm_application(turn, ApplicationId(draft.about), corrected=draft.answers)


async def confirm_application(
    turn: Turn, application: ApplicationId, *, corrected: Answers | None = None
) -> Confirmed | Settled:
    """The family is in, with the consent that she gave herself; a second time changes nothing."""
    uow, moment = turn.uow, turn.moment
    actor, facility, found = await _access(turn, application)
    chat = await uow.people.address(found.address)
    if not found.waits(moment.now) or chat is None:
        return Settled(found.caregiver is not None)
    if await uow.families.caregivers_at(chat.id):
        await uow.cards.settle(found.id, at=moment.now, by=actor.id)
        return Settled(confirmed=True)
    answers = _with_corrections(found.answers or {}, corrected)
    if corrected:
        place = FacilityId(place_row(corrected["facility"] or ""))
        _actor, facility = await access_facility(uow, turn.speaker, place, Permission.ENROL)
    caregiver = await add_family(uow, answers, facility, actor.id, moment)
    await uow.cards.settle(found.id, at=moment.now, by=actor.id, caregiver=caregiver)
    await uow.people.link_caregiver(caregiver, chat.id, moment.now)
    await _join(turn, caregiver, answers, facility, found)
    await uow.programme.audit("confirm_application", at=moment.now, actor=actor.id, subject=f"caregiver:{caregiver}")
    own = (await uow.families.caregivers_at(chat.id))[0]
    return Confirmed(replace(turn, speaker=Speaker(chat, None, (own,))), own)


def _with_corrections(told: Answers, corrected: Answers | None) -> Answers:
    if corrected is None:
        return told
    hers = {name: value for name, value in told.items() if name not in FACTS}
    return {**hers, **{name: value for name, value in corrected.items() if name in FACTS}}


async def _join(turn: Turn, caregiver: CaregiverId, answers: Answers, facility: Facility, found: Application) -> None:
    uow, moment = turn.uow, turn.moment
    await uow.families.change_caregiver(
        caregiver, tip_hour=int(answers["hour"] or 19), amount=int(answers["amount"] or 0)
    )
    for consent in _consents(caregiver, answers, found):
        await uow.consents.add(consent)
    await uow.families.join_caregiver(caregiver, at=moment.now, on=moment.today(facility.zone))


def _consents(caregiver: CaregiverId, answers: Answers, found: Application) -> tuple[Consent, ...]:
    """Her own taps, at the moment at which she had answered; about the child only if she may decide."""
    role = Role(answers["role"] or "")
    return tuple(
        Consent(
            caregiver=caregiver,
            purpose=purpose,
            given=answers[question] == "yes",
            text_version=answers[TEXT_VERSION_KEPT] or "",
            language=answers["language"] or "",
            way=ConsentWay.TAP,
            at=found.made_at,
        )
        for question, purpose in PURPOSES.items()
        if question in answers and may_consent(role, purpose)
    )


async def refuse_application(turn: Turn, application: ApplicationId) -> Settled:
    """She is not from here: her answers are let go, and her card can be used again. Her chat is told nothing."""
    uow, moment = turn.uow, turn.moment
    actor, _facility, found = await _access(turn, application)
    if not found.waits(moment.now):
        return Settled(found.caregiver is not None)
    await uow.cards.settle(found.id, at=moment.now, by=actor.id)
    if found.card is not None:
        await uow.cards.free(found.card)
    await uow.programme.audit("refuse_application", at=moment.now, actor=actor.id, subject=f"application:{found.id}")
    return Settled(confirmed=False)


async def _access(turn: Turn, application: ApplicationId) -> tuple[Actor, Facility, Application]:
    """An application at a facility of the speaker."""
    uow: UnitOfWork = turn.uow
    found = await uow.cards.application(application)
    if found is None:
        access_actor(turn.speaker, Permission.ENROL)
        raise Refused(Permission.ENROL, f"application:{application}")
    actor, facility = await access_facility(uow, turn.speaker, found.facility, Permission.ENROL)
    return actor, facility, found
