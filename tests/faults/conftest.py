"""Fault runs: bots that are ready to start, and figures that are printed at the end."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.fakes.databases import database_url, migrated_sqlite, postgres
from tests.faults.figures import FIGURE, ROUNDS, SEED, as_json, keep_figures, print_figures
from tests.faults.reckoning import Show
from tests.faults.warm import WarmBots, warm_bots

__all__ = ["database_url", "migrated_sqlite", "postgres"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
async def bots(anyio_backend: str) -> AsyncIterator[WarmBots]:
    """Bots that start at once."""
    async with warm_bots() as warm:
        yield warm


@pytest.fixture
def show(record_property: Callable[[str, object], None]) -> Show:
    """Keeps the figure of a scenario; the run prints them all at its end."""
    return lambda figure: record_property(FIGURE, as_json(figure))


def pytest_report_header() -> str:
    return f"faults: FAULT_ROUNDS={ROUNDS} FAULT_SEED={SEED}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The figures of all scenarios, whichever worker ran them."""
    reports = [one for outcome in ("passed", "failed") for one in terminalreporter.stats.get(outcome, ())]
    figures = [value for one in reports for name, value in one.user_properties if name == FIGURE]
    if figures:
        print_figures(figures)
        keep_figures(figures)
