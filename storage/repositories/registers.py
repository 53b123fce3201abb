"""Registers in rows: the headings that a station named, and the doses that its spreadsheet is held against."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import RowMapping, delete, select

from domain.identifiers import ChildId, FacilityId
from domain.register_doses import WrittenDose
from services.ports.visits import VaccinationSource
from storage.repositories.session_marks import MOST_DAYS
from storage.statements import Statements
from storage.tables import register_columns, vaccinations


class RegisterRows:
    """What a station said of its columns once."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def columns_of(self, facility: FacilityId) -> Mapping[str, str]:
        """The heading of each field, in the order in which they were said."""
        found = select(register_columns).where(register_columns.c.facility_id == facility)
        rows = await self._statements.all(found.order_by(register_columns.c.id))
        return {row[register_columns.c.field]: row[register_columns.c.heading] for row in rows}

    async def set_columns(self, facility: FacilityId, columns: Mapping[str, str]) -> None:
        """Say it anew; what was said before is forgotten."""
        await self.hold(facility)
        await self._statements.run(delete(register_columns).where(register_columns.c.facility_id == facility))
        rows = [{"facility_id": facility, "field": field, "heading": heading} for field, heading in columns.items()]
        insert = self._statements.insert(register_columns).returning(register_columns.c.id)
        await self._statements.run_many(insert, rows)

    async def hold(self, facility: FacilityId) -> None:
        """Until the transaction ends nobody else brings in this facility's register."""
        await self._statements.hold(facility * MOST_DAYS)  # the number of no day

    async def written_doses(self, children: Collection[ChildId]) -> Mapping[ChildId, Sequence[WrittenDose]]:
        """What stands on each child's record or was told, in order of recording."""
        standing = vaccinations.c.child_id.in_(children) & vaccinations.c.withdrawn_at.is_(None)
        written: dict[ChildId, list[WrittenDose]] = {child: [] for child in children}
        for row in await self._statements.all(select(vaccinations).where(standing).order_by(vaccinations.c.id)):
            written[ChildId(row[vaccinations.c.child_id])].append(_written(row))
        return written


def _written(row: RowMapping) -> WrittenDose:
    return WrittenDose(
        row=row[vaccinations.c.id],
        vaccine=row[vaccinations.c.vaccine],
        given_on=row[vaccinations.c.given_on],
        date_known=row[vaccinations.c.date_known],
        is_report=row[vaccinations.c.source] == VaccinationSource.REPORTED.value,
    )
