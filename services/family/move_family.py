"""A family moves: to another facility of ours when it agrees, or to another province with its children's file.

It is asked in the chat of one who may answer for the children; where nobody reads, a worker keeps the consent on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.area import Facility
from domain.consent import LEGAL_REPRESENTATIVES, Purpose, stands_for_child
from domain.ends import ChildEnd, PregnancyEnd
from domain.identifiers import CaregiverId, FacilityId, FamilyId, MoveId
from domain.people import Actor, ActorRole, Address, AddressState, Caregiver, Child
from domain.pregnancy_occasion import pregnancy_occasion
from domain.sending.outbox import Lane, Reason
from domain.sending.sendability import next_legal_instant
from domain.silence import must_say_who
from services.access import Permission, Refused, access_family, access_own
from services.family.end_contact import BIRTH_QUESTIONS, UNASKED, has_nobody
from services.messages.plan_day import plan_one
from services.ports.moves import Move
from services.ports.visits import Vaccination
from services.turn import Turn
from services.visits.settle import settle_calls

ASK_AGAIN_AFTER = timedelta(hours=12)


@dataclass(frozen=True)
class Reading:
    """A caregiver who reads, and her chat."""

    caregiver: Caregiver
    chat: Address
    shared: bool


@dataclass(frozen=True)
class MoveChoice:
    """Where a family could go. `reading` is whom the question would reach; `may_take_file` her children's file too."""

    family: FamilyId
    actor: Actor
    origin: Facility
    places: tuple[Facility, ...]
    reading: Reading | None
    may_take_file: bool
    is_day: bool


@dataclass(frozen=True)
class ChildFile:
    """What another facility needs to know of a child."""

    child: Child
    given: Sequence[Vaccination]


@dataclass(frozen=True)
class MoveAsked:
    """The question as it goes to the caregiver; without `to` the family leaves for another province.

    Not `is_new`: she has been asked today, and is not asked twice.
    """

    move: MoveId
    is_new: bool
    family: FamilyId
    reading: Reading
    origin: Facility
    to: Facility | None
    children: tuple[ChildFile, ...]
    made_on: date

    @property
    def child_names(self) -> tuple[str, ...]:
        """Whom it concerns."""
        return tuple(one.child.name for one in self.children)


@dataclass(frozen=True)
class MoveAnswered:
    """What one of the family said; `settled` False when the question is no longer asked."""

    own: Caregiver
    agreed: bool
    settled: bool
    origin: Facility
    to: Facility | None
    asked_by: Address | None


async def begin_move(turn: Turn, family: FamilyId) -> MoveChoice:
    """What a worker may choose from."""
    actor, found = await access_family(turn.uow, turn.speaker, family, Permission.ENROL)
    origin = await _facility(turn, found.facility)
    everywhere = await turn.uow.area.facilities()
    reading = await _reading(turn, family)
    agreed = stands_for_child(await turn.uow.consents.about_family(family), Purpose.FILE)
    return MoveChoice(
        family=family,
        actor=actor,
        origin=origin,
        places=tuple(place for place in everywhere if place.id != origin.id),
        reading=reading,
        may_take_file=agreed and reading is not None and reading.caregiver.role in LEGAL_REPRESENTATIVES,
        is_day=next_legal_instant(Lane.TIP, found.zone, turn.moment.now) <= turn.moment.now,
    )


async def ask_family(turn: Turn, family: FamilyId, to: FacilityId | None) -> MoveAsked:
    """Ask the family itself; at night, and where nobody reads, nobody is asked."""
    choice = await begin_move(turn, family)
    place = _chosen(choice, to)
    if choice.reading is None or not choice.is_day or (place is None and not choice.may_take_file):
        raise Refused("ask_to_move", f"family:{family}")
    waiting = await turn.uow.moves.waiting(family)
    is_new = waiting is None or waiting.to != to or turn.moment.now - waiting.asked_at >= ASK_AGAIN_AFTER
    if waiting is None or is_new:
        move = await turn.uow.moves.ask(family, choice.origin.id, to, by=choice.actor.id, at=turn.moment.now)
        await _audit(turn, "ask_to_move", family, move)
    else:
        move = waiting.id
    return MoveAsked(
        move,
        is_new,
        family,
        choice.reading,
        choice.origin,
        place,
        children=await _files(turn, choice.reading.caregiver),
        made_on=turn.moment.today(choice.origin.zone),
    )


async def move_on_paper(turn: Turn, family: FamilyId, to: FacilityId | None) -> MoveChoice:
    """The family agreed on paper, and the worker says so; to another province not a volunteer."""
    choice = await begin_move(turn, family)
    if to == choice.origin.id:
        return choice  # a second tap
    place = _chosen(choice, to)
    if place is None and choice.actor.role is ActorRole.VOLUNTEER:
        raise Refused("move_on_paper", f"family:{family}")
    move = await turn.uow.moves.ask(family, choice.origin.id, to, by=choice.actor.id, at=turn.moment.now)
    await turn.uow.moves.answer(move, agreed=True, by=None, at=turn.moment.now)
    await _audit(turn, "move_on_paper", family, move)
    await _carry_out(turn, family, place)
    return choice


async def answer_move(turn: Turn, move: MoveId, caregiver: CaregiverId, *, agreed: bool) -> MoveAnswered:
    """She answers for her family; the same tap again changes nothing and says the same."""
    own = access_own(turn.speaker, caregiver)
    asked = await turn.uow.moves.move(move)
    if asked is None or asked.family != own.family or own.joined_at is None:
        raise Refused("move", f"caregiver:{caregiver}")
    origin = await _facility(turn, asked.origin)
    to = await _facility(turn, asked.to) if asked.to is not None else None
    if not await turn.uow.moves.answer(move, agreed=agreed, by=own.id, at=turn.moment.now):
        return MoveAnswered(own, bool(asked.agreed), _is_hers(asked, own, agreed=agreed), origin, to, None)
    await _audit(turn, "answer_move", own.family, move, agreed=agreed)
    if agreed:
        await _carry_out(turn, own.family, to)
    chats = await turn.uow.people.addresses_of_actor(asked.asked_by) if asked.asked_by is not None else ()
    return MoveAnswered(own, agreed, True, origin, to, chats[0] if chats else None)


async def name_of(turn: Turn, place: FacilityId | None) -> str | None:
    """The name of a facility; None for another province."""
    return (await _facility(turn, place)).name if place is not None else None


def _is_hers(asked: Move, own: Caregiver, *, agreed: bool) -> bool:
    return asked.answered_by == own.id and asked.agreed is agreed


def _chosen(choice: MoveChoice, to: FacilityId | None) -> Facility | None:
    if to is None:
        return None
    for place in choice.places:
        if place.id == to:
            return place
    raise Refused("move", f"facility:{to}")


async def _carry_out(turn: Turn, family: FamilyId, to: Facility | None) -> None:
    await (_leave(turn, family) if to is None else _settle(turn, family, to))


async def _settle(turn: Turn, family: FamilyId, to: Facility) -> None:
    """The other facility cares for them at once: its visits are planned, those of the old one are closed.

    Nobody calls about a day that they missed at the old one. What is closed opens again if they come back.
    """
    uow = turn.uow
    await uow.lives.place_family(family, to.id)
    await uow.moves.settle_in(family, to.zone)
    await uow.moves.release_tasks(family)
    for caregiver in await uow.families.caregivers_of_family(family):
        await uow.outbox.close_planned(caregiver.id, Reason.NOT_SO_NOW, (Lane.VISIT,))
        await plan_one(turn, caregiver)
    await settle_calls(turn, [family])


async def _leave(turn: Turn, family: FamilyId) -> None:
    """Nothing more is said of these children; the station keeps its record."""
    uow, now = turn.uow, turn.moment.now
    children = [child for child in await uow.lives.children_in(family) if child.ended_as is None]
    awaited = [one for one in await uow.lives.pregnancies_in(family) if one.ended_as is None]
    occasions = [pregnancy_occasion(one.id, word) for one in awaited for word in BIRTH_QUESTIONS]
    for caregiver in await uow.families.caregivers_of_family(family):
        await uow.outbox.close_planned(caregiver.id, Reason.CONTACT_ENDED, UNASKED)
        for occasion in occasions:
            await uow.outbox.close_occasion(caregiver.id, occasion, Reason.CONTACT_ENDED)
        await uow.invites.withdraw_for(caregiver.id, now)
    for child in children:
        await uow.lives.end_child(child.id, ChildEnd.MOVED, now)
    for pregnancy in awaited:
        await uow.lives.end_pregnancy(pregnancy.id, PregnancyEnd.MOVED, now)
    await uow.tasks.drop_family(family, now)


async def _reading(turn: Turn, family: FamilyId) -> Reading | None:
    """Who answers for the children, agreed to messages and reads. Nobody who asked for silence or has nobody left."""
    found = []
    for caregiver in await turn.uow.families.caregivers_of_family(family):
        if not await _may_be_asked(turn, caregiver):
            continue
        for chat in await turn.uow.people.addresses_of_caregiver(caregiver.id):
            if chat.state is AddressState.ACTIVE and not must_say_who(chat, turn.moment.now):
                shared = len(await turn.uow.families.caregivers_at(chat.id)) > 1
                found.append(Reading(caregiver, chat, shared))
    return found[0] if found else None


async def _may_be_asked(turn: Turn, caregiver: Caregiver) -> bool:
    if caregiver.joined_at is None or caregiver.stopped_at is not None or caregiver.pause is not None:
        return False
    if caregiver.role not in LEGAL_REPRESENTATIVES or await has_nobody(turn, caregiver):
        return False
    return any(one.stands and one.purpose is Purpose.MESSAGES for one in await turn.uow.consents.of(caregiver.id))


async def _files(turn: Turn, caregiver: Caregiver) -> tuple[ChildFile, ...]:
    children = await turn.uow.families.children_of(caregiver.id)
    given = await turn.uow.visits.vaccinations_of([child.id for child in children])
    return tuple(ChildFile(child, given.get(child.id, ())) for child in children)


async def _facility(turn: Turn, facility: FacilityId) -> Facility:
    found = await turn.uow.area.facility(facility)
    if found is None:
        raise LookupError("a facility that a family belongs to is gone")
    return found


async def _audit(turn: Turn, action: str, family: FamilyId, move: MoveId, **details: int) -> None:
    actor = turn.speaker.actor.id if turn.speaker.actor else None
    await turn.uow.programme.audit(
        action,
        at=turn.moment.now,
        actor=actor,
        address=turn.speaker.address.id,
        subject=f"family:{family}",
        details={"move": int(move), **details},
    )
