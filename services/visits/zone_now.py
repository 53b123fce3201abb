"""A zone as a day's steps find it: its facilities with their session days, read once for all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.identifiers import FacilityId
from domain.session_calendar import SessionCalendar, SessionDay
from services.turn import Work


@dataclass(frozen=True)
class ZoneNow:
    """The facilities of a zone, by name, and the calendar of each."""

    facilities: tuple[Facility, ...]
    calendars: Mapping[FacilityId, SessionCalendar]

    def sessions(self, first: date, last: date) -> Iterator[tuple[Facility, tuple[SessionDay, ...]]]:
        """Each facility that vaccinates from `first` to `last`, both included, with those days."""
        for facility in self.facilities:
            days = self.calendars[facility.id].days(first, last)
            if days:
                yield facility, days


async def look_at_zone(work: Work, zone: str) -> ZoneNow:
    """For who goes through a whole zone and changes nothing about a session day."""
    facilities = await work.uow.area.facilities_in(zone)
    return ZoneNow(facilities, await work.uow.sessions.calendars(facilities))
