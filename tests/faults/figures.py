"""What a long fault run showed: a row for each scenario, printed as a table and kept in var/faults.json."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

RESULTS = Path("var/faults.json")
ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))
SEED = int(os.environ.get("FAULT_SEED", "20261122"))
FIGURE = "figure"
WIDTH = 170


@dataclass(frozen=True)
class Figure:
    """One scenario. `faults`: how often something was done to it; `doubtful`: rows counted uncertain, or resent."""

    scenario: str
    database: str
    faults: int
    updates: int
    messages: int
    doubtful: int
    lost: int
    doubled: int
    seconds: float
    more: str = ""
    seed: int = SEED

    @property
    def holds(self) -> bool:
        """Nothing is lost, and nothing doubled but what is counted."""
        return self.lost == self.doubled == 0


def kind_of(database_url: str) -> str:
    """The database of a scenario, as the table names it."""
    return database_url.partition("+")[0]


def print_figures(figures: Sequence[dict[str, Any]]) -> None:
    """The table."""
    columns = ("scenario", "database", "faults", "updates", "messages", "doubtful", "lost", "doubled", "seconds")
    table = Table(*columns, "more", title=f"Faults, seed {SEED}")
    for one in figures:
        table.add_row(
            *(f"{one[name]:,}" if isinstance(one[name], int) else str(one[name]) for name in columns), one["more"]
        )
    Console(highlight=False, width=WIDTH).print(table)


def keep_figures(figures: Sequence[dict[str, Any]]) -> None:
    """What was not run again keeps its row."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    fresh = {(one["scenario"], one["database"]) for one in figures}
    rows = [row for row in known if (row["scenario"], row["database"]) not in fresh]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([*rows, *figures], indent=2, ensure_ascii=False), encoding="utf-8")


def as_json(figure: Figure) -> dict[str, Any]:
    """A row of the file."""
    return {**asdict(figure), "seconds": round(figure.seconds, 1), "holds": figure.holds}
