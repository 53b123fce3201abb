"""Save an area that was read from a file: provinces, communes, facilities; all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.area import FacilityKind, Province
from domain.moment import Moment
from services.ports import UnitOfWork, UnitsOfWork


@dataclass(frozen=True)
class FacilityRow:
    """A facility as a file gives it; its session rule is in the canonical words of `domain.session_days`.

    The last four are its settings: None where the file says nothing, and the facility keeps what it has.
    """

    province_code: str
    commune: str
    name: str
    kind: FacilityKind
    phone: str
    hours: str
    session_rule: str
    reminder_days: int | None = None
    morning_reminder: bool | None = None
    capacity: int | None = None
    emergency_route: str | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that the file speaks of, by name."""
        names = ("reminder_days", "morning_reminder", "capacity", "emergency_route")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


async def import_area(
    units: UnitsOfWork, provinces: Iterable[Province], facilities: Iterable[FacilityRow], moment: Moment
) -> int:
    """Insert or change by code and name, in one transaction; gives the number of facilities."""
    count = 0
    async with units.begin() as uow:
        known = {one.code: one for one in await uow.area.provinces()}
        for province in provinces:
            await uow.area.save_province(_verified(province, known.get(province.code)))
        for row in facilities:
            await _save(uow, row)
            count += 1
        await uow.programme.audit("import_area", at=moment.now, details={"facilities": count})
    return count


def _verified(province: Province, known: Province | None) -> Province:
    """With the day on which staff found the same numbers right, where the file knows an earlier one or none."""
    if known is None or known.phones_verified_on is None:
        return province
    if (province.emergency_phone, province.protection_phone) != (known.emergency_phone, known.protection_phone):
        return province
    return replace(province, phones_verified_on=max(known.phones_verified_on, province.phones_verified_on or date.min))


async def _save(uow: UnitOfWork, row: FacilityRow) -> None:
    commune = await uow.area.save_commune(row.province_code, row.commune)
    saved = await uow.area.save_facility(
        commune, name=row.name, kind=row.kind, phone=row.phone, hours=row.hours, session_rule=row.session_rule
    )
    facility = await uow.area.facility(saved) if row.settings else None
    if facility is not None:
        await uow.area.set_settings(saved, replace(facility.settings, **row.settings))
