"""The settings of a facility: reminders, places of a session, the way to help in danger, and who is on call."""

from collections.abc import Sequence

from bot.drawing.buttons import button, column
from domain.area import Facility
from domain.message import Choice, OutgoingMessage, Text, Value
from services.staff.change_facility import REMINDER_DAYS, FacilityPage
from services.visits.list_session import SessionList

NOBODY = 0


def station_button(session: SessionList) -> Choice:
    """The way from the page of a session day."""
    return button("station.choice.settings", "station", session.facility.id)


def draw_stations(facilities: Sequence[Facility]) -> OutgoingMessage:
    """Of which station?"""
    ways = [button("station.choice.one", "station", one.id, name=one.name) for one in facilities]
    return OutgoingMessage(Text("station.which"), column(ways))


def draw_station(page: FacilityPage) -> OutgoingMessage:
    """How it stands, and what can be changed."""
    facility, settings = page.facility, page.facility.settings
    other = next(days for days in REMINDER_DAYS if days != settings.reminder_days)
    to = "off" if settings.morning_reminder else "on"
    values: dict[str, Value] = {
        "name": facility.name,
        "reminder": Text(f"station.reminder.{settings.reminder_days}"),
        "morning": Text("station.morning.on" if settings.morning_reminder else "station.morning.off"),
        "capacity": settings.capacity or Text("station.no_capacity"),
        "route": settings.emergency_route
        or Text("station.by_number", {"number": facility.commune.province.emergency_phone}),
        "on_call": page.on_call or Text("station.nobody_named"),
    }
    ways = (
        button(f"station.choice.reminder.{other}", "station_days", facility.id, other),
        button(f"station.choice.morning.{to}", "station_morning", facility.id, to),
        button("station.choice.capacity", "station_capacity", facility.id),
        button("station.choice.route", "station_route", facility.id),
        button("station.choice.on_call", "station_duty", facility.id),
    )
    return OutgoingMessage(Text("station.page", values), column(ways))


def draw_duty(page: FacilityPage) -> OutgoingMessage:
    """Who is on call from now on?"""
    number = page.facility.id
    ways = [button("station.choice.worker", "station_on_call", number, one.id, name=one.name) for one in page.workers]
    nobody = button("station.choice.nobody", "station_on_call", number, NOBODY)
    back = button("station.choice.settings", "station", number)
    return OutgoingMessage(Text("station.duty", {"name": page.facility.name}), column([*ways, nobody, back]))
