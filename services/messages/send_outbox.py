"""Send what is due: claim a batch, let the connection go, send, record. Nobody's answer is an exception here."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.identifiers import AddressId
from domain.message import OutgoingMessage
from domain.moment import Moment
from domain.people import AddressState
from domain.reader import Reader
from domain.sending.hours import next_morning
from domain.sending.outbox import OutboxRow, Reason
from domain.sending.retry import (
    GiveUp,
    LeaveUncertain,
    Moved,
    Outcome,
    Record,
    SendResult,
    TryAgain,
    Unknown,
    after_uncertainty,
    lease_until,
    outcome_of,
)
from domain.sending.sendability import Close, Postpone
from domain.visit_occasion import parse_visit_occasion
from services.family.ask_who import ask_who
from services.messages.check_again import Checked, check_again
from services.messages.read_as import reader_of, whom_of
from services.ports import UnitOfWork, UnitsOfWork
from services.programme import Programme
from services.turn import Work
from services.visits.aftercare.alarm import pass_on
from services.visits.plan_visits import reminder_message

BATCH = 30
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """A row that may go now: to which chat, for which reader, with what is true at this moment."""

    row: OutboxRow
    address: AddressId
    external_id: str
    message: OutgoingMessage
    reader: Reader


@dataclass(frozen=True)
class Batch:
    """What was claimed: rows that may go now, and how many rows were handled in all."""

    ready: Sequence[Ready]
    handled: int


async def claim_ready(units: UnitsOfWork, programme: Programme, moment: Moment) -> Batch:
    """Claim what is due and keep what may go; the rest is put off or closed with its reason at once."""
    async with units.begin() as uow:
        rows = await uow.outbox.claim(
            now=moment.now, wall=moment.wall, lease_until=lease_until(moment.wall), limit=BATCH
        )
        work = Work(uow, programme, moment)
        ready = [await _check(work, row) for row in rows]
    return Batch([one for one in ready if one is not None], len(rows))


async def _check(work: Work, row: OutboxRow) -> Ready | None:
    """The row when it may go; otherwise why not is kept. A row that makes no sense does not hold up the others."""
    try:
        checked = await check_again(work, row)
        match checked.decision:
            case Close(reason):
                await work.uow.outbox.record_closed(row.id, reason)
                if reason is Reason.UNCONFIRMED_CHAT and checked.address is not None:
                    await ask_who(work, checked.address)
            case Postpone(until, reason):
                await work.uow.outbox.record_postponed(row.id, until=until, reason=reason)
            case _:
                return await _ready(work.uow, row, checked)
    except (ValueError, LookupError, TypeError):
        logger.exception("row_makes_no_sense", extra={"row": row.id})
        await work.uow.outbox.record_closed(row.id, Reason.BROKEN_TEXT)
    return None


async def _ready(uow: UnitOfWork, row: OutboxRow, checked: Checked) -> Ready | None:
    if checked.address is None:
        return None
    reader = await reader_of(uow, checked.address, checked.caregiver, row.planned.subjects)
    message = row.planned.message
    occasion = parse_visit_occasion(row.planned.occasion)
    if checked.visit is not None and occasion is not None and checked.caregiver is not None:
        message = reminder_message(checked.visit, occasion.step, checked.caregiver.id, comes=checked.comes)
        reader = replace(reader, children=tuple(child.name for child in checked.visit.children))
    if checked.shared and checked.caregiver is not None and message.whom is None:
        message = replace(message, whom=whom_of(checked.caregiver, reader.children))
    return Ready(row, checked.address.id, checked.address.external_id, message, reader)


async def record_result(
    units: UnitsOfWork, ready: Ready, result: SendResult, *, language: str, moment: Moment
) -> Outcome:
    """Keep what the channel answered, and what follows from it."""
    row = ready.row
    outcome = outcome_of(
        result,
        lane=row.planned.lane,
        attempts=row.attempts,
        resent=row.resent,
        not_found_on=row.not_found_on,
        today=moment.today(ready.reader.zone),
    )
    async with units.begin() as uow:
        await uow.outbox.note_attempt(row.id, at=moment.now, result=_name(result), detail=_detail(result))
        await _record(uow, ready, outcome, result, language=language, moment=moment)
    return outcome


async def _record(
    uow: UnitOfWork, ready: Ready, outcome: Outcome, result: SendResult, *, language: str, moment: Moment
) -> None:
    row = ready.row
    match outcome:
        case Record(external_id):
            await uow.outbox.record_sent(
                row.id, external_id=external_id, language=language, address=ready.address, at=moment.now
            )
        case TryAgain():
            await _try_again(uow, ready, outcome, result, moment)
        case GiveUp(reason, address_state):
            await uow.outbox.record_closed(row.id, reason)
            if address_state is not None:
                await uow.people.mark_address(
                    ready.address, state=AddressState.UNREACHABLE, reason=address_state, at=moment.now
                )
                await pass_on(uow, row, moment)
        case LeaveUncertain():
            await uow.outbox.record_uncertain(row.id)


async def _try_again(uow: UnitOfWork, ready: Ready, outcome: TryAgain, result: SendResult, moment: Moment) -> None:
    row = ready.row
    await uow.outbox.record_retry(
        row.id,
        retry_at=moment.wall + outcome.wait,
        counted=outcome.counts,
        resent=row.resent or isinstance(result, Unknown),
        not_found_on=outcome.not_found_on or row.not_found_on,
    )
    if outcome.new_external_id is not None:
        await uow.people.move_address(ready.address, outcome.new_external_id)
    if outcome.tomorrow:
        await uow.outbox.put_off(row.id, until=next_morning(moment.today(ready.reader.zone), ready.reader.zone))


async def settle_lapsed(units: UnitsOfWork, moment: Moment) -> int:
    """Rows whose sender died with them: uncertain, or sent once more where a second copy does less harm than none."""
    async with units.begin() as uow:
        lapsed = await uow.outbox.lapsed(moment.wall)
        for row in lapsed:
            if isinstance(after_uncertainty(row.planned.lane, resent=row.resent), TryAgain):
                await uow.outbox.record_retry(
                    row.id, retry_at=moment.wall, counted=True, resent=True, not_found_on=row.not_found_on
                )
            else:
                await uow.outbox.record_uncertain(row.id)
    return len(lapsed)


def _name(result: SendResult) -> str:
    return str(result) if isinstance(result, str) else type(result).__name__.lower()


def _detail(result: SendResult) -> str | None:
    if isinstance(result, Moved):
        return None
    detail = getattr(result, "detail", None)
    return detail[:300] if isinstance(detail, str) else None
