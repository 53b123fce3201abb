"""Campaigns of every year: some days before, the next one is made ready, and those concerned may still cancel it."""

from dataclasses import replace
from datetime import date, timedelta

from domain.campaigns.campaign import Campaign, CampaignState, next_yearly_day
from domain.identifiers import CampaignId
from domain.message import Text
from domain.moment import Moment
from domain.sending.hours import next_morning, start_of_day
from services.campaigns.audience import programme_day, programme_zone
from services.campaigns.tell_staff import concerned, tell_staff
from services.ports import UnitsOfWork
from services.programme import Programme
from services.turn import Work

AHEAD = timedelta(days=3)
SAME_ONE = timedelta(days=60)
"""A run that began so near a yearly day is the run of that day."""


async def repeat_campaigns(units: UnitsOfWork, programme: Programme, moment: Moment) -> int:
    """Make ready what begins within three days. Gives how many."""
    async with units.begin() as uow:
        work = Work(uow, programme, moment)
        ready = [await _repeat(work, one) for one in await uow.campaigns.in_states({CampaignState.DONE}) if one.repeats]
    return sum(ready)


async def _repeat(work: Work, campaign: Campaign) -> bool:
    today = await programme_day(work)
    day = next_yearly_day(campaign.repeats, today)
    if day is None or day - today > AHEAD or await _has_run(work, campaign, day):
        return False
    zone = await programme_zone(work)
    following = replace(
        campaign,
        id=CampaignId(0),
        state=CampaignState.APPROVED,
        created_at=work.moment.now,
        send_from=next_morning(day - timedelta(days=1), zone),
        started_at=None,
        ended_at=None,
        before_pause=None,
        broken=0,
        repeats=(),
        repeats_of=campaign.id,
    )
    number = await work.uow.campaigns.add(following)
    words = Text("campaign.repeats_soon", {"title": campaign.title, "day": day})
    await tell_staff(work, replace(following, id=number), concerned(campaign), words, step="repeats")
    return True


async def _has_run(work: Work, campaign: Campaign, day: date) -> bool:
    since = start_of_day(day - SAME_ONE, await programme_zone(work))
    own = campaign.started_at is not None and campaign.started_at >= since
    return own or await work.uow.campaigns.repeated_since(campaign.id, since)
