"""Where families live and are cared for: provinces, communes and facilities."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.identifiers import CommuneId, FacilityId


class FacilityKind(StrEnum):
    """What a facility is."""

    HEALTH_STATION = "health_station"
    HOSPITAL = "hospital"
    CLINIC = "clinic"
    COMMUNITY_HEALTH_CENTRE = "community_health_centre"


@dataclass(frozen=True)
class Province:
    """A province: its country (ISO 3166 alpha-2), IANA zone, and the numbers families call, as verified on a day."""

    code: str
    name: str
    country: str
    zone: str
    emergency_phone: str
    protection_phone: str
    phones_verified_on: date | None


@dataclass(frozen=True)
class Commune:
    """A commune of a province."""

    id: CommuneId
    name: str
    province: Province


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

    @property
    def zone(self) -> str:
        """The zone in which the facility's days are counted."""
        return self.commune.province.zone
