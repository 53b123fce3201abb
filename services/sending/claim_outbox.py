"""Claim what is due and check it again: what may go is ready; the rest is put off or closed with its reason at once."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.identifiers import AddressId
from domain.message import OutgoingMessage
from domain.moment import Moment
from domain.people import Caregiver
from domain.reader import Reader
from domain.sending.outbox import Lane, OutboxRow, Reason, Share
from domain.sending.retry import lease_until
from domain.sending.sendability import Close, Postpone
from domain.visit_occasion import parse_visit_occasion
from services.family.ask_who import ask_who
from services.messages.read_as import read_as_caregiver, reader_of, whom_of
from services.messages.tip_choices import tip_choices
from services.ports import UnitOfWork, UnitsOfWork
from services.programme import Programme
from services.sending.campaign_rows import words_of
from services.sending.check_again import Checked, Known, check_again, know
from services.sending.worded import WORDED_BY
from services.turn import Work
from services.visits.plan_visits import reminder_message
from services.visits.visit_words import words_of_reminder

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """A row that may go now: to which chat, for which reader, with what is true at this moment.

    `file_id`: by which `bot` knows the picture or voice, when it does.
    """

    row: OutboxRow
    address: AddressId
    external_id: str
    message: OutgoingMessage
    reader: Reader
    bot: str = ""
    file_id: str | None = None


@dataclass(frozen=True)
class Batch:
    """What was claimed: rows that may go now, until when they are held, and how many rows were handled in all."""

    ready: Sequence[Ready]
    claimed_until: datetime
    handled: int


async def claim_ready(units: UnitsOfWork, programme: Programme, share: Share, *, limit: int, moment: Moment) -> Batch:
    """Claim a batch in one transaction, and let the connection go; nothing while the bot has to be silent."""
    held_until = lease_until(moment.wall)
    async with units.look() as uow:
        if await uow.budgets.pause_left(share.bot, moment.wall):
            return Batch((), held_until, 0)
        if not await uow.outbox.is_due(share, now=moment.now, wall=moment.wall):
            return Batch((), held_until, 0)
    async with units.begin() as uow:
        rows = await uow.outbox.claim(share, now=moment.now, wall=moment.wall, lease_until=held_until, limit=limit)
        if not rows:
            return Batch((), held_until, 0)
        work = Work(uow, programme, moment)
        known = await know(work, rows)
        ready = [await _check(work, row, known, share.bot) for row in rows]
        going = await _with_files(uow, [one for one in ready if one is not None])
    return Batch(going, held_until, len(rows))


async def _check(work: Work, row: OutboxRow, known: Known, bot: str) -> Ready | None:
    """The row when it may go; otherwise why not is kept. A row that makes no sense does not hold up the others."""
    try:
        checked = await check_again(work, row, known)
        if bot and checked.address is not None and checked.address.bot != bot:
            await work.uow.outbox.hand_on(row.id, checked.address.bot)
            return None
        match checked.decision:
            case Close(reason):
                await work.uow.outbox.record_closed(row.id, reason)
                if reason is Reason.UNCONFIRMED_CHAT and checked.address is not None:
                    await ask_who(work, checked.address)
            case Postpone(until, reason):
                await work.uow.outbox.record_postponed(row.id, until=until, reason=reason)
            case _:
                return await _ready(work, row, checked, known)
    except (ValueError, LookupError, TypeError):
        logger.exception("row_makes_no_sense", extra={"row": row.id})
        await work.uow.outbox.record_closed(row.id, Reason.BROKEN_TEXT)
    return None


async def _ready(work: Work, row: OutboxRow, checked: Checked, known: Known) -> Ready | None:
    address, caregiver, subjects = checked.address, checked.caregiver, row.planned.subjects
    if address is None:
        return None
    if caregiver is None:
        reader = await reader_of(work.uow, address, subjects)
    else:
        reader = await read_as_caregiver(work.uow, caregiver, subjects, known.recipients)
    message = await _worded(work, row, caregiver) if caregiver is not None else row.planned.message
    words = words_of(work, row, caregiver, known.campaigns) if caregiver is not None else None
    if words is not None:
        message, reader = words.message, replace(reader, language=words.language)
    occasion = parse_visit_occasion(row.planned.occasion)
    if checked.visit is not None and occasion is not None and caregiver is not None:
        own = words_of_reminder(work.programme, checked.visit, occasion.step, caregiver.language)
        message = reminder_message(checked.visit, occasion.step, caregiver.id, comes=checked.comes, words=own)
        reader = replace(reader, children=tuple(child.name for child in checked.visit.children))
    if checked.shared and caregiver is not None and message.whom is None:
        message = replace(message, whom=whom_of(caregiver, reader.children))
    if caregiver is not None and _is_advice(work, row):
        message = replace(message, choices=tip_choices(work.programme.library, message.body.key, caregiver.id))
    return Ready(row, address.id, address.external_id, message, reader, address.bot)


def _is_advice(work: Work, row: OutboxRow) -> bool:
    """A message of a journey, and neither a question about a birth nor a farewell, which have buttons of their own."""
    planned = row.planned
    return planned.lane is Lane.TIP and work.programme.is_step(planned.message.body.key)


async def _worded(work: Work, row: OutboxRow, caregiver: Caregiver) -> OutgoingMessage:
    """What was planned, with the words of the visit that it is about."""
    add_words = WORDED_BY.get(row.planned.occasion.partition(":")[0])
    return await add_words(work, row, caregiver) if add_words is not None else row.planned.message


async def _with_files(uow: UnitOfWork, ready: Sequence[Ready]) -> Sequence[Ready]:
    """With the ids of their pictures and voices, looked up for all of a bot together."""
    known: dict[tuple[str, str], str] = {}
    for bot in {one.bot for one in ready if one.message.media is not None}:
        hashes = {one.message.media.content_hash for one in ready if one.message.media is not None and one.bot == bot}
        known |= {(bot, content): file for content, file in (await uow.media.file_ids(bot, hashes)).items()}
    return [replace(one, file_id=known.get((one.bot, _hash_of(one)))) if known else one for one in ready]


def _hash_of(ready: Ready) -> str:
    return ready.message.media.content_hash if ready.message.media else ""
