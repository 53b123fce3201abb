"""`cradle content votes`: what readers made of each message, in sums; where they were not helped stands first."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from app.content_desk import known_key, open_desk, paper, print_json, say

if TYPE_CHECKING:
    from content.desk import Desk
    from services.ports.message_marks import MarkCount

vote_commands = typer.Typer()


@vote_commands.command()
def votes(
    key: Annotated[str | None, typer.Argument(help="One message alone.")] = None,
    language: Annotated[str | None, typer.Option(help="Of readers of this language alone.")] = None,
    least: Annotated[int, typer.Option(min=1, help="Only what so many readers spoke of.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="For a program.")] = False,
) -> None:
    """Show what readers said of the messages: helpful or not, kept, and how often a quiz was answered rightly."""
    desk = open_desk()
    wanted = known_key(desk, key) if key else None
    found = [
        one
        for one in asyncio.run(_count())
        if wanted in {None, one.key} and language in {None, one.language} and _readers(one) >= least
    ]
    found.sort(key=lambda one: (-one.not_helpful, one.helpful, one.key, one.language))
    if as_json:
        print_json([_values(desk, one) for one in found])
    elif found:
        paper().print(_table(desk, found))
    else:
        say("Nobody has spoken of a message yet." if least == 1 else f"Of no message have {least} readers spoken yet.")


async def _count() -> "Sequence[MarkCount]":
    from app.programme_look import look_at_programme
    from app.settings import load_settings

    async with look_at_programme(load_settings()) as uow:
        return await uow.message_marks.count()


def _readers(one: "MarkCount") -> int:
    """How many spoke at least: who votes may keep it and answer, too."""
    return max(one.helpful + one.not_helpful, one.kept, sum(one.answers.values()))


def _table(desk: "Desk", found: "Sequence[MarkCount]") -> Table:
    table = Table("message", "language", box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.columns[0].overflow = "fold"
    for name in ("helpful", "not", "kept", "quiz answered rightly"):
        table.add_column(name, justify="right")
    for one in found:
        table.add_row(one.key, one.language, *_cells(desk, one))
    return table


def _cells(desk: "Desk", one: "MarkCount") -> Iterator[Text]:
    yield Text(str(one.helpful))
    yield Text(str(one.not_helpful), "bold red" if one.not_helpful > one.helpful else "")
    yield Text(str(one.kept))
    right, answered = _quiz(desk, one)
    yield Text(f"{right} of {answered}" if answered else "")


def _quiz(desk: "Desk", one: "MarkCount") -> tuple[int, int]:
    """How many answered rightly, and how many answered. A message that is a quiz no longer has no right answer."""
    message = desk.message_of(one.key)
    return one.answers.get(message.right_answer, 0) if message else 0, sum(one.answers.values())


def _values(desk: "Desk", one: "MarkCount") -> dict[str, Any]:
    right, answered = _quiz(desk, one)
    return {
        "key": one.key,
        "language": one.language,
        "helpful": one.helpful,
        "not_helpful": one.not_helpful,
        "kept": one.kept,
        "quiz": {"answered": answered, "right": right},
    }
