"""The nurse's list of a session day: who is expected and for what, what is said of each, and what is on record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from domain.area import Facility
from domain.identifiers import FacilityId
from domain.session_calendar import SessionCalendar, SessionDay
from domain.session_closing import CLOSES_WITHIN, Who, may_be_closed
from domain.topics import Topic
from services.access import Permission, access_facility
from services.ports.sessions import Closing
from services.turn import Turn, Work
from services.visits.find_needs import Place, place_of
from services.visits.session.entries import Entry, list_entries
from services.visits.session.expected import find_expected, subjects_of
from services.visits.session.marks import find_marks
from services.visits.topics.find_topic import topic_carried


class SessionState(StrEnum):
    """Where a session day stands."""

    AHEAD = "ahead"
    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"  # nobody closed it in time


@dataclass(frozen=True)
class SessionList:
    """A session day of a facility; `day` is None when none is known.

    `short_of` are the vaccines that are not there, `instead_for_all` what everybody gets in place of another one.
    `unclosed` are earlier sessions that can still be closed, `following` is the next one; `topic` is what is spoken
    about while they wait.
    """

    facility: Facility
    day: SessionDay | None
    state: SessionState = SessionState.AHEAD
    entries: tuple[Entry, ...] = ()
    short_of: tuple[str, ...] = ()
    instead_for_all: Mapping[str, str] = field(default_factory=dict)
    closing: Closing | None = None
    unclosed: tuple[date, ...] = ()
    is_today: bool = False
    following: date | None = None
    topic: Topic | None = None

    @property
    def on(self) -> date | None:
        """The day."""
        return self.day.on if self.day else None

    @property
    def word(self) -> str:
        """The day as a button carries it; empty when none is known."""
        return self.on.isoformat() if self.on else ""

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """Those of whom nothing is on record."""
        return tuple(one for one in self.expected if not one.is_done)

    @property
    def expected(self) -> tuple[Entry, ...]:
        """All but those who were to come only for what ran out on the day."""
        return tuple(one for one in self.entries if not one.is_called_off)

    @property
    def ran_out(self) -> tuple[str, ...]:
        """The vaccines due for somebody on the list that ran out on the day."""
        return tuple(sorted({code for one in self.entries for code in one.ran_out}))

    @property
    def is_too_full(self) -> bool:
        """Whether more are expected than the session can take."""
        capacity = self.day.capacity if self.day else None
        return capacity is not None and len(self.expected) > capacity

    def entry(self, who: Who) -> Entry | None:
        """The visit of one, if it is on the list."""
        return next((one for one in self.entries if one.who == who), None)


async def list_session(turn: Turn, facility: FacilityId, on: date | None = None) -> SessionList:
    """The list of a day. Without one, or where none is held then: of today's session, or of the next one."""
    _actor, found = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    calendar = await turn.uow.sessions.calendar(found)
    place = await place_of(turn, found)
    day = calendar.day(on) if on else None
    if day is not None:
        return await show_session(turn, place, calendar, day)
    unclosed = await _unclosed(turn, place, calendar)
    day = calendar.next_day(turn.moment.today(found.zone))
    if day is None:
        return SessionList(found, None, unclosed=unclosed)
    return await show_session(turn, place, calendar, day, unclosed=unclosed)


async def show_session(
    work: Work, place: Place, calendar: SessionCalendar, day: SessionDay, *, unclosed: tuple[date, ...] = ()
) -> SessionList:
    """One session day as it stands."""
    facility, today = place.facility, work.moment.today(place.facility.zone)
    closing = await work.uow.sessions.closing(facility.id, day.on)
    following = calendar.next_day(max(day.on, today) + timedelta(days=1))
    marks = await find_marks(work, facility.id, day.on)
    return SessionList(
        facility=facility,
        day=day,
        state=state_of(closing, today),
        entries=await list_entries(work, place, day.on),
        short_of=tuple(sorted({out.vaccine for out in calendar.stock_outs if out.covers(day.on)})),
        instead_for_all=marks.instead_for_all,
        closing=closing,
        unclosed=unclosed,
        is_today=day.on == today,
        following=following.on if following else None,
        topic=topic_carried(work.programme.topics, closing),
    )


async def is_open(work: Work, facility: Facility, on: date) -> bool:
    """Whether a session is held on that day, and may be closed now."""
    closing = await work.uow.sessions.closing(facility.id, on)
    if state_of(closing, work.moment.today(facility.zone)) is not SessionState.OPEN:
        return False
    return (await work.uow.sessions.calendar(facility)).day(on) is not None


def state_of(closing: Closing, today: date) -> SessionState:
    """Where a session day stands today."""
    if closing.closed_at is not None:
        return SessionState.CLOSED
    if closing.on > today:
        return SessionState.AHEAD
    return SessionState.OPEN if may_be_closed(closing.on, today) else SessionState.OVER


async def _unclosed(work: Work, place: Place, calendar: SessionCalendar) -> tuple[date, ...]:
    """Earlier sessions on which somebody was expected, and of which nobody has said yet who came."""
    facility, today = place.facility.id, work.moment.today(place.facility.zone)
    first, yesterday = today - CLOSES_WITHIN, today - timedelta(days=1)
    closed = {one.on for one in await work.uow.sessions.closings([facility], first, yesterday) if one.closed_at}
    waiting = []
    for day in calendar.days(first, yesterday):
        subjects = await subjects_of(work, facility, day.on)
        expected = await find_expected(work, place, subjects, day.on)
        if day.on not in closed and any(one.needs for one in expected):
            waiting.append(day.on)
    return tuple(waiting)
