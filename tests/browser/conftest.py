"""A village on SQLite, seen through Chromium; whatever the browser complains of fails the test."""

import shutil
import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, ConsoleMessage, Error, Page, expect

from domain.people import ActorRole
from tests.browser.cast import add_person, add_worker
from tests.browser.chromium import MISSING, find_chromium, running_chromium
from tests.browser.hands import Hand
from tests.fakes.databases import migrated_sqlite
from tests.trips.village import Village, open_village

__all__ = ["migrated_sqlite"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
async def chromium(anyio_backend: str) -> AsyncIterator[Browser]:
    program = find_chromium()
    if program is None:
        warnings.warn(MISSING, stacklevel=1)
        pytest.skip(MISSING)
    expect.set_options(timeout=120_000)
    async with running_chromium(program) as browser:
        yield browser


@pytest.fixture
async def village(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Village]:
    database = shutil.copy(migrated_sqlite, tmp_path / "cradle.db")
    async with open_village(f"sqlite+aiosqlite:///{database}", tmp_path) as opened:
        yield opened


@pytest.fixture
async def page(chromium: Browser, village: Village) -> AsyncIterator[Page]:
    """The page of phones on a desk, in English; the people's phones keep their own language."""
    opened = await chromium.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce")
    complaints: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            complaints.append(said.text)

    def fail(error: Error) -> None:
        complaints.append(str(error))

    opened.on("console", hear)
    opened.on("pageerror", fail)
    await opened.goto(village.simulator.base_url)
    yield opened
    await opened.close()
    assert complaints == []


@pytest.fixture
async def minh(page: Page, village: Village) -> Hand:
    """The volunteer of Suối Mơ."""
    return Hand(page, await add_worker(village, "Minh", "Cộng tác viên", ActorRole.VOLUNTEER))


@pytest.fixture
async def hoa(page: Page, village: Village) -> Hand:
    """The nurse of Suối Mơ's health station."""
    return Hand(page, await add_worker(village, "Hoa", "Điều dưỡng", ActorRole.HEALTH_WORKER))


@pytest.fixture
async def lan(page: Page, village: Village) -> Hand:
    """A mother whom nobody has enrolled yet."""
    return Hand(page, await add_person(village, "Lan", "Mẹ"))
