"""`cradle status`: how the programme does, live in a terminal, once, or as JSON for a script."""

import asyncio
import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.live import Live

from app.logging import configure_logging
from app.settings import load_settings
from app.status_page import IN_A_FILE, figures_of, page_of

if TYPE_CHECKING:
    from app.wiring import Parts
    from domain.operations import Limits, Observation

status_commands = typer.Typer()
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
LOOK_EVERY = 2.0


@status_commands.command()
def status(
    once: Annotated[bool, typer.Option("--once", help="Show it once and end; 1 when something is wrong.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as one JSON object; implies --once.")] = False,
) -> None:
    """How the programme does: what waits, what was sent, ticks, bots, and what is wrong."""
    configure_logging(human=err.is_terminal)
    is_well = asyncio.run(_show(live=out.is_terminal and not once and not as_json, as_json=as_json))
    raise typer.Exit(0 if is_well else 1)


async def _show(*, live: bool, as_json: bool) -> bool:
    from app.observing import limits_of
    from app.schema import require_schema
    from app.wiring import make_parts
    from domain.operations import troubles_of

    parts = make_parts(load_settings())
    limits = limits_of(parts.settings)
    try:
        await require_schema(parts.database)
        if live:
            await _stay(parts, limits)
        seen = await _look(parts)
        if as_json:
            out.print_json(json.dumps(figures_of(seen, limits)))
        else:
            (out if out.is_terminal else Console(highlight=False, width=IN_A_FILE)).print(page_of(seen, limits))
        return not troubles_of(seen, limits)
    finally:
        await parts.close()


async def _stay(parts: "Parts", limits: "Limits") -> None:
    """Until Ctrl-C."""
    with Live(console=out, auto_refresh=False) as page:
        try:
            while True:
                page.update(page_of(await _look(parts), limits), refresh=True)
                await asyncio.sleep(LOOK_EVERY)
        except asyncio.CancelledError:
            page.update("", refresh=True)


async def _look(parts: "Parts") -> "Observation":
    from app.observing import surroundings_of
    from services.operations.observe import observe

    return await observe(parts.database, surroundings_of(parts), await parts.clock.moment())
