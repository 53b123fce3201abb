"""The databases on which a deployment is tried. TRIPS=some (`make test`) leaves the long ways to `make trips`."""

import os
from pathlib import Path

import pytest

from tests.fakes.databases import database, database_url, migrated_sqlite, postgres

EACH_TIME = frozenset(
    {
        "test_a_bot_in_the_middle_of_its_work_ends_what_it_began_and_gives_back_the_rest",
        "test_a_code_of_before_the_change_opens_and_one_of_after_it_too",
        "test_the_old_version_runs_on_while_the_tables_grow_and_the_new_one_takes_over",
    }
)

__all__ = ["database", "database_url", "migrated_sqlite", "postgres"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what runs before it lands."""
    spared = [item for item in items if Path(__file__).parent in item.path.parents and _is_spared(item)]
    items[:] = [item for item in items if item not in spared]
    config.hook.pytest_deselected(items=spared)


def _is_spared(item: pytest.Item) -> bool:
    if os.environ.get("TRIPS") != "some" or item.get_closest_marker("trip") is None:
        return False
    return item.name.partition("[")[0] not in EACH_TIME or item.get_closest_marker("postgres") is not None
