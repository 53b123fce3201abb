"""What staff hear of a campaign, each in her own chat: by the programme, or in somebody's turn."""

from collections.abc import Iterable

from domain.campaigns.campaign import Campaign
from domain.identifiers import ActorId
from domain.message import Choice, OutgoingMessage, Text
from domain.sending.outbox import Lane, PlannedMessage
from services.messages.reply import REPLY_LIFE
from services.turn import Work


async def tell_staff(work: Work, campaign: Campaign, actors: Iterable[ActorId], words: Text, *, step: str) -> None:
    """These people, once for each step; the button opens the campaign's page."""
    page = Choice(Text("campaign.choice.open"), f"v1:campaign_page:{campaign.id}")
    rows = []
    for actor in dict.fromkeys(actors):
        for address in (await work.uow.people.addresses_of_actor(actor))[:1]:
            told = PlannedMessage(
                lane=Lane.REPLY,
                message=OutgoingMessage(words, ((page,),)),
                occasion=f"campaign_step:{campaign.id}:{step}",
                send_from=work.moment.now,
                expires_at=work.moment.now + REPLY_LIFE,
                address=address.id,
            )
            rows.append(told)
    await work.uow.outbox.plan(rows, work.moment.now)


async def everybody_but(work: Work, actor: ActorId) -> tuple[ActorId, ...]:
    """The other people of the health department."""
    return tuple(one.id for one in await work.uow.contacts.staff() if one.id != actor)


def concerned(campaign: Campaign) -> tuple[ActorId, ...]:
    """Who wrote it and who approved it."""
    return (campaign.author, *((campaign.approved_by,) if campaign.approved_by else ()))
