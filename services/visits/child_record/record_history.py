"""What a child has had before she came to us: asked after enrolment or later, kept as the card or the family says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.doses_had import ExpectedDose, expected_doses, guessed_days, still_unknown
from domain.forms.doses_had import DOSES_HAD, How, ToldFrom, given_answers, told_doses, told_twice, written_days
from domain.forms.form import Answers, Problem, next_question
from domain.identifiers import CaregiverId, ChildId, FamilyId
from domain.people import Child
from domain.vaccination.engine import Case
from services.access import Permission, Refused, access_caregiver, access_child, access_family
from services.forms.answer_form import Asking, begin_form, correct_answer, find_draft, resume_form
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Turn
from services.visits.find_needs import Place, assess_children, place_of
from services.visits.keep_doses import Teller, keep_doses

SOURCES = {ToldFrom.CARD: VaccinationSource.CARD, ToldFrom.HEART: VaccinationSource.REPORTED}


@dataclass(frozen=True)
class NothingToAsk:
    """Every dose that the child could have had is written down already, or she is too young for any."""

    child: Child


@dataclass(frozen=True)
class HistoryKept:
    """What was kept; `more` are other children of the family."""

    child: Child
    doses: tuple[Vaccination, ...]
    card_missing: bool
    more: tuple[Child, ...]


async def children_to_ask(turn: Turn, family: FamilyId) -> tuple[Child, ...]:
    """The children of a family in the actor's places."""
    await access_family(turn.uow, turn.speaker, family, Permission.ENROL)
    return tuple(child for child in await turn.uow.lives.children_in(family) if child.ended_as is None)


async def children_just_enrolled(turn: Turn, caregiver: CaregiverId) -> tuple[Child, ...]:
    """The same by a caregiver, as the page after an enrolment knows her."""
    _actor, found = await access_caregiver(turn.uow, turn.speaker, caregiver, Permission.ENROL)
    return await children_to_ask(turn, found.family)


async def begin_history(turn: Turn, child: ChildId) -> Asking | NothingToAsk:
    """The first question about a child, or the one at which she stopped."""
    found, facility = await _access(turn, child)
    draft = await find_draft(turn, DOSES_HAD.name)
    if draft is not None and draft.about == child:
        asking = await resume_form(turn, DOSES_HAD.name)
        if asking is not None:
            return asking
    place = await place_of(turn, facility)
    expected = await _unknown_doses(turn, place, found)
    if not expected:
        return NothingToAsk(found)
    written = _days(await _given(turn, child))
    answers = given_answers(expected, written, child=found.name, born_on=found.birth_date, zone=facility.zone)
    return await begin_form(turn, DOSES_HAD, about=int(child), answers=answers)


async def save_history(turn: Turn) -> HistoryKept | Asking | None:
    """Keep what the complete draft says; None when there is none. A day told twice is asked again."""
    draft = await find_draft(turn, DOSES_HAD.name)
    if draft is None or draft.about is None or next_question(DOSES_HAD, draft.answers) is not None:
        return None
    child, facility = await _access(turn, ChildId(draft.about))
    twice = told_twice(draft.answers)
    if twice is not None:
        return await _asked_again(turn, twice)
    doses = _told(child, draft.answers)
    actor = turn.speaker.actor
    if doses:
        await keep_doses(turn, doses, Teller(actor=actor.id if actor else None, facility=facility.id))
    card_missing = draft.answers.get("how") == How.NO_CARD
    if card_missing:
        await turn.uow.visits.note_card_missing(child.id, turn.moment.now)
    await turn.uow.drafts.drop(turn.speaker.address.id, DOSES_HAD.name)
    await _note(turn, child, len(doses))
    more = tuple(one for one in await children_to_ask(turn, child.family) if one.id != child.id)
    return HistoryKept(child, doses, card_missing, more)


async def _access(turn: Turn, child: ChildId) -> tuple[Child, Facility]:
    _actor, found, facility = await access_child(turn.uow, turn.speaker, child, Permission.ENROL)
    if found.ended_as is not None:
        raise Refused("doses_had", f"child:{child}")
    return found, facility


async def _unknown_doses(turn: Turn, place: Place, child: Child) -> tuple[ExpectedDose, ...]:
    if place.forecaster is None:
        return ()
    forecaster, province = place.forecaster, place.facility.commune.province.code

    def gates_on(day: date) -> frozenset[str]:
        return place.rules.open_gates(forecaster.default_gates(province, day), day)

    case = Case(child.birth_date, child.sex, turn.moment.today(place.facility.zone), ())
    assessment = (await assess_children(turn, place, [child]))[child.id]
    return still_unknown(expected_doses(forecaster.schedule, case, gates_on), assessment.evaluations)


async def _given(turn: Turn, child: ChildId) -> Sequence[Vaccination]:
    return (await turn.uow.visits.vaccinations_of([child]))[child]


def _days(given: Sequence[Vaccination]) -> Mapping[str, frozenset[date]]:
    vaccines = {dose.vaccine for dose in given}
    return {code: frozenset(dose.given_on for dose in given if dose.vaccine == code) for code in vaccines}


def _told(child: Child, answers: Answers) -> tuple[Vaccination, ...]:
    told = told_doses(answers)
    if not told:
        return ()
    source = SOURCES[ToldFrom(answers.get("told_from") or ToldFrom.HEART)]
    days = guessed_days(told, written_days(answers))
    return tuple(
        Vaccination(child.id, dose.vaccine, day, source, date_known=dose.given_on is not None)
        for dose, day in zip(told, days, strict=True)
    )


async def _asked_again(turn: Turn, question: str) -> Asking | None:
    asking = await correct_answer(turn, DOSES_HAD.name, question)
    if asking is None:
        return None
    return Asking(asking.form, asking.draft, asking.question, asking.options, Problem("problem.dose_day.twice"))


async def _note(turn: Turn, child: Child, doses: int) -> None:
    actor = turn.speaker.actor
    await turn.uow.programme.audit(
        "record_history",
        at=turn.moment.now,
        actor=actor.id if actor else None,
        subject=f"child:{child.id}",
        details={"doses": doses},
    )
