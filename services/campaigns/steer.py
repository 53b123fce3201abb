"""A campaign is held in the middle, goes on, or ends before its time."""

from domain.campaigns.campaign import OPEN, SENDING, Campaign, CampaignState
from domain.identifiers import CampaignId
from services.campaigns.desk import access_campaign, note_step
from services.turn import Turn


async def pause(turn: Turn, campaign: CampaignId) -> Campaign | None:
    """Nothing more leaves from now on. None: it was not being sent."""
    return await _steer(turn, campaign, SENDING, CampaignState.PAUSED, "pause")


async def resume(turn: Turn, campaign: CampaignId) -> Campaign | None:
    """It goes on where it was. None: it was not paused."""
    _actor, found = await access_campaign(turn, campaign)
    before = found.before_pause if found else None
    if before is None:
        return None
    return await _steer(turn, campaign, frozenset({CampaignState.PAUSED}), before, "resume")


async def cancel(turn: Turn, campaign: CampaignId) -> Campaign | None:
    """Nothing more leaves, for good. None: there was nothing left to cancel."""
    return await _steer(turn, campaign, OPEN, CampaignState.CANCELLED, "cancel")


async def _steer(
    turn: Turn, campaign: CampaignId, among: frozenset[CampaignState], to: CampaignState, step: str
) -> Campaign | None:
    _actor, found = await access_campaign(turn, campaign)
    if found is None or found.state not in among:
        return None
    if not await turn.uow.campaigns.change_state(found, to, at=turn.moment.now):
        return None
    await note_step(turn, campaign, step)
    return await turn.uow.campaigns.find(campaign)
