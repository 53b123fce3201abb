"""A session day went by without a child who was expected: missed, or turned away; and who calls when.

Missed is only what the facility (by closing the session) or the family itself says. Turned away is the service's
failure: it is counted as such, and nobody calls. The rules of calling are this house's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from domain.attendance import STAYED_AWAY_FOR, TURNED_AWAY, AttendanceSource, Outcome, Why
from domain.calendar import add_months
from domain.identifiers import ChildId, FacilityId
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.visits import needs_a_person

MISSED = "missed"
"""The first word of the occasions of the question (`missed:FACILITY:DATE`) and of the call (`missed:CHILD:DATE`)."""
TURNED = "turned"
"""The first word of the occasion of an apology: `turned:FACILITY:DATE`."""
CARD = "bring_card"
"""The first word of the occasion of the request for the card before a session day: `bring_card:CHILD+CHILD:DATE`."""
ASKED_FOR = timedelta(days=3)
"""For so many days after the session the question is of use. Rule of this house."""
CALL_WITHIN = timedelta(days=3)
"""Within so many days a named person calls; then it is a health worker's."""
YOUNG_MONTHS = 6
CALLS_FROM, NURSE_FROM = 2, 3
"""At the second miss in a row somebody calls in any case; at the third a health worker does."""


class Answer(StrEnum):
    """What a family answers on the day after."""

    VACCINATED = "vaccinated"
    TURNED = "turned"
    STAYED = "stayed"
    UNWANTED = "unwanted"


class TurnedFor(StrEnum):
    """For what they were turned away, as the report counts it."""

    NO_VACCINE = "no_vaccine"
    POSTPONED = "postponed"
    TOO_MANY = "too_many"
    NOT_SAID = "not_said"


class Rung(IntEnum):
    """Who is asked to call."""

    NOBODY = 0
    VOLUNTEER = 1
    HEALTH_WORKER = 2


@dataclass(frozen=True)
class SessionOccasion:
    """Which session day of which facility a message is about."""

    facility: FacilityId
    on: date


@dataclass(frozen=True)
class CallOccasion:
    """Which child missed which day; of twins the first one stands for both, so that their family is called once."""

    child: ChildId
    on: date

    def __str__(self) -> str:
        return f"{MISSED}:{self.child}:{self.on.isoformat()}"


@dataclass(frozen=True)
class Miss:
    """A session day that a child missed; `excused` when the family had said beforehand that it cannot come."""

    on: date
    excused: bool = False


@dataclass(frozen=True)
class MissedCase:
    """All that decides who calls after the miss of a day: `lacking` is due now, `outbreaks` are groups of doses."""

    on: date
    birth_date: date
    misses: tuple[Miss, ...]
    ever_vaccinated: bool
    lacking: tuple[DoseForecast, ...]
    outbreaks: frozenset[str] = frozenset()


def session_occasion(text: str) -> SessionOccasion | None:
    """Read the occasion of a question or an apology; None when it is of another kind."""
    kind, *parts = text.split(":")
    if kind not in (MISSED, TURNED) or len(parts) < 2:
        return None
    return SessionOccasion(FacilityId(int(parts[0])), date.fromisoformat(parts[1]))


def call_occasion(text: str) -> CallOccasion:
    """Read the occasion of a call."""
    _kind, child, on, *_rest = text.split(":")
    return CallOccasion(ChildId(int(child)), date.fromisoformat(on))


def standing_outcome(words: Mapping[AttendanceSource, Outcome]) -> Outcome | None:
    """What became of a visit, by both sides.

    The facility's word goes first. Only where it says that nobody came, the family's own word stands: it knows best
    whether it came in vain.
    """
    record, reported = words.get(AttendanceSource.RECORD), words.get(AttendanceSource.REPORTED)
    if record in (None, Outcome.NOT_COME) and reported is not None:
        return reported
    return record


def turned_away_for(outcome: Outcome, why: Why | None, source: AttendanceSource) -> TurnedFor | None:
    """The reason as it is counted; None when they were not turned away. A family may have left it open."""
    if outcome not in TURNED_AWAY:
        return None
    if outcome is Outcome.POSTPONED and source is AttendanceSource.REPORTED and why is None:
        return TurnedFor.NOT_SAID
    return TurnedFor(outcome.value)


def reported_as(answer: Answer, reason: str = "") -> tuple[Outcome, Why | None]:
    """How an answer is kept. Raises ValueError when the reason is none of those that were offered with it."""
    match answer:
        case Answer.VACCINATED:
            return Outcome.CAME, None
        case Answer.UNWANTED:
            return Outcome.REFUSED, None
        case Answer.STAYED:
            return Outcome.NOT_COME, _reason_to_stay(reason) if reason else None
        case Answer.TURNED:
            outcome = Outcome(TurnedFor(reason).value) if reason else Outcome.POSTPONED
            return outcome, Why.OTHER if reason == TurnedFor.POSTPONED else None


def _reason_to_stay(reason: str) -> Why:
    why = Why(reason)
    if why not in STAYED_AWAY_FOR:
        raise ValueError(f"nobody stays away for {why}")
    return why


def since_last_dose(misses: Iterable[Miss], last_given: date | None) -> tuple[Miss, ...]:
    """The misses after the last dose, in order. A day on which they were turned away is none, and ends nothing."""
    return tuple(sorted((one for one in misses if last_given is None or one.on > last_given), key=lambda one: one.on))


def count_misses(misses: Sequence[Miss]) -> int:
    """How many misses in a row count: an excused one only when the one before it was excused as well."""
    before = (Miss(date.min), *misses)
    return sum(not one.excused or earlier.excused for earlier, one in zip(before, misses, strict=False))


def is_lacking_still(then: DoseForecast, now: Mapping[str, DoseForecast]) -> bool:
    """Whether a dose that was due on a day has not been made good since, nor been refused."""
    found = now.get(then.group)
    if found is None or found.refused:
        return False
    if found.status is SeriesStatus.AGED_OUT:
        return True
    is_same = found.dose_number is not None and then.dose_number is not None and found.dose_number <= then.dose_number
    return found.status is SeriesStatus.NOT_COMPLETE and is_same


def rung_of(case: MissedCase, today: date) -> Rung:
    """Who is asked to call. Nobody when nothing is lacking, or when the day was excused and is the first such."""
    count = count_misses(case.misses)
    if not case.lacking or count == 0:
        return Rung.NOBODY
    if count >= NURSE_FROM:
        return Rung.HEALTH_WORKER
    return Rung.VOLUNTEER if count >= CALLS_FROM or is_urgent(case, today) else Rung.NOBODY


def is_urgent(case: MissedCase, today: date) -> bool:
    """Whether the first miss is enough for a call. Source: the programme's issue on visits."""
    return (
        case.on < add_months(case.birth_date, YOUNG_MONTHS)
        or not case.ever_vaccinated
        or needs_a_person(case.lacking, today)
        or any(dose.group in case.outbreaks for dose in case.lacking)
    )


def is_overdue(due_on: date, today: date) -> bool:
    """Whether nobody was done with a call in time, so that a health worker is asked."""
    return today > due_on + CALL_WITHIN
