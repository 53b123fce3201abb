"""Campaigns go on by themselves: the canary, then everybody, then the end. Each step may be taken by any process."""

import logging
from dataclasses import replace

from domain.campaigns.campaign import Campaign, CampaignState, canary_size
from domain.message import Text
from domain.moment import Moment
from domain.sending.outbox import Lane, Reason
from domain.sending.sendability import next_legal_instant
from services.campaigns.audience import audience_of
from services.campaigns.progress import tell_progress
from services.campaigns.tell_staff import concerned, tell_staff
from services.ports import UnitsOfWork
from services.ports.campaigns import FanOut, Tally
from services.programme import Programme
from services.turn import Work

logger = logging.getLogger(__name__)


async def advance_campaigns(units: UnitsOfWork, programme: Programme, moment: Moment) -> bool:
    """One step with each, a transaction each. Says whether any of them is under way."""
    async with units.look() as uow:
        under_way = await uow.campaigns.unended()
    for campaign in under_way:
        async with units.begin() as uow:
            await _advance(Work(uow, programme, moment), campaign)
    return bool(under_way)


async def _advance(work: Work, seen: Campaign) -> None:
    campaign = await work.uow.campaigns.find(seen.id)
    if campaign is None or campaign.ended_at is not None:
        return
    tally = await work.uow.campaigns.tally(campaign.id, work.moment.now)
    match campaign.state:
        case CampaignState.APPROVED:
            campaign = await _start(work, campaign)
        case CampaignState.CANARY | CampaignState.RUNNING:
            campaign = await _go_on(work, campaign, tally)
        case CampaignState.PAUSED:
            await work.uow.campaigns.hold(campaign.id)
        case CampaignState.HALTED | CampaignState.CANCELLED | CampaignState.DONE:
            await _wind_up(work, campaign, tally, told=await tell_progress(work, campaign))
            return
        case _:
            return
    await tell_progress(work, campaign)


async def _start(work: Work, campaign: Campaign) -> Campaign:
    if campaign.send_from is not None and campaign.send_from > work.moment.now:
        return campaign
    audience = await audience_of(work, campaign)
    reach = await work.uow.campaigns.reach(audience)
    if not await work.uow.campaigns.change_state(campaign, CampaignState.CANARY, at=work.moment.now):
        return campaign
    await work.uow.campaigns.fan_out(
        audience, await _rows(work, campaign, canary_size(reach.recipients)), work.moment.now
    )
    return replace(campaign, state=CampaignState.CANARY, started_at=work.moment.now)


async def _go_on(work: Work, campaign: Campaign, tally: Tally) -> Campaign:
    """A canary is over when nothing of it is due any more; the whole, when nothing waits at all."""
    if tally.closed.get(Reason.CAMPAIGN_PAUSED):
        await work.uow.campaigns.release(campaign.id, work.moment.now)
        return campaign
    if campaign.state is CampaignState.CANARY and not tally.waiting_now:
        return await _send_to_all(work, campaign)
    if campaign.state is CampaignState.RUNNING and not tally.waiting:
        return await _move(work, campaign, CampaignState.DONE)
    return campaign


async def _send_to_all(work: Work, campaign: Campaign) -> Campaign:
    running = await _move(work, campaign, CampaignState.RUNNING)
    if running.state is CampaignState.RUNNING:
        rows = await _rows(work, campaign, None)
        await work.uow.campaigns.fan_out(await audience_of(work, campaign), rows, work.moment.now)
    return running


async def _wind_up(work: Work, campaign: Campaign, tally: Tally, *, told: bool) -> None:
    """Nothing leaves any more. It has ended when nothing is being changed, and staff have read so."""
    if tally.waiting or tally.closed.get(Reason.CAMPAIGN_PAUSED):
        await work.uow.campaigns.cancel(campaign.id)
    elif told and not tally.changing and await work.uow.campaigns.mark_ended(campaign.id, work.moment.now):
        logger.info("campaign_ended", extra={"campaign": campaign.id, "state": campaign.state.value})
        if campaign.state is CampaignState.HALTED:
            words = Text("campaign.halted_told", {"title": campaign.title, "broken": campaign.broken})
            await tell_staff(work, campaign, concerned(campaign), words, step="halted")


async def _move(work: Work, campaign: Campaign, to: CampaignState) -> Campaign:
    moved = await work.uow.campaigns.change_state(campaign, to, at=work.moment.now)
    return replace(campaign, state=to) if moved else campaign


async def _rows(work: Work, campaign: Campaign, at_most: int | None) -> FanOut:
    now = work.moment.now
    zones = await work.uow.area.zones()
    return FanOut(
        campaign=campaign.id,
        send_from={zone: next_legal_instant(Lane.CAMPAIGN, zone, now) for zone in zones},
        expires_at=(campaign.started_at or now) + campaign.lives,
        at_most=at_most,
    )
