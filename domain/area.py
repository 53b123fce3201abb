"""Where families live and are cared for: provinces, communes and facilities."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.identifiers import ActorId, CommuneId, FacilityId


class FacilityKind(StrEnum):
    """What a facility is."""

    HEALTH_STATION = "health_station"
    HOSPITAL = "hospital"
    CLINIC = "clinic"
    COMMUNITY_HEALTH_CENTRE = "community_health_centre"


PHONES_HOLD = timedelta(days=365)
"""For how long a number is taken for right after somebody made sure of it. Source: our own caution, once a year."""


@dataclass(frozen=True)
class Province:
    """A province: its country (ISO 3166 alpha-2), IANA zone, and the numbers families call, as verified on a day.

    `emergency_phone` is for danger, `protection_phone` for a child that is hurt by people or lives in fear.
    """

    code: str
    name: str
    country: str
    zone: str
    emergency_phone: str
    protection_phone: str
    phones_verified_on: date | None

    def phones_are_verified(self, today: date) -> bool:
        """Whether somebody made sure of the numbers within the year before `today`, its first day included."""
        return self.phones_verified_on is not None and today - self.phones_verified_on <= PHONES_HOLD


@dataclass(frozen=True)
class Commune:
    """A commune of a province."""

    id: CommuneId
    name: str
    province: Province


@dataclass(frozen=True)
class FacilitySettings:
    """What a facility settled for itself.

    `reminder_days`: how many days before a visit the second reminder goes (1 or 3). `capacity`: how many children a
    session can take. `emergency_route`: how one gets help here, in the place's own words, where the province's number
    does not do (an island has no ambulance). `on_call`: whose chat a danger sign goes to.
    """

    reminder_days: int = 1
    morning_reminder: bool = False
    capacity: int | None = None
    emergency_route: str = ""
    on_call: ActorId | None = None


@dataclass(frozen=True)
class Facility:
    """A facility with the rule of its vaccination days, in the words of `domain.session_days`."""

    id: FacilityId
    name: str
    kind: FacilityKind
    commune: Commune
    phone: str
    hours: str
    session_rule: str
    settings: FacilitySettings = FacilitySettings()

    @property
    def zone(self) -> str:
        """The zone in which the facility's days are counted."""
        return self.commune.province.zone
