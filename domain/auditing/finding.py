"""What an audit looks at, and what it finds: one fault of one message, told without a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.identifiers import CaregiverId, ChildId
from domain.moment import local_day
from domain.people import Caregiver, Child
from domain.sending.outbox import Lane, OutboxState, Reason

AUDITED_DAYS = 3
"""How many whole days an audit looks back on. A day is audited three times, so that a lost night loses nothing."""
WEEK = timedelta(days=7)


class Fault(StrEnum):
    """What is wrong with a message."""

    MISSED = "missed"
    EARLY = "early"
    LATE = "late"
    DOUBLE = "double"
    WRONG_LANGUAGE = "wrong_language"
    OVER_CAP = "over_cap"
    AT_NIGHT = "at_night"


@dataclass(frozen=True)
class Finding:
    """One fault: whom it met, which message on which occasion, and on which of her days."""

    fault: Fault
    caregiver: CaregiverId
    key: str
    occasion: str
    on: date


@dataclass(frozen=True)
class Suspicion:
    """What is a finding unless something explains it.

    `since`: nothing of what she chose may have changed from then on, for then we do not know what held at that time.
    `occasions`: there must be no row of this key on any of these; empty when rows are not in question.
    """

    finding: Finding
    since: datetime | None = None
    occasions: tuple[str, ...] = ()


@dataclass(frozen=True)
class AuditedDays:
    """The local days, both included, that are audited."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def each(self) -> tuple[date, ...]:
        """One after the other."""
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


def audited_days(now: datetime, zone: str, count: int = AUDITED_DAYS) -> AuditedDays:
    """The last whole days of a zone."""
    today = local_day(now, zone)
    return AuditedDays(today - timedelta(days=count), today - timedelta(days=1))


@dataclass(frozen=True)
class AuditedRow:
    """A row of the outbox as the audit reads it."""

    lane: Lane
    state: OutboxState
    reason: Reason | None
    key: str
    occasion: str
    subjects: frozenset[ChildId]
    language: str | None
    send_from: datetime
    expires_at: datetime
    planned_at: datetime
    sent_at: datetime | None

    @property
    def went_at(self) -> datetime | None:
        """When it reached her, as far as we know: what is uncertain counts as said."""
        if self.state is OutboxState.UNCERTAIN:
            return self.sent_at or self.send_from
        return self.sent_at if self.state is OutboxState.SENT else None

    @property
    def ready_at(self) -> datetime:
        """From when on it could go: what becomes due at short notice is planned after its instant."""
        return max(self.send_from, self.planned_at)

    @property
    def is_explained(self) -> bool:
        """Whether it was not sent and says why."""
        return self.state is OutboxState.CLOSED and self.reason is not None


@dataclass(frozen=True)
class AuditedChild:
    """A child and its row in the index of next days: from when on something is due, as it stands since `known_at`."""

    child: Child
    due_on: date | None = None
    known_at: datetime | None = None


@dataclass(frozen=True)
class AuditedFile:
    """A caregiver, her children and her rows of the audited days and the week before.

    `said_before` are the rows that went before those, of the messages that went within them.
    """

    caregiver: Caregiver
    zone: str
    children: tuple[AuditedChild, ...] = ()
    rows: tuple[AuditedRow, ...] = ()
    said_before: tuple[AuditedRow, ...] = field(default=())

    def day_of(self, instant: datetime) -> date:
        """Her day."""
        return local_day(instant, self.zone)

    def finding(self, fault: Fault, row: AuditedRow, on: date) -> Finding:
        """A fault of one of her rows."""
        return Finding(fault, self.caregiver.id, row.key, row.occasion, on)


def explained(
    suspicion: Suspicion,
    *,
    changed_at: Mapping[CaregiverId, datetime],
    rows_of: Mapping[tuple[CaregiverId, str], frozenset[str]],
) -> bool:
    """Whether there is a row after all, or she changed something since, so that we know nothing of that time."""
    finding = suspicion.finding
    if rows_of.get((finding.caregiver, finding.key), frozenset()) & set(suspicion.occasions):
        return True
    changed = changed_at.get(finding.caregiver)
    return suspicion.since is not None and changed is not None and changed >= suspicion.since
