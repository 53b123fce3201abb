"""Whether a reminder of which nothing is kept was really due: the engine says so, and nothing else explains it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from domain.auditing.expected import MissingReminder
from domain.auditing.finding import Finding
from domain.identifiers import CaregiverId, ChildId, FacilityId
from domain.sending.hours import start_of_day
from domain.session_calendar import SessionCalendar
from domain.visits import Needs, next_visit
from services.ports.visits import VisitAnswer
from services.turn import Work
from services.visits.find_needs import find_child_needs, place_of


async def confirm_reminders(work: Work, missing: Sequence[MissingReminder]) -> Sequence[Finding]:
    """Those that count, each once: siblings share a reminder."""
    if not missing:
        return ()
    by_place: defaultdict[FacilityId, list[MissingReminder]] = defaultdict(list)
    for one in missing:
        by_place[one.sessions.facility.id].append(one)
    answers = await work.uow.visits.answers_about(sorted({one.child.id for one in missing}))
    changed_at = await work.uow.auditing.changed_at([one.caregiver for one in missing])
    unspoken = [one for one in missing if not _is_answered(one, answers[one.child.id])]
    due = {number: await _due_at(work, number, by_place[number]) for number in by_place}
    found = [
        one.finding for one in unspoken if one in due[one.sessions.facility.id] and not _has_changed(one, changed_at)
    ]
    return tuple(dict.fromkeys(found))


def _is_answered(missing: MissingReminder, answers: Sequence[tuple[FacilityId, date, VisitAnswer]]) -> bool:
    """Who answered about this session, or said that they moved away, is not reminded of it."""
    here = [(on, answer) for place, on, answer in answers if place == missing.sessions.facility.id]
    return any(on == missing.visit_on or answer is VisitAnswer.MOVED for on, answer in here)


def _has_changed(missing: MissingReminder, changed_at: Mapping[CaregiverId, datetime]) -> bool:
    """Whether she chose otherwise, moved, or was paused since: we do not know what held on that day."""
    changed = changed_at.get(missing.caregiver.caregiver.id)
    return changed is not None and changed >= start_of_day(missing.day, missing.caregiver.zone)


async def _due_at(work: Work, number: FacilityId, missing: Sequence[MissingReminder]) -> Sequence[MissingReminder]:
    facility = missing[0].sessions.facility
    children = {one.child.id: one.child for one in missing}
    needs: Mapping[ChildId, Needs] = await find_child_needs(
        work, await place_of(work, facility), list(children.values())
    )
    calendar = await work.uow.sessions.calendar(facility)
    since = start_of_day(min(one.day for one in missing), facility.zone)
    if await work.uow.auditing.sessions_changed(number, since):
        return ()
    return [one for one in missing if _is_due(one, needs[one.child.id], calendar)]


def _is_due(missing: MissingReminder, needs: Needs, calendar: SessionCalendar) -> bool:
    """Whether this session is the first, from that day on, on which something is due to the child."""
    visit = next_visit(needs, calendar, missing.day)
    return visit is not None and visit.on == missing.visit_on
