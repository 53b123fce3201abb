"""The file for a family's own calendar: hours in the station's zone, one event a visit, moved and not doubled."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar

from documents.calendar_file import write_calendar
from domain.rendered import RenderedCalendar, RenderedEvent
from domain.visit_identity import visit_identity

MADE = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
VISIT = RenderedEvent(
    uid="1f2e@cradle",
    title="💉 Đến trạm y tế: An, Bình",
    place="Nhà văn hóa; Khe Sím, Suối Mơ",
    note="Giờ: 07:30-10:30\nCho An: 5 trong 1\nBEGIN:VEVENT \\n",
    on=date(2026, 12, 5),
    zone="Asia/Ho_Chi_Minh",
    opens=time(7, 30),
    closes=time(10, 30),
)


def read(*events: RenderedEvent, made_at: datetime = MADE) -> list[Any]:
    calendar = Calendar.from_ical(write_calendar(RenderedCalendar("cradle-visit.ics", made_at, events)))
    return list(calendar.walk("VEVENT"))


def test_a_visit_stands_at_the_hours_of_the_session_where_the_station_is() -> None:
    (event,) = read(VISIT)
    begins, ends = event.decoded("dtstart"), event.decoded("dtend")
    assert begins.astimezone(UTC) == datetime(2026, 12, 5, 0, 30, tzinfo=UTC)
    assert ends - begins == timedelta(hours=3)
    assert event["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"


def test_the_file_says_itself_what_its_zone_is() -> None:
    for zone in ("Asia/Ho_Chi_Minh", "Asia/Shanghai"):
        file = write_calendar(RenderedCalendar("v.ics", MADE, (replace(VISIT, zone=zone),)))
        assert f"TZID:{zone}".encode() in file
        assert b"\r\n" in file


def test_it_reminds_on_the_evening_before() -> None:
    for event in (VISIT, replace(VISIT, opens=None, closes=None)):
        (read_back,) = read(event)
        (alarm,) = read_back.walk("VALARM")
        begins = read_back.decoded("dtstart")
        midnight = datetime.combine(VISIT.on, time(0))
        start = begins.replace(tzinfo=None) if isinstance(begins, datetime) else midnight
        assert start + alarm.decoded("trigger") == datetime(2026, 12, 4, 19, 0)  # noqa: DTZ001 -- hours on her wall


def test_without_known_hours_it_takes_the_whole_day() -> None:
    (event,) = read(replace(VISIT, opens=None, closes=None))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 12, 5), date(2026, 12, 6))


def test_words_stay_words_whatever_stands_in_them() -> None:
    (event,) = read(VISIT)
    assert (event["summary"], event["location"], event["description"]) == (VISIT.title, VISIT.place, VISIT.note)


def test_a_moved_visit_is_the_same_event_in_a_later_version() -> None:
    (first,) = read(VISIT)
    (moved,) = read(replace(VISIT, on=date(2026, 12, 8)), made_at=MADE + timedelta(hours=1))
    assert moved["uid"] == first["uid"]
    assert moved["sequence"] > first["sequence"]


def test_a_visit_keeps_its_identity_when_more_becomes_due_and_not_when_it_was_made() -> None:
    penta, opv = (date(2026, 12, 1), "child:1", "penta_primary 1"), (date(2026, 12, 3), "child:1", "opv 1")
    first = visit_identity(1, 7, [penta])
    assert visit_identity(1, 7, [opv, penta]) == first
    assert visit_identity(1, 7, [opv]) != first
    assert visit_identity(1, 8, [penta]) != first
    assert "penta" not in first
