"""A tap under a campaign's message: counted, and her last word counts."""

from collections.abc import Mapping

from domain.identifiers import CampaignId, CaregiverId
from services.access import Permission, Refused, access_actor, access_own
from services.campaigns.audience import language_for
from services.campaigns.message import TEST, Answered
from services.turn import Turn


async def answer_campaign(turn: Turn, caregiver: CaregiverId, campaign: CampaignId, place: int) -> Answered | None:
    """Her answer is kept. None: the campaign has no such answer any more."""
    found = await turn.uow.campaigns.find(campaign)
    answers = found.content.answers if found else ()
    if caregiver == TEST:
        access_actor(turn.speaker, Permission.RUN_CAMPAIGNS)
        return Answered(_any_label(answers[place].labels), test=True) if place < len(answers) else None
    own = access_own(turn.speaker, caregiver)
    if found is None or not await turn.uow.campaigns.delivered({(campaign, caregiver)}):
        raise Refused("answer_campaign", f"campaign:{campaign}")
    if place >= len(answers):
        return None
    await turn.uow.campaigns.answer(campaign, caregiver, place=place, at=turn.moment.now)
    tag = language_for(turn, found, own.language)
    labels = answers[place].labels
    return Answered(labels.get(tag or "") or _any_label(labels))


def _any_label(labels: Mapping[str, str]) -> str:
    return next(iter(labels.values()), "")
