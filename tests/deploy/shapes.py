"""What tables look like, and what a step of the schema takes from the version of the program before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy.engine.interfaces import ReflectedColumn, ReflectedIndex
from sqlalchemy.types import BigInteger, Integer, TypeEngine


@dataclass(frozen=True)
class Column:
    """What a value may be, and whether one has to be given."""

    kind: TypeEngine[Any]
    is_needed: bool


@dataclass(frozen=True)
class Shape:
    """The columns of a table, the keys that `ON CONFLICT` may name, and what a row has to fulfil besides."""

    columns: Mapping[str, Column]
    keys: frozenset[str]
    rules: frozenset[str]


Shapes = Mapping[str, Shape]


def shapes_of(connection: Connection) -> Shapes:
    """Every table of the database but Alembic's own."""
    inspector = inspect(connection)
    names = [name for name in inspector.get_table_names() if name != "alembic_version"]
    return {name: _shape(inspector, name) for name in names}


def narrowings(before: Shapes, after: Shapes) -> list[str]:
    """What a program that knows only `before` can no longer do; empty when the step only adds."""
    found = [f"{table} is gone" for table in before if table not in after]
    for table in sorted(before.keys() & after.keys()):
        found += [f"{table}{flaw}" for flaw in _narrowed(before[table], after[table])]
    return found


def _narrowed(before: Shape, after: Shape) -> Iterator[str]:
    yield from (f".{name} is gone" for name in before.columns if name not in after.columns)
    for name, column in after.columns.items():
        old = before.columns.get(name)
        if column.is_needed and (old is None or not old.is_needed):
            yield f".{name} must be given, and the version before does not"
        if old is not None and not _holds(column.kind, old.kind):
            yield f".{name} holds less: {column.kind!r} and not {old.kind!r}"
    yield from (f" has no key {key} any more, which may be named on a conflict" for key in before.keys - after.keys)
    yield from (f" has a new key {key}, which refuses rows" for key in after.keys - before.keys)
    yield from (f" has a new rule {rule}, which refuses rows" for rule in after.rules - before.rules)


def _holds(new: TypeEngine[Any], old: TypeEngine[Any]) -> bool:
    lengths = getattr(new, "length", None), getattr(old, "length", None)
    if lengths[0] is not None:
        return lengths[1] is not None and lengths[0] >= lengths[1]
    if isinstance(old, Integer) and isinstance(new, BigInteger):
        return True
    return str(new) == str(old) or lengths[1] is not None


def _shape(inspector: Any, table: str) -> Shape:
    primary = inspector.get_pk_constraint(table)["constrained_columns"]
    columns: list[ReflectedColumn] = inspector.get_columns(table)
    indexes: list[ReflectedIndex] = inspector.get_indexes(table)
    uniques = [one["column_names"] for one in inspector.get_unique_constraints(table)]
    references = inspector.get_foreign_keys(table)
    known = {one["name"]: one for one in columns}
    # A reference from a column that is new refuses nothing to who does not know the column.
    rules = {f"{one['constrained_columns']} in {one['referred_table']}" for one in references}
    checks = {one["sqltext"] for one in inspector.get_check_constraints(table)}
    return Shape(
        {name: Column(one["type"], _is_needed(one, primary)) for name, one in known.items()},
        frozenset({*(str(names) for names in (primary, *uniques)), *_unique(indexes)}),
        frozenset(rules | checks),
    )


def _is_needed(column: ReflectedColumn, primary: list[str]) -> bool:
    numbered = [column["name"]] == primary and isinstance(column["type"], Integer)
    return not column["nullable"] and column["default"] is None and not numbered


def _unique(indexes: list[ReflectedIndex]) -> Iterator[str]:
    for index in indexes:
        if index["unique"]:
            where = [str(value) for name, value in index.get("dialect_options", {}).items() if name.endswith("_where")]
            yield f"{index['column_names']}{' where ' if where else ''}{''.join(where)}"
