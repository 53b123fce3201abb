"""The campaigns of the programme, and one of them with all that may be done with it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.campaigns.campaign import ENDED, SENDING, WITHDRAWAL_ENDS, Campaign, CampaignState
from domain.identifiers import ActorId, CampaignId
from domain.moment import Moment
from domain.people import Actor
from services.access import Permission, access_actor
from services.campaigns.desk import access_campaign
from services.ports import UnitOfWork
from services.ports.campaigns import Tally
from services.turn import Turn

PAGE = 10
BEFORE_SENDING = frozenset({CampaignState.DRAFT, CampaignState.SUBMITTED})


class Move(StrEnum):
    """What somebody may do with a campaign."""

    EDIT = "edit"
    CHECK = "check"
    TEST = "test"
    EXAMPLES = "examples"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    COPY = "copy"
    DROP = "drop"


@dataclass(frozen=True)
class CampaignPage:
    """One campaign; without a tally nothing of it was sent. The author is told why she may not approve her own."""

    campaign: Campaign
    tally: Tally | None
    author: str
    approver: str | None
    may: frozenset[Move]
    is_own: bool


async def list_campaigns(turn: Turn, *, after: CampaignId | None = None) -> Sequence[Campaign]:
    """Ten, the newest first; `after` one of them, the older ones."""
    access_actor(turn.speaker, Permission.RUN_CAMPAIGNS)
    return await turn.uow.campaigns.newest(limit=PAGE, after=after)


async def show_campaign(turn: Turn, campaign: CampaignId) -> CampaignPage | None:
    """The campaign as it is at this moment."""
    actor, found = await access_campaign(turn, campaign)
    if found is None:
        return None
    sent = found.state not in BEFORE_SENDING
    return CampaignPage(
        campaign=found,
        tally=await turn.uow.campaigns.tally(campaign, turn.moment.now) if sent else None,
        author=await _name(turn.uow, found.author),
        approver=await _name(turn.uow, found.approved_by) if found.approved_by else None,
        may=moves_of(found, actor, turn.moment),
        is_own=found.author == actor.id,
    )


async def _name(uow: UnitOfWork, actor: ActorId) -> str:
    colleague = await uow.contacts.colleague(actor)
    return colleague.name if colleague else ""


def moves_of(campaign: Campaign, actor: Actor, moment: Moment) -> frozenset[Move]:
    """What this person may do with it now."""
    own, looking = campaign.author == actor.id, {Move.CHECK, Move.TEST, Move.EXAMPLES, Move.COPY}
    match campaign.state:
        case CampaignState.DRAFT:
            mine = {Move.EDIT, Move.SUBMIT, Move.DROP, Move.CHECK, Move.TEST, Move.EXAMPLES}
            return frozenset(mine if own else {Move.COPY})
        case CampaignState.SUBMITTED:
            return frozenset(looking | ({Move.TAKE_BACK} if own else {Move.APPROVE, Move.SEND_BACK}))
        case CampaignState.APPROVED:
            return frozenset({Move.CANCEL, Move.COPY})
        case _:
            return frozenset({Move.COPY} | _steering(campaign) | _changing(campaign, moment))


def _steering(campaign: Campaign) -> set[Move]:
    if campaign.state in SENDING:
        return {Move.PAUSE, Move.CANCEL}
    return {Move.RESUME, Move.CANCEL} if campaign.state is CampaignState.PAUSED else set()


def _changing(campaign: Campaign, moment: Moment) -> set[Move]:
    if campaign.started_at is None or campaign.withdrawn_at is not None:
        return set()
    last = campaign.ended_at or moment.now
    can_delete = campaign.state not in ENDED or moment.now - last < WITHDRAWAL_ENDS
    return {Move.CORRECT, Move.WITHDRAW} if can_delete else {Move.CORRECT}
