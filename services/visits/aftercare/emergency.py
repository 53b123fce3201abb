"""How one gets help at a place: in its own words where the province's number does not do."""

from domain.area import Facility
from domain.message import Text


def in_danger(facility: Facility) -> Text:
    """One line below advice: what to do in danger."""
    route = facility.settings.emergency_route
    return Text("after.in_danger.route", {"route": route}) if route else Text("after.in_danger.number")


def go_now(facility: Facility) -> Text:
    """The same to somebody who must go at once."""
    route = facility.settings.emergency_route
    return Text("after.go_now.route", {"route": route}) if route else Text("after.go_now.number")
