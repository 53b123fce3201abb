"""`cradle schedule …`: which versions there are, what a new one changes, its activation, and the job that follows."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from app.logging import configure_logging
from app.schedule_rules import show_rules
from app.settings import load_settings

if TYPE_CHECKING:
    from app.wiring import Parts
    from services.ports.forecasting import ForecastPort
    from services.visits.compare_versions import Comparison

ScheduleName = Annotated[str, typer.Argument(help="The name of the schedule, like vn-epi.")]
VersionName = Annotated[str, typer.Argument(help="Its version, as `cradle schedule list` names it.")]
Advance = Callable[[int, int], None]

schedule_commands = typer.Typer(no_args_is_help=True, help="Vaccination schedules: versions, changes, activation.")
schedule_commands.command("rules")(show_rules)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@schedule_commands.command("list")
def list_versions() -> None:
    """Every version on file, who signed it, and which one counts."""
    with _parts() as parts:
        active = asyncio.run(_active(parts))
    table = Table("schedule", "version", "country", "in force from", "signed", "counts")
    for one in parts.programme.versions:
        schedule = one.schedule
        default = parts.programme.forecaster(schedule.country, active)
        counts = default is not None and default.schedule.version == schedule.version
        signed = f"{schedule.signed_off.by}, {schedule.signed_off.on}" if schedule.signed_off else "draft"
        named = (schedule.key, schedule.version, schedule.country, str(schedule.effective_from))
        table.add_row(*named, signed, "yes" if counts else "")
    out.print(table)


@schedule_commands.command()
def compare(
    schedule: ScheduleName,
    version: VersionName,
    *,
    children: Annotated[bool, typer.Option("--children", help="Name each child by its number.")] = False,
) -> None:
    """Show which children change, and how, if this version counted."""
    with _parts() as parts:
        coming = _version(parts, schedule, version)
        _show(asyncio.run(_compare(parts, coming)), each=children)


@schedule_commands.command()
def activate(
    schedule: ScheduleName,
    version: VersionName,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Let a version count from now on: shows what changes, asks, and computes everybody anew."""
    with _parts() as parts:
        coming = _version(parts, schedule, version)
        _refuse_draft(parts, coming)
        _show(asyncio.run(_compare(parts, coming)), each=False)
        if not yes and not typer.confirm(f"Let {schedule} {version} count from now on?"):
            raise SystemExit(1)
        done = asyncio.run(_activate(parts, coming))
    out.print(f"{schedule} {version} counts now. Computed anew: {done} children.")


@schedule_commands.command()
def refresh() -> None:
    """Compute anew whoever is not up to date; it may be stopped and started again."""
    with _parts() as parts:
        done = asyncio.run(_refresh(parts))
    out.print(f"Computed anew: {done} children.")


@contextmanager
def _parts() -> "Iterator[Parts]":
    configure_logging(human=err.is_terminal)
    from app.wiring import make_parts

    parts = make_parts(load_settings())
    try:
        yield parts
    finally:
        asyncio.run(parts.close())


async def _active(parts: "Parts") -> dict[str, str]:
    from app.schema import require_schema

    await require_schema(parts.database)
    async with parts.database.look() as uow:
        return dict(await uow.forecasts.active_versions())


def _version(parts: "Parts", schedule: str, version: str) -> "ForecastPort":
    named = {(one.schedule.key, one.schedule.version): one for one in parts.programme.versions}
    found = named.get((schedule, version))
    if found is None:
        known = ", ".join(f"{key} {one}" for key, one in named) or "none"
        err.print(f"There is no {schedule} {version} on file; there are: {known}.", style="bold red", markup=False)
        raise SystemExit(2)
    return found


def _refuse_draft(parts: "Parts", coming: "ForecastPort") -> None:
    from services.visits.compare_versions import may_count

    if not may_count(parts.programme, coming, asyncio.run(_active(parts))):
        named = f"{coming.schedule.key} {coming.schedule.version}"
        err.print(f"Nobody signed {named}, and the version that counts is signed.", style="bold red", markup=False)
        raise SystemExit(2)


async def _compare(parts: "Parts", coming: "ForecastPort") -> "Comparison":
    from services.visits.compare_versions import compare_versions

    await _active(parts)
    moment = await parts.clock.moment()
    with _progress("Comparing stations") as advance:
        return await compare_versions(parts.database, parts.programme, moment, coming, advance)


async def _activate(parts: "Parts", coming: "ForecastPort") -> int:
    from services.visits.compare_versions import activate_version

    await activate_version(parts.database, await parts.clock.moment(), coming)
    return await _refresh(parts)


async def _refresh(parts: "Parts") -> int:
    from services.visits.refresh_forecasts import refresh_forecasts

    await _active(parts)
    with _progress("Computing children") as advance:
        return await refresh_forecasts(parts.database, parts.programme, await parts.clock.moment(), advance)


@contextmanager
def _progress(words: str) -> "Iterator[Advance]":
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task(words, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _show(comparison: "Comparison", *, each: bool) -> None:
    out.print(f"{len(comparison.changed)} of {comparison.children} children change.")
    counts = Counter((change.group, change.shift) for child in comparison.changed for change in child.changes)
    if counts:
        table = Table("group", "change", "children")
        for (group, shift), count in sorted(counts.items()):
            table.add_row(group, shift.replace("_", " "), str(count))
        out.print(table)
    if each:
        for child in comparison.changed:
            for change in child.changes:
                days = f"{change.before or '–'} → {change.after or '–'}"
                line = f"child {child.child}, born {child.birth_date}, {child.facility}"
                out.print(f"{line}: {change.group} {change.shift}, {days}", soft_wrap=True, markup=False)
