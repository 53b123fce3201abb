"""The ladder of calls after a missed session day: a named person calls, within three days or else a health worker."""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.area import Facility
from domain.consent import Purpose, may_consent, stands_for_child
from domain.identifiers import CaregiverId, ChildId, FamilyId
from domain.message import Choice, OutgoingMessage, Text
from domain.missed import CallOccasion, Miss, MissedCase, Rung, rung_of
from domain.people import ActorRole, Caregiver, Child, Family
from domain.sending.outbox import Lane, PlannedMessage
from domain.sending.sendability import next_legal_instant
from domain.tasks import TaskKind
from services.ports.contacts import Colleague
from services.ports.tasks import NewTask
from services.turn import Work
from services.visits.find_needs import Place, find_child_needs, place_of
from services.visits.may_remind import may_remind
from services.visits.missed.misses import find_misses
from services.visits.settle import open_calls

TOLD_FOR = timedelta(hours=24)


async def climb_ladder(work: Work, facility: Facility, on: date, children: Sequence[Child]) -> None:
    """These children missed that day: where a call is due, it is asked for, once a family and day."""
    if not await may_remind(work, facility):
        return
    for number in dict.fromkeys(child.family for child in children):
        family = await work.uow.families.family(number)
        if family is not None and await _may_be_called(work, number):
            await _climb(work, facility, family, on)


async def _climb(work: Work, facility: Facility, family: Family, on: date) -> None:
    children = [
        child
        for child in await work.uow.lives.children_in(family.id)
        if child.ended_as is None and child.facility == facility.id
    ]
    misses = await find_misses(work, children)
    missing = [child for child in children if _is_last(misses[child.id], on)]
    cases = await _cases(work, facility, on, [(child, misses[child.id]) for child in missing])
    rung = max((rung_of(case, work.moment.today(facility.zone)) for case in cases), default=Rung.NOBODY)
    if rung is not Rung.NOBODY:
        await _ask(work, facility, family, CallOccasion(min(child.id for child in missing), on), rung)


def _is_last(misses: Sequence[Miss], on: date) -> bool:
    """Whether that day was missed, and no later one: a late word about an older day asks for no call of its own."""
    return any(miss.on == on for miss in misses) and not any(miss.on > on and not miss.excused for miss in misses)


async def _cases(
    work: Work, facility: Facility, on: date, missing: Sequence[tuple[Child, tuple[Miss, ...]]]
) -> list[MissedCase]:
    place, today = await place_of(work, facility), work.moment.today(facility.zone)
    children = [child for child, _misses in missing]
    needs = await find_child_needs(work, place, children)
    given = await work.uow.visits.vaccinations_of([child.id for child in children])
    return [
        MissedCase(
            on=on,
            birth_date=child.birth_date,
            misses=tuple(miss for miss in misses if miss.on <= on),
            ever_vaccinated=bool(given[child.id]),
            lacking=needs[child.id].due(today).doses,
            outbreaks=_outbreaks(place, today),
        )
        for child, misses in missing
    ]


def _outbreaks(place: Place, today: date) -> frozenset[str]:
    return frozenset(one.group for one in place.rules.outbreaks if one.covers(today))


async def _may_be_called(work: Work, family: FamilyId) -> bool:
    """Nobody calls where all asked for silence, or where the use of the child's file was refused."""
    caregivers = await work.uow.families.caregivers_of_family(family)
    if all(_wants_silence(one) for one in caregivers):
        return False
    answers = await work.uow.consents.about_family(family)
    was_asked = any(one.purpose is Purpose.FILE and may_consent(role, Purpose.FILE) for role, one in answers)
    return not was_asked or stands_for_child(answers, Purpose.FILE)


def _wants_silence(caregiver: Caregiver) -> bool:
    return caregiver.stopped_at is not None or not caregiver.wants_visits


async def _ask(work: Work, facility: Facility, family: Family, occasion: CallOccasion, rung: Rung) -> None:
    """One call a family: a new one takes the place of an earlier; one that was dropped may be asked for again."""
    before = await work.uow.tasks.about(str(occasion))
    if any(not one.dropped for one in before):
        return
    for task in await open_calls(work, [family.id]):
        await work.uow.tasks.drop_occasion(task.occasion, work.moment.now)
    colleague = await _named(work, facility, family, rung)
    call = NewTask(
        kind=TaskKind.MISSED_VISIT,
        occasion=str(occasion),
        family=family.id,
        due_on=work.moment.today(facility.zone),
        caregiver=await _first_caregiver(work, occasion.child),
        actor=colleague.id if colleague else None,
        child=occasion.child,
    )
    if await work.uow.tasks.add(call, at=work.moment.now) or await work.uow.tasks.open_again(call):
        await tell_colleague(work, facility, colleague, occasion.on)


async def _named(work: Work, facility: Facility, family: Family, rung: Rung) -> Colleague | None:
    """The family's volunteer, or a health worker; where there is none of the one, the other."""
    contacts = work.uow.contacts
    volunteer = await contacts.colleague(family.volunteer) if family.volunteer is not None else None
    nurse = await find_nurse(work, facility)
    return (nurse or volunteer) if rung is Rung.HEALTH_WORKER else (volunteer or nurse)


async def find_nurse(work: Work, facility: Facility) -> Colleague | None:
    """The facility's named worker when she is a health worker, else its first one."""
    named = await work.uow.contacts.named_at(facility.id)
    workers = ([named] if named is not None else []) + list(await work.uow.contacts.workers_at(facility.id))
    return next((one for one in workers if one.role is ActorRole.HEALTH_WORKER), None)


async def _first_caregiver(work: Work, child: ChildId) -> CaregiverId | None:
    caregivers = await work.uow.families.caregivers_of_child(child)
    return next((one.id for one in caregivers if not _wants_silence(one)), None)


async def tell_colleague(work: Work, facility: Facility, colleague: Colleague | None, on: date) -> None:
    """Once a session day, and not at night: there is somebody new on her list."""
    chats = await work.uow.people.addresses_of_actor(colleague.id) if colleague is not None else ()
    if not chats:
        return
    begins = next_legal_instant(Lane.TIP, facility.zone, work.moment.now)
    to_list = Choice(Text("menu.families"), "v1:families:0")
    row = PlannedMessage(
        lane=Lane.REPLY,
        message=OutgoingMessage(Text("missed.please_call"), ((to_list,),)),
        occasion=f"calls:{facility.id}:{on.isoformat()}",
        send_from=begins,
        expires_at=begins + TOLD_FOR,
        address=chats[0].id,
    )
    await work.uow.outbox.plan([row], work.moment.now)
