"""Plan what is asked after a vaccination: at once when a dose of today is told of, and made good by the day's planning.

Children of one caregiver who were given alike on one day share a message. What is planned is held against the record
once more before it goes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from domain.aftercare import (
    ANTIGENS,
    SPANS,
    AftercareOccasion,
    Answer,
    Watch,
    advice_for,
    is_needless,
    is_planned_on,
    is_watched,
    is_young,
    parse_aftercare_occasion,
    told_between,
)
from domain.area import Facility
from domain.identifiers import CaregiverId, ChildId, FacilityId
from domain.message import Choice, OutgoingMessage, Text
from domain.people import Caregiver, Child
from domain.sending.outbox import Lane, OutboxRow, OutboxState, PlannedMessage, Reason
from domain.vaccination.schedule import Vaccine
from services.ports.visits import Vaccination
from services.turn import Work
from services.visits.aftercare.emergency import in_danger

THREE_ANSWERS = (Answer.WELL, Answer.FEVER, Answer.ELSE)
Asks: TypeAlias = Callable[[Watch, date, date], bool]


@dataclass(frozen=True)
class Group:
    """Children who share one question."""

    facility: Facility
    occasion: AftercareOccasion


async def plan_after_doses(work: Work, doses: Sequence[Vaccination]) -> None:
    """Doses got into the record: ask this evening and tomorrow about those of today."""
    await _plan_for_children(work, list(dict.fromkeys(dose.child for dose in doses if dose.date_known)))


async def plan_aftercare(work: Work, zone: str) -> None:
    """The step of a day: today's doses once more, and the weeks in which BCG's sore or measles' fever may come."""
    today = work.moment.today(zone)
    given = work.uow.reactions.children_given
    children = [*await given(zone, today, today)]
    for watch, antigen in ANTIGENS.items():
        first, last = (today - timedelta(days=days) for days in (SPANS[watch].last, SPANS[watch].first))
        children += await given(zone, first, last, vaccines=_holding(work, antigen))
    await _plan_for_children(work, list(dict.fromkeys(children)))


async def settled_aftercare(work: Work, row: OutboxRow, caregiver: Caregiver) -> Reason | None:
    """Whether a question has become needless: the dose was withdrawn, or the nurse knows more already."""
    occasion = parse_aftercare_occasion(row.planned.occasion)
    if occasion is None:
        return None
    if not work.programme.may_send(occasion.advice.key, caregiver.language):
        return Reason.DRAFT_TEXT
    heard = await work.uow.reactions.of_children(occasion.children, occasion.given_on)
    if is_needless(occasion.watch, [(one.watch, one.answer, one.need) for one in heard]):
        return Reason.ANSWERED

    def same(watch: Watch, given_on: date, _today: date) -> bool:
        return (watch, given_on) == (occasion.watch, occasion.given_on)

    now = await find_groups(work, caregiver, same, besides=await _told(work, caregiver.id))
    if occasion in [group.occasion for group in now]:
        return None
    await work.uow.outbox.plan([_question(work, caregiver, group) for group in now], work.moment.now)
    return Reason.NOT_SO_NOW


async def _plan_for_children(work: Work, children: Sequence[ChildId]) -> None:
    caregivers: dict[CaregiverId, Caregiver] = {}
    for child in children:
        for one in await work.uow.families.caregivers_of_child(child):
            if one.joined_at is not None and one.stopped_at is None:
                caregivers[one.id] = one
    for caregiver in caregivers.values():
        groups = await find_groups(work, caregiver, is_planned_on, besides=await _told(work, caregiver.id))
        await work.uow.outbox.plan([_question(work, caregiver, group) for group in groups], work.moment.now)


async def find_groups(
    work: Work, caregiver: Caregiver, asks: Asks, *, besides: frozenset[tuple[ChildId, date, Watch]] = frozenset()
) -> tuple[Group, ...]:
    """Her children by what is to be asked about them; without those about whom it was asked already (`besides`)."""
    children = await work.uow.families.children_of(caregiver.id)
    given = await work.uow.visits.vaccinations_of([child.id for child in children])
    places = {number: await work.uow.area.facility(number) for number in {child.facility for child in children}}
    groups: dict[tuple[FacilityId, date, Watch, str], Group] = {}
    for child in children:
        facility = places[child.facility]
        if facility is None:
            continue
        for on, vaccines in _by_day(given[child.id], _vaccines(work, facility)).items():
            today = work.moment.today(facility.zone)
            for watch in SPANS:
                if asks(watch, on, today) and is_watched(watch, vaccines) and (child.id, on, watch) not in besides:
                    _add(groups, facility, child, on, (watch, vaccines))
    return tuple(groups.values())


def _add(
    groups: dict[tuple[FacilityId, date, Watch, str], Group],
    facility: Facility,
    child: Child,
    on: date,
    what: tuple[Watch, Sequence[Vaccine]],
) -> None:
    watch, vaccines = what
    advice = advice_for(watch, vaccines, young=is_young(child.birth_date, on))
    key = (facility.id, on, watch, advice.value)
    earlier = groups[key].occasion.children if key in groups else ()
    groups[key] = Group(facility, AftercareOccasion((*earlier, child.id), on, watch, advice))


def _by_day(given: Sequence[Vaccination], known: Mapping[str, Vaccine]) -> Mapping[date, Sequence[Vaccine]]:
    days: dict[date, list[Vaccine]] = {}
    for dose in given:
        if dose.date_known:
            days.setdefault(dose.given_on, []).append(known.get(dose.vaccine, Vaccine(dose.vaccine)))
    return days


def _vaccines(work: Work, facility: Facility) -> Mapping[str, Vaccine]:
    forecaster = work.programme.forecasters.get(facility.commune.province.country)
    return forecaster.schedule.vaccines if forecaster is not None else {}


def _holding(work: Work, antigen: str) -> frozenset[str]:
    known = (one for country in work.programme.forecasters.values() for one in country.schedule.vaccines.values())
    return frozenset(one.code for one in known if antigen in one.antigens)


async def _told(work: Work, caregiver: CaregiverId) -> frozenset[tuple[ChildId, date, Watch]]:
    """About whom she was asked what already: a twin recorded later is asked about alone."""
    sent = (OutboxState.SENT, OutboxState.UNCERTAIN)
    rows = [row for row in await work.uow.outbox.timeline(caregiver) if row.state in sent]
    occasions = [found for row in rows if (found := parse_aftercare_occasion(row.occasion)) is not None]
    return frozenset((child, one.given_on, one.watch) for one in occasions for child in one.children)


def _question(work: Work, caregiver: Caregiver, group: Group) -> PlannedMessage:
    occasion, zone = group.occasion, group.facility.zone
    send_from, expires_at = told_between(
        occasion.watch, occasion.given_on, work.moment.now, zone, seed=f"{caregiver.id}:{occasion}"
    )
    return PlannedMessage(
        lane=Lane.VISIT,
        message=question(caregiver.id, group),
        occasion=str(occasion),
        send_from=send_from,
        expires_at=expires_at,
        caregiver=caregiver.id,
        subjects=occasion.children,
    )


def question(caregiver: CaregiverId, group: Group) -> OutgoingMessage:
    """What is usual and what is not, what to do in danger, and three answers."""
    occasion = group.occasion
    values = {"advice": Text(occasion.advice.key), "in_danger": in_danger(group.facility)}
    choices = three_answers(caregiver, occasion.children[0], occasion.given_on, occasion.watch)
    return OutgoingMessage(Text(f"after.{occasion.watch}", values), choices, names_child=True)


def three_answers(
    caregiver: CaregiverId, child: ChildId, given_on: date, watch: Watch
) -> tuple[tuple[Choice, ...], ...]:
    """All well, fever, something else: a button each."""
    return tuple((answer_choice(caregiver, child, given_on, (watch, answer)),) for answer in THREE_ANSWERS)


def answer_choice(
    caregiver: CaregiverId, child: ChildId, given_on: date, what: tuple[Watch, str], *, label: str = ""
) -> Choice:
    """One answer. The button says whose it is, and about whose doses of which day."""
    watch, answer = what
    payload = f"v1:after:{caregiver}:{child}:{given_on.isoformat()}:{watch}:{answer}"
    return Choice(Text(label or f"after.choice.{answer}"), payload)
