"""What all tables share: their register, names of constraints, and instants that are aware UTC on both databases."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, ForeignKey, Integer, MetaData
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only in an INTEGER; PostgreSQL gets room for a country.
BigId = BigInteger().with_variant(Integer(), "sqlite")


def in_utc(value: datetime) -> datetime:
    """The same instant in UTC; nothing naive is one."""
    if value.tzinfo is None:
        raise ValueError("an instant must say its zone")
    return value.astimezone(UTC)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant. SQLite keeps it without zone; nothing naive goes in or comes out."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """`timestamptz` on PostgreSQL."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive instant; store UTC."""
        if value is None:
            return None
        utc = in_utc(value)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give back an aware UTC instant."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def id_column() -> Column[int]:
    """The number of a row, never used twice."""
    return Column("id", BigId, primary_key=True, autoincrement=True)


def reference(name: str, target: str, *, nullable: bool = False, index: bool = True) -> Column[int]:
    """A column that points to another table's row."""
    return Column(name, BigId, ForeignKey(f"{target}.id"), nullable=nullable, index=index)
