"""Runs statements on one connection; the one place that knows which database it is."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Executable, RowMapping, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.listening import Bell

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


class Statements:
    """A connection within its transaction, as the repositories use it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.is_postgres = connection.dialect.name == "postgresql"

    def insert(self, table: Table) -> Insert:
        """An insert that can say what is to happen on a conflict."""
        return postgresql.insert(table) if self.is_postgres else sqlite.insert(table)

    async def run(self, statement: Executable) -> int:
        """Give how many rows it touched."""
        return (await self._connection.execute(statement)).rowcount

    async def run_many(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> int:
        """Run a statement that returns what it touched, for many rows at once; give how many it touched."""
        if not rows:
            return 0
        return len((await self._connection.execute(statement, rows)).all())

    async def each(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement once for each of these rows."""
        if rows:
            await self._connection.execute(statement, rows)

    async def all(self, statement: Executable) -> Sequence[RowMapping]:
        """Every row, by column."""
        return (await self._connection.execute(statement)).mappings().all()

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
