"""`cradle cards`, `cradle poster` and `cradle families import`: what is printed, and who comes in by file."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from app.logging import configure_logging
from app.settings import load_settings
from domain.cards import MOST_CARDS

if TYPE_CHECKING:
    from app.families_file import FamiliesFile
    from app.printing import Register
    from app.wiring import Parts
    from services.enrolment.import_families import Imported

FacilityName = Annotated[str, typer.Option(help="The facility's name; “name, commune” where two have the same.")]

printing_commands = typer.Typer()
families = typer.Typer(no_args_is_help=True, help="Families of a station's own register.")
printing_commands.add_typer(families, name="families")
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def _parts() -> "Parts":
    configure_logging(human=err.is_terminal)
    from app.wiring import make_parts

    return make_parts(load_settings())


def _say(words: str) -> None:
    out.print(words, soft_wrap=True, markup=False)


@contextmanager
def _working(words: str) -> Iterator[None]:
    """What is being done, and for how long already; on a terminal only."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        progress.add_task(words, total=None)
        yield


@printing_commands.command()
def cards(
    count: Annotated[int, typer.Argument(min=1, max=MOST_CARDS, help="How many; eight fit on a sheet of A4.")],
    facility: FacilityName,
    file: Annotated[Path, typer.Option("--out", dir_okay=False, help="The PDF to write.")] = Path("cards.pdf"),
) -> None:
    """Print cards with which families begin by themselves; a volunteer confirms them by number."""
    from app.printing import print_new_cards

    with _working(f"Printing {count} cards"):
        printed = asyncio.run(print_new_cards(_parts(), facility, count, file))
    _say(f"{printed.file}: {count} cards on {-(-count // 8)} sheets of A4, batch {printed.batch}.")
    _say("Print them at 100 %, one side only, and cut along the lines. A family scans a card and answers for itself;")
    _say("the volunteer then types the card's number under “By number”. Each card is good once, for three years.")
    _say(f"The file is a key: delete it after printing. If cards get lost: cradle cards-withdraw {printed.batch}")


@printing_commands.command("cards-withdraw")
def cards_withdraw(batch: Annotated[str, typer.Argument(help="As `cradle cards` named it.")]) -> None:
    """Make the cards of one printing worthless; families who have joined with them stay."""
    from app.printing import withdraw_batch

    count = asyncio.run(withdraw_batch(_parts(), batch))
    _say(f"{count} cards of batch {batch} are worth nothing now." if count else f"No card of batch {batch} is in use.")


@printing_commands.command()
def poster(
    facility: FacilityName,
    file: Annotated[Path, typer.Option("--out", dir_okay=False, help="The PDF to write.")] = Path("poster.pdf"),
    anew: Annotated[
        bool, typer.Option("--anew", help="A new link; the poster on the wall is worth nothing then.")
    ] = False,
) -> None:
    """Print a poster with the facility's own link."""
    from app.printing import print_new_poster

    with _working("Printing the poster"):
        printed = asyncio.run(print_new_poster(_parts(), facility, file, anew=anew))
    _say(f"{printed.file}: one sheet of A4. Hang it where families wait; whoever scans it answers for herself and gets")
    _say("a number of four digits, which the volunteer or the station types under “By number”.")


@families.command("import")
def families_import(  # noqa: PLR0913, PLR0917 - the options of a command
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The register as “CSV UTF-8”.")],
    facility: FacilityName,
    by: Annotated[str, typer.Option(help="In whose name: a volunteer, health worker or staff, as named in the bot.")],
    columns: Annotated[
        list[str] | None, typer.Option("--map", help="A column by hand, like name=“Họ tên trẻ”.")
    ] = None,
    language: Annotated[str, typer.Option(help="The families' language, when no column says it.")] = "",
    cards_file: Annotated[Path | None, typer.Option("--cards", dir_okay=False, help="Print QR cards here.")] = None,
    list_file: Annotated[Path | None, typer.Option("--list", dir_okay=False, help="Print a list here.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; save nothing.")] = False,
) -> None:
    """Enrol the families of a register; nothing is saved unless every row is right."""
    if not dry_run and cards_file is None and list_file is None:
        err.print("Say where the invites are to be printed: --cards FILE.pdf or --list FILE.pdf.", style="bold red")
        raise SystemExit(2)
    wish = _Wish(file, facility, by, _mapping(columns or []), language)
    paper = _Paper(cards_file, list_file)
    asyncio.run(_import(_parts(), wish, None if dry_run else paper))


@dataclass(frozen=True)
class _Wish:
    """Which register, for which facility, in whose name, and how its columns are read."""

    file: Path
    facility: str
    by: str
    mapping: Mapping[str, str]
    language: str


@dataclass(frozen=True)
class _Paper:
    """Where invites are printed."""

    cards: Path | None
    list: Path | None


def _mapping(columns: Sequence[str]) -> dict[str, str]:
    """Our field to the register's heading; `name` is the child's."""
    pairs = [column.partition("=") for column in columns]
    unclear = [column for column, (_field, equals, _heading) in zip(columns, pairs, strict=True) if not equals]
    if unclear:
        err.print(f"--map {unclear[0]}: write it as field=heading, like name=“Họ tên trẻ”.", style="bold red")
        raise SystemExit(2)
    fields = {"name": "child_name"}
    return {fields.get(field.strip(), field.strip()): heading.strip() for field, _equals, heading in pairs}


async def _import(parts: "Parts", wish: _Wish, paper: _Paper | None) -> None:
    from app.printing import Register, bring_in, find_facility, find_importer, look_only, opened, writable
    from app.staff import username_of

    async with opened(parts) as moment:
        facility = await find_facility(parts, wish.facility)
        read = _read(parts, wish, facility.commune.province.country, moment.today(facility.zone))
        register = Register(read, facility, await find_importer(parts, facility, wish.by))
        if paper is None:
            _tell_only(register, await look_only(parts, register, moment))
            return
        username = await username_of(parts)
        for file in (paper.cards, paper.list):
            if file is not None:
                writable(file)
        with _working(f"Enrolling {len(read.families)} families"):
            imported = await bring_in(parts, register, moment)
        await _print(parts, register, imported, paper, username)


def _read(parts: "Parts", wish: _Wish, country: str, today: date) -> "FamiliesFile":
    """The register, every row of it right; otherwise everything that is wrong is told, and that is the end."""
    from app.families_file import FamiliesFile, read_families_file, tell
    from app.printing import tell_columns

    tags = [one.tag for one in parts.programme.languages]
    read = read_families_file(
        wish.file,
        wish.mapping,
        today=today,
        read_phone=lambda typed: parts.programme.read_phone(typed, country),
        languages=[wish.language] if wish.language in tags else tags,
    )
    if not isinstance(read, FamiliesFile):
        for line in tell(read):
            err.print(line, soft_wrap=True, markup=False)
        err.print("Nothing was saved. Mend these rows and import the file again.", style="bold red")
        raise SystemExit(1)
    for line in tell_columns(read):
        _say(line)
    return read


def _tell_only(register: "Register", known: tuple[int, ...]) -> None:
    _tell_known(known)
    new = len(register.read.families) - len(known)
    _say(f"Every row is right. {new} families would be enrolled at {register.facility.name}. Nothing was saved.")


def _tell_known(lines: tuple[int, ...]) -> None:
    if lines:
        _say(f"Likely here already, and left out: line {', '.join(str(line) for line in lines)}.")


async def _print(parts: "Parts", register: "Register", imported: "Imported", paper: _Paper, username: str) -> None:
    from app.printing import print_invites, print_list

    _tell_known(imported.left_out)
    _say(f"Enrolled at {register.facility.name}: {len(imported.families)} families, by {register.by.name}.")
    if not imported.families:
        return
    with _working("Printing"):
        if paper.cards is not None:
            await print_invites(parts, register, imported, paper.cards, username)
        if paper.list is not None:
            await print_list(parts, register, imported, paper.list, username)
    files = " and ".join(str(file) for file in (paper.cards, paper.list) if file is not None)
    _say(
        f"{files}: hand each family its own link and code. They are good once, for 30 days; nothing is sent to a family"
    )
    _say("before it has joined and agreed. The file is a key: delete it after printing. Whoever loses the paper gets a")
    _say("new link from the volunteer.")
