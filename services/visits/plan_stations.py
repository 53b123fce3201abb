"""Plan the reminders of a zone: some facilities at a time, everything about their families read at once.

Only who may have something due by a session of the next days is looked at. What is due is decided by the same rules as
everywhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from domain.area import Facility
from domain.birth_question import LONGEST_OVERDUE
from domain.care.plan import PREGNANCY
from domain.farewell import born_after
from domain.identifiers import CaregiverId, ChildId, FacilityId
from domain.people import Caregiver, Child, Pregnancy
from domain.sending.outbox import PlannedMessage
from domain.visits import FIRST_STEP, Needs
from services.portions import LongWork, portions
from services.turn import Work
from services.visits.find_needs import needs_in_pregnancy, needs_of_child, read_children
from services.visits.find_visits import (
    Answers,
    FacilityNow,
    Subject,
    has_left,
    look_at_all,
    together,
    visits_at,
)
from services.visits.plan_visits import plan_reminders
from services.visits.zone_now import ZoneNow

AHEAD = timedelta(days=FIRST_STEP)
AT_ONCE = 250
"""How many children one transaction is about, as a rule: to judge one takes a millisecond."""


async def plan_stations(planning: LongWork, zone: str, here: ZoneNow) -> int:
    """Some facilities a transaction; gives how many rows were new.

    `here` says only which facilities hold sessions in the next days: each is looked at anew.
    """
    today = planning.moment.today(zone)
    open_ = {facility.id: facility for facility, _days in here.sessions(today, today + AHEAD)}
    if not open_:
        return 0
    async with planning.units.look() as uow:
        due = await uow.forecasts.children_due(list(open_), today + AHEAD)

    async def plan_some(work: Work, some: Sequence[FacilityId]) -> int:
        return await _plan(work, [open_[number] for number in some], [child for one in some for child in due[one]])

    weighed = ((number, 1 + len(children)) for number, children in due.items())
    return await planning.each(portions(weighed, AT_ONCE), plan_some)


async def _plan(work: Work, facilities: Sequence[Facility], due: Sequence[ChildId]) -> int:
    today = work.moment.today(facilities[0].zone)
    caregivers, subjects = await _concerned(work, [one.id for one in facilities], due, today)
    if not caregivers:
        return 0
    here = await look_at_all(work, facilities, today)
    needs = await _needs(work, here, [one for of_her in subjects.values() for one in of_her], today)
    answers = await work.uow.visits.answers_of_all(list(caregivers))
    planned = [
        row
        for number, caregiver in caregivers.items()
        for row in _reminders(work, caregiver, _by_place(here, subjects[number], needs), answers[number])
    ]
    return await work.uow.outbox.plan(planned, work.moment.now)


async def _concerned(
    work: Work, facilities: Sequence[FacilityId], due: Sequence[ChildId], today: date
) -> tuple[Mapping[CaregiverId, Caregiver], Mapping[CaregiverId, Sequence[Subject]]]:
    programme = work.uow.programme
    caregivers: dict[CaregiverId, Caregiver] = {}
    subjects: defaultdict[CaregiverId, list[Subject]] = defaultdict(list)
    for one in await programme.caregivers_of_due(due, facilities, born_after=born_after(today), by=today + AHEAD):
        caregivers[one.caregiver.id] = one.caregiver
        subjects[one.caregiver.id] += one.children
    overdue = today - LONGEST_OVERDUE
    for mother in await programme.awaiting_at(facilities, due_from=overdue, due_to=today + PREGNANCY):
        caregivers[mother.caregiver.id] = mother.caregiver
        subjects[mother.caregiver.id].append(mother.pregnancy)
    return caregivers, subjects


async def _needs(
    work: Work, here: Mapping[FacilityId, FacilityNow], subjects: Iterable[Subject], today: date
) -> Mapping[Subject, Needs]:
    """What each of them needs; who is cared for by two is judged once."""
    every = list(dict.fromkeys(subjects))
    children = [one for one in every if isinstance(one, Child)]
    awaited = [one for one in every if isinstance(one, Pregnancy)]
    needs: dict[Subject, Needs] = {}
    if children:
        records = await read_children(work, children, today)
        needs |= {one: needs_of_child(work, here[one.facility].place, one, records) for one in children}
    if awaited:
        done = await work.uow.care.done_in_pregnancies([one.id for one in awaited])
        needs |= {one: needs_in_pregnancy(work, here[one.facility].place, one, done[one.id]) for one in awaited}
    return needs


def _by_place(
    here: Mapping[FacilityId, FacilityNow], subjects: Sequence[Subject], needs: Mapping[Subject, Needs]
) -> Iterator[tuple[FacilityNow, list[tuple[Subject, Needs]]]]:
    for number in dict.fromkeys(one.facility for one in subjects):
        yield here[number], [(one, needs[one]) for one in subjects if one.facility == number]


def _reminders(
    work: Work,
    caregiver: Caregiver,
    places: Iterable[tuple[FacilityNow, list[tuple[Subject, Needs]]]],
    answers: Answers,
) -> Iterator[PlannedMessage]:
    for here, needing in places:
        facility = here.place.facility
        if not has_left(answers, facility.id, work.moment.today(facility.zone)):
            yield from plan_reminders(caregiver, together(visits_at(work, here, needing, answers)), work.moment)
