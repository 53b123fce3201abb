"""A text that the channel refuses is our mistake: after the first few such answers the campaign stops."""

import logging
from collections.abc import Iterable

from domain.campaigns.campaign import BREAKER, SENDING, CampaignState
from domain.campaigns.occasion import Told, parse_campaign_occasion
from domain.moment import Moment
from domain.sending.outbox import OutboxRow
from services.ports import UnitOfWork

logger = logging.getLogger(__name__)


async def heed_refused_texts(uow: UnitOfWork, refused: Iterable[OutboxRow], moment: Moment) -> None:
    """Count the refusals of each campaign; it is halted in the same transaction, so that no further batch leaves."""
    for row in refused:
        occasion = parse_campaign_occasion(row.planned.occasion)
        if occasion is None or occasion.told is not Told.SAID:
            continue
        broken = await uow.campaigns.note_broken(occasion.campaign)
        campaign = await uow.campaigns.find(occasion.campaign)
        if campaign is not None and campaign.state in SENDING and broken >= BREAKER:
            await uow.campaigns.change_state(campaign, CampaignState.HALTED, at=moment.now)
            logger.error("campaign_halted", extra={"campaign": campaign.id, "broken": broken})
