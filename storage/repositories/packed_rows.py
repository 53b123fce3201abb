"""Rows that are planned, written out by the thousand: what many of them share is written once."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

from domain.message import OutgoingMessage
from domain.sending.outbox import OutboxState, PlannedMessage
from storage.encoding import encode_message
from storage.tables.base import in_utc


class _Shared:
    """The messages and ends of one portion as text."""

    def __init__(self, instant: Callable[[datetime], str]) -> None:
        self._instant = instant
        self._ends: dict[datetime, str] = {}
        # The message itself is kept too: otherwise another one could get its number.
        self._messages: dict[int, tuple[OutgoingMessage, str]] = {}

    def end(self, at: datetime) -> str:
        """An instant that many rows have."""
        if at not in self._ends:
            self._ends[at] = self._instant(at)
        return self._ends[at]

    def message(self, message: OutgoingMessage) -> str:
        """A message that many rows have."""
        if id(message) not in self._messages:
            self._messages[id(message)] = (message, json.dumps(encode_message(message)))
        return self._messages[id(message)][1]


def pack(messages: Iterable[PlannedMessage], at: datetime) -> str:
    """Rows for caregivers as one array of JSON."""
    shared, planned_at = _Shared(_iso), _iso(at)
    return f"[{','.join(_packed(one, shared, planned_at) for one in messages)}]"


def _packed(planned: PlannedMessage, shared: _Shared, planned_at: str) -> str:
    return (
        f'{{"lane":{planned.lane.value},"state":"{OutboxState.PLANNED.value}","caregiver_id":{planned.caregiver},'
        f'"address_id":{planned.address or "null"},"message_key":{quoted(planned.message.body.key)},'
        f'"occasion":{quoted(planned.occasion)},'
        f'"message":{shared.message(planned.message)},"subjects":[{",".join(map(str, planned.subjects))}],'
        f'"send_from":"{_iso(planned.send_from)}","expires_at":"{shared.end(planned.expires_at)}",'
        f'"planned_at":"{planned_at}"}}'
    )


def texts_of(messages: Iterable[PlannedMessage], at: datetime) -> Iterator[dict[str, Any]]:
    """Rows for caregivers with all but numbers as SQLite keeps it."""
    shared, planned_at = _Shared(_as_kept), _as_kept(at)
    for planned in messages:
        yield {
            "lane": planned.lane.value,
            "state": OutboxState.PLANNED.value,
            "caregiver_id": planned.caregiver,
            "address_id": planned.address,
            "message_key": planned.message.body.key,
            "occasion": planned.occasion,
            "message": shared.message(planned.message),
            "subjects": f"[{', '.join(map(str, planned.subjects))}]",
            "send_from": _as_kept(planned.send_from),
            "expires_at": shared.end(planned.expires_at),
            "planned_at": planned_at,
        }


def _iso(at: datetime) -> str:
    return in_utc(at).isoformat()


def _as_kept(at: datetime) -> str:
    return in_utc(at).replace(tzinfo=None).isoformat(" ", "microseconds")
