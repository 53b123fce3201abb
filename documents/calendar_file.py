"""A file for somebody's own calendar: one event a visit, with a reminder on the evening before."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from domain.rendered import RenderedCalendar, RenderedEvent

EVENING = time(19)
DEFAULT_LENGTH = timedelta(hours=1)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def write_calendar(calendar: RenderedCalendar) -> bytes:
    """An iCalendar file (RFC 5545). A later one with the same uid moves the event where it stands already."""
    file = Calendar()
    file.add("prodid", "-//Cradle//visits//")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for event in calendar.events:
        file.add_component(_event(event, calendar.made_at))
    file.add_missing_timezones()
    return bytes(file.to_ical())


def _event(event: RenderedEvent, made_at: datetime) -> Event:
    begins = _begin(event)
    written = Event()
    written.add("uid", event.uid)
    written.add("dtstamp", made_at.astimezone(UTC))
    # A calendar takes the version with the higher number, whichever file was opened last.
    written.add("sequence", max(int((made_at - _EPOCH).total_seconds()) // 60, 0))
    written.add("summary", event.title)
    written.add("location", event.place)
    written.add("description", event.note)
    if event.opens is None:
        written.add("dtstart", event.on)
        written.add("dtend", event.on + timedelta(days=1))
    else:
        written.add("dtstart", begins)
        written.add("dtend", _end(event, begins))
    written.add_component(_alarm(event, begins))
    return written


def _begin(event: RenderedEvent) -> datetime:
    return datetime.combine(event.on, event.opens or time(0), ZoneInfo(event.zone))


def _end(event: RenderedEvent, begins: datetime) -> datetime:
    if event.closes is None:
        return begins + DEFAULT_LENGTH
    return datetime.combine(event.on, event.closes, ZoneInfo(event.zone))


def _alarm(event: RenderedEvent, begins: datetime) -> Alarm:
    evening = datetime.combine(event.on - timedelta(days=1), EVENING, ZoneInfo(event.zone))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    alarm.add("trigger", evening - begins)
    return alarm
