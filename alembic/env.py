"""Runs migrations on the connection that the program hands over, or on the database named by `-x url=…`."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from storage.engine import open_database
from storage.tables import metadata


def migrate_on(connection: Connection) -> None:
    """Run within the transaction of this connection: all of a migration, or nothing."""
    context.configure(
        connection=connection, target_metadata=metadata, transactional_ddl=True, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()


async def open_and_migrate(url: str) -> None:
    """Open the database for one run."""
    database = open_database(url)
    try:
        async with database.transaction() as connection:
            await connection.run_sync(migrate_on)
    finally:
        await database.close()


given = context.config.attributes.get("connection")
if given is None:
    asyncio.run(open_and_migrate(context.get_x_argument(as_dictionary=True)["url"]))
else:
    migrate_on(given)
