"""A family says that its baby gets no milk of its mother, or gets it again: what is written about feeding follows."""

from collections.abc import Sequence

from domain.people import Caregiver, Child
from domain.tracks import Track, needs_replacement_feeding
from services.messages.plan_anew import plan_tips_anew
from services.turn import Turn


async def gets_no_breast_milk(turn: Turn, caregiver: Caregiver) -> bool | None:
    """Whether somebody said so of her youngest; None where it is not asked: too old, or its mother has died."""
    babies = await _babies(turn, caregiver)
    return Track.REPLACEMENT_FEEDING in babies[0].kept_tracks if babies else None


async def tell_feeding(turn: Turn, caregiver: Caregiver, *, no_breast_milk: bool) -> bool:
    """Keep it for the children of the youngest birth, for everyone who cares for them; False where it is not asked."""
    babies = await _babies(turn, caregiver)
    change = turn.uow.lives.keep_track if no_breast_milk else turn.uow.lives.leave_track
    for child in babies:
        await change(child.id, Track.REPLACEMENT_FEEDING)
    everyone = {
        one.id: one
        for child in babies
        for one in await turn.uow.families.caregivers_of_child(child.id)
        if one.joined_at is not None and one.stopped_at is None
    }
    await plan_tips_anew(turn, everyone.values())
    return bool(babies)


async def _babies(turn: Turn, caregiver: Caregiver) -> Sequence[Child]:
    """The children of the youngest birth of which she is told, while milk of the mother is of concern."""
    children = await turn.uow.families.children_of(caregiver.id)
    youngest = max((child.birth_date for child in children), default=None)
    born = [child for child in children if child.birth_date == youngest]
    facility = await turn.uow.area.facility(born[0].facility) if born else None
    if youngest is None or facility is None:
        return ()
    is_small = needs_replacement_feeding(youngest, turn.moment.today(facility.zone))
    return born if is_small and not any(Track.MOTHER_ABSENT in child.kept_tracks for child in born) else ()
