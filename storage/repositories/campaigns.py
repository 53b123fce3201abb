"""Campaigns in rows: what they say and how far they got."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select, update

from domain.campaigns.campaign import Campaign, CampaignContent, CampaignState
from domain.identifiers import ActorId, CampaignId, CaregiverId
from services.ports.campaigns import Progress
from storage.repositories.campaign_changes import CampaignChangeRows
from storage.repositories.campaign_columns import campaign_columns, campaign_of, content_columns, draft_columns
from storage.repositories.campaign_rows import CampaignMessageRows
from storage.repositories.campaign_tally import CampaignTallyRows
from storage.repositories.segments import SegmentRows
from storage.tables import campaign_answers
from storage.tables import campaigns as rows


class CampaignRows(CampaignMessageRows, CampaignChangeRows, CampaignTallyRows, SegmentRows):
    """Each change asks for the state in which it was decided; nobody approves her own, the database sees to it."""

    async def add(self, campaign: Campaign) -> CampaignId:
        """A new one; its `id` is given here."""
        insert = self._statements.insert(rows).values(campaign_columns(campaign))
        return CampaignId(await self._statements.value(insert.returning(rows.c.id)))

    async def find(self, campaign: CampaignId) -> Campaign | None:
        """The campaign with this number."""
        return (await self.several([campaign])).get(campaign)

    async def several(self, campaigns: Collection[CampaignId]) -> Mapping[CampaignId, Campaign]:
        """Those of these numbers that are there."""
        if not campaigns:
            return {}
        return {one.id: one for one in await self._read(select(rows).where(rows.c.id.in_(campaigns)))}

    async def newest(self, *, limit: int, after: CampaignId | None = None) -> Sequence[Campaign]:
        """The newest first; `after` a number, the older ones."""
        found = select(rows).order_by(rows.c.id.desc()).limit(limit)
        return await self._read(found if after is None else found.where(rows.c.id < after))

    async def in_states(self, states: Collection[CampaignState]) -> Sequence[Campaign]:
        """All that stand so, the oldest first."""
        found = select(rows).where(rows.c.state.in_([one.value for one in states]))
        return await self._read(found.order_by(rows.c.id))

    async def keep_draft(self, campaign: Campaign) -> bool:
        """Title, content, segment, times, repeats and revision, while it is a draft. False: it is none any more."""
        is_draft = rows.c.state == CampaignState.DRAFT.value
        return await self._change(campaign.id, is_draft, **draft_columns(campaign))

    async def change_state(self, campaign: Campaign, to: CampaignState, *, at: datetime) -> bool:
        """From the state that `campaign` has to another. False when it was in another state by now."""
        still = rows.c.state == campaign.state.value
        return await self._change(campaign.id, still, state=to.value, **_demanded(campaign, to, at))

    async def approve(self, campaign: CampaignId, *, by: ActorId, at: datetime) -> bool:
        """Submitted → approved; the database refuses the author."""
        submitted = rows.c.state == CampaignState.SUBMITTED.value
        approved = {"state": CampaignState.APPROVED.value, "approved_by_id": by, "approved_at": at}
        return await self._change(campaign, submitted, **approved)

    async def correct(self, campaign: CampaignId, content: CampaignContent, *, revision: int) -> bool:
        """Other words from now on; `revision` is the one that is left behind."""
        last = rows.c.revision == revision
        return await self._change(campaign, last, revision=revision + 1, **content_columns(content))

    async def mark_ended(self, campaign: CampaignId, at: datetime) -> bool:
        """Nothing of it waits any more and everybody concerned was told. False: it was marked before."""
        return await self._change(campaign, rows.c.ended_at.is_(None), ended_at=at)

    async def mark_withdrawn(self, campaign: CampaignId, at: datetime) -> bool:
        """Taken back as far as that goes; it is no longer marked as ended. False: it was withdrawn before."""
        return await self._change(campaign, rows.c.withdrawn_at.is_(None), withdrawn_at=at, ended_at=None)

    async def unended(self) -> Sequence[Campaign]:
        """Every campaign between its approval and its end."""
        found = select(rows).where(rows.c.approved_at.is_not(None), rows.c.ended_at.is_(None))
        return await self._read(found.order_by(rows.c.id))

    async def progress(self, campaign: CampaignId) -> Progress:
        """What the people concerned were told last."""
        row = await self._statements.first(select(rows).where(rows.c.id == campaign))
        return Progress(row[rows.c.told_number], row[rows.c.told], row[rows.c.told_at]) if row else Progress()

    async def keep_progress(self, campaign: CampaignId, told: Progress, *, before: int) -> bool:
        """What is told now; False when another process told something since the number `before`."""
        values = {"told_number": told.number, "told": told.said, "told_at": told.at}
        return await self._change(campaign, rows.c.told_number == before, **values)

    async def note_broken(self, campaign: CampaignId) -> int:
        """One more message was refused for its text. Gives how many by now."""
        one_more = update(rows).where(rows.c.id == campaign).values(broken=rows.c.broken + 1)
        return int(await self._statements.value(one_more.returning(rows.c.broken)))

    async def repeated_since(self, campaign: CampaignId, day: datetime) -> bool:
        """Whether this one was repeated since then."""
        since = (rows.c.repeats_of_id == campaign) & (rows.c.created_at >= day)
        return await self._statements.value(select(rows.c.id).where(since).limit(1)) is not None

    async def answer(self, campaign: CampaignId, caregiver: CaregiverId, *, place: int, at: datetime) -> None:
        """Her answer; a later one takes its place."""
        hers = {"campaign_id": campaign, "caregiver_id": caregiver, "place": place, "at": at}
        insert = self._statements.insert(campaign_answers).values(hers)
        once = [campaign_answers.c.campaign_id, campaign_answers.c.caregiver_id]
        await self._statements.run(insert.on_conflict_do_update(index_elements=once, set_={"place": place, "at": at}))

    async def _change(self, campaign: CampaignId, only_if: ColumnElement[bool], **values: Any) -> bool:
        change = update(rows).where(rows.c.id == campaign, only_if).values(values)
        return await self._statements.run(change) == 1

    async def _read(self, found: Select[Any]) -> Sequence[Campaign]:
        return [campaign_of(row) for row in await self._statements.all(found)]


def _demanded(campaign: Campaign, to: CampaignState, at: datetime) -> dict[str, Any]:
    """What a new state brings with it."""
    values: dict[str, Any] = {"before_pause": campaign.state.value if to is CampaignState.PAUSED else None}
    if to is CampaignState.CANARY and campaign.started_at is None:
        values["started_at"] = at
    if to is CampaignState.DRAFT:
        values |= {"approved_by_id": None, "approved_at": None}
    return values
