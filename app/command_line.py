"""The program: `cradle run`, its parts alone, and what is done by hand.

Every command imports its own rooms when it is called: a command that needs few of them starts at once.
"""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from app.audit_command import audit_commands
from app.backup_commands import backup_commands
from app.content_commands import content_commands
from app.forecast_command import forecast_commands
from app.hours_command import hours_commands
from app.logging import configure_logging
from app.printing_commands import printing_commands
from app.register_commands import register_commands
from app.schedule_commands import schedule_commands
from app.settings import Settings, SettingsError, load_settings
from app.status_command import status_commands
from app.topics_command import topics_commands

if TYPE_CHECKING:
    from app.area_file import AreaFile
    from app.processes import Process

program = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Cradle, a bot for families."
)
staff = typer.Typer(no_args_is_help=True, help="The people who run the programme.")
area = typer.Typer(no_args_is_help=True, help="Provinces, communes, facilities.")
program.add_typer(staff, name="staff")
program.add_typer(area, name="area")
program.add_typer(content_commands, name="content")
program.add_typer(schedule_commands, name="schedule")
program.add_typer(printing_commands)
program.add_typer(topics_commands)
program.add_typer(forecast_commands)
program.add_typer(register_commands)
program.add_typer(backup_commands)
program.add_typer(status_commands)
program.add_typer(hours_commands)
program.add_typer(audit_commands)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def main() -> None:
    """Run the command; what people can mend is a sentence and not a traceback."""
    try:
        program()
    except SettingsError as error:
        _fail(error, 2)
    except (Exception, BaseExceptionGroup) as error:
        from app.sentences import sentence_in

        sentence = sentence_in(error)
        if sentence is None:
            raise
        _fail(sentence, 2 if isinstance(sentence, SettingsError) else 1)


def _fail(sentence: BaseException, code: int) -> None:
    err.print(str(sentence), style="bold red", soft_wrap=True, markup=False)
    raise SystemExit(code) from None


def _settings() -> Settings:
    configure_logging(human=err.is_terminal)
    return load_settings()


def _run(process: "Process") -> None:
    from app.processes import run_until_stopped

    asyncio.run(run_until_stopped(_settings(), process))


@program.command()
def run() -> None:
    """Everything in one process: console, bot and scheduler."""
    from app.processes import all_in_one

    _run(all_in_one)


@program.command()
def bot() -> None:
    """Receive, answer and send."""
    from app.processes import bot_alone

    _run(bot_alone)


@program.command()
def scheduler() -> None:
    """Plan."""
    from app.processes import scheduler_alone

    _run(scheduler_alone)


@program.command()
def console() -> None:
    """Listen for the webhook and for health checks."""
    from app.processes import console_alone

    _run(console_alone)


@program.command()
def simulator(
    state: Annotated[Path | None, typer.Option(help="Keep the simulator's state in this file.")] = None,
    token: Annotated[list[str] | None, typer.Option(help="A bot's token; the one of the settings by default.")] = None,
    until_input_ends: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """The world outside: a Bot API server, a page of phones and the clock, on CRADLE_SIMULATOR_BIND."""
    from app.simulator_process import run_simulator

    settings = _settings()
    asyncio.run(run_simulator(settings, token or [settings.require_token()], state, until_input_ends=until_input_ends))


@program.command()
def migrate(
    minutes: Annotated[float, typer.Option(min=0.1, help="How long one statement may take on PostgreSQL.")] = 5,
) -> None:
    """Bring the database's schema up to date; the version before may go on working meanwhile."""
    done = asyncio.run(_migrate(_settings(), timedelta(minutes=minutes)))
    out.print("The database is up to date." if not done else f"Done: {', '.join(done)}.")


async def _migrate(settings: Settings, longest: timedelta) -> list[str]:
    from storage.engine import open_database
    from storage.migrating import Patience
    from storage.migrating import migrate as migrate_database

    database = open_database(settings.database_url)
    try:
        return await migrate_database(database, Patience(step=longest))
    finally:
        await database.close()


@program.command()
def doctor(
    database: Annotated[bool, typer.Option("--database", help="Only the database: a health check.")] = False,
) -> None:
    """Look at settings, database, schema, drafts and Telegram, and say in words how they are."""
    from app.schema import look_at_schema

    settings = _settings()
    if database:
        out.print(asyncio.run(look_at_schema(settings.database_url)))
        return
    from app.doctor import examine

    findings = asyncio.run(examine(settings))
    for finding in findings:
        out.print(f"{finding.mark} {finding.sentence}", soft_wrap=True, markup=False)
    raise SystemExit(1 if any(finding.is_fault for finding in findings) else 0)


@staff.command("add")
def staff_add(name: Annotated[str, typer.Argument(help="The name by which colleagues know her.")]) -> None:
    """Invite somebody as staff: prints a link that is good once, for thirty days."""
    from app.staff import add_staff_member
    from app.wiring import make_parts

    link = asyncio.run(add_staff_member(make_parts(_settings()), name))
    out.print(f"{name} opens this link on her phone (once, within 30 days):\n{link}", soft_wrap=True, markup=False)


@area.command("import")
def area_import(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV file as the README shows.")],
) -> None:
    """Read provinces, communes and facilities; nothing is saved unless every row is right."""
    from app.area_file import AreaFile, read_area_file

    found = read_area_file(file)
    if not isinstance(found, AreaFile):
        for error in found:
            err.print(str(error), soft_wrap=True, markup=False)
        err.print("Nothing was saved. Mend these rows and import the file again.", style="bold red")
        raise SystemExit(1)
    count = asyncio.run(_import(_settings(), found))
    out.print(f"Saved: {count} facilities.")


async def _import(settings: Settings, found: "AreaFile") -> int:
    from app.schema import require_schema
    from app.wiring import make_parts
    from services.staff.import_area import import_area

    parts = make_parts(settings)
    try:
        await require_schema(parts.database)
        return await import_area(parts.database, found.provinces, found.facilities, await parts.clock.moment())
    finally:
        await parts.close()


@program.command()
def demo(
    reset: Annotated[bool, typer.Option("--reset", help="Forget the demo's families and begin anew.")] = False,
) -> None:
    """Simulator and bot together, with phones in the browser; no token needed."""
    configure_logging(human=True)
    from app.demo.command import run_demo

    raise SystemExit(asyncio.run(run_demo(reset=reset)))
