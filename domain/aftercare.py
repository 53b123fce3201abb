"""After a vaccination: when a family is asked how the child is, and what its answer means."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar import age_in_months
from domain.identifiers import ChildId
from domain.sending.hours import start_of_day, tip_instant, visit_instant
from domain.vaccination.schedule import Live, Vaccine

AFTER = "after"
"""The first word of the occasions."""
EVENING_HOUR, EVENING_ENDS, MORNING_HOUR = 18, 20, 7
DIGEST_HOURS = range(7, 12)
"""The local hours in which a morning digest may go; later it is no morning any more."""
YOUNG_MONTHS = 2
"""In the first two months any fever is a danger sign. Source: WHO, IMCI chart booklet 2014."""


class Watch(StrEnum):
    """What is watched after a dose. `ill` is no question of ours: a family told of danger before a visit."""

    EVENING = "evening"
    NEXT_DAY = "next_day"
    BCG = "bcg"
    MEASLES = "measles"
    ILL = "ill"


class Advice(StrEnum):
    """What is told about it; its text is a health message."""

    INJECTION = "injection"
    DROPS = "drops"
    FIRST_WEEKS = "first_weeks"
    NEXT_DAY = "next_day"
    BCG = "bcg"
    MEASLES = "measles"
    FEVER = "fever"
    SORE = "sore"

    @property
    def key(self) -> str:
        """Its key in the catalogue."""
        return f"aftercare.{self}"


class Answer(StrEnum):
    """What a family taps: the three answers, what follows from them, and single signs."""

    WELL = "well"
    FEVER = "fever"
    ELSE = "else"
    NONE = "none"
    DANGER = "danger"
    BREATHING = "breathing"
    FACE = "face"
    FIT = "fit"
    SLEEPY = "sleepy"
    DRINKING = "drinking"
    CRYING = "crying"
    HIGH_FEVER = "high_fever"
    HOT_OR_COLD = "hot_or_cold"
    VOMITING = "vomiting"
    PUS = "pus"
    SPOTS = "spots"
    SORE = "sore"
    RASH = "rash"
    STOOLS = "stools"
    LUMP = "lump"
    BIG_SORE = "big_sore"
    OTHER = "other"


class Need(StrEnum):
    """What an answer asks of the station; `listed` stood in a morning digest."""

    NOTHING = "nothing"
    MORNING = "morning"
    LISTED = "listed"
    ALARM = "alarm"


GRAVEST_LAST = (Need.NOTHING, Need.LISTED, Need.MORNING, Need.ALARM)
"""Of two answers to one question about one child the graver one stands."""


class Span(NamedTuple):
    """Days after the dose: on which the question may go, and until which an answer to it is no late one."""

    first: int
    last: int
    heard: int


# BCG's sore comes in weeks 2 to 6, fever or rash after a measles vaccine on days 7 to 12; all else within 48 hours.
SPANS = {
    Watch.EVENING: Span(0, 0, 2),
    Watch.NEXT_DAY: Span(1, 1, 2),
    Watch.BCG: Span(14, 20, 42),
    Watch.MEASLES: Span(7, 9, 14),
}
ANTIGENS = {Watch.BCG: "TB", Watch.MEASLES: "Measles"}
SAME_DAY = (Watch.EVENING, Watch.NEXT_DAY)

_ALWAYS = (Answer.BREATHING, Answer.FIT, Answer.SLEEPY, Answer.DRINKING, Answer.VOMITING)
_DANGERS: dict[Watch, tuple[Answer, ...]] = {
    Watch.EVENING: (*_ALWAYS, Answer.FACE, Answer.CRYING, Answer.PUS),
    Watch.NEXT_DAY: (*_ALWAYS, Answer.FACE, Answer.CRYING, Answer.PUS),
    Watch.BCG: _ALWAYS,
    Watch.MEASLES: (*_ALWAYS, Answer.CRYING, Answer.SPOTS),
    Watch.ILL: _ALWAYS,
}
_USUAL: dict[Watch, tuple[Answer, ...]] = {
    Watch.EVENING: (Answer.SORE, Answer.STOOLS, Answer.OTHER),
    Watch.NEXT_DAY: (Answer.SORE, Answer.STOOLS, Answer.OTHER),
    Watch.BCG: (Answer.LUMP, Answer.BIG_SORE, Answer.OTHER),
    Watch.MEASLES: (Answer.RASH, Answer.STOOLS, Answer.OTHER),
    Watch.ILL: (Answer.OTHER,),
}
DANGER_SIGNS = frozenset(sign for signs in _DANGERS.values() for sign in signs) | {
    Answer.DANGER,
    Answer.HIGH_FEVER,
    Answer.HOT_OR_COLD,
}
_TOLD_ELSE = frozenset({Answer.ELSE, *(sign for signs in _USUAL.values() for sign in signs)})


@dataclass(frozen=True)
class AftercareOccasion:
    """Which children a message asks about, which day's doses, what is watched and what is told about it."""

    children: tuple[ChildId, ...]
    given_on: date
    watch: Watch
    advice: Advice

    def __str__(self) -> str:
        children = "+".join(str(child) for child in self.children)
        return f"{AFTER}:{children}:{self.given_on.isoformat()}:{self.watch}:{self.advice}"


def parse_aftercare_occasion(text: str) -> AftercareOccasion | None:
    """Read an occasion; None when it is of another kind."""
    kind, *parts = text.split(":")
    if kind != AFTER or len(parts) != 4:
        return None
    children = tuple(ChildId(int(one)) for one in parts[0].split("+"))
    return AftercareOccasion(children, date.fromisoformat(parts[1]), Watch(parts[2]), Advice(parts[3]))


def is_young(birth_date: date, on: date) -> bool:
    """Whether a fever is a danger sign by itself at this age."""
    return age_in_months(birth_date, max(on, birth_date)) < YOUNG_MONTHS


def is_watched(watch: Watch, vaccines: Collection[Vaccine]) -> bool:
    """Whether these vaccines, given on one day, ask for this watch."""
    if watch in SAME_DAY:
        return bool(vaccines)
    return any(ANTIGENS.get(watch) in one.antigens for one in vaccines)


def is_planned_on(watch: Watch, given_on: date, today: date) -> bool:
    """Whether today is a day on which the question is planned: for a dose of today, or in the watch's own days.

    Who tells of an older dose is not asked how the evening was.
    """
    if watch in SAME_DAY:
        return given_on == today
    return watch in SPANS and SPANS[watch].first <= (today - given_on).days <= SPANS[watch].last


def is_late(watch: Watch, given_on: date, today: date) -> bool:
    """Whether an answer comes so late that the dose is hardly the cause."""
    return watch in SPANS and (today - given_on).days > SPANS[watch].heard


def advice_for(watch: Watch, vaccines: Collection[Vaccine], *, young: bool) -> Advice:
    """What is told: by the watch, by how the vaccines were given, and more carefully in the first two months."""
    if watch not in SAME_DAY:
        return Advice(watch)
    if young:
        return Advice.FIRST_WEEKS
    if all(one.live is Live.ORAL for one in vaccines):
        return Advice.DROPS
    return Advice.INJECTION if watch is Watch.EVENING else Advice.NEXT_DAY


def told_between(watch: Watch, given_on: date, now: datetime, zone: str, *, seed: str) -> tuple[datetime, datetime]:
    """From when until when the question may go, in UTC: two of one dose are never of use at the same time.

    The evening of the day after six; the next morning when the dose was told of after eight, so that nobody is woken.
    48 hours after that evening the last one of the same day has lost its use.
    """
    local = now.astimezone(ZoneInfo(zone))
    tomorrow = given_on + timedelta(days=1)
    if watch is Watch.EVENING:
        is_night = local.date() > given_on or local.hour >= EVENING_ENDS
        first = tip_instant(tomorrow, MORNING_HOUR, zone, seed) if is_night else _evening(given_on, zone, seed)
        return first, start_of_day(tomorrow, zone) + timedelta(hours=17)
    if watch is Watch.NEXT_DAY:
        ends = start_of_day(given_on + timedelta(days=2), zone) + timedelta(hours=EVENING_HOUR)
        return visit_instant(tomorrow, zone, seed), ends
    last = given_on + timedelta(days=SPANS[watch].last)
    first = _evening_of_watch(max(given_on + timedelta(days=SPANS[watch].first), local.date()), local, zone, seed)
    return first, start_of_day(last, zone) + timedelta(hours=EVENING_ENDS)


def _evening_of_watch(day: date, local: datetime, zone: str, seed: str) -> datetime:
    """The evening of that day; the next morning when it is over."""
    if local.date() == day and local.hour >= EVENING_ENDS:
        return tip_instant(day + timedelta(days=1), MORNING_HOUR, zone, seed)
    return visit_instant(day, zone, seed)


def _evening(day: date, zone: str, seed: str) -> datetime:
    return tip_instant(day, EVENING_HOUR, zone, seed)


def danger_signs(watch: Watch, *, young: bool) -> tuple[Answer, ...]:
    """The signs with which one goes for help at once. Source: IMCI, and WHO's list of reactions to vaccines."""
    return (Answer.HOT_OR_COLD if young else Answer.HIGH_FEVER, *_DANGERS[watch])


def usual_signs(watch: Watch) -> tuple[Answer, ...]:
    """What can wait until the nurse reads it in the morning."""
    return _USUAL[watch]


def need_of(answer: Answer, *, young: bool) -> Need:
    """What an answer asks of the station."""
    if answer in DANGER_SIGNS or (answer is Answer.FEVER and young):
        return Need.ALARM
    return Need.NOTHING if answer in (Answer.WELL, Answer.NONE) else Need.MORNING


def kept_answer(earlier: Answer | None, answer: Answer, *, young: bool) -> Answer:
    """What stands when one of a family answers again: a danger sign stays, and a word of detail does not erase."""
    if earlier is None:
        return Answer.FEVER if answer is Answer.NONE else answer
    was_danger = need_of(earlier, young=young) is Need.ALARM
    if answer is Answer.NONE or (was_danger and need_of(answer, young=young) is not Need.ALARM):
        return earlier
    adds_nothing = answer in (Answer.ELSE, Answer.DANGER)
    has_more = was_danger or (answer is Answer.ELSE and earlier is not Answer.WELL)
    return earlier if adds_nothing and has_more else answer


def is_needless(watch: Watch, heard: Collection[tuple[Watch, Answer, Need]]) -> bool:
    """Whether what was heard of these doses makes a question needless: danger was told, or the nurse knows already."""
    if any(need is Need.ALARM for _watch, _answer, need in heard):
        return True
    told = any(earlier is Watch.EVENING and answer in _TOLD_ELSE for earlier, answer, _need in heard)
    return watch is Watch.NEXT_DAY and told


def is_digest_time(now: datetime, zone: str) -> bool:
    """Whether it is the morning in which the nurse reads what families told."""
    return now.astimezone(ZoneInfo(zone)).hour in DIGEST_HOURS
