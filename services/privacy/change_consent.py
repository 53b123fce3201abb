"""My consents: what she was asked, what she answered, and to take it back or give it again at any time."""

from dataclasses import dataclass

from domain.area import Facility
from domain.consent import WORDS_VERSION, Consent, ConsentWay, Purpose, may_consent
from domain.identifiers import CaregiverId
from domain.people import Caregiver
from services.access import Refused, access_own
from services.family.end_contact import has_nobody
from services.privacy.heed_consent import heed_consent
from services.turn import Turn

ALWAYS_ASKED = (Purpose.MESSAGES, Purpose.FILE)


@dataclass(frozen=True)
class ConsentList:
    """Her latest answers, and the purposes for which she may answer: of the child only who represents it.

    `is_left_alone`: after a loss there is nobody of whom we could speak to her.
    """

    caregiver: Caregiver
    facility: Facility | None
    answers: tuple[Consent, ...]
    open_purposes: tuple[Purpose, ...]
    is_left_alone: bool = False

    def stands(self, purpose: Purpose) -> bool:
        """Whether she agrees."""
        return any(one.stands for one in self.answers if one.purpose is purpose)


async def list_consents(turn: Turn, caregiver: CaregiverId) -> ConsentList:
    """Of one who speaks from this chat. Before she joined there is nothing to change: joining asks her."""
    own = access_own(turn.speaker, caregiver)
    answers = await turn.uow.consents.of(own.id)
    asked = dict.fromkeys((*ALWAYS_ASKED, *(one.purpose for one in answers)))
    mine = tuple(purpose for purpose in asked if own.joined_at is not None and may_consent(own.role, purpose))
    family = await turn.uow.families.family(own.family)
    facility = await turn.uow.area.facility(family.facility) if family else None
    left_alone = own.bereaved_at is not None and await has_nobody(turn, own)
    return ConsentList(own, facility, answers, mine, left_alone)


async def find_purpose(turn: Turn, caregiver: CaregiverId, purpose: Purpose) -> ConsentList:
    """Her list, when this purpose is hers to answer."""
    consents = await list_consents(turn, caregiver)
    if purpose not in consents.open_purposes:
        raise Refused("consent", f"caregiver:{caregiver}")
    return consents


async def change_consent(turn: Turn, caregiver: CaregiverId, purpose: Purpose, *, given: bool) -> ConsentList:
    """Keep her answer, unless it is the one that stands; the ledger loses nothing."""
    consents = await find_purpose(turn, caregiver, purpose)
    own, now = consents.caregiver, turn.moment.now
    stands = consents.stands(purpose)
    if given and not stands:
        await turn.uow.consents.add(_answer(turn, own, purpose, given=True))
    elif stands and not given:
        await turn.uow.consents.withdraw(own.id, purpose, now)
    elif not given and all(one.purpose is not purpose for one in consents.answers):
        await turn.uow.consents.add(_answer(turn, own, purpose, given=False))
    if given != stands:
        await heed_consent(turn, own, purpose)
    return await list_consents(turn, caregiver)


def _answer(turn: Turn, own: Caregiver, purpose: Purpose, *, given: bool) -> Consent:
    return Consent(
        own.id,
        purpose,
        given=given,
        text_version=WORDS_VERSION,
        language=own.language,
        way=ConsentWay.TAP,
        at=turn.moment.now,
    )
