"""A volunteer's list: who is to be called, who has not joined, who cannot be reached; whom to help and how, never why.

It holds her own families, those of colleagues for whom she stands in, and those whom nobody looks after.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.absence import Absence, Beat, Duty, carried_by, kept_by_others
from domain.area import Facility
from domain.identifiers import ActorId, CaregiverId, FamilyId
from domain.moment import local_day
from domain.people import Actor, ActorRole, AddressState
from domain.reader import Role
from domain.resting import Told, has_refused, may_rest
from domain.tasks import Task, TaskKind
from services.access import Permission, access_actor, access_caregiver, access_facilities
from services.forms.surroundings import DEFAULT_ZONE
from services.ports import UnitOfWork
from services.ports.families import CaregiverOnList
from services.turn import Turn

NEVER_RESTS = (TaskKind.CALL, TaskKind.URGENT_DOSE)
"""What is asked although the family did not want to be asked before: a call it wished for, a dose that cannot wait."""


class Part(StrEnum):
    """The parts of the list."""

    TO_CALL = "to_call"
    NOT_JOINED = "not_joined"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Entry:
    """One line of the list. `caregiver` is None where no caregiver is left: then the family is meant.

    Without children and without `awaiting` nothing is said of children.
    """

    part: Part
    family: FamilyId
    since: date
    caregiver: CaregiverId | None = None
    role: Role | None = None
    children: tuple[str, ...] = ()
    awaiting: bool = False
    commune: str = ""
    phone: str | None = None
    task: Task | None = None


@dataclass(frozen=True)
class Round:
    """For whom an actor looks now: her places, whose lists she carries, and her own absence."""

    actor: Actor
    facilities: tuple[Facility, ...]
    beat: Beat
    carried: frozenset[ActorId]
    duties: tuple[Duty, ...]
    absence: Absence | None
    today: date

    @property
    def has_several_communes(self) -> bool:
        """Whether each entry must say where it is."""
        return len({facility.commune.id for facility in self.facilities}) > 1


@dataclass(frozen=True)
class FamilyList:
    """The list as it is now."""

    round: Round
    entries: tuple[Entry, ...]


async def round_of(turn: Turn) -> Round:
    """Where the speaker looks after families, and for whom."""
    actor = access_actor(turn.speaker, Permission.SEE_FAMILIES)
    facilities = await access_facilities(turn.uow, actor)
    today = turn.moment.today(facilities[0].zone if facilities else DEFAULT_ZONE)
    duties: tuple[Duty, ...] = ()
    absence = None
    if actor.role is ActorRole.VOLUNTEER:
        duties = tuple(await turn.uow.absences.duties(actor.communes, now=turn.moment.now, today=today))
        absence = await turn.uow.absences.current(actor.id, today)
    kept = {place.id: kept_by_others(actor.id, place.commune.id, duties) for place in facilities}
    beat = Beat(tuple(place.id for place in facilities), kept)
    return Round(actor, facilities, beat, carried_by(actor.id, duties), duties, absence, today)


async def list_families(turn: Turn) -> FamilyList:
    """The families that need the speaker, those who are to be called first of all."""
    whose = await round_of(turn)
    told = await turn.uow.tasks.told(whose.beat, today=whose.today)
    tasks = await _tasks(turn.uow, whose, told)
    asked = {entry.caregiver for entry in tasks}
    parts = (
        (Part.NOT_JOINED, await turn.uow.families.not_joined(whose.beat)),
        (Part.UNREACHABLE, await turn.uow.families.unreachable(whose.beat)),
    )
    others = [
        entry_of(part, one)
        for part, found in parts
        for one in found
        if one.caregiver.id not in asked
        if not may_rest(told, one.caregiver.family, one.caregiver.id, whose.today)
    ]
    return FamilyList(whose, (*tasks, *others))


async def _tasks(uow: UnitOfWork, whose: Round, told: Collection[Told]) -> tuple[Entry, ...]:
    due = await uow.tasks.on_list(whose.beat, actor=whose.actor.id, carried=whose.carried, due_by=whose.today)
    open_ = [
        task
        for task in due
        if task.kind in NEVER_RESTS or not has_refused(told, task.family, task.caregiver, whose.today)
    ]
    return tuple([await entry_of_task(uow, task) for task in open_])


async def entry_of_task(uow: UnitOfWork, task: Task) -> Entry:
    """A task with the one who is asked; where none is named, or contact with her ended, the first who is left."""
    living = [one.id for one in await uow.families.caregivers_of_family(task.family)]
    named = [task.caregiver] if task.caregiver in living else living[:1]
    found = await uow.families.on_list(named)
    if found:
        return entry_of(Part.TO_CALL, found[0], task)
    children = await uow.lives.children_in(task.family)
    names = tuple(child.name for child in children if child.ended_as is None)
    return Entry(Part.TO_CALL, task.family, task.due_on, children=names, task=task)


def entry_of(part: Part, one: CaregiverOnList, task: Task | None = None) -> Entry:
    """A caregiver as an entry of the list."""
    caregiver = one.caregiver
    return Entry(
        part,
        caregiver.family,
        one.enrolled_on,
        caregiver=caregiver.id,
        role=caregiver.role,
        children=one.child_names,
        awaiting=one.awaiting,
        commune=one.commune,
        phone=caregiver.phone,
        task=task,
    )


@dataclass(frozen=True)
class Shown:
    """One caregiver, opened: whether messages reach her, and whether contact with her has ended."""

    one: CaregiverOnList
    reached: bool
    has_several_communes: bool

    @property
    def entry(self) -> Entry:
        """She as an entry of the part in which she stands."""
        return entry_of(Part.UNREACHABLE if self.one.caregiver.joined_at else Part.NOT_JOINED, self.one)


async def show_on_list(turn: Turn, caregiver: CaregiverId) -> CaregiverOnList:
    """One entry of the list."""
    _actor, found = await access_caregiver(turn.uow, turn.speaker, caregiver, Permission.SEE_FAMILIES)
    listed: Sequence[CaregiverOnList] = await turn.uow.families.on_list([found.id])
    family = await turn.uow.families.family(found.family)
    enrolled_on = local_day(family.enrolled_at, family.zone) if family else turn.moment.today(DEFAULT_ZONE)
    return listed[0] if listed else CaregiverOnList(found, (), False, enrolled_on)


async def open_entry(turn: Turn, caregiver: CaregiverId) -> Shown:
    """The same with what can be done."""
    one = await show_on_list(turn, caregiver)
    addresses = await turn.uow.people.addresses_of_caregiver(caregiver)
    reached = any(chat.state is AddressState.ACTIVE and chat.unconfirmed_since is None for chat in addresses)
    actor = access_actor(turn.speaker, Permission.SEE_FAMILIES)
    places = await access_facilities(turn.uow, actor)
    several = len({place.commune.id for place in places}) > 1
    return Shown(one, reached and one.caregiver.joined_at is not None, several)
