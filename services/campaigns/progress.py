"""One message of progress that updates itself, in the chats of the one who wrote a campaign and who approved it."""

from dataclasses import dataclass
from datetime import timedelta

from domain.campaigns.campaign import Campaign
from domain.identifiers import AddressId
from domain.message import Choice, OutgoingMessage, Text
from domain.sending.outbox import Lane, PlannedMessage
from services.campaigns.tell_staff import concerned
from services.messages.reply import REPLY_LIFE
from services.ports.campaigns import Progress, Tally
from services.turn import Work

AT_MOST_EVERY = timedelta(seconds=10)
"""Of real time: each edit takes a place in the bot's pace."""


@dataclass(frozen=True)
class Count:
    """A campaign's figures as people read them."""

    sent: int
    of: int
    refused: int

    @property
    def percent(self) -> int:
        """Of all its messages, how many need nothing more; whole, rounded down."""
        return 100 * (self.sent + self.refused) // self.of if self.of else 0


def count_of(tally: Tally) -> Count:
    """Sent, and not sent with a reason, of all that were made."""
    return Count(tally.sent + tally.uncertain, tally.made, sum(tally.closed.values()))


def progress_text(campaign: Campaign, tally: Tally) -> Text:
    """How far it is."""
    count = count_of(tally)
    return Text(
        "campaign.progress",
        {
            "title": campaign.title,
            "state": Text(f"campaign.state.{campaign.state}"),
            "sent": count.sent,
            "of": count.of,
            "percent": count.percent,
            "refused": count.refused,
            "waiting": tally.waiting,
        },
    )


async def tell_progress(work: Work, campaign: Campaign) -> bool:
    """Say how far it is when that changed: a new state at once, a percentage not more often than every ten seconds.

    Says whether it was told: not yet while the message that would be edited is on its way.
    """
    told = await work.uow.campaigns.progress(campaign.id)
    tally = await work.uow.campaigns.tally(campaign.id, work.moment.now)
    said = f"{campaign.state}:{count_of(tally).percent}:{tally.changing}"
    if said == told.said or (_is_same_state(said, told.said) and _is_soon(work, told)):
        return True
    if _is_soon(work, told) and not await _has_arrived(work, campaign):
        return False
    following = Progress(told.number + 1, said, work.moment.wall)
    if await work.uow.campaigns.keep_progress(campaign.id, following, before=told.number):
        await _say(work, campaign, tally, following)
    return True


async def _has_arrived(work: Work, campaign: Campaign) -> bool:
    for actor in concerned(campaign):
        for address in (await work.uow.people.addresses_of_actor(actor))[:1]:
            if await _first(work, campaign, address.id) is None:
                return False
    return True


def _is_same_state(said: str, before: str) -> bool:
    return said.partition(":")[0] == before.partition(":")[0]


def _is_soon(work: Work, told: Progress) -> bool:
    return told.at is not None and work.moment.wall - told.at < AT_MOST_EVERY


async def _say(work: Work, campaign: Campaign, tally: Tally, progress: Progress) -> None:
    page = Choice(Text("campaign.choice.open"), f"v1:campaign_page:{campaign.id}")
    rows = []
    for actor in concerned(campaign):
        for address in (await work.uow.people.addresses_of_actor(actor))[:1]:
            before = await _first(work, campaign, address.id)
            message = OutgoingMessage(progress_text(campaign, tally), ((page,),), edits=before)
            rows.append(_row(work, message, address.id, f"campaign_progress:{campaign.id}:{progress.number}"))
    await work.uow.outbox.plan(rows, work.moment.now)


def _row(work: Work, message: OutgoingMessage, address: AddressId, occasion: str) -> PlannedMessage:
    now = work.moment.now
    return PlannedMessage(Lane.REPLY, message, occasion, now, now + REPLY_LIFE, address=address)


async def _first(work: Work, campaign: Campaign, address: AddressId) -> str | None:
    """The message that is edited, once it has arrived."""
    return await work.uow.outbox.said_as(address, f"campaign_progress:{campaign.id}:1")
