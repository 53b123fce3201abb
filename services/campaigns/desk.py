"""A campaign in the hands of somebody who may run one."""

from dataclasses import replace
from typing import Any

from domain.campaigns.campaign import Campaign, CampaignState
from domain.identifiers import CampaignId
from domain.people import Actor
from services.access import Permission, Refused, access_actor
from services.turn import Turn


async def access_campaign(turn: Turn, campaign: CampaignId) -> tuple[Actor, Campaign | None]:
    """Who asks, and the campaign if there is one."""
    actor = access_actor(turn.speaker, Permission.RUN_CAMPAIGNS)
    return actor, await turn.uow.campaigns.find(campaign)


async def access_draft(turn: Turn, campaign: CampaignId) -> Campaign | None:
    """A draft in its author's hands. Nobody else writes in it: whoever does could not approve it."""
    actor, found = await access_campaign(turn, campaign)
    if found is None or found.state is not CampaignState.DRAFT:
        return None
    if found.author != actor.id:
        raise Refused("change_campaign", f"campaign:{campaign}")
    return found


async def change_draft(turn: Turn, draft: Campaign, **changes: Any) -> Campaign | None:
    """The draft with these changes, kept; None when it is no draft any more."""
    changed = replace(draft, **changes)
    return changed if await turn.uow.campaigns.keep_draft(changed) else None


async def note_step(turn: Turn, campaign: CampaignId, step: str, **details: str | int) -> None:
    """Who did what with which campaign goes to the audit log."""
    actor = turn.speaker.actor
    await turn.uow.programme.audit(
        f"campaign_{step}",
        at=turn.moment.now,
        actor=actor.id if actor else None,
        subject=f"campaign:{campaign}",
        details=details or None,
    )
