"""A chat that was silent for long is greeted without anything private, and asked who reads there now."""

from datetime import timedelta

from domain.message import Choice, OutgoingMessage, Text
from domain.people import Address
from domain.sending.outbox import Lane, PlannedMessage, Reason
from services.turn import Turn, Work

GREETING_LIFE = timedelta(hours=12)
NOT_HERS = "not_hers"
"""How a link to a chat ended that has another reader now."""


def greeting() -> OutgoingMessage:
    """The question, with its two answers."""
    choices = tuple((Choice(Text(f"still.choice.{word}"), f"v1:still:{word}"),) for word in ("yes", "no"))
    return OutgoingMessage(Text("still.ask"), choices)


async def ask_who(work: Work, address: Address) -> None:
    """Ask once; from now on the chat must answer before anything else is said there."""
    if address.unconfirmed_since is not None:
        return
    now = work.moment.now
    await work.uow.people.ask_who(address.id, now)
    row = PlannedMessage(
        lane=Lane.REPLY,
        message=greeting(),
        occasion=f"still:{address.id}:{now.isoformat()}",
        send_from=now,
        expires_at=now + GREETING_LIFE,
        address=address.id,
    )
    await work.uow.outbox.plan([row], now)


async def confirm_who(turn: Turn) -> None:
    """The same person reads here."""
    await turn.uow.people.ask_who(turn.speaker.address.id, None)


async def deny_who(turn: Turn) -> None:
    """Somebody else reads here: the chat is nobody's of ours any more, and the volunteer sees who is unreachable.

    The rights of one who worked for the programme go with it.
    """
    address, now = turn.speaker.address.id, turn.moment.now
    await turn.uow.outbox.close_replies(address, Reason.NO_ADDRESS)
    await turn.uow.people.unlink_address(address, now, as_=NOT_HERS)
    await turn.uow.people.unlink_actors(address, now)
    await turn.uow.drafts.drop_all(address)
    await turn.uow.people.ask_who(address, None)
    await turn.uow.programme.audit("chat_not_hers", at=now, address=address)
