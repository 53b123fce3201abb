"""Places."""

from collections.abc import Collection
from typing import Protocol

from domain.area import Commune, Facility, FacilityKind, FacilitySettings, Province
from domain.identifiers import CommuneId, FacilityId


class AreaPort(Protocol):
    """Provinces, communes and facilities."""

    async def facility(self, facility: FacilityId) -> Facility | None:
        """The facility, or None."""
        ...

    async def facilities(self, communes: Collection[CommuneId] | None = None) -> tuple[Facility, ...]:
        """The facilities of these communes, or all of them, by name."""
        ...

    async def facilities_in(self, zone: str) -> tuple[Facility, ...]:
        """The facilities of a zone, by name."""
        ...

    async def communes(self) -> tuple[Commune, ...]:
        """All communes, by name."""
        ...

    async def zones(self) -> tuple[str, ...]:
        """Every zone in which the programme has a province."""
        ...

    async def provinces(self) -> tuple[Province, ...]:
        """The programme's provinces, by name."""
        ...

    async def save_province(self, province: Province) -> None:
        """Insert or change a province by its code."""
        ...

    async def save_commune(self, province_code: str, name: str) -> CommuneId:
        """Insert a commune, or find it by its name in the province."""
        ...

    async def save_facility(
        self, commune: CommuneId, *, name: str, kind: FacilityKind, phone: str, hours: str, session_rule: str
    ) -> FacilityId:
        """Insert or change a facility by its name in the commune."""
        ...

    async def set_settings(self, facility: FacilityId, settings: FacilitySettings) -> None:
        """What the facility settles for itself."""
        ...
