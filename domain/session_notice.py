"""Who is told when a session day changes, in which words, and who is called by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.call_list import MOST_CALLS
from domain.identifiers import ActorId, CaregiverId, FacilityId, FamilyId
from domain.session_calendar import SessionCalendar, SessionDay
from domain.visits import PlannedVisit

SESSION = "session"
"""The first word of the occasions of these messages."""
CHANGE = "change"
"""The first word of the occasions of these calls."""
SHORT_NOTICE = timedelta(hours=12)
OPENS = time(7, 0)
"""When a session is taken to open whose hours nobody told us."""
NOWHERE = "none"


class Word(StrEnum):
    """What is said: another day, none, the old one after all, another place or hour, a vaccine missing or there."""

    MOVED = "moved"
    NO_DAY = "no_day"
    AGAIN = "again"
    CHANGED = "changed"
    WAITS = "waits"
    THERE = "there"


@dataclass(frozen=True)
class SessionOccasion:
    """Which change a message speaks of: the day on which the family believed, and the day that it hears.

    `number` tells changes apart; one about a vaccine names it.
    """

    facility: FacilityId
    on: date
    number: int
    to: date | None
    vaccine: str = ""

    def __str__(self) -> str:
        to = self.to.isoformat() if self.to else NOWHERE
        number = f"{self.number}-{self.vaccine}" if self.vaccine else f"{self.number}"
        return f"{SESSION}:{self.facility}:{self.on.isoformat()}:{number}:{to}"


def parse_session_occasion(text: str) -> SessionOccasion | None:
    """Read an occasion; None when it is of another kind."""
    kind, *parts = text.split(":")
    if kind != SESSION or len(parts) != 4:
        return None
    number, _, vaccine = parts[2].partition("-")
    return SessionOccasion(FacilityId(int(parts[0])), date.fromisoformat(parts[1]), int(number), _to(parts[3]), vaccine)


@dataclass(frozen=True)
class ChangeCall:
    """Which change a family is called about: from which day to which."""

    facility: FacilityId
    on: date
    family: FamilyId
    number: int
    to: date | None

    def __str__(self) -> str:
        to = self.to.isoformat() if self.to else NOWHERE
        return f"{change_calls_of(self.facility)}{self.on.isoformat()}:{self.family}:{self.number}:{to}"


def change_calls_of(facility: FacilityId) -> str:
    """How the occasions of all these calls of a facility begin."""
    return f"{CHANGE}:{facility}:"


def parse_change_call(text: str) -> ChangeCall | None:
    """Read an occasion; None when it is of another kind."""
    kind, *parts = text.split(":")
    if kind != CHANGE or len(parts) != 5:
        return None
    on, family, number = date.fromisoformat(parts[1]), FamilyId(int(parts[2])), int(parts[3])
    return ChangeCall(FacilityId(int(parts[0])), on, family, number, _to(parts[4]))


def _to(text: str) -> date | None:
    return None if text == NOWHERE else date.fromisoformat(text)


@dataclass(frozen=True)
class Difference:
    """What a change does: sessions `lost`, others at another place or hour (`altered`).

    `others` are days that became session days. For a `vaccine` that runs short, `lost` is the day that the nurse named
    and `others` are further days without it.
    """

    lost: frozenset[date] = frozenset()
    altered: frozenset[date] = frozenset()
    others: frozenset[date] = frozenset()
    vaccine: str = ""

    @property
    def days(self) -> frozenset[date]:
        """Every day on which somebody expected may be concerned."""
        return self.lost | self.altered | self.others


def difference(before: SessionCalendar, after: SessionCalendar, days: Iterable[date]) -> Difference:
    """What differs on these days."""
    pairs = {day: (before.day(day), after.day(day)) for day in days}
    return Difference(
        lost=frozenset(day for day, (was, is_) in pairs.items() if was is not None and is_ is None),
        altered=frozenset(day for day, (was, is_) in pairs.items() if was and is_ and _where(was) != _where(is_)),
        others=frozenset(day for day, (was, is_) in pairs.items() if was is None and is_ is not None),
    )


def _where(day: SessionDay) -> tuple[object, ...]:
    return day.place, day.hours


@dataclass(frozen=True)
class Shift:
    """The next visit of somebody as it was and as it is after a change."""

    before: PlannedVisit | None
    after: PlannedVisit | None

    @property
    def was_on(self) -> date | None:
        """The day before the change."""
        return self.before.on if self.before else None

    @property
    def is_on(self) -> date | None:
        """The day after it."""
        return self.after.on if self.after else None


@dataclass(frozen=True)
class Heard:
    """What somebody was told of her visits at a facility.

    `reminded`: days of which a reminder spoke. `off`: days of which she last heard that her visit is not then.
    `short`: days of which she last heard that a vaccine is missing. `unsaid`: for a day of which a message that has
    not gone yet speaks, the day on which she still believes. `adrift`: the day that was taken from her without another.
    """

    reminded: frozenset[date] = frozenset()
    off: frozenset[date] = frozenset()
    short: frozenset[date] = frozenset()
    unsaid: Mapping[date, date] = field(default_factory=dict)
    adrift: date | None = None

    def with_word(self, word: Word, on: date, to: date | None, *, said: bool) -> "Heard":
        """After one more word; until it is `said` it only shows whether another day is known to us."""
        adrift = on if word is Word.NO_DAY else None
        if not said:
            return replace(self, adrift=adrift)
        if word is Word.WAITS:
            return replace(self, short=self.short | {on})
        if word in (Word.THERE, Word.CHANGED):
            return replace(self, short=self.short - {on})
        return replace(self, off=(self.off | {on}) - {to}, adrift=adrift)

    def believes(self, on: date) -> date:
        """The day on which she believes who is expected on that day."""
        for _ in self.unsaid:
            if on in self.reminded or on not in self.unsaid:
                break
            on = self.unsaid[on]
        return on


@dataclass(frozen=True)
class Notice:
    """What one is to be told: the word, the day on which she believed, and the day that she hears."""

    word: Word
    on: date
    to: date | None


def notice_of(shift: Shift, change: Difference, heard: Heard) -> Notice | None:
    """What is to be said about a shift; None when it is no news, or no concern of the one who would hear it."""
    was, is_ = shift.was_on, shift.is_on
    if was is None:
        return _found_again(is_, heard)
    if was == is_:
        word = _same_day(shift, change, heard)
        return _about_same_day(word, was, heard) if word else None
    believed = heard.believes(was)
    if believed == is_ or not (_is_concerned(was, shift, change, heard) or is_ in heard.off):
        return None
    if is_ is None:
        return Notice(Word.NO_DAY, believed, None)
    return Notice(Word.AGAIN if is_ in heard.off else Word.MOVED, believed, is_)


def _found_again(is_: date | None, heard: Heard) -> Notice | None:
    """There was no day for her, and now there is one."""
    if is_ is None:
        return None
    if is_ in heard.off:
        return Notice(Word.AGAIN, is_, is_)
    return Notice(Word.MOVED, heard.adrift, is_) if heard.adrift is not None else None


def _is_concerned(was: date, shift: Shift, change: Difference, heard: Heard) -> bool:
    if not change.vaccine:
        return was in change.lost
    named = was in change.lost or (was in change.others and was in heard.reminded)
    return named and change.vaccine in _vaccines(shift.before)


def _same_day(shift: Shift, change: Difference, heard: Heard) -> Word | None:
    on = shift.was_on
    if on is None or not change.vaccine:
        return Word.CHANGED if on in change.altered else None
    had, has = (change.vaccine in _vaccines(visit) for visit in (shift.before, shift.after))
    if had and not has:
        return Word.WAITS if on in change.lost or on in change.others & heard.reminded else None
    return Word.THERE if has and not had and on in heard.short else None


def _about_same_day(word: Word, on: date, heard: Heard) -> Notice:
    """Another place or hour of a day of which she does not know yet, or knows otherwise, is the news of the day."""
    believed = heard.believes(on)
    if word is not Word.CHANGED or (believed == on and on not in heard.off):
        return Notice(word, on, on)
    return Notice(Word.AGAIN if on in heard.off else Word.MOVED, believed, on)


def _vaccines(visit: PlannedVisit | None) -> frozenset[str]:
    return frozenset(dose.vaccine for dose in visit.needs.doses) if visit else frozenset()


@dataclass(frozen=True)
class Listener:
    """A caregiver of a family that is concerned. `silent`: she asked us to be; `reached`: a chat delivers to her."""

    caregiver: CaregiverId
    silent: bool
    reached: bool
    has_phone: bool = False


def whom_to_call(listeners: Iterable[Listener], *, short_notice: bool) -> CaregiverId | None:
    """Whom of a family somebody calls: nobody when a chat reaches one of them in time, or all asked for silence."""
    wanting = [one for one in listeners if not one.silent]
    if not wanting or (any(one.reached for one in wanting) and not short_notice):
        return None
    return min(wanting, key=lambda one: not one.has_phone).caregiver


def opening(day: SessionDay, zone: str) -> datetime:
    """When a session opens; UTC."""
    opens = day.hours.opens if day.hours else OPENS
    return datetime.combine(day.on, opens, tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


def is_short_notice(days: Iterable[SessionDay], zone: str, now: datetime) -> bool:
    """Whether one of these sessions, given up or new, opens within twelve hours, or is open already."""
    return any(opening(day, zone) < now + SHORT_NOTICE for day in days)


def shared_out(
    families: Sequence[tuple[FamilyId, ActorId | None]], rest: ActorId
) -> tuple[tuple[FamilyId, ActorId], ...]:
    """Who calls whom: each family's volunteer at most ten; the rest, and those without a volunteer, somebody else."""
    counts: dict[ActorId, int] = {}
    found = []
    for family, volunteer in families:
        count = counts.get(volunteer, 0) if volunteer is not None else MOST_CALLS
        caller = volunteer if volunteer is not None and count < MOST_CALLS else rest
        counts[caller] = counts.get(caller, 0) + 1
        found.append((family, caller))
    return tuple(found)
