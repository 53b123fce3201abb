"""Rows that change hands and can change back: every change is noted with what stood there before."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, RowMapping, Table, select, update

from services.ports.merges import Moved, Undoing
from storage.statements import Statements
from storage.tables import metadata
from storage.tables.base import Instant


class RowMover:
    """Changes rows one by one and keeps the list of what it did."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self.moved: list[Moved] = []

    async def rows(self, table: Table, *where: ColumnElement[bool]) -> list[RowMapping]:
        """The rows of a table, in order."""
        return list(await self._statements.all(select(table).where(*where).order_by(table.c.id)))

    async def change(self, table: Table, row: RowMapping, **values: Any) -> None:
        """Change one row; what is so already is left alone."""
        new = {name: value for name, value in values.items() if row[table.c[name]] != value}
        if not new:
            return
        before = {name: _written(row[table.c[name]]) for name in new}
        after = {name: _written(value) for name, value in new.items()}
        await self._statements.run(update(table).where(table.c.id == row[table.c.id]).values(new))
        self.moved.append(Moved(table.name, row[table.c.id], before, after))

    async def change_all(self, table: Table, *where: ColumnElement[bool], **values: Any) -> None:
        """The same for every row."""
        for row in await self.rows(table, *where):
            await self.change(table, row, **values)


async def give_back(statements: Statements, moved: tuple[Moved, ...]) -> Undoing:
    """Undo in the opposite order; what was changed since, or is gone, stays as it is."""
    restored = stayed = 0
    for one in reversed(moved):
        if one.before == one.after:  # only a note
            continue
        table = metadata.tables[one.table]
        row = await statements.first(select(table).where(table.c.id == one.row))
        if row is None:
            continue
        if any(_written(row[table.c[name]]) != value for name, value in one.after.items()):
            stayed += 1
            continue
        await statements.run(update(table).where(table.c.id == one.row).values(_values(table, one.before)))
        restored += 1
    return Undoing(restored, stayed)


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _values(table: Table, written: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _read(table, name, value) for name, value in written.items()}


def _read(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if value is None or not isinstance(kind, Instant | Date):
        return value
    return datetime.fromisoformat(value) if isinstance(kind, Instant) else date.fromisoformat(value)
