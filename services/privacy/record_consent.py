"""A worker keeps what a child's representative answered on paper or aloud; she is the witness."""

from dataclasses import dataclass

from domain.area import Facility
from domain.consent import WORDS_VERSION, Consent, ConsentWay, Purpose
from domain.ends import CaregiverEnd
from domain.forms.consent_on_paper import CONSENT_ON_PAPER, gave_consent
from domain.forms.form import Answers, next_question
from domain.identifiers import ActorId, CaregiverId, FamilyId
from domain.people import Caregiver, Family
from domain.reader import Role
from services.access import Permission, Refused, access_family
from services.forms.answer_form import Asking, begin_form, find_draft
from services.privacy.heed_consent import heed_consent
from services.turn import Turn

NEVER_ANEW = frozenset({CaregiverEnd.DIED, CaregiverEnd.REMOVED})
"""Whose place in the family an old paper does not give back."""


@dataclass(frozen=True)
class ConsentBegun:
    """The first question, and the station whose name stands in the words of consent."""

    asking: Asking
    facility: Facility | None


@dataclass(frozen=True)
class ConsentRecorded:
    """What is kept now."""

    family: FamilyId
    role: Role
    given: bool


async def begin_consent(turn: Turn, family: FamilyId) -> ConsentBegun:
    """Ask who answered, how and what."""
    _actor, found = await access_family(turn.uow, turn.speaker, family, Permission.ENROL)
    asking = await begin_form(turn, CONSENT_ON_PAPER, about=int(found.id))
    return ConsentBegun(asking, await turn.uow.area.facility(found.facility))


async def record_consent(turn: Turn) -> ConsentRecorded | None:
    """Keep the complete draft; None when there is none (a second tap on the last answer)."""
    uow = turn.uow
    draft = await find_draft(turn, CONSENT_ON_PAPER.name)
    if draft is None or draft.about is None or next_question(CONSENT_ON_PAPER, draft.answers) is not None:
        return None
    actor, family = await access_family(uow, turn.speaker, FamilyId(draft.about), Permission.ENROL)
    role, given = Role(draft.answers["who"] or ""), gave_consent(draft.answers)
    await uow.drafts.drop(turn.speaker.address.id, CONSENT_ON_PAPER.name)
    caregiver = await _representative(turn, family, role, draft.answers["read_in"] or "")
    await _keep(turn, caregiver, draft.answers, actor.id)
    await heed_consent(turn, caregiver, Purpose.FILE)
    return ConsentRecorded(family.id, role, given)


async def _representative(turn: Turn, family: Family, role: Role, language: str) -> Caregiver:
    """The caregiver of this role; a parent who is far away gets a place, without a chat. No paper makes one anew."""
    uow = turn.uow
    known = [one for one in await uow.lives.caregivers_in(family.id) if one.role is role]
    found = next((one for one in known if one.ended_as is None), None)
    if found is not None:
        return found
    if any(one.ended_as in NEVER_ANEW for one in known):
        raise Refused("record_consent", f"family:{family.id}")
    added = await uow.families.add_caregiver(family.id, role, language, None)
    for child in await uow.lives.children_in(family.id):
        if child.ended_as is None:
            await uow.families.add_care(added, role, child=child.id)
    for pregnancy in await uow.lives.pregnancies_in(family.id):
        if pregnancy.ended_as is None:
            await uow.families.add_care(added, role, pregnancy=pregnancy.id)
    return await _added(turn, family, added)


async def _added(turn: Turn, family: Family, added: CaregiverId) -> Caregiver:
    members = await turn.uow.families.caregivers_of_family(family.id)
    return next(one for one in members if one.id == added)


async def _keep(turn: Turn, caregiver: Caregiver, answers: Answers, witness: ActorId) -> None:
    """What stood is taken back, and the new answer stands beside it with its witness."""
    uow, now, given = turn.uow, turn.moment.now, gave_consent(answers)
    if not given:
        await uow.consents.withdraw(caregiver.id, Purpose.FILE, now)
    consent = Consent(
        caregiver.id,
        Purpose.FILE,
        given=given,
        text_version=WORDS_VERSION,
        language=answers["read_in"] or "",
        way=ConsentWay(answers["way"] or ""),
        at=now,
        witness=witness,
    )
    await uow.consents.add(consent)
    subject, details = f"caregiver:{caregiver.id}", {"purpose": consent.purpose.value, "given": int(given)}
    await uow.programme.audit("record_consent", at=now, actor=witness, subject=subject, details=details)
