"""`cradle forecast`: children in as JSON lines, what was counted and what comes next out, without a database."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, BinaryIO, NoReturn

import typer

from app.forecast_lines import LineError, Vaccines, answer_line, read_line
from content.schedules.cdsi import load_cdsi
from content.schedules.entries import ScheduleError
from content.schedules.loading import load_schedules
from domain.vaccination.engine import assess

DEFAULT_SCHEDULE = "vn-epi"
forecast_commands = typer.Typer()


@forecast_commands.command()
def forecast(
    schedule: Annotated[str | None, typer.Option(help=f"One of our schedules; {DEFAULT_SCHEDULE} by default.")] = None,
    cdsi: Annotated[Path | None, typer.Option(help="A folder with CDC's XML files, instead of a schedule.")] = None,
) -> None:
    """Judge doses and forecast the next ones: one JSON line for each child, in and out."""
    vaccines = _chosen(schedule, cdsi)
    try:
        _answer_all(sys.stdin.buffer, sys.stdout.buffer, vaccines)
    except BrokenPipeError:
        sys.stderr.close()


def _chosen(name: str | None, folder: Path | None) -> Vaccines:
    """The rules to judge by; what is wrong with the choice is a sentence."""
    if name is not None and folder is not None:
        _refuse("Choose either --schedule or --cdsi, not both.")
    try:
        if folder is not None:
            return Vaccines(load_cdsi(folder), is_cvx=True)
        schedules = load_schedules()
    except (ScheduleError, OSError) as error:
        _refuse(str(error))
    wanted = name or DEFAULT_SCHEDULE
    if wanted not in schedules:
        _refuse(f"There is no schedule {wanted!r}; there are {', '.join(schedules)}.")
    return Vaccines(schedules[wanted])


def _answer_all(lines: Iterable[bytes], out: BinaryIO, vaccines: Vaccines) -> None:
    """Each line is answered before the next is read: those before a bad one have their answers, no later one has."""
    for number, line in enumerate(lines, start=1):
        try:
            child, case, written = read_line(line, vaccines)
        except LineError as error:
            out.flush()
            _refuse(f"Line {number}: {error}.")
        out.write(answer_line(child, case, written, assess(vaccines.schedule, case)).encode() + b"\n")
    out.flush()


def _refuse(sentence: str) -> NoReturn:
    sys.stderr.write(sentence + "\n")
    raise SystemExit(2)
