"""The databases, and the people of these tests: Lan's family at Hoa's station, enrolled by Minh."""

import pytest

from storage.engine import Database
from tests.fakes.databases import database, database_url, migrated_sqlite, postgres
from tests.storage.village import Village, settle

__all__ = ["database", "database_url", "migrated_sqlite", "postgres"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def village(database: Database) -> Village:
    return await settle(database)
