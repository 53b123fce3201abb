"""`cradle schedule rules NAME`: every dose of a schedule with what it rests on, for the clinician who is to sign it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from content.sources import Source
    from domain.vaccination.dose_rules import DoseRule
    from domain.vaccination.schedule import Schedule

Row = tuple[str, str, str, str, str]
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def show_rules(
    schedule: Annotated[str, typer.Argument(help="The name of the schedule, like vn-epi.")],
    version: Annotated[str, typer.Argument(help="Its version; the newest on file where none is named.")] = "",
) -> None:
    """Show each dose, the documents it rests on, how surely, and what a clinician should know."""
    from content.library import ROOT
    from content.schedules.loading import load_versions
    from content.sources import load_sources

    found = [one for one in load_versions() if one.key == schedule and version in ("", one.version)]
    if not found:
        err.print(f"There is no {schedule} {version}".rstrip() + " on file.", style="bold red", markup=False)
        raise SystemExit(2)
    table = Table("dose", "vaccines", "rests on", "certainty", "note", title=f"{schedule} {found[-1].version}")
    for row in _rows(found[-1], load_sources(ROOT)):
        table.add_row(*row)
    out.print(table)


def _rows(schedule: "Schedule", sources: "Mapping[str, Source]") -> Iterator[Row]:
    targets = [target for group in schedule.groups for target in group.targets]
    for series in (series for target in targets for series in target.series):
        for rule in series.doses:
            certainty = rule.source.certainty.replace("_", "-")
            dose = f"{series.key} {rule.number}"
            yield dose, ", ".join(rule.vaccines), _documents(rule, sources), certainty, rule.source.note


def _documents(rule: "DoseRule", sources: "Mapping[str, Source]") -> str:
    """The titles, each with what is in force in its place where it no longer is."""
    lines = []
    for one in rule.source.citations:
        instead = f" (no longer in force: {sources[one.successor].title})" if one.successor else ""
        lines.append(f"{sources[one.document].title}{instead}")
    return "; ".join(lines)
