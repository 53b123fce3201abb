"""What was sent to one caregiver, held against the rules: hours, days, language, caps, and nothing said twice."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.auditing.finding import WEEK, AuditedDays, AuditedFile, AuditedRow, Fault, Suspicion
from domain.farewell import is_farewell
from domain.journey import Step
from domain.sending.hours import start_of_day
from domain.sending.outbox import Lane, OutboxState
from domain.visit_occasion import parse_visit_occasion

FAMILY_HOURS = {Lane.VISIT: (time(5, 30), time(21)), Lane.TIP: (time(8), time(20)), Lane.CAMPAIGN: (time(8), time(20))}
"""Written down a second time on purpose: an audit that took them from the sender would agree with any hours of his."""
CAP, FIRST_WEEKS_CAP, FIRST_WEEKS = 4, 6, timedelta(days=28)
"""Source of these three: DESIGN 3.4."""
LATE_AFTER = timedelta(hours=2)
"""What goes so long after its instant is late. 100,000 families at one hour take 55 minutes."""
ON_ITS_WAY = timedelta(minutes=10)
"""What left within its hours may be noted a little later."""
TOLD = frozenset({Lane.VISIT, Lane.TIP})
CAPPED = frozenset({Lane.TIP, Lane.CAMPAIGN})

WrittenIn = Callable[[str, str], str]
"""In which language a reader of one gets the text of a key."""


@dataclass(frozen=True)
class Rules:
    """By what an audit judges: the steps of the journey by key, and the languages of texts."""

    steps: Mapping[str, Step]
    written_in: WrittenIn


def judge_sent(file: AuditedFile, days: AuditedDays, rules: Rules, now: datetime) -> tuple[Suspicion, ...]:
    """Every fault of what went to her on these days, and of what should have gone and still waits."""
    went = [row for row in file.rows if row.went_at is not None and file.day_of(row.went_at) in days]
    found: list[Suspicion] = []
    for row in went:
        found += _of_hours(file, row)
        found += _of_day(file, row, days, rules)
        found += _of_language(file, row, rules)
    found += _doubles(file, went, rules)
    found += _over_caps(file, went)
    found += _waiting(file, days, now)
    return tuple(found)


def _of_hours(file: AuditedFile, row: AuditedRow) -> Iterator[Suspicion]:
    if row.sent_at is None or row.lane not in FAMILY_HOURS:
        return
    opens, closes = FAMILY_HOURS[row.lane]
    local = row.sent_at.astimezone(ZoneInfo(file.zone))
    left = local - ON_ITS_WAY
    if local.time() < opens or (left.time() >= closes and left.date() == local.date()):
        yield Suspicion(file.finding(Fault.AT_NIGHT, row, local.date()))


def _of_day(file: AuditedFile, row: AuditedRow, days: AuditedDays, rules: Rules) -> Iterator[Suspicion]:
    if row.sent_at is None or row.lane not in TOLD:
        return
    on, begins = file.day_of(row.sent_at), begins_on(file, row, rules.steps)
    if row.sent_at < row.send_from:
        yield Suspicion(file.finding(Fault.EARLY, row, on))
    elif begins is not None and on < begins:
        yield Suspicion(file.finding(Fault.EARLY, row, on), since=row.planned_at)
    elif row.sent_at >= row.expires_at + ON_ITS_WAY:
        yield Suspicion(file.finding(Fault.LATE, row, on))
    elif row.sent_at > row.ready_at + LATE_AFTER:
        yield Suspicion(file.finding(Fault.LATE, row, on), since=row.ready_at)
    elif row.lane is Lane.TIP and begins is not None and _could_have_gone(file, row, max(begins, days.first)):
        yield Suspicion(file.finding(Fault.LATE, row, on), since=start_of_day(begins, file.zone))


def begins_on(file: AuditedFile, row: AuditedRow, steps: Mapping[str, Step]) -> date | None:
    """The first day on which it may be said: by the child's age, or by the day of the visit; None: no such rule."""
    visit = parse_visit_occasion(row.occasion)
    if visit is not None:
        return visit.on - timedelta(days=visit.step)
    if row.key not in steps:
        return None
    born = [one.child.birth_date for one in file.children if one.child.id in row.subjects]
    return steps[row.key].starts_on(min(born)) if born else None


def _could_have_gone(file: AuditedFile, row: AuditedRow, first: date) -> bool:
    """Whether a day before the one on which it went had room for it though it was planned in time.

    Of the days before the audited ones we do not know the week.
    """
    days = (first + timedelta(days=n) for n in range((_day(file, row) - first).days))
    return any(_had_room(file, row, day) for day in days)


def _had_room(file: AuditedFile, row: AuditedRow, day: date) -> bool:
    her_hour = start_of_day(day, file.zone) + timedelta(hours=file.caregiver.tip_hour)
    others = [one for one in file.rows if one is not row]
    said = [one for one in others if one.went_at is not None and file.day_of(one.went_at) == day]
    visits = [one for one in others if one.lane is Lane.VISIT and file.day_of(one.send_from) == day]
    in_time = row.planned_at <= her_hour and row.state is OutboxState.SENT
    return in_time and not said and not visits and _this_week(file, others, day) < _cap(file, day)


def _of_language(file: AuditedFile, row: AuditedRow, rules: Rules) -> Iterator[Suspicion]:
    if row.sent_at is None or row.language is None or row.lane not in TOLD:
        return
    if row.language != rules.written_in(row.key, file.caregiver.language):
        on = file.day_of(row.sent_at)
        yield Suspicion(file.finding(Fault.WRONG_LANGUAGE, row, on), since=row.sent_at)


def _doubles(file: AuditedFile, went: Sequence[AuditedRow], rules: Rules) -> Iterator[Suspicion]:
    earlier: list[AuditedRow] = [*file.said_before, *(row for row in file.rows if row.went_at is not None)]
    for row in went:
        if any(_is_before(other, row) and _says_the_same(file, other, row, rules) for other in earlier):
            yield Suspicion(file.finding(Fault.DOUBLE, row, _day(file, row)))


def _says_the_same(file: AuditedFile, one: AuditedRow, other: AuditedRow, rules: Rules) -> bool:
    """One text about one child or birth: of a tip and a farewell ever, of a reminder within a day."""
    if one.key != other.key or one.occasion == other.occasion or not _births(file, one) & _births(file, other):
        return False
    if other.key in rules.steps or is_farewell(other.occasion):
        return True
    return parse_visit_occasion(other.occasion) is not None and _day(file, one) == _day(file, other)


def _births(file: AuditedFile, row: AuditedRow) -> frozenset[date | int]:
    """The births it speaks of: twins share one; a child that is hers no more stands for itself."""
    born = {one.child.id: one.child.birth_date for one in file.children}
    return frozenset(born.get(child, int(child)) for child in row.subjects)


def _over_caps(file: AuditedFile, went: Iterable[AuditedRow]) -> Iterator[Suspicion]:
    said = [row for row in file.rows if row.went_at is not None and row.lane in FAMILY_HOURS]
    for row in went:
        if row.lane not in CAPPED:
            continue
        before = [other for other in said if _is_before(other, row)]
        on = _day(file, row)
        today = any(_day(file, other) == on for other in before)  # a tip, or a visit that takes its place
        if today or _this_week(file, before, on) >= _cap(file, on):
            yield Suspicion(file.finding(Fault.OVER_CAP, row, on))


def _waiting(file: AuditedFile, days: AuditedDays, now: datetime) -> Iterator[Suspicion]:
    """What is still planned though its instant passed: late, and missed once it is of no use."""
    for row in file.rows:
        on = file.day_of(row.send_from)
        is_open = row.state in (OutboxState.PLANNED, OutboxState.SENDING)
        if row.lane in TOLD and is_open and on in days and row.ready_at + LATE_AFTER < now:
            fault = Fault.MISSED if row.expires_at <= now else Fault.LATE
            yield Suspicion(file.finding(fault, row, on))


def _this_week(file: AuditedFile, rows: Iterable[AuditedRow], on: date) -> int:
    first = on - WEEK + timedelta(days=1)
    return sum(row.went_at is not None and first <= file.day_of(row.went_at) <= on for row in rows)


def _cap(file: AuditedFile, on: date) -> int:
    is_new = any(timedelta(0) <= on - one.child.birth_date < FIRST_WEEKS for one in file.children)
    return FIRST_WEEKS_CAP if is_new else CAP


def _is_before(one: AuditedRow, other: AuditedRow) -> bool:
    return one is not other and _went(one) < _went(other)


def _went(row: AuditedRow) -> tuple[datetime, datetime, str, str]:
    """In which order they went; two of one instant stand in order of what they say."""
    return row.went_at or row.send_from, row.send_from, row.key, row.occasion


def _day(file: AuditedFile, row: AuditedRow) -> date:
    return file.day_of(row.went_at or row.send_from)
