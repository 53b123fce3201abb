"""A row of the outbox: what is to be said to whom, within which hours, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from domain.identifiers import AddressId, CaregiverId, ChildId, OutboxId
from domain.message import OutgoingMessage


class Lane(IntEnum):
    """Who goes first: the lower number. A change takes the place of what was delivered, or takes it back."""

    REPLY = 0
    VISIT = 1
    TIP = 2
    CAMPAIGN = 3
    CHANGE = 4


@dataclass(frozen=True)
class Share:
    """What one sender takes: rows that wait for its bot or for none yet, of these lanes."""

    bot: str = ""
    lanes: frozenset[Lane] = frozenset(Lane)


class OutboxState(StrEnum):
    """planned → sending → sent | uncertain | closed. A closed row says why; a passing reason may open it again.

    A claimed row is still planned, under a lease; it is sending from the moment in which it leaves.
    """

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a message is not sent."""

    EXPIRED = "expired"
    STOPPED = "stopped"
    UNREACHABLE = "unreachable"
    NO_ADDRESS = "no_address"
    NO_CONSENT = "no_consent"
    DAILY_CAP = "daily_cap"
    WEEKLY_CAP = "weekly_cap"
    OUTSIDE_HOURS = "outside_hours"
    VISIT_TODAY = "visit_today"
    VACCINATED = "vaccinated"
    ANSWERED = "answered"
    DRAFT_TEXT = "draft_text"
    UNSIGNED_SCHEDULE = "unsigned_schedule"
    BROKEN_TEXT = "broken_text"
    PAUSED = "paused"
    NOT_WANTED = "not_wanted"
    UNCONFIRMED_CHAT = "unconfirmed_chat"
    CAMPAIGN_PAUSED = "campaign_paused"
    CAMPAIGN_ENDED = "campaign_ended"
    NO_TEXT = "no_text"
    GONE = "gone"
    SHARED_CHAT = "shared_chat"
    SUPERSEDED = "superseded"
    NOT_SO_NOW = "not_so_now"
    CONTACT_ENDED = "contact_ended"


# What passes: a row closed for one of these may open again while its window lasts.
PASSING = frozenset(
    {
        Reason.UNREACHABLE,
        Reason.NO_ADDRESS,
        Reason.STOPPED,
        Reason.NO_CONSENT,
        Reason.DRAFT_TEXT,
        Reason.UNSIGNED_SCHEDULE,
        Reason.PAUSED,
        Reason.NOT_WANTED,
        Reason.UNCONFIRMED_CHAT,
    }
)

# What passes without a word from anybody, so that planning itself looks again; the rest opens when somebody is back.
# Vaccinated: siblings share the occasion of a visit, and one may become due when nothing was left for the other.
# Not so now: a dose is withdrawn and recorded again, a session opened and closed again, a family moves and comes back.
PASSING_BY_ITSELF = frozenset(
    {
        Reason.NO_ADDRESS,
        Reason.NO_CONSENT,
        Reason.DRAFT_TEXT,
        Reason.UNSIGNED_SCHEDULE,
        Reason.VACCINATED,
        Reason.NOT_SO_NOW,
    }
)


@dataclass(frozen=True)
class SentMessage:
    """What is kept of a row that the channel took."""

    id: OutboxId
    external_id: str
    language: str
    address: AddressId


@dataclass(frozen=True)
class PlannedMessage:
    """A row as it is planned: unique by (caregiver, key, occasion), or by (address, occasion) for a reply.

    `send_from` and `expires_at` are programme time, aware UTC; `subjects` are the children it concerns.
    """

    lane: Lane
    message: OutgoingMessage
    occasion: str
    send_from: datetime
    expires_at: datetime
    caregiver: CaregiverId | None = None
    address: AddressId | None = None
    subjects: tuple[ChildId, ...] = ()


@dataclass(frozen=True)
class OutboxRow:
    """A row as it is claimed by a sender. `attempts` counts the calls that may have reached somebody."""

    id: OutboxId
    planned: PlannedMessage
    attempts: int
    resent: bool = False
    not_found_on: date | None = None  # the day on which the channel first said that it knows no such chat
