"""Whom a campaign means today, and who of them can read it."""

from datetime import date

from domain.campaigns.campaign import Campaign
from services.forms.surroundings import DEFAULT_ZONE
from services.ports.campaigns import Audience
from services.turn import Work


async def audience_of(work: Work, campaign: Campaign) -> Audience:
    """With the languages in which the campaign says something to one who speaks them."""
    tags = [one.tag for one in work.programme.spoken_languages]
    return Audience(
        campaign.segment, await programme_day(work), frozenset(tag for tag in tags if _reads(work, campaign, tag))
    )


async def programme_day(work: Work) -> date:
    """The calendar day by which ages are counted: that of the programme's first zone."""
    return work.moment.today(await programme_zone(work))


async def programme_zone(work: Work) -> str:
    """The zone in which staff read hours: the programme's first."""
    zones = await work.uow.area.zones()
    return zones[0] if zones else DEFAULT_ZONE


def _reads(work: Work, campaign: Campaign, tag: str) -> bool:
    return language_for(work, campaign, tag) is not None


def language_for(work: Work, campaign: Campaign, tag: str) -> str | None:
    """In which language one who speaks `tag` reads it."""
    return campaign.content.language_for(work.programme.language_chain(tag))
