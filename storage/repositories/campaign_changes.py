"""What changes messages that were delivered: corrections and withdrawals, as rows of a lane of their own."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, func, literal, or_, select

from domain.campaigns.campaign import MESSAGE_KEY
from domain.identifiers import AddressId, CampaignId, CaregiverId
from domain.sending.outbox import Lane, OutboxState, Reason
from services.ports.campaigns import Delivered
from storage.repositories.campaign_outbox import (
    PLANNED,
    CampaignOutbox,
    alike,
    correction_occasions,
    message_occasion,
    messages_of,
    named,
    on_occasions,
    withdrawal_occasion,
)
from storage.tables import addresses, outbox

_DELIVERED = and_(outbox.c.state == OutboxState.SENT.value, outbox.c.external_id.is_not(None))
# It may leave, or have left, with the words from before.
_IN_FLIGHT = or_(outbox.c.state == OutboxState.SENDING.value, and_(PLANNED, outbox.c.lease_until.is_not(None)))


class CampaignChangeRows(CampaignOutbox):
    """A later change takes the place of an earlier one that was not made yet."""

    async def make_corrections(
        self, campaign: CampaignId, *, language: str, revision: int, at: datetime, expires_at: datetime
    ) -> int:
        """One row for each message in this language that was delivered or is on its way, in whichever language."""
        spoken = outbox.c.language == language
        await self._supersede(correction_occasions(campaign, revision - 1), spoken)
        columns = alike(Lane.CHANGE, f"correction:{campaign}:{revision}", expires_at=expires_at, at=at)
        return await self._make(
            messages_of(campaign), or_(and_(_DELIVERED, spoken), _IN_FLIGHT), columns=columns, at=at
        )

    async def make_withdrawals(
        self, campaign: CampaignId, *, delivered_since: datetime, at: datetime, expires_at: datetime
    ) -> int:
        """The same for those that can still be deleted."""
        await self._supersede(correction_occasions(campaign, await self._revision(campaign)))
        columns = alike(Lane.CHANGE, withdrawal_occasion(campaign), expires_at=expires_at, at=at)
        young = and_(_DELIVERED, outbox.c.sent_at >= delivered_since)
        return await self._make(messages_of(campaign), or_(young, _IN_FLIGHT), columns=columns, at=at)

    async def delivered(
        self, caregivers: Collection[tuple[CampaignId, CaregiverId]]
    ) -> Mapping[tuple[CampaignId, CaregiverId], Delivered]:
        """What was delivered to these, by campaign and caregiver."""
        wanted = {(message_occasion(campaign), who): (campaign, who) for campaign, who in caregivers}
        if not wanted:
            return {}
        occasions, people = zip(*wanted, strict=True)
        theirs = outbox.c.caregiver_id.in_(set(people)) & outbox.c.occasion.in_(set(occasions))
        said = and_(_DELIVERED, outbox.c.message_key == MESSAGE_KEY, outbox.c.address_id.is_not(None))
        rows = await self._statements.all(select(outbox).where(theirs, said))
        found = {(row[outbox.c.occasion], row[outbox.c.caregiver_id]): row for row in rows}
        return {wanted[key]: _delivered(row) for key, row in found.items() if key in wanted}

    async def _make(self, *which: ColumnElement[bool], columns: dict[str, ColumnElement[Any]], at: datetime) -> int:
        columns |= {
            "caregiver_id": outbox.c.caregiver_id,
            "address_id": outbox.c.address_id,
            "bot": func.coalesce(addresses.c.bot, outbox.c.bot),
            "language": outbox.c.language,
            "send_from": literal(at, outbox.c.send_from.type),
        }
        found = select(*named(columns)).select_from(outbox.outerjoin(addresses)).where(*which)
        return await self._insert(columns, found.where(outbox.c.caregiver_id.is_not(None)).order_by(outbox.c.id))

    async def _supersede(self, occasions: Collection[str], *which: ColumnElement[bool]) -> None:
        await self._close(on_occasions(*occasions), PLANNED, *which, reason=Reason.SUPERSEDED)


def _delivered(row: RowMapping) -> Delivered:
    return Delivered(
        address=AddressId(row[outbox.c.address_id]),
        external_id=row[outbox.c.external_id],
        language=row[outbox.c.language] or "",
        sent_at=row[outbox.c.sent_at],
    )
