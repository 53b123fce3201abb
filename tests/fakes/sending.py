"""A sender without a channel: everything that is due is claimed, and a test says what became of it."""

from domain.identifiers import AddressId, OutboxId
from domain.moment import Moment
from domain.sending.outbox import SentMessage, Share
from domain.sending.retry import SendResult
from services.ports import UnitsOfWork
from services.programme import Programme
from services.sending.claim_outbox import Batch, Ready, claim_ready
from services.sending.record_results import Sent, record_results


async def claim_due(units: UnitsOfWork, programme: Programme, moment: Moment) -> Batch:
    """A batch of every lane, whatever its bot."""
    return await claim_ready(units, programme, Share(), limit=30, moment=moment)


async def record_result(
    units: UnitsOfWork, ready: Ready, result: SendResult, *, moment: Moment, language: str = "vi"
) -> None:
    """The channel answered so."""
    await record_results(units, [Sent(ready, result, language)], moment)


def taken(row: OutboxId, address: AddressId, external_id: str = "1") -> list[SentMessage]:
    """The channel took this row."""
    return [SentMessage(row, external_id, "vi", address)]
