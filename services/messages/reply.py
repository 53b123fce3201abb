"""Replies: rows of the first lane, in the transaction of what they answer."""

from collections.abc import Sequence
from datetime import timedelta

from domain.identifiers import AddressId, CaregiverId, ChildId
from domain.message import OutgoingMessage
from domain.sending.outbox import Lane, PlannedMessage
from services.turn import Turn

REPLY_LIFE = timedelta(hours=24)


async def reply(
    turn: Turn,
    messages: Sequence[OutgoingMessage],
    *,
    about: tuple[CaregiverId, tuple[ChildId, ...]] | None = None,
    to: AddressId | None = None,
    first: int = 0,
) -> None:
    """Say these, in order, in the chat that spoke (or in `to`); `about` whom they concern, for names and roles.

    `first` is how many were said before in this turn.
    """
    caregiver, subjects = about or (None, ())
    address = to or turn.speaker.address.id
    rows = [
        PlannedMessage(
            lane=Lane.REPLY,
            message=message,
            occasion=f"{turn.occasion}:{address}:{number}",
            send_from=turn.moment.now,
            expires_at=turn.moment.now + REPLY_LIFE,
            caregiver=caregiver,
            address=address,
            subjects=subjects,
        )
        for number, message in enumerate(messages, start=first)
    ]
    await turn.uow.outbox.plan(rows, turn.moment.now)
