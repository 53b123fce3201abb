"""The nightly audit: compute anew what each family should have received in the last days, beside what became of it.

It asks nothing of planning: it walks the days, and reads the outbox and the index of next days. Families go by in
chunks, each in a reading transaction of its own, so that no writer waits and a million of them need no memory.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache

from domain.auditing.expected import (
    LONGEST_STEP,
    MissingReminder,
    Sessions,
    missing_reminders,
    missing_tips,
    steps_by_age,
)
from domain.auditing.finding import (
    AUDITED_DAYS,
    WEEK,
    AuditedDays,
    AuditedFile,
    Fault,
    Finding,
    Suspicion,
    audited_days,
    explained,
)
from domain.auditing.sent import Rules, WrittenIn, judge_sent
from domain.identifiers import FacilityId, FamilyId
from domain.moment import Moment
from services.operations.confirm_reminders import confirm_reminders
from services.ports import UnitOfWork, UnitsOfWork
from services.ports.auditing import AuditRun
from services.programme import Programme
from services.turn import Work

FAMILIES_AT_ONCE = 200
KEPT_FOR = timedelta(days=30)
MOST_KEPT = 2_000
"""So many findings of a run are kept one by one, which is more than anybody reads; all of them are counted."""
NOT_AGAIN_FOR = timedelta(hours=12)
"""A scheduler that starts anew does not audit the same night again."""
A_DAY_AROUND = timedelta(days=2)
"""The local days of any zone begin and end within this of the same days in UTC."""


@dataclass(frozen=True)
class Audit:
    """The result: the run with its counts, and its findings as far as they are kept."""

    run: AuditRun
    findings: Sequence[Finding]


@dataclass
class _Tally:
    """What was found so far."""

    families: int = 0
    counts: Counter[Fault] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def add(self, found: Sequence[Finding]) -> None:
        self.counts.update(one.fault for one in found)
        self.findings += found[: max(0, MOST_KEPT - len(self.findings))]


@dataclass(frozen=True)
class _Round:
    """What is the same for every family of one audit."""

    programme: Programme
    moment: Moment
    rules: Rules
    days: int
    places: dict[FacilityId, Sessions]

    def days_of(self, zone: str) -> AuditedDays:
        return _days(self.moment.now, zone, self.days)


@lru_cache(maxsize=64)
def _days(now: datetime, zone: str, count: int) -> AuditedDays:
    return audited_days(now, zone, count)


async def audit_nightly(
    units: UnitsOfWork, programme: Programme, moment: Moment, written_in: WrittenIn, *, days: int = AUDITED_DAYS
) -> int:
    """Audit and keep the result, unless that was done this night; gives how many faults were found."""
    before = await latest_audit(units)
    if before is not None and timedelta(0) <= moment.now - before.at < NOT_AGAIN_FOR:
        return before.total
    audit = await audit_sending(units, programme, moment, written_in, days=days)
    async with units.begin() as uow:
        await uow.auditing.forget(moment.now - KEPT_FOR)
        await uow.auditing.keep(audit.run, audit.findings)
    return audit.run.total


async def latest_audit(units: UnitsOfWork) -> AuditRun | None:
    """What the last night's audit came to."""
    async with units.look() as uow:
        return await uow.auditing.latest()


async def audit_sending(
    units: UnitsOfWork, programme: Programme, moment: Moment, written_in: WrittenIn, *, days: int = AUDITED_DAYS
) -> Audit:
    """Look at every family once."""
    rules = Rules({step.key: step for step in programme.journey}, written_in)
    async with units.look() as uow:
        this = _Round(programme, moment, rules, days, await _places(uow, moment, days))
    tally, after = _Tally(), FamilyId(0)
    while True:
        async with units.look() as uow:
            following = await _chunk(Work(uow, programme, moment), this, after, tally)
        if following is None:
            run = AuditRun(moment.now, days, tally.families, dict(tally.counts))
            return Audit(run, tally.findings)
        after = following


async def _places(uow: UnitOfWork, moment: Moment, days: int) -> dict[FacilityId, Sessions]:
    facilities = await uow.area.facilities()
    calendars = await uow.sessions.calendars(facilities)
    places = {}
    for one in facilities:
        audited = audited_days(moment.now, one.zone, days)
        held = calendars[one.id].days(audited.first, audited.last + LONGEST_STEP)
        places[one.id] = Sessions(one, frozenset(day.on for day in held))
    return places


async def _chunk(work: Work, this: _Round, after: FamilyId, tally: _Tally) -> FamilyId | None:
    since = work.moment.now - timedelta(days=this.days) - WEEK - A_DAY_AROUND
    read = await work.uow.auditing.files(after, limit=FAMILIES_AT_ONCE, since=since)
    files = await _with_doubles(work, this, read.files, since)
    suspicions, reminders = _judge(this, files)
    tally.families += read.families
    tally.add(await _confirmed(work, files, suspicions))
    tally.add(await confirm_reminders(work, reminders))
    return read.last


async def _with_doubles(
    work: Work, this: _Round, files: Sequence[AuditedFile], since: datetime
) -> Sequence[AuditedFile]:
    """The same files with what had been said before of what was said now."""
    said = {row.key for file in files for row in file.rows if row.went_at is not None}
    keys = sorted(said & this.rules.steps.keys())
    if not keys:
        return files
    before = await work.uow.auditing.said_before([file.caregiver.id for file in files], keys, since)
    return [replace(file, said_before=tuple(before.get(file.caregiver.id, ()))) for file in files]


def _judge(this: _Round, files: Sequence[AuditedFile]) -> tuple[list[Suspicion], list[MissingReminder]]:
    ages = steps_by_age(this.rules.steps.values())
    suspicions: list[Suspicion] = []
    reminders: list[MissingReminder] = []
    for file in files:
        days = this.days_of(file.zone)
        suspicions += judge_sent(file, days, this.rules, this.moment.now)
        suspicions += missing_tips(file, days, ages)
        reminders += missing_reminders(file, days, this.places)
    return suspicions, reminders


async def _confirmed(work: Work, files: Sequence[AuditedFile], suspicions: Sequence[Suspicion]) -> Sequence[Finding]:
    """What nothing explains. Only those who are concerned are looked at more closely."""
    if not suspicions:
        return ()
    whose = {one.finding.caregiver for one in suspicions}
    keys = {one.finding.key for one in suspicions if one.occasions}
    rows_of = await work.uow.auditing.occasions(sorted(whose), sorted(keys)) if keys else {}
    changed_at = await work.uow.auditing.changed_at([file for file in files if file.caregiver.id in whose])
    return [one.finding for one in suspicions if not explained(one, changed_at=changed_at, rows_of=rows_of)]
