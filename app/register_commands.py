"""`cradle register …`: the spreadsheet of a station's register, its columns said once, its doses brought in."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from app.logging import configure_logging
from app.settings import load_settings

if TYPE_CHECKING:
    from app.register_mapping import Said
    from app.wiring import Parts
    from domain.area import Facility
    from domain.register_columns import RegisterColumns
    from domain.register_rows import RegisterSheet
    from domain.row_problem import RowProblem
    from services.turn import Work

FacilityName = Annotated[str, typer.Argument(help="The facility's name; “name, commune” where two have the same.")]
RegisterFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The register: .xlsx or “CSV UTF-8”.")]
SheetName = Annotated[str, typer.Option("--sheet", help="Which sheet of a workbook; the first by default.")]

register_commands = typer.Typer()
register = typer.Typer(no_args_is_help=True, help="The spreadsheet of a station's vaccination register.")
register_commands.add_typer(register, name="register")
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@register.command("columns")
def map_columns(  # noqa: PLR0917 - the options of a command
    facility: FacilityName,
    file: RegisterFile,
    column: Annotated[
        list[str] | None, typer.Option(help="What a column is, like PENTA.1=“5 trong 1 mũi 1”; sex= leaves it out.")
    ] = None,
    word: Annotated[
        list[str] | None, typer.Option(help="What a word for a vaccine means, like PENTA=“ComBE Five”.")
    ] = None,
    sheet: SheetName = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: keep what is shown.")] = False,
) -> None:
    """Say once which column of a register is what; guesses are offered, and nothing is kept unasked."""
    from app.register_mapping import NotMappedError, Said

    try:
        said = Said({})
        for one in column or []:
            said = said.with_column(one)
        for one in word or []:
            said = said.with_word(one)
        asyncio.run(_map(_parts(), facility, _read(file, sheet), said, ask=not yes))
    except NotMappedError as error:
        _fail(error.flaws)


@register.command("import")
def import_file(
    facility: FacilityName,
    file: RegisterFile,
    sheet: SheetName = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; save nothing.")] = False,
) -> None:
    """Bring in the doses of a register; nothing is saved unless every row is right."""
    asyncio.run(_import(_parts(), facility, _read(file, sheet), dry_run=dry_run))


def _parts() -> "Parts":
    configure_logging(human=err.is_terminal)
    from app.wiring import make_parts

    return make_parts(load_settings())


def _read(file: Path, sheet: str) -> "RegisterSheet":
    from documents.register_sheet import read_register_sheet
    from domain.row_problem import RowProblem

    read = read_register_sheet(file, sheet=sheet)
    return _fail([str(read)]) if isinstance(read, RowProblem) else read


def _fail(lines: Sequence[str]) -> NoReturn:
    for line in lines:
        err.print(line, soft_wrap=True, markup=False)
    err.print("Nothing was saved.", style="bold red")
    raise SystemExit(1)


def _say(words: str) -> None:
    out.print(words, soft_wrap=True, markup=False)


async def _map(parts: "Parts", name: str, sheet: "RegisterSheet", said: "Said", *, ask: bool) -> None:
    from app.printing import find_facility, opened
    from app.register_mapping import settle_columns
    from services.turn import Work
    from services.visits.import_register import map_register

    async with opened(parts) as moment:
        facility = await find_facility(parts, name)
        async with parts.database.look() as uow:
            known = await uow.registers.columns_of(facility.id)
            codes = await _codes(Work(uow, parts.programme, moment), facility)
        columns = settle_columns(sheet, codes, known=known, said=said, show=out, ask=ask)
        async with parts.database.begin() as uow:
            await map_register(Work(uow, parts.programme, moment), facility, columns)
    _say(f"Kept for {facility.name}. From now on: cradle register import “{facility.name}” FILE")


async def _codes(work: "Work", facility: "Facility") -> frozenset[str]:
    from services.visits.find_needs import place_of

    forecaster = (await place_of(work, facility)).forecaster
    if forecaster is None:
        _fail([f"There is no vaccination schedule for {facility.commune.province.country}."])
    return frozenset(forecaster.schedule.vaccines)


async def _import(parts: "Parts", name: str, sheet: "RegisterSheet", *, dry_run: bool) -> None:
    from app.printing import find_facility, opened
    from app.register_preview import tell_plan
    from domain.register_rows import Rules, read_register
    from services.turn import Work
    from services.visits.import_register import ImportPlan, import_register, plan_import

    async with opened(parts) as moment:
        facility = await find_facility(parts, name)
        async with parts.database.look() as uow:
            columns = await _columns(Work(uow, parts.programme, moment), facility, sheet)
        country = facility.commune.province.country
        rules = Rules(moment.today(facility.zone), lambda typed: parts.programme.read_phone(typed, country))
        children, problems = read_register(sheet, columns, rules)
        only_look = dry_run or bool(problems)
        async with parts.database.look() if only_look else parts.database.begin() as uow:
            bring_in = plan_import if only_look else import_register
            plan = await bring_in(Work(uow, parts.programme, moment), facility, columns, children)
    if problems or not isinstance(plan, ImportPlan):
        _refuse([*problems, *(() if isinstance(plan, ImportPlan) else plan)])
    for line in tell_plan(plan, columns):
        _say(line)
    _say("Every row is right. Nothing was saved." if dry_run else f"Saved for {facility.name}.")


async def _columns(work: "Work", facility: "Facility", sheet: "RegisterSheet") -> "RegisterColumns":
    """The columns as the station said them once, in this file."""
    from domain.register_columns import RegisterColumns, find_columns, flaws_of

    known = await work.uow.registers.columns_of(facility.id)
    if not known:
        _fail([f"Nobody has said yet what the columns are: cradle register columns “{facility.name}” FILE"])
    flaws = flaws_of(known, await _codes(work, facility))
    found = find_columns(sheet.headings, known, line=sheet.heading_line)
    if isinstance(found, RegisterColumns):
        return found if not flaws else _fail([f"{flaw}." for flaw in flaws])
    anew = f"Say what they are now: cradle register columns “{facility.name}” FILE"
    return _fail([*(str(problem) for problem in found), anew])


def _refuse(problems: Sequence["RowProblem"]) -> NoReturn:
    from app.register_preview import tell_problems

    in_order = sorted(problems, key=lambda one: one.line)
    _fail([*tell_problems(in_order), "Mend these rows and import the file again."])
