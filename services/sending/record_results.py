"""Keep what the channel answered, and what follows from it. Nobody's answer is an exception here."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.moment import Moment
from domain.people import AddressState
from domain.sending.hours import next_morning
from domain.sending.outbox import SentMessage
from domain.sending.retry import (
    Delivered,
    GiveUp,
    Later,
    LeaveUncertain,
    Moved,
    Outcome,
    Record,
    Rejected,
    SendResult,
    Tried,
    TryAgain,
    Unknown,
    after_uncertainty,
    outcome_of,
)
from services.campaigns.breaker import heed_refused_texts
from services.ports import UnitOfWork, UnitsOfWork
from services.ports.outbox import Attempt
from services.sending.claim_outbox import Ready
from services.visits.aftercare.alarm import pass_on


@dataclass(frozen=True)
class Sent:
    """A row and what the channel answered; in which language it was said.

    `chance` is a random number for the wait before another try.
    """

    ready: Ready
    result: SendResult
    language: str
    chance: float = 0


async def record_results(units: UnitsOfWork, sent: Sequence[Sent], moment: Moment) -> None:
    """Keep what the channel answered to each, and what follows from it, in one transaction."""
    outcomes = [(one, _outcome(one, moment)) for one in sent]
    taken = [_taken(one, outcome.external_id) for one, outcome in outcomes if isinstance(outcome, Record)]
    # That it was delivered the row itself says; what went wrong is told apart.
    failed = [one for one in sent if not isinstance(one.result, Delivered)]
    tried = [Attempt(one.ready.row.id, _name(one.result), _detail(one.result)) for one in failed]
    async with units.begin() as uow:
        await uow.outbox.note_attempts(tried, moment.now)
        await uow.outbox.record_sent(taken, moment.now)
        await _note_files(uow, sent)
        for one, outcome in outcomes:
            await _record(uow, one, outcome, moment)
        await heed_refused_texts(uow, [one.ready.row for one in sent if isinstance(one.result, Rejected)], moment)


async def _note_files(uow: UnitOfWork, sent: Sequence[Sent]) -> None:
    """What the channel calls the pictures and voices that were uploaded; what it no longer knows is forgotten."""
    for one in sent:
        media, bot = one.ready.message.media, one.ready.bot
        match one.result:
            case Delivered(file_id=str(file_id)) if media is not None:
                await uow.media.remember(bot, media.content_hash, file_id)
            case Later(stale_file_id=str(file_id)) if media is not None:
                await uow.media.forget(bot, media.content_hash, file_id)


def _outcome(sent: Sent, moment: Moment) -> Outcome:
    row = sent.ready.row
    return outcome_of(
        sent.result,
        lane=row.planned.lane,
        tried=Tried(row.attempts, row.resent, row.not_found_on),
        today=moment.today(sent.ready.reader.zone),
        chance=sent.chance,
    )


def _taken(sent: Sent, external_id: str) -> SentMessage:
    return SentMessage(sent.ready.row.id, external_id, sent.language, sent.ready.address)


async def _record(uow: UnitOfWork, sent: Sent, outcome: Outcome, moment: Moment) -> None:
    row = sent.ready.row
    match outcome:
        case TryAgain():
            await _try_again(uow, sent, outcome, moment)
        case GiveUp(reason, address_state):
            await uow.outbox.record_closed(row.id, reason)
            if address_state is not None:
                await uow.people.mark_address(
                    sent.ready.address, state=AddressState.UNREACHABLE, reason=address_state, at=moment.now
                )
                await pass_on(uow, row, moment)
        case LeaveUncertain():
            await uow.outbox.record_uncertain(row.id)
        case Record():
            pass


async def _try_again(uow: UnitOfWork, sent: Sent, outcome: TryAgain, moment: Moment) -> None:
    ready, row = sent.ready, sent.ready.row
    await uow.outbox.record_retry(
        row.id,
        retry_at=moment.wall + outcome.wait,
        counted=outcome.counts,
        resent=row.resent or isinstance(sent.result, Unknown),
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
