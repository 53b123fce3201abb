"""Planned messages as rows of the outbox, and back."""

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from domain.identifiers import AddressId, CaregiverId, ChildId, OutboxId
from domain.sending.outbox import Lane, OutboxRow, OutboxState, PlannedMessage, Reason
from services.ports.outbox import OutboxEntry
from storage.encoding import decode_message, encode_message
from storage.tables import outbox

logger = logging.getLogger(__name__)
AS_CLAIMED = (
    outbox.c.id,
    outbox.c.lane,
    outbox.c.caregiver_id,
    outbox.c.address_id,
    outbox.c.occasion,
    outbox.c.send_from,
    outbox.c.expires_at,
    outbox.c.attempts,
    outbox.c.resent,
    outbox.c.not_found_on,
)
"""What a sender needs to know; `message` and `subjects` come as they are written, because they may not be readable."""
SHOWN = (
    outbox.c.id,
    outbox.c.lane,
    outbox.c.state,
    outbox.c.reason,
    outbox.c.message_key,
    outbox.c.occasion,
    outbox.c.send_from,
    outbox.c.sent_at,
)
"""What a timeline shows."""


def columns_of(messages: Iterable[PlannedMessage], at: datetime) -> Iterator[dict[str, Any]]:
    """The columns of each row that is planned."""
    for planned in messages:
        yield {
            "lane": planned.lane.value,
            "state": OutboxState.PLANNED.value,
            "caregiver_id": planned.caregiver,
            "address_id": planned.address,
            "message_key": planned.message.body.key,
            "occasion": planned.occasion,
            "message": encode_message(planned.message),
            "subjects": list(planned.subjects),
            "send_from": planned.send_from,
            "expires_at": planned.expires_at,
            "planned_at": at,
        }


def unique(messages: Iterable[PlannedMessage]) -> list[PlannedMessage]:
    """One row for each key.

    They stand in the order of the key, so that two processes that plan the same never wait for one another; replies
    keep their order, because their numbers say which goes first.
    """
    kept: dict[tuple[Any, ...], PlannedMessage] = {}
    for planned in messages:
        kept.setdefault(_key(planned), planned)
    replies = [planned for planned in kept.values() if planned.lane is Lane.REPLY]
    others = sorted(key for key, planned in kept.items() if planned.lane is not Lane.REPLY)
    return replies + [kept[key] for key in others]


def _key(planned: PlannedMessage) -> tuple[Any, ...]:
    if planned.caregiver is None:
        return ("address", planned.address, planned.occasion)
    return ("caregiver", planned.caregiver, planned.message.body.key, planned.occasion)


def readable(row: RowMapping) -> OutboxRow | None:
    """The row as a sender claims it; None when nobody can read it, which must not hold up the others."""
    try:
        return _outbox_row_of(row)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        # Not the error's words: they would show what the message says.
        logger.error("row_not_readable", extra={"row": row[outbox.c.id], "error": type(error).__name__})
        return None


def _outbox_row_of(row: RowMapping) -> OutboxRow:
    return OutboxRow(
        id=OutboxId(row[outbox.c.id]),
        planned=_planned(row),
        attempts=row[outbox.c.attempts],
        resent=row[outbox.c.resent],
        not_found_on=row[outbox.c.not_found_on],
    )


def entry_of(row: RowMapping) -> OutboxEntry:
    """The row as a timeline shows it."""
    reason = row[outbox.c.reason]
    return OutboxEntry(
        id=OutboxId(row[outbox.c.id]),
        lane=Lane(row[outbox.c.lane]),
        state=OutboxState(row[outbox.c.state]),
        reason=Reason(reason) if reason is not None else None,
        message_key=row[outbox.c.message_key],
        occasion=row[outbox.c.occasion],
        send_from=row[outbox.c.send_from],
        sent_at=row[outbox.c.sent_at],
    )


def _planned(row: RowMapping) -> PlannedMessage:
    caregiver, address = row[outbox.c.caregiver_id], row[outbox.c.address_id]
    return PlannedMessage(
        lane=Lane(row[outbox.c.lane]),
        message=decode_message(json.loads(row["message"])),
        occasion=row[outbox.c.occasion],
        send_from=row[outbox.c.send_from],
        expires_at=row[outbox.c.expires_at],
        caregiver=CaregiverId(caregiver) if caregiver is not None else None,
        address=AddressId(address) if address is not None else None,
        subjects=tuple(ChildId(child) for child in json.loads(row["subjects"])),
    )
