"""A family gets messages for a need of its own: parents who work far away, or hard times.

That parents are away any caregiver may say; what a health worker knows besides stays with health workers and staff.
"""

from collections.abc import Iterable

from domain.identifiers import FamilyId
from domain.people import Caregiver, Child
from domain.tracks import Track
from services.access import Permission, access_family
from services.messages.plan_day import plan_one
from services.turn import Turn

CHOSEN = (Track.PARENTS_AWAY, Track.IN_DIFFICULTY)
"""The tracks that people choose; others follow from the child's file."""


async def are_parents_away(turn: Turn, caregiver: Caregiver) -> bool:
    """Whether somebody said so of one of her children."""
    children = await turn.uow.families.children_of(caregiver.id)
    return any(Track.PARENTS_AWAY in child.kept_tracks for child in children)


async def tell_parents_away(turn: Turn, caregiver: Caregiver, *, away: bool) -> None:
    """From now on her children's messages follow it, or no more."""
    await _choose(turn, await turn.uow.families.children_of(caregiver.id), Track.PARENTS_AWAY, chosen=away)
    await turn.uow.outbox.drop_planned_tips(caregiver.id)
    await plan_one(turn, caregiver)


async def show_tracks(turn: Turn, family: FamilyId) -> frozenset[Track]:
    """Which of the tracks that people choose a family's children follow."""
    await access_family(turn.uow, turn.speaker, family, Permission.RECORD_VISITS)
    children = await turn.uow.lives.children_in(family)
    return frozenset(track for child in children for track in child.kept_tracks if track in CHOSEN)


async def choose_track(turn: Turn, family: FamilyId, track: Track, *, chosen: bool) -> frozenset[Track]:
    """A health worker or staff decide it for all children of a family; gives what holds now."""
    actor, _ = await access_family(turn.uow, turn.speaker, family, Permission.RECORD_VISITS)
    if track in CHOSEN:
        living = [child for child in await turn.uow.lives.children_in(family) if child.ended_as is None]
        await _choose(turn, living, track, chosen=chosen)
        await turn.uow.programme.audit(
            "choose_track",
            at=turn.moment.now,
            actor=actor.id,
            subject=f"family:{family}",
            details={"track": track.value},
        )
    return await show_tracks(turn, family)


async def _choose(turn: Turn, children: Iterable[Child], track: Track, *, chosen: bool) -> None:
    change = turn.uow.lives.keep_track if chosen else turn.uow.lives.leave_track
    for child in children:
        await change(child.id, track)
