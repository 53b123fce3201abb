"""The messages of a campaign in the outbox: made by the database, held, released and closed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, update

from domain.identifiers import CampaignId
from domain.sending.hours import start_of_day
from domain.sending.outbox import Lane, OutboxState, Reason
from services.ports.campaigns import Audience, FanOut
from storage.repositories.campaign_outbox import PLANNED, CampaignOutbox, alike, message_occasion, messages_of, named
from storage.repositories.segments import recipients
from storage.tables import outbox, provinces

AT_ONCE = 20_000
PRIME = 2_147_483_647
SPREADING, OFFSET = 1_327_217_885, 48_271
"""They mix numbers of caregivers and of the campaign; no product reaches 2^63."""

_HELD = and_(outbox.c.state == OutboxState.CLOSED.value, outbox.c.reason == Reason.CAMPAIGN_PAUSED.value)
_OF_OTHER_KINDS = outbox.c.lane.in_([Lane.REPLY.value, Lane.VISIT.value, Lane.TIP.value])


class CampaignMessageRows(CampaignOutbox):
    """The unique key makes that starting twice sends once. Holding, releasing and cancelling go in steps."""

    async def fan_out(self, audience: Audience, rows: FanOut, at: datetime) -> int:
        """One row for each recipient who has none yet, made by the database. Gives how many."""
        if not rows.send_from:
            return 0
        who = recipients(audience)
        columns = alike(Lane.CAMPAIGN, message_occasion(rows.campaign), expires_at=rows.expires_at, at=at)
        columns |= {"caregiver_id": who.c.caregiver_id, "bot": who.c.bot, "send_from": _begins(who.c.zone, rows)}
        found = select(*named(columns))
        if rows.at_most is None:
            return await self._insert(columns, found.order_by(who.c.caregiver_id))
        drawn = _draw(who.c.caregiver_id, rows.campaign)
        return await self._insert(columns, found.order_by(drawn, who.c.caregiver_id).limit(rows.at_most))

    async def hold(self, campaign: CampaignId) -> int:
        """Close what waits, as paused: it can be released."""
        return await self._close(_some(campaign, PLANNED), reason=Reason.CAMPAIGN_PAUSED)

    async def release(self, campaign: CampaignId, now: datetime) -> int:
        """Plan again what was held and is still of use, from now on; the rest is closed as expired."""
        await self._close(_some(campaign, and_(_HELD, outbox.c.expires_at <= now)), reason=Reason.EXPIRED)
        later = case((outbox.c.send_from > now, outbox.c.send_from), else_=now)
        afresh = {"state": OutboxState.PLANNED.value, "reason": None, "retry_at": None, "lease_until": None}
        return await self._statements.run(
            update(outbox).where(_some(campaign, _HELD)).values(**afresh, send_from=later)
        )

    async def cancel(self, campaign: CampaignId) -> int:
        """Close what waits or was held, for good."""
        return await self._close(_some(campaign, or_(PLANNED, _HELD)), reason=Reason.CAMPAIGN_ENDED)

    async def waiting_before(self, now: datetime) -> int:
        """How many rows of other kinds are due now or before the end of this day, in the zone where it ends last."""
        found = await self._statements.all(select(provinces.c.zone).distinct())
        zones = {row[provinces.c.zone] for row in found} or {"UTC"}
        ends = max(start_of_day(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), zone) for zone in zones)
        waits = and_(PLANNED, _OF_OTHER_KINDS, outbox.c.send_from < ends)
        return int(await self._statements.value(select(func.count()).select_from(outbox).where(waits)))


def _some(campaign: CampaignId, which: ColumnElement[bool]) -> ColumnElement[bool]:
    """So many of a campaign's rows that nobody waits long for them; whoever steers it asks until none is left."""
    return outbox.c.id.in_(select(outbox.c.id).where(messages_of(campaign), which).limit(AT_ONCE))


def _begins(zone: ColumnElement[str], rows: FanOut) -> ColumnElement[datetime]:
    """From when a row goes, by zone; in one that nobody thought of, when the last of the others does."""
    kind = outbox.c.send_from.type
    known = [(zone == name, literal(begins, kind)) for name, begins in sorted(rows.send_from.items())]
    return case(*known, else_=literal(max(rows.send_from.values()), kind))


def _draw(caregiver: ColumnElement[int], campaign: CampaignId) -> ColumnElement[int]:
    """A lot for each caregiver: other ones for each campaign, and the same whenever it is drawn again."""
    mixed = (caregiver + campaign * OFFSET) % PRIME * SPREADING % PRIME
    return mixed * mixed % PRIME
