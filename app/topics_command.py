"""`cradle topics`: how far the topics of session days reach, as a table by station and topic."""

import asyncio
from dataclasses import astuple
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.logging import configure_logging
from app.settings import load_settings

if TYPE_CHECKING:
    from domain.area import Facility
    from services.visits.topics.report_topics import Coverage

topics_commands = typer.Typer()
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
COLUMNS = ("session days", "topic done", "caregivers reached", "did it", "a little", "not yet")
IN_A_FILE = 160
"""How wide the table is where no terminal says it."""
Rows = list[tuple["Facility", str, "Coverage"]]


@topics_commands.command()
def topics(
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day; a year ago by default.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day; today by default.")
    ] = None,
    facility: Annotated[str, typer.Option(help="One facility, by its name.")] = "",
) -> None:
    """Coverage of the topics of vaccination days, by station and topic."""
    configure_logging(human=err.is_terminal)
    rows = asyncio.run(_count(first.date() if first else None, last.date() if last else None, facility))
    if not rows:
        out.print("No session was closed and no topic noted in this time.")
        return
    table = Table("station", "topic")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for place, title, coverage in rows:
        table.add_row(escape(place.name), title, *(str(number) for number in astuple(coverage)))
    (out if out.is_terminal else Console(highlight=False, width=IN_A_FILE)).print(table)


async def _count(first: date | None, last: date | None, name: str) -> Rows:
    from app.schema import require_schema
    from app.wiring import Labels, make_parts
    from domain.message import Text
    from services.visits.topics.find_topic import A_YEAR
    from services.visits.topics.report_topics import count_coverage

    parts = make_parts(load_settings())
    try:
        await require_schema(parts.database)
        moment = await parts.clock.moment()
        async with parts.database.look() as uow:
            places = {one.id: one for one in await uow.area.facilities() if name in ("", one.name)}
            last = last or max((moment.today(one.zone) for one in places.values()), default=moment.now.date())
            counted = await count_coverage(uow, parts.programme.topics, list(places), first or last - A_YEAR, last)
        label = Labels(parts.library)
        order = [topic.key for topic in parts.programme.topics.topics]
        keys = sorted(counted, key=lambda key: (places[key[0]].name, order.index(key[1])))
        return [(places[at], label(Text(f"topic.{topic}.title"), "en"), counted[at, topic]) for at, topic in keys]
    finally:
        await parts.close()
