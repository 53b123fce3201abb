"""Trips: the named cast in a village, on each database; every call is held against Telegram's own description."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.people import ActorRole
from tests.fakes.aiogram_models import problems_for_aiogram
from tests.fakes.databases import database_url, migrated_sqlite, postgres
from tests.simulator.oracle import find_oracle
from tests.trips.each_time import runs_each_time
from tests.trips.village import Person, Village, open_village

# TRIPS=some (make test): a choice of them. Otherwise every trip runs on SQLite, and on PostgreSQL the long way through
# the house; all of them on both when asked for by TRIPS=all.
SLOWEST = 1200  # seconds that months of a family may take on a busy machine
ON_POSTGRES = frozenset({"test_backup_drill.py", "test_kills.py", "test_reminders.py"})

__all__ = ["database_url", "migrated_sqlite", "postgres"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def village(database_url: str, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Village]:
    """A village whose bot runs; at the end its whole journal must be as Telegram describes it."""
    async with open_village(database_url, tmp_path) as opened:
        yield opened
        journal = await opened.stage.journal()
    oracle = find_oracle()
    checks = [problems_for_aiogram, *([oracle.problems] if oracle else [])]
    assert [found for entry in journal for check in checks for found in check(entry)] == []


@pytest.fixture
async def minh(village: Village) -> Person:
    """The volunteer of Suối Mơ."""
    return await village.actor("Minh", ActorRole.VOLUNTEER)


@pytest.fixture
async def hoa(village: Village) -> Person:
    """The nurse of Suối Mơ's health station."""
    return await village.actor("Hoa", ActorRole.HEALTH_WORKER)


@pytest.fixture
async def lan(village: Village) -> Person:
    """A mother whom nobody has enrolled yet."""
    return await village.person("Lan")


@pytest.fixture
async def binh(village: Village) -> Person:
    """A stranger, who must never see anything of theirs."""
    return await village.person("Bình")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Trips are marked as such; those that need not run on PostgreSQL again are left out."""
    trips = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in trips:
        item.add_marker(pytest.mark.trip)
        item.add_marker(pytest.mark.timeout(SLOWEST))
    asked = os.environ.get("TRIPS")
    spared = [one for one in trips if _is_spared(one, asked)]
    items[:] = [item for item in items if item not in spared]
    config.hook.pytest_deselected(items=spared)


def _is_spared(trip: pytest.Item, asked: str | None) -> bool:
    if asked == "some" and not runs_each_time(trip.path.name, trip.name):
        return True
    return _is_on_postgres(trip) and trip.path.name not in ON_POSTGRES and asked != "all"


def _is_on_postgres(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgres") is not None
