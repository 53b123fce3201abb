"""A row of the index of next days lives only as long as nothing changed: whoever changes a child's record drops it."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, select

from storage.statements import Statements
from storage.tables import child_forecasts, children


async def forget_forecasts(statements: Statements, of_children: Collection[int]) -> None:
    """Drop the rows of these children."""
    await statements.run(delete(child_forecasts).where(child_forecasts.c.child_id.in_(of_children)))


async def forget_forecasts_where(statements: Statements, *where: ColumnElement[bool]) -> None:
    """Drop the rows of all children of whom this is true."""
    concerned = select(children.c.id).where(*where)
    await statements.run(delete(child_forecasts).where(child_forecasts.c.child_id.in_(concerned)))
