"""What one caregiver should have received: each audited day walked through, by the child's age and the session days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.area import Facility
from domain.auditing.finding import AuditedChild, AuditedDays, AuditedFile, Fault, Finding, Suspicion
from domain.farewell import is_six
from domain.identifiers import FacilityId
from domain.journey import Standing, Step
from domain.people import Child
from domain.sending.hours import start_of_day
from domain.sending.outbox import OutboxState
from domain.visit_occasion import VisitOccasion
from domain.visits import FIRST_STEP, MORNING_STEP, visit_steps

LONGEST_STEP = timedelta(days=FIRST_STEP)


def steps_by_age(steps: Iterable[Step]) -> Mapping[int, Sequence[Step]]:
    """The steps that begin on each day of life."""
    ages: defaultdict[int, list[Step]] = defaultdict(list)
    for step in steps:
        ages[step.from_day].append(step)
    return dict(ages)


def listened_on(file: AuditedFile, day: date) -> bool:
    """Whether planning had to think of her on that day: she had joined, and neither stopped nor has contact ended."""
    caregiver = file.caregiver
    if caregiver.joined_on is None or caregiver.joined_on >= day or caregiver.ended_as is not None:
        return False
    return caregiver.stopped_at is None or file.day_of(caregiver.stopped_at) > day


def missing_tips(file: AuditedFile, days: AuditedDays, ages: Mapping[int, Sequence[Step]]) -> Iterator[Suspicion]:
    """Every step that began on one of these days and was hers, and is neither planned, said nor closed with a reason.

    A step whose window is still open needs no history: planning adds it whatever she chose before.
    """
    kept = {(row.key, row.occasion) for row in file.rows if row.state is not OutboxState.CLOSED or row.is_explained}
    for born_on, born in _births(file).items():
        occasions = tuple(f"child:{child.id}" for child in born)
        for day in days.each:
            for step in _beginning(file, born, born_on, day, ages):
                if not any((step.key, occasion) in kept for occasion in occasions):
                    is_open = days.last < step.ends_on(born_on) - timedelta(days=1)
                    finding = Finding(Fault.MISSED, file.caregiver.id, step.key, occasions[0], day)
                    yield Suspicion(finding, None if is_open else start_of_day(day, file.zone), occasions)


def _births(file: AuditedFile) -> Mapping[date, Sequence[Child]]:
    """Her children by the day of their birth, those of whom we do not speak any more too."""
    births: defaultdict[date, list[Child]] = defaultdict(list)
    for one in sorted(file.children, key=lambda one: one.child.id):
        births[one.child.birth_date].append(one.child)
    return births


def _beginning(
    file: AuditedFile, born: Sequence[Child], born_on: date, day: date, ages: Mapping[int, Sequence[Step]]
) -> Iterator[Step]:
    living = [child for child in born if child.ended_as is None]
    if not living or not listened_on(file, day):
        return
    tracks = frozenset(track for child in living for track in child.tracks)
    standing = Standing(born_on, day, file.caregiver.role, tracks, file.zone)
    for step in ages.get((day - born_on).days, ()):
        if step.tier <= file.caregiver.amount and standing.is_for(step):
            yield step


@dataclass(frozen=True)
class Sessions:
    """A facility, and all its session days of the audited days and a week on."""

    facility: Facility
    days: frozenset[date]

    def between(self, first: date, before: date) -> bool:
        """Whether one is held from a day on, before another."""
        return any(first <= day < before for day in self.days)


@dataclass(frozen=True)
class MissingReminder:
    """A reminder of a session that was to be spoken of on a day, and of which nothing is kept.

    It counts when something was really due to the child on that session: that is for the vaccination engine to say.
    """

    caregiver: AuditedFile
    child: Child
    sessions: Sessions
    visit_on: date
    step: int

    @property
    def day(self) -> date:
        """The day on which it was to go."""
        return self.visit_on - timedelta(days=self.step)

    @property
    def finding(self) -> Finding:
        """What it is if it counts."""
        key = "visit.reminder.7" if self.step == FIRST_STEP else "visit.reminder.1"
        occasion = str(VisitOccasion(self.sessions.facility.id, self.visit_on, self.step))
        return Finding(Fault.MISSED, self.caregiver.caregiver.id, key, occasion, self.day)


def missing_reminders(
    file: AuditedFile, days: AuditedDays, places: Mapping[FacilityId, Sessions]
) -> Iterator[MissingReminder]:
    """Each session that was so many days ahead on an audited day, for a child to whom the index said: due by then.

    Where a session lay between, or the index was computed since, we do not know enough to say so.
    """
    kept = {row.occasion for row in file.rows if row.state is not OutboxState.CLOSED or row.is_explained}
    for one in file.children:
        sessions = places.get(one.child.facility)
        if sessions is None or one.due_on is None or one.child.ended_as is not None:
            continue
        for day in days.each:
            for step in visit_steps(sessions.facility.settings):
                missing = MissingReminder(file, one.child, sessions, day + timedelta(days=step), step)
                if step != MORNING_STEP and _was_to_go(missing, one) and missing.finding.occasion not in kept:
                    yield missing


def _was_to_go(missing: MissingReminder, one: AuditedChild) -> bool:
    file, day, on = missing.caregiver, missing.day, missing.visit_on
    if one.due_on is None or one.known_at is None or on not in missing.sessions.days:
        return False
    due = one.due_on <= on and one.known_at < start_of_day(day, file.zone) and not is_six(one.child.birth_date, day)
    return due and listened_on(file, day) and not missing.sessions.between(day, on)
