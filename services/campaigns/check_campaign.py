"""A campaign before it is submitted: whom it reaches, who is left out, what is wrong, when it will be finished."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.campaigns.campaign import Campaign
from domain.campaigns.finish import Finish, finish_of
from domain.identifiers import CampaignId, CommuneId
from services.campaigns.audience import audience_of, language_for, programme_zone
from services.campaigns.desk import access_campaign
from services.campaigns.texts import TextProblem, phones_of_site, problems_of_content
from services.ports.campaigns import Reach
from services.turn import Turn, Work


@dataclass(frozen=True)
class Unwritten:
    """A language without a text of its own: how many read it, and what they get instead; None: nothing."""

    people: int
    instead: str | None


@dataclass(frozen=True)
class Check:
    """All that a second person must know. With problems it cannot be submitted. `zone`: in which its hours are told."""

    campaign: Campaign
    reach: Reach
    communes: Mapping[CommuneId, str]
    unwritten: Mapping[str, Unwritten]
    problems: tuple[TextProblem, ...]
    finish: Finish
    zone: str


async def check_campaign(turn: Turn, campaign: CampaignId) -> Check | None:
    """Counted now; nothing is kept."""
    _actor, found = await access_campaign(turn, campaign)
    return await examine(turn, found) if found else None


async def examine(work: Work, campaign: Campaign) -> Check:
    """The same for those who have it in hand already."""
    reach = await work.uow.campaigns.reach(await audience_of(work, campaign))
    problems = problems_of_content(work, campaign, phones=await phones_of_site(work))
    if not problems and not reach.recipients:
        problems = (TextProblem("campaign.problem.nobody"),)
    return Check(
        campaign=campaign,
        reach=reach,
        communes={one.id: one.name for one in await work.uow.area.communes()},
        unwritten=await _unwritten(work, campaign),
        problems=problems,
        finish=await _finish(work, campaign, reach),
        zone=await programme_zone(work),
    )


async def _unwritten(work: Work, campaign: Campaign) -> Mapping[str, Unwritten]:
    everybody = await audience_of(work, campaign)
    spoken = frozenset(one.tag for one in work.programme.spoken_languages)
    reach = await work.uow.campaigns.reach(replace(everybody, readable=spoken))
    people: dict[str, int] = {}
    for (_commune, tag), count in reach.by_place.items():
        people[tag] = people.get(tag, 0) + count
    return {
        tag: Unwritten(count, language_for(work, campaign, tag))
        for tag, count in sorted(people.items())
        if not campaign.content.speaks(tag)
    }


async def _finish(work: Work, campaign: Campaign, reach: Reach) -> Finish:
    now = work.moment.now
    begin = max(now, campaign.send_from or now)
    before = await work.uow.campaigns.waiting_before(now)
    return finish_of(reach.by_zone, begin=begin, rate=work.programme.send_rate, before=before)
