"""Two files of one family become one: staff's act, noted row by row, so that it can be undone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from domain.duplicates import initials_of, likeness
from domain.identifiers import CaregiverId, CommuneId, FamilyId, MergeId
from domain.merging import (
    GOES_ON_FOR,
    Joined,
    Reachable,
    Silence,
    Subject,
    child,
    is_quieter,
    lets_back_in,
    occasions_of,
    pregnancy,
    same_people,
    silence_of,
)
from domain.moment import local_day
from domain.people import Child
from domain.reader import Role
from services.access import Permission, Refused, access_actor, access_family
from services.enrolment.find_duplicates import days_around
from services.messages.plan_day import plan_one
from services.ports.merges import KnownChild, Merge, Moved, Occasions, Undoing
from services.turn import Turn

NEWEST = 500
"""How many families back the list of likely pairs looks: what is new meets what is known."""
MOST_PAIRS = 20
TABLES = {"child": "children", "pregnancy": "pregnancies"}


class Blocked(StrEnum):
    """Why two files cannot become one now, or one cannot become two again."""

    UNSETTLED = "unsettled"  # somebody there waits to be forgotten or to move
    REMOVED = "removed"  # somebody who was removed would be let in again
    QUIETER = "quieter"  # contact ended or rests since, and would begin again


_Day: TypeAlias = tuple[date | None, date | None]  # of birth, or the due date


@dataclass(frozen=True)
class FileInPair:
    """One of two files: initials and days, and since when it is with us."""

    family: FamilyId
    initials: tuple[str, ...]
    days: tuple[tuple[bool, date], ...]
    enrolled_on: date
    facility: str
    roles: tuple[tuple[Role, bool], ...]


@dataclass(frozen=True)
class Pair:
    """Two files that may be one; the older one is kept."""

    kept: FileInPair
    merged: FileInPair
    blocked: Blocked | None = None


@dataclass(frozen=True)
class MergeDone:
    """What was joined just now, or before by somebody else."""

    merge: MergeId
    kept: FileInPair


async def list_pairs(turn: Turn) -> tuple[tuple[FileInPair, FileInPair], ...]:
    """The likely pairs among the newest families and all others of their communes, the newest first."""
    access_actor(turn.speaker, Permission.MERGE_FILES)
    newest = await turn.uow.merges.newest(NEWEST)
    pairs: set[tuple[FamilyId, FamilyId]] = set()
    for commune in {one.traits.commune for one in newest}:
        pairs |= await _pairs_in(turn, commune, [one for one in newest if one.traits.commune == commune])
    latest = sorted(pairs, key=lambda pair: pair[::-1], reverse=True)[:MOST_PAIRS]
    return tuple([(await _file(turn, kept), await _file(turn, merged)) for kept, merged in latest])


async def _pairs_in(turn: Turn, commune: CommuneId, newest: Sequence[KnownChild]) -> set[tuple[FamilyId, FamilyId]]:
    born_on, due_on = days_around([one.traits for one in newest])
    near = _by_day(await turn.uow.merges.near(commune, born_on=born_on, due_on=due_on))
    return {
        _in_order(one.traits.family, other.traits.family)
        for one in newest
        for other in _near_to(one, near)
        if likeness(one.traits, other.traits)
    }


def _by_day(known: Iterable[KnownChild]) -> Mapping[_Day, Sequence[KnownChild]]:
    days: defaultdict[_Day, list[KnownChild]] = defaultdict(list)
    for one in known:
        days[one.traits.birth_date, one.traits.due_on].append(one)
    return days


def _near_to(one: KnownChild, near: Mapping[_Day, Sequence[KnownChild]]) -> Iterable[KnownChild]:
    """Those whose days lie where a double of this one can lie: nobody is compared with a whole commune."""
    born_on, due_on = days_around([one.traits])
    days: list[_Day] = [*((day, None) for day in born_on), *((None, day) for day in due_on)]
    return (other for day in days for other in near.get(day, ()))


def _in_order(one: FamilyId, other: FamilyId) -> tuple[FamilyId, FamilyId]:
    return (one, other) if one < other else (other, one)


async def show_pair(turn: Turn, one: FamilyId, other: FamilyId) -> Pair:
    """Both files beside each other."""
    kept, merged = _in_order(one, other)
    await _access(turn, kept, merged)
    return Pair(await _file(turn, kept), await _file(turn, merged), await _blocked(turn, kept, merged))


async def _blocked(turn: Turn, kept: FamilyId, merged: FamilyId) -> Blocked | None:
    if await turn.uow.merges.has_open_wishes((kept, merged)):
        return Blocked.UNSETTLED
    lives = turn.uow.lives
    returns = lets_back_in(await lives.caregivers_in(kept), await lives.caregivers_in(merged))
    return Blocked.REMOVED if returns else None


async def _access(turn: Turn, kept: FamilyId, merged: FamilyId) -> None:
    if kept == merged:
        raise Refused(Permission.MERGE_FILES, f"family:{kept}")
    for family in (kept, merged):
        await access_family(turn.uow, turn.speaker, family, Permission.MERGE_FILES)


async def _file(turn: Turn, family: FamilyId) -> FileInPair:
    uow = turn.uow
    _actor, found = await access_family(uow, turn.speaker, family, Permission.MERGE_FILES)
    known = await uow.merges.of_family(family)
    facility = await uow.area.facility(found.facility)
    return FileInPair(
        family=family,
        initials=tuple(initials_of(one.traits.child_name) for one in known),
        days=tuple((one.child is None, day) for one in known if (day := one.traits.birth_date or one.traits.due_on)),
        enrolled_on=local_day(found.enrolled_at, found.zone),
        facility=facility.name if facility else "",
        roles=tuple((one.role, one.joined_at is not None) for one in await uow.families.caregivers_of_family(family)),
    )


async def merge_families(turn: Turn, one: FamilyId, other: FamilyId) -> MergeDone | None:
    """The newer file goes into the older one; None when it did already, or may not now."""
    uow, now = turn.uow, turn.moment.now
    kept, merged = _in_order(one, other)
    await _access(turn, kept, merged)
    actor = access_actor(turn.speaker, Permission.MERGE_FILES)
    if await _is_past(turn, kept, merged):
        return None
    joined = await _joined(turn, kept, merged)
    before = await _children_by_caregiver(turn, (kept, merged))
    moved: list[Moved] = list(await uow.merges.join(joined, now))
    moved += await uow.merges.keep_occasions(await _occasions(turn, joined, before))
    moved += await _notes(turn, joined)
    merge = await uow.merges.keep(joined, moved, by=actor.id, at=now)
    await _plan_for(turn, kept)
    await uow.programme.audit(
        "merge_families", at=now, actor=actor.id, subject=f"family:{kept}", details={"merged": int(merged)}
    )
    return MergeDone(merge, await _file(turn, kept))


async def _plan_for(turn: Turn, *families: FamilyId) -> None:
    """Whoever cares for other children now gets what began for them before today: a day's planning looks no further."""
    for family in families:
        for caregiver in await turn.uow.families.caregivers_of_family(family):
            if caregiver.joined_at is not None:
                await plan_one(turn, caregiver)


async def _is_past(turn: Turn, kept: FamilyId, merged: FamilyId) -> bool:
    merges = turn.uow.merges
    if await merges.is_merged(kept) or await merges.is_merged(merged):
        return True
    return await _blocked(turn, kept, merged) is not None


async def _joined(turn: Turn, kept: FamilyId, merged: FamilyId) -> Joined:
    mine, theirs = await turn.uow.merges.of_family(kept), await turn.uow.merges.of_family(merged)
    people = same_people(await _reachable(turn, kept), await _reachable(turn, merged))
    return Joined(kept, merged, _same_subjects(mine, theirs), people)


def _same_subjects(kept: Iterable[KnownChild], merged: Iterable[KnownChild]) -> dict[Subject, Subject]:
    """Each child of one file has at most one in the other; one that is born goes on for one that is awaited."""
    same: dict[Subject, Subject] = {}
    free = list(kept)
    for other in merged:
        twin = next((one for one in free if likeness(one.traits, other.traits)), None)
        if twin is None:
            continue
        free.remove(twin)
        ends, goes_on = (twin, other) if twin.child is None and other.child is not None else (other, twin)
        same[_subject(ends)] = _subject(goes_on)
    return same


def _subject(known: KnownChild) -> Subject:
    if known.child is not None:
        return child(known.child)
    if known.pregnancy is None:
        raise ValueError("a child is born or awaited")
    return pregnancy(known.pregnancy)


async def _reachable(turn: Turn, family: FamilyId) -> list[Reachable]:
    found = []
    for caregiver in await turn.uow.families.caregivers_of_family(family):
        addresses = await turn.uow.people.addresses_of_caregiver(caregiver.id)
        found.append(Reachable(caregiver, frozenset(one.id for one in addresses)))
    return found


async def _children_by_caregiver(turn: Turn, families: Iterable[FamilyId]) -> dict[CaregiverId, tuple[Child, ...]]:
    return {
        caregiver.id: await turn.uow.families.all_children_of(caregiver.id)
        for family in families
        for caregiver in await turn.uow.families.caregivers_of_family(family)
    }


async def _occasions(turn: Turn, joined: Joined, before: dict[CaregiverId, tuple[Child, ...]]) -> tuple[Occasions, ...]:
    """By whoever reads now: what each of the two files had said to her counts."""
    found = []
    for caregiver, children in before.items():
        whose = joined.caregivers.get(caregiver, caregiver)
        after = await turn.uow.families.all_children_of(whose)
        found.append(Occasions(whose, occasions_of(children, after, joined.subjects)))
    return tuple(found)


async def _notes(turn: Turn, joined: Joined) -> list[Moved]:
    """For whom each one goes on who was in both files, and what was silent about it when they became one."""
    pairs = {("caregivers", int(one)): int(other) for other, one in joined.caregivers.items()}
    pairs |= {(TABLES[one[0]], one[1]): other[1] for other, one in joined.subjects.items()}
    there = await _silences(turn, joined.kept)
    notes = [(who, {**there.get(who, {}), GOES_ON_FOR: other}) for who, other in pairs.items()]
    return [Moved(table, row, note, note) for (table, row), note in notes]


async def _silences(turn: Turn, family: FamilyId) -> Mapping[tuple[str, int], Silence]:
    lives = turn.uow.lives
    return {
        **{("caregivers", int(one.id)): silence_of(one) for one in await lives.caregivers_in(family)},
        **{("children", int(one.id)): silence_of(one) for one in await lives.children_in(family)},
        **{("pregnancies", int(one.id)): silence_of(one) for one in await lives.pregnancies_in(family)},
    }


async def list_merges(turn: Turn) -> tuple[MergeDone, ...]:
    """What was joined and can be parted again, the newest first."""
    access_actor(turn.speaker, Permission.MERGE_FILES)
    latest = await turn.uow.merges.latest(MOST_PAIRS)
    return tuple([MergeDone(one.id, await _file(turn, one.kept)) for one in latest if one.moved])


async def undo_merge(turn: Turn, merge: MergeId) -> Undoing | Blocked | None:
    """Part two files again; None when it was done already. What changed since stays with the kept file."""
    uow, now = turn.uow, turn.moment.now
    actor = access_actor(turn.speaker, Permission.MERGE_FILES)
    found = await uow.merges.merge(merge)
    if found is None:
        raise Refused(Permission.MERGE_FILES, f"merge:{merge}")
    await _access(turn, found.kept, found.merged)
    if found.undone_at is not None:
        return None
    if await uow.merges.has_open_wishes((found.kept,)):
        return Blocked.UNSETTLED
    if not found.moved or await _is_quieter(turn, found):
        return Blocked.QUIETER
    undone = await uow.merges.undo(found, by=actor.id, at=now)
    await _plan_for(turn, found.kept, found.merged)
    details = {"restored": undone.restored, "stayed": undone.stayed}
    await uow.programme.audit("undo_merge", at=now, actor=actor.id, subject=f"family:{found.kept}", details=details)
    return undone


async def _is_quieter(turn: Turn, merge: Merge) -> bool:
    """Whether contact ended or rests since for one who was in both files: parted, it would begin again."""
    there = await _silences(turn, merge.kept)
    for note in (one for one in merge.moved if one.before == one.after):
        now = there.get((note.table, note.row))
        if now is None or is_quieter(note.after, now):  # None: that file went into another one since
            return True
    caregivers = await turn.uow.lives.caregivers_in(merge.kept)
    return any(one.bereaved_at is not None and one.bereaved_at >= merge.merged_at for one in caregivers)
