"""The databases on which a deployment is tried."""

import pytest

from tests.fakes.databases import database, database_url, migrated_sqlite, postgres

__all__ = ["database", "database_url", "migrated_sqlite", "postgres"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
