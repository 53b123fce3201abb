"""What a channel's answer means for the row and for the address. Decided here, done by the sender."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.sending.outbox import Lane, Reason

LONGEST_WAIT = timedelta(minutes=10)
ENOUGH_DOUBLINGS = 10


@dataclass(frozen=True)
class Delivered:
    """The channel took it and gave it this id; and to a file that was uploaded with it the id `file_id`."""

    external_id: str
    file_id: str | None = None


class Unreachable(StrEnum):
    """Refusals that concern the address, in the words of the channel's reference."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NEVER_STARTED = "never_started"
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class Throttled:
    """Come back after so many seconds; not an attempt."""

    seconds: float


@dataclass(frozen=True)
class Later:
    """Its picture or voice is not ready to go: come back after so many seconds; not an attempt, and nobody's fault.

    `stale_file_id`: the channel does not know the file by this id any more.
    """

    seconds: float
    stale_file_id: str | None = None


@dataclass(frozen=True)
class Moved:
    """The chat has a new id."""

    external_id: str


@dataclass(frozen=True)
class Rejected:
    """The text or markup is wrong: our bug."""

    detail: str


@dataclass(frozen=True)
class Gone:
    """The message that was to be changed is not there any more, or too old."""

    detail: str


@dataclass(frozen=True)
class NotSent:
    """Surely not delivered (no connection was made): may be tried again."""

    detail: str


@dataclass(frozen=True)
class Unknown:
    """The request left and no answer came: it may have been delivered."""

    detail: str


@dataclass(frozen=True)
class Misconfigured:
    """The channel refuses the bot itself (401, 404, 409): stop everything."""

    detail: str


SendResult = Delivered | Unreachable | Throttled | Later | Moved | Rejected | Gone | NotSent | Unknown | Misconfigured


@dataclass(frozen=True)
class Record:
    """sent"""

    external_id: str


@dataclass(frozen=True)
class TryAgain:
    """planned again, not before `wait` of real time; `counts` when it was an attempt."""

    wait: timedelta
    counts: bool = True
    new_external_id: str | None = None
    not_found_on: date | None = None
    tomorrow: bool = False


@dataclass(frozen=True)
class GiveUp:
    """closed with a reason; `address_state` when the address is to be marked."""

    reason: Reason
    address_state: Unreachable | None = None


@dataclass(frozen=True)
class LeaveUncertain:
    """uncertain: it may have arrived and is not sent again."""


Outcome = Record | TryAgain | GiveUp | LeaveUncertain


@dataclass(frozen=True)
class Tried:
    """What came of earlier tries: how many may have reached somebody, and whether one was uncertain."""

    attempts: int = 0
    resent: bool = False
    not_found_on: date | None = None


def outcome_of(result: SendResult, *, lane: Lane, tried: Tried, today: date, chance: float) -> Outcome:
    """What follows from an answer. `chance` is a random number below 1, so that who failed together comes back apart.

    Source: DESIGN 3.5 and the table of errors in docs/decisions/0003-sending.md. What surely was not delivered is tried
    until it expires: an outage of the channel is nobody's refusal.
    """
    match result:
        case Delivered(external_id):
            return Record(external_id)
        case Unreachable():
            return _after_refusal(result, tried.not_found_on, today)
        case Rejected():
            return GiveUp(Reason.BROKEN_TEXT)
        case Gone():
            return GiveUp(Reason.GONE)
        case Unknown():
            return after_uncertainty(lane, resent=tried.resent)
        case Throttled() | Later() | Moved() | NotSent() | Misconfigured():
            return _another_try(result, tried.attempts, chance)


def _another_try(result: Throttled | Later | Moved | NotSent | Misconfigured, attempts: int, chance: float) -> TryAgain:
    match result:
        case Throttled(seconds) | Later(seconds):
            return TryAgain(timedelta(seconds=seconds), counts=False)
        case Moved(external_id):
            # At once the first time; a chat that moves again and again must not be asked without a pause.
            return TryAgain(backoff(attempts, chance=chance) if attempts else timedelta(0), new_external_id=external_id)
        case NotSent():
            return TryAgain(backoff(attempts, chance=chance))
        case Misconfigured():
            # The bot is silent for a while; with a token that is good again nothing more has to wait.
            return TryAgain(timedelta(0), counts=False)


def _after_refusal(refusal: Unreachable, not_found_on: date | None, today: date) -> Outcome:
    # "chat not found" can be a passing fault of the channel: only a second one on another day is believed.
    if refusal is Unreachable.NOT_FOUND and not_found_on in (None, today):
        return TryAgain(timedelta(0), not_found_on=today, tomorrow=True)
    return GiveUp(Reason.UNREACHABLE, refusal)


def after_uncertainty(lane: Lane, *, resent: bool) -> Outcome:
    """A message that may have arrived: replies and visits go once more, marked; the rest is left.

    So does a change: made twice it is the same.
    """
    if lane in (Lane.REPLY, Lane.VISIT, Lane.CHANGE) and not resent:
        return TryAgain(timedelta(0))
    return LeaveUncertain()


def backoff(attempts: int, *, chance: float) -> timedelta:
    """Real time to wait after the n-th failure (from 0): 2, 4, 8 … seconds, at most ten minutes.

    `chance` is a random number from 0 to 1, and makes it shorter by up to a half.
    """
    longest = min(timedelta(seconds=2 ** min(attempts + 1, ENOUGH_DOUBLINGS)), LONGEST_WAIT)
    return longest * (1 - chance / 2)


def lease_until(wall: datetime) -> datetime:
    """Until when a sender holds a row it claimed; real time."""
    return wall + timedelta(seconds=60)
