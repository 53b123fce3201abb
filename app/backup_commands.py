"""`cradle backup` and `cradle restore`: everything in one file, and the way back."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from app.logging import configure_logging
from app.settings import load_settings

if TYPE_CHECKING:
    from app.restoring import Restored
    from app.wiring import Parts
    from storage.backup.archive import Manifest
    from storage.backup.erased import ErasedList

ErasedFile = Annotated[
    Path | None, typer.Option("--erased", help="The list of erasures; erased.jsonl beside the backup by default.")
]
backup_commands = typer.Typer()
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@backup_commands.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to keep it; in a folder it gets a name by its time.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    erased: ErasedFile = None,
) -> None:
    """Keep the whole database in one file, as it stands at one moment; nothing has to be stopped for it."""
    from storage.backup.archive import BackupError

    try:
        asyncio.run(_back_up(_parts(), file, erased, force=force))
    except BackupError as error:
        _fail(error)


@backup_commands.command()
def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A file that `cradle backup` made.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of a database that is there, which is kept aside.")
    ] = False,
    erased: ErasedFile = None,
    without_erased: Annotated[
        bool, typer.Option("--without-erased", help="There is no list of erasures: bring back who was erased since.")
    ] = False,
) -> None:
    """Bring the database back as it was; what may have been done since is not done a second time."""
    from storage.backup.archive import BackupError

    try:
        asyncio.run(_restore(_parts(), Backup(file, erased), replace_old=replace, without_erased=without_erased))
    except BackupError as error:
        _fail(error)


@dataclass(frozen=True)
class Backup:
    """A file, and the list of erasures that belongs to it."""

    file: Path
    given_list: Path | None = None

    @property
    def erased(self) -> Path:
        """Where the list is."""
        from storage.backup.erased import NAME

        return self.given_list or self.file.parent / NAME


def _parts() -> "Parts":
    configure_logging(human=err.is_terminal)
    from app.wiring import make_parts

    return make_parts(load_settings())


def _fail(sentence: Exception) -> NoReturn:
    err.print(str(sentence), style="bold red", soft_wrap=True, markup=False)
    raise SystemExit(1)


def _say(words: str) -> None:
    out.print(words, soft_wrap=True, markup=False)


async def _back_up(parts: "Parts", file: Path, erased: Path | None, *, force: bool) -> None:
    from storage.backup.archive import Origin, read_manifest
    from storage.backup.erased import renew_list
    from storage.backup.making import make_backup

    try:
        moment = await parts.clock.moment()
        origin = Origin(made_at=moment.wall, programme_at=moment.now, cradle=version("cradle"))
        url = parts.settings.database_url
        with Progress(console=err, transient=True) as bar:
            progress = _shown_by(bar, "copying")
            kept = await asyncio.to_thread(make_backup, url, file, origin, force=force, progress=progress)
        known = await renew_list(parts.database, Backup(kept, erased).erased, moment.wall)
    finally:
        await parts.close()
    _say(f"Kept in {kept}: {_told(read_manifest(kept))}.")
    _say(f"The list of erasures beside it holds {len(known.wishes)}. Keep it apart too: see docs/operations.md.")


def _shown_by(bar: Progress, what: str) -> Callable[[int, int], None]:
    task = bar.add_task(what, total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)


def _told(manifest: "Manifest") -> str:
    rows = manifest.contents.rows
    counted = ", ".join(f"{rows.get(name, 0)} {name}" for name in ("families", "children", "caregivers"))
    return f"{counted}, as of {_made_at(manifest)} ({manifest.contents.engine}, {manifest.contents.revision})"


def _made_at(manifest: "Manifest") -> str:
    return f"{manifest.origin.made_at:%Y-%m-%d %H:%M} UTC"


async def _restore(parts: "Parts", backup: Backup, *, replace_old: bool, without_erased: bool) -> None:
    from app.restoring import restore as restore_database
    from storage.backup.archive import read_manifest

    try:
        manifest = read_manifest(backup.file)
        _say(f"The backup holds {_told(manifest)}.")
        erased = await _erased(parts, backup, manifest, without_erased=without_erased)
        with Progress(console=err, transient=True) as bar:
            task = bar.add_task("", total=None)
            restored = await restore_database(
                parts,
                backup.file,
                manifest,
                erased,
                replace_old=replace_old,
                progress=lambda what, done, total: bar.update(task, description=what, completed=done, total=total),
            )
    finally:
        await parts.close()
    for line in _what_next(manifest, erased, restored):
        _say(line)


async def _erased(parts: "Parts", backup: Backup, manifest: "Manifest", *, without_erased: bool) -> "ErasedList":
    """Who was erased, from the list and from the old database where it still answers."""
    from storage.backup.archive import BackupError
    from storage.backup.erased import ErasedList, ask_old_database, read_list

    known = read_list(backup.erased)
    asked = await ask_old_database(parts.settings.database_url, (await parts.clock.moment()).wall)
    if known is None and asked is None and not without_erased:
        raise BackupError(
            f"There is no list of erasures at {backup.erased}: who was erased after {_made_at(manifest)} "
            "would be back. Name the list with --erased, or say --without-erased if there is none."
        )
    return (known or ErasedList({})).joined_by(asked.wishes.values(), asked.as_of) if asked else known or ErasedList({})


def _what_next(manifest: "Manifest", erased: "ErasedList", restored: "Restored") -> list[str]:
    """What was done, what this could not do, and what people do now."""
    as_of = f"{erased.as_of:%Y-%m-%d %H:%M} UTC" if erased.as_of else "never"
    lines = [
        f"Restored. {restored.uncertain} message(s) that were due since the backup may have been sent: they are kept "
        "as uncertain and not sent again.",
        f"{restored.parked} update(s) that were not answered yet are parked for a person to look at.",
        f"{restored.erased} erasure(s) were carried out again; the list of erasures is as of {as_of}.",
    ]
    if restored.aside:
        lines.append(f"The old database is kept: {restored.aside}. It holds personal data: delete it soon.")
    return [
        *lines,
        f"What was entered after {_made_at(manifest)} is gone. Before families are written to again, enter it anew: "
        "first deaths and losses, who was removed from a family, who said stop, withdrawn consents and receipts of "
        "erasures; then doses, births and families.",
        "Next: `cradle doctor`, then start Cradle.",
    ]
