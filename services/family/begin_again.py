"""Contact ended by mistake: health workers and staff see that it ended and since when, and begin it again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.area import Facility
from domain.identifiers import CaregiverId, ChildId, PregnancyId
from domain.loss import LossOf, Subject
from services.access import Permission, Refused, access_actor, access_facilities, access_facility
from services.family.end_contact import begin_child, begin_mother, begin_pregnancy
from services.ports.endings import Ended
from services.turn import Turn

AT_ONCE = 20


@dataclass(frozen=True)
class EndedList:
    """A page of the list; `next_from` where the following one begins, if there is one."""

    entries: Sequence[Ended]
    next_from: int | None


async def list_ended(turn: Turn, skip: int = 0) -> EndedList:
    """About whom contact has ended in her places, the newest first."""
    actor = access_actor(turn.speaker, Permission.BEGIN_AGAIN)
    facilities = [facility.id for facility in await access_facilities(turn.uow, actor)]
    found = await turn.uow.endings.ended_in(facilities, skip=skip, limit=AT_ONCE + 1)
    named = [await _named(turn, one) for one in found[:AT_ONCE]]
    return EndedList(named, skip + AT_ONCE if len(found) > AT_ONCE else None)


async def show_ended(turn: Turn, subject: Subject) -> tuple[Ended, Facility] | None:
    """One entry, with the family's facility; None when contact goes on already."""
    access_actor(turn.speaker, Permission.BEGIN_AGAIN)
    found = await turn.uow.endings.ended(subject)
    if found is None:
        return None
    _actor, facility = await access_facility(turn.uow, turn.speaker, found.facility, Permission.BEGIN_AGAIN)
    return await _named(turn, found), facility


async def begin_again(turn: Turn, subject: Subject) -> Ended | None:
    """Contact goes on from today; None when it does already."""
    shown = await show_ended(turn, subject)
    if shown is None:
        return None
    ended, _facility = shown
    actor = access_actor(turn.speaker, Permission.BEGIN_AGAIN)
    await _begin(turn, ended)
    await turn.uow.programme.audit("contact_begun_again", at=turn.moment.now, actor=actor.id, subject=str(subject))
    return ended


async def _named(turn: Turn, ended: Ended) -> Ended:
    if ended.name:
        return ended
    children = await turn.uow.lives.children_in(ended.family)
    return replace(ended, family_names=tuple(child.name for child in children if child.name))


async def _begin(turn: Turn, ended: Ended) -> None:
    lives, number = turn.uow.lives, ended.subject.number
    match ended.subject.kind:
        case LossOf.CHILD:
            children = await lives.children_in(ended.family)
            await begin_child(turn, next(one for one in children if one.id == ChildId(number)))
        case LossOf.PREGNANCY:
            pregnancy = await lives.pregnancy(PregnancyId(number))
            if pregnancy is None:
                raise Refused("begin_again", str(ended.subject))
            await begin_pregnancy(turn, pregnancy)
        case LossOf.MOTHER:
            everyone = await lives.caregivers_in(ended.family)
            await begin_mother(turn, next(one for one in everyone if one.id == CaregiverId(number)))
