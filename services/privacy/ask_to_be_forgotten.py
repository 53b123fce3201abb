"""Forget me: silence at once, erasure after 72 hours, and until then one tap takes it back."""

import secrets

from domain.erasure import RECEIPT_LETTERS, TIME_TO_THINK, Erasure, receipt_of
from domain.identifiers import CaregiverId
from domain.people import Caregiver
from domain.sending.outbox import Lane, Reason
from services.access import access_own, anew
from services.messages.plan_day import plan_one
from services.turn import Turn

UNASKED = (Lane.VISIT, Lane.TIP, Lane.CAMPAIGN)


async def ask_to_be_forgotten(turn: Turn, caregiver: CaregiverId) -> Erasure:
    """Her wish, with its receipt; asked a second time it is the same wish. A child's file is not touched."""
    uow, now = turn.uow, turn.moment.now
    own = access_own(turn.speaker, caregiver)
    receipt = receipt_of("".join(secrets.choice(RECEIPT_LETTERS) for _ in range(8)))
    erasure = await uow.privacy.ask(own.id, at=now, due_at=now + TIME_TO_THINK, receipt=receipt)
    if erasure.receipt != receipt:
        return erasure
    if own.stopped_at is None:
        await uow.families.stop_caregiver(own.id, now)
    await uow.outbox.close_planned(own.id, Reason.STOPPED, UNASKED)
    await _audit(turn, "ask_to_be_forgotten", own)
    return erasure


async def find_wish(turn: Turn, caregiver: CaregiverId) -> Erasure | None:
    """Her wish that waits to be carried out."""
    return await turn.uow.privacy.open_of(access_own(turn.speaker, caregiver).id)


async def find_wishes(turn: Turn) -> tuple[tuple[Caregiver, Erasure], ...]:
    """Those who speak from this chat and asked to be forgotten."""
    found = [(own, await turn.uow.privacy.open_of(own.id)) for own in turn.speaker.caregivers]
    return tuple((own, erasure) for own, erasure in found if erasure is not None)


async def change_ones_mind(turn: Turn, caregiver: CaregiverId) -> bool:
    """Nothing is erased; False when nothing waited. Who had stopped before she asked stays stopped."""
    uow, now = turn.uow, turn.moment.now
    own = access_own(turn.speaker, caregiver)
    erasure = await uow.privacy.open_of(own.id)
    if erasure is None or not await uow.privacy.cancel(erasure.id, now):
        return False
    await _audit(turn, "keep_after_all", own)
    if own.stopped_at == erasure.asked_at:
        await uow.families.stop_caregiver(own.id, None)
        await plan_one(turn, access_own(await anew(uow, turn.speaker), own.id))
        await uow.outbox.reopen(own.id, now)
    return True


async def _audit(turn: Turn, action: str, own: Caregiver) -> None:
    address, subject = turn.speaker.address.id, f"caregiver:{own.id}"
    await turn.uow.programme.audit(action, at=turn.moment.now, address=address, subject=subject)
