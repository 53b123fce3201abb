"""Provinces, communes and facilities in rows."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import RowMapping, Select, select, update

from domain.area import Commune, Facility, FacilityKind, FacilitySettings, Province
from domain.identifiers import ActorId, CommuneId, FacilityId
from storage.statements import Statements
from storage.tables import communes, facilities, provinces


class AreaRows:
    """The places of the programme."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def facility(self, facility: FacilityId) -> Facility | None:
        """The facility, or None."""
        row = await self._statements.first(select_facilities().where(facilities.c.id == facility))
        return facility_of(row) if row else None

    async def facilities(self, communes: Collection[CommuneId] | None = None) -> tuple[Facility, ...]:
        """The facilities of these communes, or all of them, by name."""
        found = select_facilities().order_by(facilities.c.name, facilities.c.id)
        if communes is not None:
            found = found.where(facilities.c.commune_id.in_(communes))
        return tuple(facility_of(row) for row in await self._statements.all(found))

    async def facilities_in(self, zone: str) -> tuple[Facility, ...]:
        """The facilities of a zone, by name."""
        found = select_facilities().where(provinces.c.zone == zone).order_by(facilities.c.name, facilities.c.id)
        return tuple(facility_of(row) for row in await self._statements.all(found))

    async def communes(self) -> tuple[Commune, ...]:
        """All communes, by name."""
        found = select(communes, provinces).join_from(communes, provinces).order_by(communes.c.name, communes.c.id)
        return tuple(_commune(row) for row in await self._statements.all(found))

    async def zones(self) -> tuple[str, ...]:
        """Every zone in which the programme has a province."""
        found = select(provinces.c.zone).distinct().order_by(provinces.c.zone)
        return tuple(row[provinces.c.zone] for row in await self._statements.all(found))

    async def provinces(self) -> tuple[Province, ...]:
        """The programme's provinces, by name."""
        found = select(provinces).order_by(provinces.c.name, provinces.c.code)
        return tuple(_province(row) for row in await self._statements.all(found))

    async def save_province(self, province: Province) -> None:
        """Insert or change a province by its code."""
        values = asdict(province)
        insert = self._statements.insert(provinces).values(values)
        await self._statements.run(insert.on_conflict_do_update(index_elements=[provinces.c.code], set_=values))

    async def save_commune(self, province_code: str, name: str) -> CommuneId:
        """Insert a commune, or find it by its name in the province."""
        province = select(provinces.c.id).where(provinces.c.code == province_code).scalar_subquery()
        key = [communes.c.province_id, communes.c.name]
        insert = self._statements.insert(communes).values(province_id=province, name=name)
        saved = insert.on_conflict_do_update(index_elements=key, set_={"name": name}).returning(communes.c.id)
        return CommuneId(await self._statements.value(saved))

    async def save_facility(
        self, commune: CommuneId, *, name: str, kind: FacilityKind, phone: str, hours: str, session_rule: str
    ) -> FacilityId:
        """Insert or change a facility by its name in the commune."""
        values = {"kind": kind.value, "phone": phone, "hours": hours, "session_rule": session_rule}
        key = [facilities.c.commune_id, facilities.c.name]
        insert = self._statements.insert(facilities).values(commune_id=commune, name=name, **values)
        saved = insert.on_conflict_do_update(index_elements=key, set_=values).returning(facilities.c.id)
        return FacilityId(await self._statements.value(saved))

    async def set_settings(self, facility: FacilityId, settings: FacilitySettings) -> None:
        """What the facility settles for itself."""
        values = {
            "reminder_days": settings.reminder_days,
            "morning_reminder": settings.morning_reminder,
            "capacity": settings.capacity,
            "emergency_route": settings.emergency_route or None,
            "on_call_id": settings.on_call,
        }
        await self._statements.run(update(facilities).where(facilities.c.id == facility).values(values))


def select_facilities() -> Select[Any]:
    """Facilities with their commune and province."""
    return select(facilities, communes, provinces).join_from(facilities, communes).join(provinces)


def facility_of(row: RowMapping) -> Facility:
    """The facility in a row."""
    return Facility(
        id=FacilityId(row[facilities.c.id]),
        name=row[facilities.c.name],
        kind=FacilityKind(row[facilities.c.kind]),
        commune=_commune(row),
        phone=row[facilities.c.phone],
        hours=row[facilities.c.hours],
        session_rule=row[facilities.c.session_rule],
        settings=_settings(row),
    )


def _settings(row: RowMapping) -> FacilitySettings:
    on_call = row[facilities.c.on_call_id]
    return FacilitySettings(
        reminder_days=row[facilities.c.reminder_days],
        morning_reminder=row[facilities.c.morning_reminder],
        capacity=row[facilities.c.capacity],
        emergency_route=row[facilities.c.emergency_route] or "",
        on_call=ActorId(on_call) if on_call is not None else None,
    )


def _commune(row: RowMapping) -> Commune:
    return Commune(CommuneId(row[communes.c.id]), row[communes.c.name], _province(row))


def _province(row: RowMapping) -> Province:
    return Province(
        code=row[provinces.c.code],
        name=row[provinces.c.name],
        country=row[provinces.c.country],
        zone=row[provinces.c.zone],
        emergency_phone=row[provinces.c.emergency_phone],
        protection_phone=row[provinces.c.protection_phone],
        phones_verified_on=row[provinces.c.phones_verified_on],
    )
