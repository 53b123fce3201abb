"""Carry out the wishes to be forgotten whose time to think is over, in two steps.

First everything goes but the chat to which the receipt is sent; when it was sent, or a day is over, the chat goes too.
A wish during whose turn a message is just being sent waits for the next run, and so does a run that was missed.
"""

from domain.ends import CaregiverEnd
from domain.erasure import LAST_WORD_LIFE, Erasure, last_word_occasion
from domain.message import OutgoingMessage, Text
from domain.moment import Moment
from domain.people import Address, AddressState, Caregiver
from domain.sending.outbox import Lane, PlannedMessage
from domain.sending.sendability import next_legal_instant
from services.forms.surroundings import DEFAULT_ZONE
from services.messages.read_as import whom_of
from services.ports import UnitsOfWork
from services.programme import Programme
from services.turn import Work


async def erase_due(units: UnitsOfWork, programme: Programme, moment: Moment) -> int:
    """A transaction a wish; gives how many were carried out."""
    async with units.look() as uow:
        due, finished = await uow.privacy.due(moment.now), await uow.privacy.finished(moment.now)
    for erasure in finished:
        async with units.begin() as uow:
            await uow.privacy.forget_last_address(erasure)
    done = 0
    for erasure in due:
        async with units.begin() as uow:
            done += await _erase(Work(uow, programme, moment), erasure)
    return done


async def _erase(work: Work, erasure: Erasure) -> int:
    uow, now = work.uow, work.moment.now
    caregiver = await uow.families.caregiver(erasure.caregiver)
    if caregiver is None or not await uow.privacy.hold(erasure.id):
        return 0
    if await uow.privacy.is_on_its_way(caregiver.id):
        return 0
    chat = await _chat(work, caregiver)
    words = await _last_word(work, caregiver, chat, erasure) if chat is not None else ()
    await uow.privacy.erase(erasure, last_address=chat.id if chat else None, at=now)
    if caregiver.ended_as is None:  # Who died or was removed stays so for the family.
        await uow.lives.end_caregiver(caregiver.id, CaregiverEnd.ERASED, now)
    await uow.outbox.plan(words, now)
    await uow.programme.audit("erased", at=now, subject=f"erasure:{erasure.id}")
    return 1


async def _chat(work: Work, caregiver: Caregiver) -> Address | None:
    addresses = await work.uow.people.addresses_of_caregiver(caregiver.id)
    return next((one for one in addresses if one.state is AddressState.ACTIVE), None)


async def _last_word(work: Work, caregiver: Caregiver, chat: Address, erasure: Erasure) -> tuple[PlannedMessage, ...]:
    """The receipt, at an hour at which families may be written to. Where others read too it says whose it is."""
    family = await work.uow.families.family(caregiver.family)
    at = next_legal_instant(Lane.TIP, family.zone if family else DEFAULT_ZONE, work.moment.now)
    shared = len(await work.uow.families.caregivers_at(chat.id)) > 1
    message = OutgoingMessage(
        Text("forget.done", {"receipt": erasure.receipt}), whom=whom_of(caregiver, ()) if shared else None
    )
    row = PlannedMessage(
        lane=Lane.REPLY,
        message=message,
        occasion=last_word_occasion(erasure.id),
        send_from=at,
        expires_at=at + LAST_WORD_LIFE,
        address=chat.id,
    )
    return (row,)
