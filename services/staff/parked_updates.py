"""Updates that could not be answered, for staff: try one again, or leave it. Nothing of what was written is shown."""

from collections.abc import Sequence

from domain.identifiers import UpdateId
from domain.people import Actor
from services.access import Permission, access_actor
from services.ports.operations import ParkedUpdate
from services.turn import Turn

MOST = 10
"""So many are shown at once, the oldest first."""


async def list_parked(turn: Turn) -> Sequence[ParkedUpdate]:
    """Those that wait for a person."""
    _access(turn)
    return await turn.uow.operations.parked(MOST)


async def count_parked(turn: Turn) -> int:
    """How many there are in all."""
    _access(turn)
    return (await turn.uow.operations.inbound(turn.moment.wall)).parked


async def retry_parked(turn: Turn, update: UpdateId) -> bool:
    """Into the queue again; False when somebody was faster."""
    actor = _access(turn)
    done = await turn.uow.operations.retry(update)
    return await _audited(turn, actor, "parked_retried", update) if done else False


async def leave_parked(turn: Turn, update: UpdateId) -> bool:
    """Nobody will answer it; False when somebody was faster."""
    actor = _access(turn)
    done = await turn.uow.operations.leave(update, turn.moment)
    return await _audited(turn, actor, "parked_left", update) if done else False


def _access(turn: Turn) -> Actor:
    return access_actor(turn.speaker, Permission.WATCH_OPERATIONS)


async def _audited(turn: Turn, actor: Actor, action: str, update: UpdateId) -> bool:
    address = turn.speaker.address.id
    await turn.uow.programme.audit(
        action, at=turn.moment.now, actor=actor.id, address=address, subject=f"update:{update}"
    )
    return True
