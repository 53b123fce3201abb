"""A caregiver answers a reminder: we'll come, can't come that day, already vaccinated, we moved away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.area import Facility
from domain.identifiers import CaregiverId, FacilityId
from domain.moment import local_day
from domain.people import Caregiver, Child, Pregnancy
from domain.tasks import TaskKind
from domain.visits import Needs
from services.access import Refused, access_own
from services.ports.care import CareDone
from services.ports.tasks import NewTask
from services.ports.visits import ON_RECORD, HistoryRow, Vaccination, VaccinationSource, VisitAnswer, Withdrawal
from services.turn import Turn
from services.visits.find_needs import EVERYBODY, find_child_needs, find_pregnancy_needs, place_of
from services.visits.find_visits import FamilyVisit, Subject, find_family_visits, open_from
from services.visits.keep_doses import Teller, keep_doses
from services.visits.tell_urgent import tell_urgent_about

Concerned = Sequence[tuple[Subject, Needs]]
WITHDRAWING = frozenset({VisitAnswer.COMING, VisitAnswer.CANNOT})
"""Who says so about a visit takes back that all was done already."""


class Stands(StrEnum):
    """What became of an answer: it is kept, or there is nothing left that it could be about."""

    KEPT = "kept"
    PAST = "past"
    NO_SESSION = "no_session"
    NOTHING_DUE = "nothing_due"


@dataclass(frozen=True)
class ReminderAnswered:
    """What was understood; for *can't come* the day on which they are expected instead.

    Where the answer is not `kept`, `next_visit` is what comes now.
    """

    caregiver: CaregiverId
    answer: VisitAnswer
    facility: Facility
    on: date
    stands: Stands = Stands.KEPT
    concerned: Concerned = ()
    instead: date | None = None
    next_visit: FamilyVisit | None = None

    @property
    def children(self) -> tuple[Child, ...]:
        """The children whom it concerns."""
        return tuple(subject for subject, _needs in self.concerned if isinstance(subject, Child))

    @property
    def has_doses(self) -> bool:
        """Whether a child was to get a vaccine."""
        return any(needs.doses for _subject, needs in self.concerned)


async def answer_reminder(
    turn: Turn, whose: CaregiverId, facility: FacilityId, on: date, answer: VisitAnswer
) -> ReminderAnswered:
    """Keep her answer. The same tap twice gives the same answer; her word on what was done is kept as *reported*.

    A button may be tapped long after its day, and after another one: what counts is what was still due on that day.
    Who says that she comes, or cannot, to a session that is over, cancelled or needless is told so.
    """
    caregiver, place = await access_visit(turn, whose, facility)
    answered = ReminderAnswered(caregiver.id, answer, place, on)
    if answer in WITHDRAWING and on >= await open_from(turn, place):
        await _take_back_report(turn, caregiver, place, on)
    concerned = await concerned_on(turn, caregiver, place, on)
    stands = await how_it_stands(turn, place, on, concerned) if answer in WITHDRAWING else Stands.KEPT
    if stands is not Stands.KEPT:
        return ReminderAnswered(
            caregiver.id, answer, place, on, stands, concerned, next_visit=await next_of(turn, caregiver)
        )
    await _keep(turn, caregiver, answered)
    instead = await _instead(turn, caregiver, place, concerned) if answer is VisitAnswer.CANNOT else None
    return ReminderAnswered(caregiver.id, answer, place, on, concerned=concerned, instead=instead)


async def ask_again(turn: Turn, whose: CaregiverId, facility: FacilityId, on: date) -> ReminderAnswered:
    """Whom and what the question was about, for one who wants to change her answer."""
    caregiver, place = await access_visit(turn, whose, facility)
    concerned = await concerned_on(turn, caregiver, place, on)
    return ReminderAnswered(caregiver.id, VisitAnswer.COMING, place, on, concerned=concerned)


async def access_visit(turn: Turn, whose: CaregiverId, facility: FacilityId) -> tuple[Caregiver, Facility]:
    """One of those who speak from this chat, and a facility that cares for a child of hers or awaits a birth."""
    caregiver = access_own(turn.speaker, whose)
    families = turn.uow.families
    places = {one.facility for one in await families.children_of(caregiver.id)}
    places |= {one.facility for one in await families.pregnancies_of(caregiver.id)}
    place = await turn.uow.area.facility(facility)
    if place is None or facility not in places:
        raise Refused("answer_reminder", f"facility:{facility}")
    return caregiver, place


async def concerned_on(
    turn: Turn,
    caregiver: Caregiver,
    place: Facility,
    on: date,
    believed: frozenset[VaccinationSource] = ON_RECORD,
) -> Concerned:
    """Who of hers at this facility lacks something on that day, by the sources that are believed."""
    families = turn.uow.families
    children = [one for one in await families.children_of(caregiver.id) if one.facility == place.id]
    awaited = [one for one in await families.pregnancies_of(caregiver.id) if one.facility == place.id]
    here = await place_of(turn, place)
    needs = await find_child_needs(turn, here, children, believed=believed)
    mothers = await find_pregnancy_needs(turn, here, awaited)
    all_of: list[tuple[Subject, Needs]] = [(child, needs[child.id].due(on)) for child in children]
    all_of += [(one, mothers[one.id].due(on)) for one in awaited]
    return tuple((subject, due) for subject, due in all_of if due)


async def how_it_stands(turn: Turn, place: Facility, on: date, concerned: Concerned) -> Stands:
    """Whether that session is still to come, and of use."""
    if on < await open_from(turn, place):
        return Stands.PAST
    if (await turn.uow.sessions.calendar(place)).day(on) is None:
        return Stands.NO_SESSION
    return Stands.KEPT if concerned else Stands.NOTHING_DUE


async def next_of(turn: Turn, caregiver: Caregiver) -> FamilyVisit | None:
    """The next visit of hers, wherever."""
    return next(iter(await _visits(turn, caregiver)), None)


async def _visits(turn: Turn, caregiver: Caregiver) -> tuple[FamilyVisit, ...]:
    families = turn.uow.families
    children, awaited = await families.children_of(caregiver.id), await families.pregnancies_of(caregiver.id)
    return await find_family_visits(turn, caregiver.id, children, awaited)


async def _keep(turn: Turn, caregiver: Caregiver, answered: ReminderAnswered) -> None:
    place, on, answer = answered.facility, answered.on, answered.answer
    earlier = (await turn.uow.visits.answers_of(caregiver.id)).get((place.id, on))
    if answer is VisitAnswer.VACCINATED:
        await _report(turn, caregiver, place, on)
    # The instant of such a word tells what was reported with it: a second tap leaves it.
    if answer is not VisitAnswer.VACCINATED or earlier is not answer:
        await turn.uow.visits.answer(caregiver.id, place.id, on, answer, turn.moment.now)
    if answer is VisitAnswer.MOVED:
        await _have_called(turn, caregiver, place, on)
    else:
        await turn.uow.tasks.drop_occasion(moved_occasion(caregiver.id, place.id, on), turn.moment.now)


def moved_occasion(caregiver: CaregiverId, facility: FacilityId, on: date) -> str:
    """The call that asks a family where it lives now."""
    return f"moved:{caregiver}:{facility}:{on.isoformat()}"


async def _have_called(turn: Turn, caregiver: Caregiver, place: Facility, on: date) -> None:
    task = NewTask(
        TaskKind.CALL,
        moved_occasion(caregiver.id, place.id, on),
        caregiver.family,
        due_on=turn.moment.today(place.zone),
        caregiver=caregiver.id,
    )
    if not await turn.uow.tasks.add(task, at=turn.moment.now):
        await turn.uow.tasks.open_again(task)


async def _instead(turn: Turn, caregiver: Caregiver, place: Facility, concerned: Concerned) -> date | None:
    """The day on which they are expected now; where that is too late for a dose, a person is told at once."""
    await tell_urgent_about(turn, [one for one, _needs in concerned if isinstance(one, Child)])
    ours = {subject for subject, _needs in concerned}
    visits = [one for one in await _visits(turn, caregiver) if one.facility.id == place.id]
    days = (one.on for one in visits if any(subject in ours for subject, _needs in one.subjects))
    return next(days, None)


async def _report(turn: Turn, caregiver: Caregiver, place: Facility, on: date) -> None:
    given_on = min(turn.moment.today(place.zone), on)
    lacking = await concerned_on(turn, caregiver, place, on, EVERYBODY)
    doses = [
        Vaccination(subject.id, dose.vaccine, given_on, VaccinationSource.REPORTED)
        for subject, needs in lacking
        if isinstance(subject, Child)
        for dose in needs.doses
    ]
    done = [_done(subject, item.key, given_on) for subject, needs in lacking for item in needs.care]
    await turn.uow.care.note_done(done, at=turn.moment.now, caregiver=caregiver.id)
    await keep_doses(turn, doses, Teller(caregiver=caregiver.id))


def _done(subject: Subject, item: str, on: date) -> CareDone:
    if isinstance(subject, Pregnancy):
        return CareDone(item, on, VaccinationSource.REPORTED, pregnancy=subject.id)
    return CareDone(item, on, VaccinationSource.REPORTED, child=subject.id)


async def _take_back_report(turn: Turn, caregiver: Caregiver, place: Facility, on: date) -> None:
    """She said that all was done, and says now that it is not: what she told then no longer stands."""
    answers = await turn.uow.visits.answers_of(caregiver.id)
    told_at = await turn.uow.visits.answered_at(caregiver.id, place.id, on)
    if answers.get((place.id, on)) is not VisitAnswer.VACCINATED or told_at is None:
        return
    now = turn.moment.now
    for child in await turn.uow.families.children_of(caregiver.id):
        for row in await turn.uow.visits.history_of(child.id):
            if child.facility == place.id and _was_told(row, told_at, on, place.zone):
                await turn.uow.visits.withdraw_row(row.id, why=Withdrawal.MISTAKE, by=None, at=now)
    await turn.uow.care.withdraw_told(caregiver.id, told_at, now)


def _was_told(row: HistoryRow, told_at: datetime, on: date, zone: str) -> bool:
    dose = row.vaccination
    told = dose.source is VaccinationSource.REPORTED and row.withdrawn_at is None and row.recorded_at >= told_at
    return told and dose.given_on == min(local_day(row.recorded_at, zone), on)
