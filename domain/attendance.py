"""What became of a visit: who came, who did not, and who came in vain. Turned away is never missed."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of a child or a mother who was expected on a session day."""

    CAME = "came"
    NOT_COME = "not_come"
    POSTPONED = "postponed"
    NO_VACCINE = "no_vaccine"
    TOO_MANY = "too_many"
    REFUSED = "refused"


TURNED_AWAY = frozenset({Outcome.POSTPONED, Outcome.NO_VACCINE, Outcome.TOO_MANY})
"""They came, and went without. It counts as the service's failure and begins no ladder of calls."""


class Why(StrEnum):
    """Why a child was postponed (the nurse's word), or why a family did not come (its own)."""

    ILL = "ill"
    FEVER = "fever"
    LOW_WEIGHT = "low_weight"
    MEDICINE = "medicine"
    AWAY = "away"
    WORK = "work"
    FAR = "far"
    FORGOT = "forgot"
    AFRAID = "afraid"
    OTHER = "other"


POSTPONED_FOR = (Why.FEVER, Why.ILL, Why.LOW_WEIGHT, Why.MEDICINE, Why.OTHER)
STAYED_AWAY_FOR = (Why.ILL, Why.WORK, Why.AWAY, Why.FAR, Why.FORGOT, Why.AFRAID, Why.OTHER)


class AttendanceSource(StrEnum):
    """Whose word it is: the facility's, or the family's own beside it. The facility's goes first."""

    RECORD = "record"
    REPORTED = "reported"
