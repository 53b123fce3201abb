"""What all statements on a campaign's messages share: which rows are its own, and how many are made at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Label, Select, and_, literal, select, update

from domain.campaigns.campaign import MESSAGE_KEY
from domain.identifiers import CampaignId
from domain.message import OutgoingMessage, Text
from domain.sending.outbox import Lane, OutboxState, Reason
from storage.encoding import encode_message
from storage.statements import Statements
from storage.tables import OF_CAMPAIGNS, campaigns, outbox

MESSAGE = encode_message(OutgoingMessage(Text(MESSAGE_KEY)))
"""The same for all: the words are looked up when a row is claimed."""

PLANNED = outbox.c.state == OutboxState.PLANNED.value


class CampaignOutbox:
    """One statement for all rows of a campaign, however many there are."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def _insert(self, columns: Mapping[str, ColumnElement[Any]], found: Select[Any]) -> int:
        insert = self._statements.insert(outbox).from_select(list(columns), found)
        key = [outbox.c.caregiver_id, outbox.c.message_key, outbox.c.occasion]
        unless_there = insert.on_conflict_do_nothing(index_elements=key, index_where=outbox.c.caregiver_id.is_not(None))
        return await self._statements.run(unless_there.execution_options(preserve_rowcount=True))

    async def _close(self, *which: ColumnElement[bool], reason: Reason) -> int:
        closed = {"state": OutboxState.CLOSED.value, "reason": reason.value}
        return await self._statements.run(update(outbox).where(*which).values(closed))

    async def _revision(self, campaign: CampaignId) -> int:
        found = select(campaigns.c.revision).where(campaigns.c.id == campaign)
        return await self._statements.value(found) or 0


def alike(lane: Lane, occasion: str, *, expires_at: datetime, at: datetime) -> dict[str, ColumnElement[Any]]:
    """The columns in which all rows of one statement are the same."""
    values: dict[str, Any] = {
        "lane": lane.value,
        "state": OutboxState.PLANNED.value,
        "message_key": MESSAGE_KEY,
        "occasion": occasion,
        "message": MESSAGE,
        "subjects": [],
        "expires_at": expires_at,
        "planned_at": at,
    }
    return {name: literal(value, outbox.c[name].type) for name, value in values.items()}


def named(columns: Mapping[str, ColumnElement[Any]]) -> list[Label[Any]]:
    """The columns of a row to be made, for a select."""
    return [column.label(name) for name, column in columns.items()]


def message_occasion(campaign: CampaignId) -> str:
    """Under which its messages stand."""
    return f"campaign:{campaign}"


def withdrawal_occasion(campaign: CampaignId) -> str:
    """Under which it is taken back."""
    return f"withdrawal:{campaign}"


def correction_occasions(campaign: CampaignId, last: int) -> list[str]:
    """Under which it was corrected, up to a revision."""
    return [f"correction:{campaign}:{revision}" for revision in range(last + 1)]


def on_occasions(*occasions: str) -> ColumnElement[bool]:
    """Rows of campaigns on these, by their own index."""
    return and_(OF_CAMPAIGNS, outbox.c.occasion.in_(occasions))


def messages_of(campaign: CampaignId) -> ColumnElement[bool]:
    """What it says to its recipients, without what changes it later."""
    return on_occasions(message_occasion(campaign))
