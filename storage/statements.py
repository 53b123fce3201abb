"""Runs statements on one connection; the one place that knows which database it is."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Executable,
    LargeBinary,
    Row,
    RowMapping,
    Table,
    Text,
    Update,
    any_,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.listening import Bell
from storage.tables.base import BigId

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


class Statements:
    """A connection within its transaction, as the repositories use it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.is_postgres = connection.dialect.name == "postgresql"

    def insert(self, table: Table) -> Insert:
        """An insert that can say what is to happen on a conflict."""
        return postgresql.insert(table) if self.is_postgres else sqlite.insert(table)

    def among(self, column: ColumnElement[Any], numbers: Collection[int]) -> ColumnElement[bool]:
        """Whether it is one of these. PostgreSQL gets one array, so that the statement is read and planned once."""
        if self.is_postgres:
            return column == any_(bindparam(None, list(numbers), type_=ARRAY(BigId)))
        return column.in_(numbers)

    def as_written(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """JSON as it lies there: a file of SQLite may hold bytes at which its driver gives up all the other rows."""
        return cast(column, Text if self.is_postgres else LargeBinary)

    async def update_each(self, change: Update, columns: Sequence[Column[Any]], rows: Sequence[Sequence[Any]]) -> None:
        """Change one row for each of these: the first column says which, the others what it then holds."""
        if not rows:
            return
        key, *told = columns
        if self.is_postgres:
            values = zip(columns, zip(*rows, strict=True), strict=True)
            arrays = (bindparam(None, list(cells), type_=ARRAY(column.type)) for column, cells in values)
            given = func.unnest(*arrays).table_valued(*(one.name for one in columns), name="given").render_derived()
            await self.run(change.where(key == given.c[key.name]).values({one: given.c[one.name] for one in told}))
            return
        # SQLite would look through the whole table for a join, and is quick row by row.
        one_row = change.where(key == bindparam("which")).values({one: bindparam(one.name) for one in told})
        names = ("which", *(one.name for one in told))
        await self.each(one_row, [dict(zip(names, row, strict=True)) for row in rows])

    async def run(self, statement: Executable) -> int:
        """Give how many rows it touched."""
        return (await self._connection.execute(statement)).rowcount

    async def run_many(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> int:
        """Run a statement that returns what it touched, for many rows at once; give how many it touched."""
        if not rows:
            return 0
        return len((await self._connection.execute(statement, rows)).all())

    async def run_all(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> int:
        """Run a statement once for each of these rows; give how many rows it touched in all."""
        return (await self._connection.execute(statement, rows)).rowcount if rows else 0

    async def each(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement once for each of these rows."""
        if rows:
            await self._connection.execute(statement, rows)

    async def all(self, statement: Executable) -> Sequence[RowMapping]:
        """Every row, by column."""
        return (await self._connection.execute(statement)).mappings().all()

    async def plain(self, statement: Executable) -> Sequence[Row[Any]]:
        """Every row, by place: for whom reading very many by column costs too much."""
        return (await self._connection.execute(statement)).all()

    async def first(self, statement: Executable) -> RowMapping | None:
        """The first row, or None."""
        return (await self._connection.execute(statement)).mappings().first()

    async def value(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        return (await self._connection.execute(statement)).scalar()

    async def ring(self, bell: Bell) -> None:
        """Tell the processes that listen, once this transaction is committed."""
        if self.is_postgres:
            await self._connection.execute(select(func.pg_notify(bell.value, "")))

    async def hold(self, key: int) -> None:
        """Until the transaction ends nobody else holds `key`. SQLite has one writer anyway."""
        if self.is_postgres:
            await self._connection.execute(select(func.pg_advisory_xact_lock(key)))
