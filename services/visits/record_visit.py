"""One visit is recorded by itself, today: what is due is given. It can be taken back on the same day."""

from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.attendance import AttendanceSource, Outcome
from domain.identifiers import ActorId
from domain.session_closing import Mark, VisitRecord, Who, record_of, with_ran_out
from services.access import Permission, Refused, access_child, access_facility
from services.ports.attendances import Attendance
from services.ports.care import CareDone
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Turn
from services.visits.find_needs import place_of
from services.visits.find_visits import Subject
from services.visits.keep_doses import Teller, keep_doses
from services.visits.session.entries import accepted_by_group, is_record, who_came
from services.visits.session.expected import expect_one
from services.visits.session.marks import find_marks
from services.visits.settle import settle_children


@dataclass(frozen=True)
class VisitRecorded:
    """What is on record for today; without vaccines and care nothing was due."""

    subject: Subject
    facility: Facility
    on: date
    vaccines: tuple[str, ...]
    care: tuple[str, ...] = ()


async def record_visit(turn: Turn, who: Who, on: date) -> VisitRecorded:
    """Record what is due today. A second tap changes nothing and gives the same answer.

    A button of another day (`on`) records nothing: what is due today is not what stood on that day's list.
    """
    actor, subject, facility = await access_visitor(turn, who)
    today = turn.moment.today(facility.zone)
    if on != today:
        return VisitRecorded(subject, facility, today, ())
    await turn.uow.marks.hold(facility.id, today)
    if not await _is_on_record(turn, who, facility, today):
        record = await _record_now(turn, subject, facility)
        if record.vaccines or record.care:
            await _keep(turn, who, record, actor, facility)
    return VisitRecorded(subject, facility, today, *await _recorded_today(turn, who, today))


async def _is_on_record(turn: Turn, who: Who, facility: Facility, today: date) -> bool:
    """Whether the facility's word is that they came: what was not given then is not given by a second tap."""
    words = [one for one in await turn.uow.attendances.at_session(facility.id, today) if is_record(one)]
    return any(who_came(one) == who and one.outcome in (Outcome.CAME, Outcome.NO_VACCINE) for one in words)


async def _record_now(turn: Turn, subject: Subject, facility: Facility) -> VisitRecord:
    """Who is here came, whatever was said before; what is said of single vaccines stands."""
    today, place = turn.moment.today(facility.zone), await place_of(turn, facility)
    expected = await expect_one(turn, place, subject, today)
    marks = await find_marks(turn, facility.id, today)
    said = marks.about(expected.who)
    came = Mark(lacking=said.lacking, instead=said.instead)
    needs = with_ran_out(expected.needs, expected.ran_out, came, marks.instead_for_all)
    return record_of(needs, came, marks.instead_for_all, accepted_by_group(place))


async def _keep(turn: Turn, who: Who, record: VisitRecord, actor: ActorId, facility: Facility) -> None:
    uow, at, today = turn.uow, turn.moment.now, turn.moment.today(facility.zone)
    care = [
        CareDone(item, today, VaccinationSource.RECORD, child=who.child, pregnancy=who.pregnancy)
        for item in record.care
    ]
    await uow.care.note_done(care, at=at, actor=actor, facility=facility.id)
    if who.child is not None:
        doses = [Vaccination(who.child, vaccine, today, VaccinationSource.RECORD) for vaccine in record.vaccines]
        await keep_doses(turn, doses, Teller(actor=actor, facility=facility.id))
    await note_came(turn, who, facility, today, actor=actor, outcome=record.outcome)
    await uow.marks.drop(facility.id, today, who)
    details = {"doses": len(record.vaccines)}
    await uow.programme.audit("record_visit", at=at, actor=actor, subject=_subject(who), details=details)


async def note_came(
    turn: Turn, who: Who, facility: Facility, on: date, *, actor: ActorId, outcome: Outcome = Outcome.CAME
) -> None:
    """The facility's word that they came, where a session was held on that day."""
    if (await turn.uow.sessions.calendar(facility)).day(on) is None:
        return
    source = AttendanceSource.RECORD
    word = Attendance(facility.id, on, outcome, source, child=who.child, pregnancy=who.pregnancy, actor=actor)
    await turn.uow.attendances.note([word], turn.moment.now)


async def take_back_visit(turn: Turn, who: Who, on: date) -> VisitRecorded:
    """Withdraw what this facility recorded for one on a day; refused on any other day than that one."""
    actor, subject, facility = await access_visitor(turn, who)
    if on != turn.moment.today(facility.zone):
        raise Refused("take_back_visit", _subject(who))
    uow, at = turn.uow, turn.moment.now
    await uow.marks.hold(facility.id, on)
    word = Attendance(
        facility.id, on, Outcome.CAME, AttendanceSource.RECORD, child=who.child, pregnancy=who.pregnancy, actor=actor
    )
    await uow.attendances.take_back([word], at)
    if who.child is not None:
        await uow.visits.withdraw(who.child, on, facility=facility.id, at=at)
        await uow.care.withdraw_done(who.child, on, at)
        await settle_children(turn, [who.child])
    elif who.pregnancy is not None:
        await uow.care.withdraw_done_in_pregnancy(who.pregnancy, on, at)
    await uow.programme.audit("take_back_visit", at=at, actor=actor, subject=_subject(who))
    return VisitRecorded(subject, facility, on, ())


async def access_visitor(turn: Turn, who: Who) -> tuple[ActorId, Subject, Facility]:
    """A child or a pregnancy that a facility of the speaker looks after."""
    if who.child is not None:
        actor, child, facility = await access_child(turn.uow, turn.speaker, who.child, Permission.RECORD_VISITS)
        return actor.id, child, facility
    found = await turn.uow.lives.pregnancy(who.pregnancy) if who.pregnancy is not None else None
    if found is None:
        raise Refused(Permission.RECORD_VISITS, _subject(who))
    actor, facility = await access_facility(turn.uow, turn.speaker, found.facility, Permission.RECORD_VISITS)
    return actor.id, found, facility


async def _recorded_today(turn: Turn, who: Who, today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Vaccines and care that are on record as of today."""
    uow = turn.uow
    if who.child is not None:
        given = (await uow.visits.vaccinations_of([who.child]))[who.child]
        care = (await uow.care.done_for_children([who.child]))[who.child]
    elif who.pregnancy is not None:
        given, care = (), (await uow.care.done_in_pregnancies([who.pregnancy]))[who.pregnancy]
    here = (one for one in given if one.given_on == today and one.source is VaccinationSource.RECORD)
    return tuple(one.vaccine for one in here), tuple(sorted(item for item, on in care.items() if on == today))


def _subject(who: Who) -> str:
    return f"child:{who.child}" if who.child is not None else f"pregnancy:{who.pregnancy}"
