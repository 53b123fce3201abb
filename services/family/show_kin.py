"""My family: who else cares for the children, and who may invite somebody."""

from dataclasses import dataclass

from domain.consent import LEGAL_REPRESENTATIVES
from domain.people import Caregiver
from services.turn import Turn


@dataclass(frozen=True)
class Kin:
    """One who asks, and the caregivers of her family, she among them."""

    own: Caregiver
    members: tuple[Caregiver, ...]
    children: tuple[str, ...]
    may_invite: bool


async def show_kin(turn: Turn) -> tuple[Kin, ...]:
    """For each who speaks from this chat and has joined."""
    joined = [caregiver for caregiver in turn.speaker.caregivers if caregiver.joined_at is not None]
    return tuple([await _kin(turn, caregiver) for caregiver in joined])


async def _kin(turn: Turn, own: Caregiver) -> Kin:
    members = await turn.uow.families.caregivers_of_family(own.family)
    children = await turn.uow.families.children_of(own.id)
    return Kin(own, members, tuple(child.name for child in children), may_invite(own, members))


def may_invite(own: Caregiver, members: tuple[Caregiver, ...]) -> bool:
    """The children's representatives invite others, and so does whoever was enrolled first."""
    return own.role in LEGAL_REPRESENTATIVES or own.id == members[0].id
