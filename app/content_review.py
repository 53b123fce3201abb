"""`cradle content export`, `import`, `approve`, `revoke`: texts go to a clinician and come back with her word."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.content_desk import fail, folder, known_key, known_language, open_desk, paper, say

if TYPE_CHECKING:
    from content.desk import Desk
    from content.review.judging import Intake, Judge, Told
    from domain.review_sheet import ReturnedSheet, ReviewBatch

review_commands = typer.Typer()
_KINDS = (".xlsx", ".po")
Key = Annotated[str, typer.Argument(help="The key of a message; key#part for one of its parts alone.")]
Tag = Annotated[str, typer.Option("--language", help="The language of the words, like vi.")]
Clinician = Annotated[str, typer.Option("--clinician", help="Who read them: given and family name, as it is signed.")]


@review_commands.command("export")
def export(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="What to write: FILE.xlsx, or FILE.po.")],
    language: Tag,
    topic: Annotated[str, typer.Option(help="One topic alone, like breastfeeding.")] = "",
    batch: Annotated[int, typer.Option(min=0, help="One batch alone, by its number.")] = 0,
    draft_only: Annotated[bool, typer.Option("--draft-only", help="Leave out what is approved.")] = False,
) -> None:
    """Write the texts side by side for a clinician, thirty to a batch."""
    from app.content_sheet import shown_batches, write_sheet
    from content.review.asking import ask

    desk = open_desk()
    tag = known_language(desk, language)
    _prove(desk, file, topic)
    asked = [one for one in ask(desk, tag, topic=topic, draft_only=draft_only) if batch in (0, one.number)]
    if not asked:
        say("Nothing is left to be read there. No file was written.")
        return
    shown = shown_batches(desk, asked, tag)
    _write(file, write_sheet(desk, shown, tag, as_book=file.suffix == _KINDS[0]))
    say(f"{file}: {sum(len(one.texts) for one in shown)} texts in {_numbers(shown)}.")


@review_commands.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What came back: FILE.xlsx or FILE.po.")],
    clinician: Clinician,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell; keep nothing.")] = False,
) -> None:
    """Read back what a clinician wrote: her words go into locales/, her yes into content/approvals.yaml."""
    sheet, desk = _read(file), open_desk()
    tag = known_language(desk, sheet.language)
    intake = _judge(desk, clinician).take_in(sheet.texts, tag)
    _tell(intake)
    _keep(desk, intake, dry_run=dry_run)
    raise SystemExit(1 if intake.refused or intake.stale else 0)


@review_commands.command("approve")
def approve(key: Key, language: Tag, clinician: Clinician) -> None:
    """Keep a clinician's word for one message as it stands, with all its parts."""
    from content.review.judging import rows_of

    desk = open_desk()
    tag = known_language(desk, language)
    intake = _judge(desk, clinician).take_in(rows_of(desk, known_key(desk, key), tag), tag)
    if intake.refused or intake.stale:
        fail(*_lines([*intake.refused, *intake.stale]), "Nothing was kept.")
    for one in intake.approvals:
        paper().print(f"{one.key} ({tag}):\n{desk.written(one.key, tag).text}", markup=False)
    _keep(desk, intake, dry_run=False)


@review_commands.command("revoke")
def take_back(key: Key, language: Tag) -> None:
    """Take an approval back: the words are a draft again and reach no family."""
    from content.review.keeping import revoke

    desk = open_desk()
    found = revoke(desk, key, known_language(desk, language))
    if not found:
        fail(f"Nobody has approved “{known_key(desk, key)}” in {language}.")
    say(f"Taken back, a draft again: {', '.join(found)} ({language}).")


def _prove(desk: "Desk", file: Path, topic: str) -> None:
    topics = sorted({one.topic for one in desk.library.catalogue.messages.values()})
    if file.suffix not in _KINDS:
        fail(f"“{file.name}” must end in .xlsx or .po.", code=2)
    if topic and topic not in topics:
        fail(f"There is no topic “{topic}”. There are: {', '.join(topics)}.", code=2)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        fail(f"Nothing can be written to {file} ({error.strerror}).")


def _numbers(shown: "Sequence[ReviewBatch]") -> str:
    numbers = [one.number for one in shown]
    if len(numbers) == 1:
        return f"batch {numbers[0]}"
    return f"{len(numbers)} batches ({numbers[0]} to {numbers[-1]})"


def _read(file: Path) -> "ReturnedSheet":
    from content.errors import ContentError
    from content.review.gettext_sheet import read_gettext_sheet
    from documents.review_book import read_review_book
    from domain.row_problem import RowProblem

    if file.suffix not in _KINDS:
        fail(f"“{file.name}” must end in .xlsx or .po.", code=2)
    try:
        sheet = read_review_book(file) if file.suffix == _KINDS[0] else read_gettext_sheet(file)
    except ContentError as error:
        fail(str(error))
    return fail(str(sheet)) if isinstance(sheet, RowProblem) else sheet


def _judge(desk: "Desk", clinician: str) -> "Judge":
    from app.clock import SystemClock
    from content.review.judging import Judge
    from content.review.rules import load_rules

    name = " ".join(clinician.split())
    if not name:
        fail("An approval names its clinician: --clinician “given and family name”.", code=2)
    return Judge(desk, load_rules(folder()), name, SystemClock.today())


def _tell(intake: "Intake") -> None:
    for title, told in (
        ("Skipped, because the words have changed", intake.stale),
        ("Refused", intake.refused),
        ("Remarks", intake.remarks),
    ):
        if told:
            say(f"{title}:")
            for line in _lines(told):
                say(f"  {line}")


def _lines(told: "Iterable[Told]") -> list[str]:
    return [f"{f'{one.where}, ' if one.where else ''}{one.key}: {' '.join(one.sentences)}" for one in told]


def _keep(desk: "Desk", intake: "Intake", *, dry_run: bool) -> None:
    from content.review.keeping import keep

    if intake.is_empty:
        say("Nothing changes.")
        return
    if not dry_run:
        keep(desk, intake)
    verb = "Would be kept" if dry_run else "Kept"
    say(f"{verb} for {intake.language}: {len(intake.texts)} changed texts, {len(intake.approvals)} approvals.")
