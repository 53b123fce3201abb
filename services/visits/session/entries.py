"""The visits of a session day, one by one: what is due, what is said of it so far, and what is on record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.attendance import AttendanceSource, Outcome
from domain.identifiers import FacilityId, PregnancyId
from domain.session_closing import UNMARKED, Mark, VisitRecord, Who, is_called_off, record_of, with_ran_out
from domain.visits import Needs
from services.ports.attendances import Attendance
from services.ports.visits import ON_RECORD
from services.turn import Work
from services.visits.find_needs import Place
from services.visits.find_visits import Subject
from services.visits.session.expected import Expected, find_expected, subjects_of, who_is
from services.visits.session.marks import SessionMarks, find_marks

NOTHING_DUE = Needs()
CAME = VisitRecord(Outcome.CAME)


@dataclass(frozen=True)
class Entry:
    """One visit of the list.

    `record` is what is on record already (`is_done`), or what goes there when the session is closed: by what is due
    (`needs`; `short_of`: due as well, and not there) and what is said of it (`mark`). `ran_out` are vaccines due that
    ran out on the day; `is_called_off`: nothing else was due, and nothing goes on record.
    """

    number: int
    subject: Subject
    needs: Needs = NOTHING_DUE
    short_of: tuple[str, ...] = ()
    mark: Mark = UNMARKED
    record: VisitRecord = CAME
    is_done: bool = False
    ran_out: tuple[str, ...] = ()
    is_called_off: bool = False
    phone: str | None = None

    @property
    def who(self) -> Who:
        """Whose visit it is."""
        return who_is(self.subject)


async def list_entries(work: Work, place: Place, on: date) -> tuple[Entry, ...]:
    """Everybody expected on a day, and everybody of whom something is on record: then nothing more goes there."""
    facility = place.facility.id
    subjects = {who_is(one): one for one in await subjects_of(work, facility, on)}
    done = await find_done(work, facility, on)
    expected = {one.who: one for one in await find_expected(work, place, tuple(subjects.values()), on)}
    marks, accepted = await find_marks(work, facility, on), accepted_by_group(place)
    entries = []
    for number, who in enumerate([who for who in subjects if who in expected or who in done], start=1):
        phone = await _phone(work, who.pregnancy)
        if who in done:
            entries.append(Entry(number, subjects[who], record=done[who], is_done=True, phone=phone))
            continue
        entries.append(replace(_to_come(number, expected[who], marks, accepted), phone=phone))
    return tuple(entries)


def _to_come(number: int, one: Expected, marks: SessionMarks, accepted: Mapping[str, frozenset[str]]) -> Entry:
    """A visit of which nothing is on record, by what is said of it."""
    mark = marks.about(one.who)
    needs = with_ran_out(one.needs, one.ran_out, mark, marks.instead_for_all)
    said = {dose.vaccine for dose in needs.doses}
    return Entry(
        number,
        one.subject,
        needs,
        short_of=tuple(code for code in one.short_of if code not in said),
        mark=mark,
        record=record_of(needs, mark, marks.instead_for_all, accepted),
        ran_out=tuple(dict.fromkeys(dose.vaccine for dose in one.ran_out)),
        is_called_off=is_called_off(one.needs, needs, mark),
    )


async def find_done(work: Work, facility: FacilityId, on: date) -> Mapping[Who, VisitRecord]:
    """Of whom something is on record on a day, and what: the facility's word, or doses that it gave."""
    uow = work.uow
    given = await uow.visits.recorded_on(facility, on)
    words = {who_came(one): one for one in await uow.attendances.at_session(facility, on) if is_record(one)}
    whom = {*words, *(Who(child=child) for child in given)}
    doses = await uow.visits.vaccinations_of([who.child for who in whom if who.child is not None])
    done = {}
    for who in whom:
        own = doses.get(who.child, ()) if who.child is not None else ()
        vaccines = tuple(dose.vaccine for dose in own if dose.given_on == on and dose.source in ON_RECORD)
        word = words.get(who)
        done[who] = VisitRecord(word.outcome if word else Outcome.CAME, word.why if word else None, vaccines)
    return done


def is_record(word: Attendance) -> bool:
    """Whether it is the facility's own word."""
    return word.source is AttendanceSource.RECORD


def who_came(word: Attendance) -> Who:
    """About whose visit a word is."""
    return Who(child=word.child) if word.child is not None else Who(pregnancy=word.pregnancy)


def accepted_by_group(place: Place) -> Mapping[str, frozenset[str]]:
    """By group of the country's schedule, the vaccines that count in it."""
    schedule = place.forecaster.schedule if place.forecaster else None
    return {group.key: group.vaccines for group in schedule.groups} if schedule else {}


async def _phone(work: Work, pregnancy: PregnancyId | None) -> str | None:
    """Mothers have no names with us: a telephone number tells two of them apart."""
    if pregnancy is None:
        return None
    expecting = await work.uow.lives.caregivers_expecting(pregnancy)
    return next((one.phone for one in expecting if one.phone), None)
