"""A second person approves: submitted, taken back, approved or sent back. Nobody approves her own."""

from dataclasses import dataclass, replace

from domain.campaigns.campaign import Campaign, CampaignState
from domain.identifiers import CampaignId
from domain.message import Text
from domain.people import Actor
from services.campaigns.check_campaign import Check, examine
from services.campaigns.desk import access_campaign, access_draft, note_step
from services.campaigns.tell_staff import everybody_but, tell_staff
from services.turn import Turn


@dataclass(frozen=True)
class OwnCampaign:
    """The author asked to approve it herself."""

    campaign: Campaign


@dataclass(frozen=True)
class ChangedMeanwhile:
    """It is not what she looked at."""

    campaign: Campaign


async def submit(turn: Turn, campaign: CampaignId) -> Campaign | Check | None:
    """Ask for approval; with the problems when it cannot be submitted yet. None: it is no draft any more."""
    draft = await access_draft(turn, campaign)
    if draft is None:
        return None
    check = await examine(turn, draft)
    if check.problems:
        return check
    numbered = replace(draft, revision=draft.revision + 1)
    await turn.uow.campaigns.keep_draft(numbered)
    submitted = await _move(turn, numbered, CampaignState.SUBMITTED, "submit")
    if submitted is not None:
        others = await everybody_but(turn, submitted.author)
        words = Text("campaign.submitted_for_you", {"title": submitted.title, "author": await _name(turn, submitted)})
        await tell_staff(turn, submitted, others, words, step=f"submitted:{submitted.revision}")
    return submitted


async def take_back(turn: Turn, campaign: CampaignId) -> Campaign | None:
    """The author goes on writing."""
    actor, found = await _submitted(turn, campaign)
    if found is None or found.author != actor.id:
        return None
    return await _move(turn, found, CampaignState.DRAFT, "take_back")


async def send_back(turn: Turn, campaign: CampaignId) -> Campaign | None:
    """Somebody else would not send it so; its author is told."""
    actor, found = await _submitted(turn, campaign)
    if found is None or found.author == actor.id:
        return None
    draft = await _move(turn, found, CampaignState.DRAFT, "send_back")
    if draft is not None:
        words = Text("campaign.sent_back_told", {"title": draft.title, "by": actor.name})
        await tell_staff(turn, draft, [draft.author], words, step=f"sent_back:{draft.revision}")
    return draft


async def approve(turn: Turn, campaign: CampaignId, *, seen: int) -> Campaign | OwnCampaign | ChangedMeanwhile | None:
    """It may go. `seen` is the revision that she looked at: what was changed meanwhile she has not approved."""
    actor, found = await _submitted(turn, campaign)
    if found is None:
        return None
    if found.author == actor.id:
        return OwnCampaign(found)
    if found.revision != seen:
        return ChangedMeanwhile(found)
    if not await turn.uow.campaigns.approve(campaign, by=actor.id, at=turn.moment.now):
        return None
    await note_step(turn, campaign, "approve", revision=seen)
    words = Text("campaign.approved_told", {"title": found.title, "by": actor.name})
    await tell_staff(turn, found, [found.author], words, step=f"approved:{found.revision}")
    return await turn.uow.campaigns.find(campaign)


async def _submitted(turn: Turn, campaign: CampaignId) -> tuple[Actor, Campaign | None]:
    actor, found = await access_campaign(turn, campaign)
    return actor, found if found and found.state is CampaignState.SUBMITTED else None


async def _move(turn: Turn, campaign: Campaign, to: CampaignState, step: str) -> Campaign | None:
    if not await turn.uow.campaigns.change_state(campaign, to, at=turn.moment.now):
        return None
    await note_step(turn, campaign.id, step, revision=campaign.revision)
    return replace(campaign, state=to)


async def _name(turn: Turn, campaign: Campaign) -> str:
    author = await turn.uow.contacts.colleague(campaign.author)
    return author.name if author else ""
