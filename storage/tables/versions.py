"""Which versions of the program may work on this database: written by migrations, read when a process starts."""

from sqlalchemy import Column, String, Table

from storage.tables.base import metadata

schema_floor = Table(
    "schema_floor",
    metadata,
    Column("oldest", String(32), primary_key=True),
)
