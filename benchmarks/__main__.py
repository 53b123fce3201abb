"""Run all benchmarks, or those named, each by its name or the first words of it; one replaces only its own row."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.content import loading, rendering
from benchmarks.fan_out import fan_out_postgres, fan_out_sqlite
from benchmarks.forecasting import forecasts
from benchmarks.limit import limit_postgres, limit_sqlite
from benchmarks.measurement import Measurement
from benchmarks.memory import memory
from benchmarks.pipeline import pipeline_postgres, pipeline_sqlite
from benchmarks.planning import (
    planning_growth_postgres,
    planning_growth_sqlite,
    planning_postgres,
    planning_sqlite,
)
from benchmarks.replies import replies_postgres, replies_sqlite
from benchmarks.transport import transport_8_way, transport_64_way

RESULTS = Path("var/bench.json")
BENCHMARKS: dict[str, Callable[[], Measurement]] = {
    "content_loading": loading,
    "rendering": rendering,
    "forecasts": forecasts,
    "pipeline_sqlite": pipeline_sqlite,
    "pipeline_postgres": pipeline_postgres,
    "fan_out_postgres": fan_out_postgres,
    "fan_out_sqlite": fan_out_sqlite,
    "limit_sqlite": limit_sqlite,
    "limit_postgres": limit_postgres,
    "replies_sqlite": replies_sqlite,
    "replies_postgres": replies_postgres,
    "memory": memory,
    "planning_sqlite": planning_sqlite,
    "planning_postgres": planning_postgres,
    "planning_growth_sqlite": planning_growth_sqlite,
    "planning_growth_postgres": planning_growth_postgres,
    "transport_8_way": transport_8_way,
    "transport_64_way": transport_64_way,
}
out = Console(highlight=False)


def main(only: list[str]) -> int:
    """The exit code: 0 when every bound holds."""
    unknown = [name for name in only if not _called(name)]
    if unknown:
        out.print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}.")
        return 2
    measured = []
    wanted = [one for name in only for one in _called(name)]
    for name in wanted or BENCHMARKS:
        out.print(f"Measuring {name} …")
        measured.append(BENCHMARKS[name]())
    out.print(_table(measured))
    _keep(measured)
    return 0 if all(one.holds for one in measured) else 1


def _called(name: str) -> list[str]:
    """All of this name, or whose first words it is: `planning` is four."""
    return [one for one in BENCHMARKS if one == name or one.startswith(f"{name}_")]


def _table(measured: list[Measurement]) -> Table:
    table = Table("name", "value", "unit", "bound", "holds")
    for one in measured:
        side = "≤" if one.at_most else "≥"
        table.add_row(one.name, f"{one.value:,.3g}", one.unit, f"{side} {one.bound:,g}", "yes" if one.holds else "NO")
    return table


def _keep(measured: list[Measurement]) -> None:
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    fresh = {one.name for one in measured}
    rows = [row for row in known if row["name"] not in fresh]
    for one in measured:
        row = {"name": one.name, "value": one.value, "unit": one.unit, "bound": one.bound}
        rows.append({**row, "peer": one.peer, "holds": one.holds})
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=2), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
