"""`cradle hours`: how long the lines of the next day's hours will be, and for whom they are too long."""

import asyncio
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table

from app.logging import configure_logging
from app.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.operations.popular_hours import PopularHour

hours_commands = typer.Typer()
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
IN_A_FILE = 80
"""How wide the table is where no terminal says it."""


@hours_commands.command()
def hours() -> None:
    """What is planned for each hour of the next day, when the last of it leaves, and how much leaves only later."""
    configure_logging(human=err.is_terminal)
    found, rate = asyncio.run(_look())
    wide = out if out.is_terminal else Console(highlight=False, width=IN_A_FILE)
    if not found:
        wide.print("Nothing is planned for the next day yet.")
        return
    wide.print(_table(found))
    wide.print(f"At {rate:g} messages a second of each bot (CRADLE_SEND_RATE).")
    if any(one.line.spilled for one in found):
        wide.print("Who waits: those planned last in the hour; of one minute, the families of the older children.")


async def _look() -> "tuple[Sequence[PopularHour], float]":
    from app.schema import require_schema
    from app.wiring import make_parts
    from services.operations.popular_hours import popular_hours

    parts = make_parts(load_settings())
    rate = parts.programme.send_rate
    try:
        await require_schema(parts.database)
        async with parts.database.look() as uow:
            return await popular_hours(uow, rate, await parts.clock.moment()), rate
    finally:
        await parts.close()


def _table(found: "Sequence[PopularHour]") -> Table:
    table = Table("bot", "hour", "zone", box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("messages", "last leaves", "too late"):
        table.add_column(name, justify="right")
    for one in found:
        messages = str(one.carried + one.line.rows)
        late = str(one.line.spilled or "")
        table.add_row(
            one.bot or "any", f"{one.begins:%a %d %b %H:%M}", one.zone, messages, f"{one.latest_at:%H:%M}", late
        )
    return table
