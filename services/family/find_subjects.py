"""Of whom a loss can be told, by a caregiver or by somebody who works for the programme; and who may tell it."""

from dataclasses import dataclass

from domain.ends import CaregiverEnd, ChildEnd, PregnancyEnd
from domain.identifiers import CaregiverId, ChildId, FamilyId, PregnancyId
from domain.loss import LossOf, Subject
from domain.people import Actor, Caregiver, Child, Family, Pregnancy
from domain.reader import Role
from services.access import Permission, Refused, access_family, access_own
from services.turn import Turn

NEAR = frozenset({Role.FATHER, Role.GRANDMOTHER, Role.GRANDFATHER, Role.OTHER_RELATIVE})
"""Who may tell of a mother who was never with us."""


@dataclass(frozen=True)
class Teller:
    """A caregiver of the family who speaks, or an actor in whose places it lives."""

    family: Family
    caregiver: Caregiver | None = None
    actor: Actor | None = None


@dataclass(frozen=True)
class Offered:
    """One of whom a loss can be told; `name` is a child's."""

    subject: Subject
    name: str = ""


async def caregiver_tells(turn: Turn, caregiver: CaregiverId) -> Teller:
    """One of those who speak from this chat."""
    own = access_own(turn.speaker, caregiver)
    family = await turn.uow.families.family(own.family)
    if family is None:
        raise Refused("loss", f"caregiver:{caregiver}")
    return Teller(family, caregiver=own)


async def list_tellers(turn: Turn) -> tuple[tuple[Caregiver, tuple[str, ...]], ...]:
    """Those who share this chat, each with the names of her children."""
    found = []
    for caregiver in turn.speaker.caregivers:
        children = await turn.uow.families.children_of(caregiver.id)
        found.append((caregiver, tuple(child.name for child in children)))
    return tuple(found)


async def actor_tells(turn: Turn, family: FamilyId) -> Teller:
    """One who works where the family lives."""
    actor, found = await access_family(turn.uow, turn.speaker, family, Permission.SEE_FAMILIES)
    return Teller(found, actor=actor)


async def find_subjects(turn: Turn, teller: Teller, *, of_herself: bool = False) -> tuple[Offered, ...]:
    """Her living children and pregnancies, and the mother when that is somebody else.

    `of_herself`: on the mother's own telephone somebody may write that she has died.
    """
    children = [one for one in await _children(turn, teller) if one.ended_as is None]
    pregnancies = [one for one in await _pregnancies(turn, teller) if one.ended_as is None]
    return (
        *(Offered(Subject(LossOf.CHILD, child.id), child.name) for child in children),
        *(Offered(Subject(LossOf.PREGNANCY, one.id)) for one in pregnancies),
        *(Offered(Subject(LossOf.MOTHER, number)) for number in await _mothers(turn, teller, of_herself=of_herself)),
    )


async def may_be_told(turn: Turn, teller: Teller, subject: Subject) -> bool:
    """Whether contact can end about this one now; False when it ended already. Refuses whom the teller has not."""
    found = await _state(turn, teller, subject)
    if found is None:
        raise Refused("loss", str(subject))
    return found


async def is_lost(turn: Turn, teller: Teller, subject: Subject) -> bool:
    """Whether the loss of this one was told, by whomever."""
    match subject.kind:
        case LossOf.CHILD:
            ends = [one.ended_as for one in await _children(turn, teller) if one.id == subject.number]
            return ChildEnd.DIED in ends
        case LossOf.PREGNANCY:
            lost = [one.ended_as for one in await _pregnancies(turn, teller) if one.id == subject.number]
            return PregnancyEnd.LOST in lost
        case LossOf.MOTHER:
            return any(one.ended_as is CaregiverEnd.DIED for one in await _all_mothers(turn, teller, subject.number))


async def _state(turn: Turn, teller: Teller, subject: Subject) -> bool | None:
    match subject.kind:
        case LossOf.CHILD:
            return _goes_on([one.ended_as for one in await _children(turn, teller) if one.id == subject.number])
        case LossOf.PREGNANCY:
            return _goes_on([one.ended_as for one in await _pregnancies(turn, teller) if one.id == subject.number])
        case LossOf.MOTHER:
            if not _may_tell_of_mother(teller, subject.number):
                return None
            mothers = await _all_mothers(turn, teller, subject.number)
            return not mothers if not subject.number else _goes_on([one.ended_as for one in mothers])


def _goes_on(ends: list[ChildEnd | None] | list[PregnancyEnd | None] | list[CaregiverEnd | None]) -> bool | None:
    return ends[0] is None if ends else None


async def _children(turn: Turn, teller: Teller) -> tuple[Child, ...]:
    if teller.caregiver is not None:
        return await turn.uow.families.all_children_of(teller.caregiver.id)
    return await turn.uow.lives.children_in(teller.family.id)


async def _pregnancies(turn: Turn, teller: Teller) -> tuple[Pregnancy, ...]:
    everyone = await turn.uow.lives.pregnancies_in(teller.family.id)
    if teller.caregiver is None:
        return everyone
    return tuple([one for one in everyone if await _expects(turn, teller.caregiver.id, one.id)])


async def _expects(turn: Turn, caregiver: CaregiverId, pregnancy: PregnancyId) -> bool:
    return any(one.id == caregiver for one in await turn.uow.lives.caregivers_expecting(pregnancy))


async def _all_mothers(turn: Turn, teller: Teller, number: int) -> list[Caregiver]:
    """The mother of this number, or with 0 every mother of the family; those who died too."""
    everyone = await turn.uow.lives.caregivers_in(teller.family.id)
    mothers = [one for one in everyone if one.role is Role.MOTHER and one.ended_as in (None, CaregiverEnd.DIED)]
    return [one for one in mothers if number in (0, one.id)]


async def _mothers(turn: Turn, teller: Teller, *, of_herself: bool) -> list[int]:
    mothers = await _all_mothers(turn, teller, 0)
    if not mothers:
        near = teller.caregiver is None or teller.caregiver.role in NEAR
        return [0] if near and _may_tell_of_mother(teller, 0) else []
    own = teller.caregiver.id if teller.caregiver else None
    living = [one.id for one in mothers if one.ended_as is None and (of_herself or one.id != own)]
    return [int(number) for number in living if _may_tell_of_mother(teller, number)]


def _may_tell_of_mother(teller: Teller, number: int) -> bool:
    """Who only opened an invite does not cut another off: the link alone does not show who holds it."""
    own = teller.caregiver
    return own is None or own.joined_at is not None or own.id == number


async def child_of(turn: Turn, teller: Teller, child: ChildId) -> Child:
    """One of hers, spoken of or not."""
    found = next((one for one in await _children(turn, teller) if one.id == child), None)
    if found is None:
        raise Refused("loss", f"child:{child}")
    return found


async def pregnancy_of(turn: Turn, teller: Teller, pregnancy: PregnancyId) -> Pregnancy:
    """One that she awaited."""
    found = next((one for one in await _pregnancies(turn, teller) if one.id == pregnancy), None)
    if found is None:
        raise Refused("loss", f"pregnancy:{pregnancy}")
    return found
