"""`cradle content diff`: which messages differ from another revision, how, and how many families that touches today."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from app.content_desk import fail, folder, paper, say

if TYPE_CHECKING:
    from app.settings import Settings
    from content.difference import Change
    from domain.journey import Origin
    from services.ports.programme import Days

difference_commands = typer.Typer()
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_STYLES = {"added": "green", "removed": "red", "changed": "yellow"}


@difference_commands.command("diff")
def diff(
    revision: Annotated[str, typer.Argument(help="A commit, branch or tag of git, like HEAD or main.", metavar="REV")],
    words: Annotated[bool, typer.Option("--words", help="Show the words before and after, too.")] = False,
) -> None:
    """Tell which messages differ from a revision, and how many families are of an age that is touched today."""
    changes = _compare(revision)
    if not changes:
        say(f"No message differs from {revision}.")
        return
    paper().print(_table(changes))
    if words:
        for line in _words(changes):
            paper().print(line)
    counts = [f"{sum(one.kind == kind for one in changes)} {kind}" for kind in _SIGNS]
    say(f"Messages: {', '.join(counts)}.")
    say(asyncio.run(_tell_families(changes)))


def _compare(revision: str) -> "Sequence[Change]":
    from app.git_tree import NoSuchRevisionError, tree_at
    from content.difference import differences, read_tree
    from content.errors import ContentError

    try:
        after = read_tree(folder())
        with tree_at(revision, folder()) as place:
            return differences(read_tree(place), after)
    except NoSuchRevisionError as error:
        fail(str(error), code=2)
    except ContentError as error:
        fail(f"The content of one side cannot be read by this program: {error}.")


def _table(changes: "Sequence[Change]") -> Table:
    table = Table("", "message", "words in", "reaches", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.columns[1].overflow = "fold"
    for one in changes:
        rules = [f"{name}: {before} → {after}" for name, (before, after) in one.rules.items()]
        sign = Text(_SIGNS[one.kind], _STYLES[one.kind])
        table.add_row(sign, Text(one.key), " ".join(one.languages), Text("\n".join(rules)))
    return table


def _words(changes: "Sequence[Change]") -> Iterator[RenderableType]:
    for one in changes:
        for text in one.texts:
            yield Text.assemble("\n", (f"{text.key} ({text.language})", "bold"))
            for sign, words, style in (("-", text.before, "red"), ("+", text.after, "green")):
                yield from (Text(f"{sign} {line}", style) for line in words.splitlines())


async def _tell_families(changes: "Sequence[Change]") -> str:
    """A sentence, whether there is a database or not."""
    from app.sentences import sentence_in

    try:
        count = await _count_families(changes)
    except Exception as error:  # what people can mend is told, and the differences stand all the same
        sentence = sentence_in(error)
        if sentence is None:
            raise
        return f"Families were not counted: {sentence}"
    return f"Families with a child or a pregnancy of an age that is touched today: {count}."


async def _count_families(changes: "Sequence[Change]") -> int:
    from app.programme_look import look_at_programme
    from app.settings import load_settings
    from domain.journey import Origin

    settings = load_settings()
    async with look_at_programme(settings) as uow:
        today = await _today(settings)
        born, due = (_days(changes, origin, today) for origin in (Origin.BIRTH, Origin.PREGNANCY))
        return await uow.programme.families_within(born=born, due=due)


async def _today(settings: "Settings") -> date:
    from app.clock import SimulatedClock, SystemClock

    if not settings.rehearsal:
        return SystemClock.today()
    clock = SimulatedClock(settings.clock)
    try:
        return (await clock.moment()).now.date()
    finally:
        await clock.close()


def _days(changes: "Sequence[Change]", origin: "Origin", today: date) -> "list[Days]":
    """On which days those were born who are of a touched age today; a pregnancy is due 40 weeks after its first day."""
    from content.difference import touched_days
    from domain.care.plan import PREGNANCY
    from domain.journey import Origin
    from services.ports.programme import Days

    anchor = today + (PREGNANCY if origin is Origin.PREGNANCY else timedelta())
    return [
        Days(anchor - timedelta(days=end - 1), anchor - timedelta(days=first))
        for first, end in touched_days(changes, origin)
    ]
