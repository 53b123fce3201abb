"""What rows of campaigns say at this moment: their words are looked up when they are claimed, never kept in the row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.campaigns.campaign import SENDING, WITHDRAWAL_ENDS, Campaign, CampaignState
from domain.campaigns.occasion import CampaignOccasion, Told, parse_campaign_occasion
from domain.identifiers import AddressId, CampaignId, CaregiverId
from domain.message import Change, OutgoingMessage
from domain.people import AddressState, Caregiver
from domain.sending.outbox import OutboxRow, Reason
from domain.sending.sendability import Close, Decision, Send
from services.campaigns.audience import language_for
from services.campaigns.message import campaign_message
from services.ports.campaigns import Delivered
from services.ports.recipients import Recipients
from services.turn import Work

STOPS: Mapping[CampaignState, Reason] = {
    CampaignState.PAUSED: Reason.CAMPAIGN_PAUSED,
    CampaignState.HALTED: Reason.CAMPAIGN_ENDED,
    CampaignState.CANCELLED: Reason.CAMPAIGN_ENDED,
}


@dataclass(frozen=True)
class KnownCampaigns:
    """The campaigns that a batch is about, and what was delivered to those whose message is to be changed."""

    campaigns: Mapping[CampaignId, Campaign] = field(default_factory=dict)
    delivered: Mapping[tuple[CampaignId, CaregiverId], Delivered] = field(default_factory=dict)

    def chat_of(self, row: OutboxRow) -> AddressId | None:
        """Where the message arrived that a row is to change."""
        occasion, caregiver = parse_campaign_occasion(row.planned.occasion), row.planned.caregiver
        if occasion is None or caregiver is None:
            return None
        before = self.delivered.get((occasion.campaign, caregiver))
        return before.address if before else None


NO_CAMPAIGNS = KnownCampaigns()


@dataclass(frozen=True)
class Words:
    """What a row says, and in which language."""

    message: OutgoingMessage
    language: str


async def know_campaigns(work: Work, rows: Sequence[OutboxRow]) -> KnownCampaigns:
    """Look up what these rows need; nothing when none of them is of a campaign."""
    found = [(row, parse_campaign_occasion(row.planned.occasion)) for row in rows]
    ours = [(row.planned.caregiver, occasion) for row, occasion in found if occasion is not None]
    if not ours:
        return NO_CAMPAIGNS
    changed = {
        (occasion.campaign, caregiver)
        for caregiver, occasion in ours
        if caregiver is not None and occasion.told is not Told.SAID
    }
    campaigns = work.uow.campaigns
    return KnownCampaigns(
        campaigns=await campaigns.several({occasion.campaign for _caregiver, occasion in ours}),
        delivered=await campaigns.delivered(changed) if changed else {},
    )


def stopped_because(work: Work, row: OutboxRow, caregiver: Caregiver, known: KnownCampaigns) -> Reason | None:
    """Why a campaign's message does not go any more."""
    occasion = parse_campaign_occasion(row.planned.occasion)
    campaign = known.campaigns.get(occasion.campaign) if occasion else None
    if campaign is None:
        return Reason.CAMPAIGN_ENDED
    if campaign.state not in SENDING:
        return STOPS.get(campaign.state, Reason.CAMPAIGN_ENDED)
    return None if language_for(work, campaign, caregiver.language) else Reason.NO_TEXT


def words_of(work: Work, row: OutboxRow, caregiver: Caregiver, known: KnownCampaigns) -> Words | None:
    """What is said to her now; None for rows of anything else."""
    occasion = parse_campaign_occasion(row.planned.occasion)
    campaign = known.campaigns.get(occasion.campaign) if occasion else None
    if occasion is None or campaign is None:
        return None
    before = known.delivered.get((campaign.id, caregiver.id))
    tag = before.language if before else language_for(work, campaign, caregiver.language)
    if tag is None or not campaign.content.speaks(tag):
        return None
    message = campaign_message(campaign, tag, caregiver.id)
    return Words(_changing(message, occasion, before), tag)


def _changing(message: OutgoingMessage, occasion: CampaignOccasion, before: Delivered | None) -> OutgoingMessage:
    if before is None or occasion.told is Told.SAID:
        return message
    change = Change.CORRECT if occasion.told is Told.CORRECTED else Change.TAKE_BACK
    return replace(message, edits=before.external_id, change=change)


def decide_change(work: Work, row: OutboxRow, known: KnownCampaigns, recipients: Recipients) -> Decision:
    """Whether a delivered message may still be changed. It makes no sound, so neither hours nor caps bind it.

    No new words come to one with whom contact ended; what is wrong may be taken back from anybody.
    """
    occasion, now = parse_campaign_occasion(row.planned.occasion), work.moment.now
    caregiver = recipients.caregivers.get(row.planned.caregiver) if row.planned.caregiver is not None else None
    if occasion is None or caregiver is None or now >= row.planned.expires_at:
        return Close(Reason.EXPIRED)
    before = known.delivered.get((occasion.campaign, caregiver.id))
    if before is None:
        return Close(Reason.SUPERSEDED)  # it never arrived, or goes with the new words
    address = recipients.addresses.get(before.address)
    if address is None or address.state is not AddressState.ACTIVE:
        return Close(Reason.UNREACHABLE)
    if occasion.told is Told.CORRECTED and (caregiver.ended_as is not None or caregiver.bereaved_at is not None):
        return Close(Reason.CONTACT_ENDED)
    if occasion.told is Told.WITHDRAWN and now - before.sent_at >= WITHDRAWAL_ENDS:
        return Close(Reason.GONE)
    return Send()
