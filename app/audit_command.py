"""`cradle audit`: what families should have received in the last days, held against what became of it; numbers only."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.logging import configure_logging
from app.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.auditing.finding import Finding
    from services.operations.audit_sending import Audit

audit_commands = typer.Typer()
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
SHOWN = 20
"""So many findings are shown one by one."""
IN_A_FILE = 160
"""How wide the table is where no terminal says it."""


@audit_commands.command()
def audit(
    days: Annotated[
        int | None, typer.Option(min=1, max=30, help="How many whole days back; CRADLE_AUDIT_DAYS by default.")
    ] = None,
) -> None:
    """Compute anew what each family should have received, and list what is missed, early, late, double or too much."""
    configure_logging(human=err.is_terminal)
    found = asyncio.run(_audit(days))
    wide = out if out.is_terminal else Console(highlight=False, width=IN_A_FILE)
    wide.print(f"Families: {found.run.families}. Days: {found.run.days}. Faults: {found.run.total}.")
    if found.run.total:
        wide.print(_counts(found))
        wide.print(_first(found.findings[:SHOWN]))
        raise SystemExit(1)


def _counts(found: "Audit") -> Table:
    table = Table("fault")
    table.add_column("how often", justify="right")
    for fault, count in sorted(found.run.counts.items()):
        table.add_row(fault.value, str(count))
    return table


def _first(findings: "Sequence[Finding]") -> Table:
    """The first of them. Who it is stands in the database: here are numbers only."""
    table = Table("day", "fault", "caregiver", "message", "occasion", title=f"The first {len(findings)}")
    for one in findings:
        table.add_row(one.on.isoformat(), one.fault.value, str(one.caregiver), one.key, one.occasion)
    return table


async def _audit(days: int | None) -> "Audit":
    from app.schema import require_schema
    from app.wiring import make_parts
    from services.operations.audit_sending import audit_sending

    settings = load_settings()
    parts = make_parts(settings)
    try:
        await require_schema(parts.database)
        moment = await parts.clock.moment()
        written_in, count = parts.library.written_in, days or settings.audit_days
        return await audit_sending(parts.database, parts.programme, moment, written_in, days=count)
    finally:
        await parts.close()
