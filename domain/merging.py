"""Two files of one family become one: which children and which caregivers of the two are the same.

Source, where none is named: rule of this house, to be confirmed with the volunteers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.births import births_of
from domain.ends import CaregiverEnd
from domain.identifiers import AddressId, CaregiverId, ChildId, FamilyId, PregnancyId
from domain.people import Caregiver, Child, Pregnancy

GOES_ON_FOR = "goes_on_for"
Silence = Mapping[str, str | int | None]
"""What holds our tongue about somebody, as it can be written down: nothing, or since when and how."""
Subject = tuple[str, int]
"""A child ("child", its number) or an awaited birth ("pregnancy", its number)."""


@dataclass(frozen=True)
class Joined:
    """What becomes of two files: `subjects` and `caregivers` give for each that ends the one that goes on for it."""

    kept: FamilyId
    merged: FamilyId
    subjects: Mapping[Subject, Subject]
    caregivers: Mapping[CaregiverId, CaregiverId]


@dataclass(frozen=True)
class Reachable:
    """A caregiver with the chats from which she speaks."""

    caregiver: Caregiver
    addresses: frozenset[AddressId]


def same_people(kept: Sequence[Reachable], merged: Sequence[Reachable]) -> dict[CaregiverId, CaregiverId]:
    """Who of the two files is one person: of one role, with one phone or one chat.

    Whoever has joined goes on, and of two alike the one of the kept file.
    """
    same: dict[CaregiverId, CaregiverId] = {}
    taken: set[CaregiverId] = set()
    for other in merged:
        twin = next((one for one in kept if one.caregiver.id not in taken and _is_same(one, other)), None)
        if twin is None:
            continue
        taken.add(twin.caregiver.id)
        goes_on, ends = (twin, other) if _goes_on(twin.caregiver, other.caregiver) else (other, twin)
        same[ends.caregiver.id] = goes_on.caregiver.id
    return same


def _is_same(one: Reachable, other: Reachable) -> bool:
    if one.caregiver.role is not other.caregiver.role:
        return False
    same_phone = one.caregiver.phone is not None and one.caregiver.phone == other.caregiver.phone
    return same_phone or bool(one.addresses & other.addresses)


def _goes_on(kept: Caregiver, merged: Caregiver) -> bool:
    return kept.joined_at is not None or merged.joined_at is None


def lets_back_in(one: Sequence[Caregiver], other: Sequence[Caregiver]) -> bool:
    """Whether somebody who was removed from one file may be the one who is spoken to in the other."""
    return any(
        gone.ended_as is CaregiverEnd.REMOVED and living.ended_as is None and _may_be(gone, living)
        for some, others in ((one, other), (other, one))
        for gone in some
        for living in others
    )


def _may_be(gone: Caregiver, living: Caregiver) -> bool:
    return gone.role is living.role or (gone.phone is not None and gone.phone == living.phone)


def silence_of(one: Caregiver | Child | Pregnancy) -> Silence:
    """How contact ended; of a caregiver also that she stopped, grieves, or asked for a pause."""
    ended = {"ended_as": one.ended_as.value if one.ended_as else None}
    if not isinstance(one, Caregiver):
        return ended
    since = {"stopped_at": one.stopped_at, "bereaved_at": one.bereaved_at}
    pause = {"pause": f"{one.pause.scope} {one.pause.until}" if one.pause else None}
    return {**ended, **pause, **{name: at.isoformat() if at else None for name, at in since.items()}}


def is_quieter(then: Silence, now: Silence) -> bool:
    """Whether a silence began that there was not then."""
    return any(value is not None and value != then.get(name) for name, value in now.items())


def child(number: ChildId) -> Subject:
    """A child as a subject."""
    return "child", int(number)


def pregnancy(number: PregnancyId) -> Subject:
    """An awaited birth as a subject."""
    return "pregnancy", int(number)


def occasions_of(
    before: Iterable[Child], after: Iterable[Child], subjects: Mapping[Subject, Subject]
) -> dict[str, str]:
    """Which occasion takes the place of which for one caregiver, by her children before and after.

    A message of a birth keeps the occasion of the birth's first child; when another child becomes the first one, what
    was said counts under that one.
    """
    first_after = {one.id: birth.first for birth in births_of(after) for one in birth.children}
    instead: dict[str, str] = {}
    for birth in births_of(before):
        for one in birth.children:
            _kind, number = subjects.get(child(one.id), child(one.id))
            first = first_after.get(ChildId(number))
            if first is not None and first != birth.first:
                instead[f"child:{birth.first}"] = f"child:{first}"
    return instead
