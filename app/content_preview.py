"""`cradle content preview`: what one reader gets in the days to come, message by message, as she sees it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.panel import Panel
from rich.text import Text

from app.content_desk import fail, known_language, open_desk, paper
from app.telegram_text import in_markdown, on_terminal
from domain.reader import Role
from domain.tracks import Track

if TYPE_CHECKING:
    from content.desk import Desk
    from content.preview import Previewed, Situation
    from domain.journey import Origin

preview_commands = typer.Typer()
_PHONE_WIDTH = 64
_STATION = ("Trạm Y tế Suối Mơ", "0203 555 0101", "7:30–16:30", "115", "111")
_ZONE = "Asia/Ho_Chi_Minh"
_OLDEST = 6 * 366


class Tier(StrEnum):
    """How much she wants to read."""

    FEW = "few"
    SOME = "some"
    ALL = "all"


@preview_commands.command()
def preview(  # noqa: PLR0913, PLR0917 - the options of a command
    child_age: Annotated[int | None, typer.Option(min=0, max=_OLDEST, help="How many days old the child is.")] = None,
    pregnancy_week: Annotated[int | None, typer.Option(min=0, max=44, help="Completed weeks of pregnancy.")] = None,
    language: Annotated[str, typer.Option(help="The language she reads.")] = "vi",
    role: Annotated[Role, typer.Option(help="What the reader is to the child.")] = Role.MOTHER,
    tier: Annotated[Tier, typer.Option(help="How much she wants to read.")] = Tier.ALL,
    track: Annotated[list[Track] | None, typer.Option(help="A track of the child; may be given twice.")] = None,
    days: Annotated[int, typer.Option(min=1, max=400, help="For how many days.")] = 30,
    name: Annotated[str, typer.Option(help="The child's name; without one it has none yet.")] = "",
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown, for a document.")] = False,
) -> None:
    """Show what one reader gets in the next month, on which day, in her words."""
    from app.clock import SystemClock
    from content.preview import Situation
    from content.preview import preview as previewed
    from domain.journey import Amount
    from domain.reader import Reader, Station

    today = SystemClock.today()
    begins_on = _begins_on(child_age, pregnancy_week, today)
    desk = open_desk()
    children = (name,) if child_age is not None else ()
    tag = language if language in desk.library.languages.tags else known_language(desk, language)
    reader = Reader(tag, _ZONE, role, children, Station(*_STATION))
    situation = Situation(reader, role, Amount[tier.name], begins_on, frozenset(track or ()))
    found = list(previewed(desk.library, situation, today, days))
    show = _as_markdown if markdown else _on_terminal
    show(desk, situation, found, (today, days))


def _begins_on(child_age: int | None, pregnancy_week: int | None, today: date) -> "dict[Origin, date]":
    from domain.journey import Origin

    begins_on = {}
    if child_age is not None:
        begins_on[Origin.BIRTH] = today - timedelta(days=child_age)
    if pregnancy_week is not None:
        begins_on[Origin.PREGNANCY] = today - timedelta(weeks=pregnancy_week)
    return begins_on or fail("Say how old the child is (--child-age), or in which week (--pregnancy-week).", code=2)


def _on_terminal(desk: "Desk", situation: "Situation", found: "list[Previewed]", when: tuple[date, int]) -> None:
    console = paper()
    console.print(Text(_heading(desk, situation, when), "bold"))
    if not found:
        console.print("Nothing begins in these days.")
    for one in found:
        console.print(*_bubble(one, when[0]), sep="\n")


def _bubble(one: "Previewed", today: date) -> Iterable[RenderableType]:
    yield Text()
    yield Text(_day(one, today), "bold")
    yield Text(_facts(one), "dim")
    yield Panel(on_terminal(one.message.text), width=min(_PHONE_WIDTH, paper().width))


def _as_markdown(desk: "Desk", situation: "Situation", found: "list[Previewed]", when: tuple[date, int]) -> None:
    lines = [f"# {_heading(desk, situation, when)}", ""]
    lines += [] if found else ["Nothing begins in these days."]
    for one in found:
        lines += [f"## {_day(one, when[0])}", "", _facts(one), "", in_markdown(one.message.text), ""]
    typer.echo("\n".join(lines).rstrip())


def _heading(desk: "Desk", situation: "Situation", when: tuple[date, int]) -> str:
    today, days = when
    last = today + timedelta(days=days - 1)
    language = desk.library.languages.get(situation.reader.language).autonym
    tracks = f", {' and '.join(sorted(situation.tracks))}" if situation.tracks else ""
    role = situation.role.replace("_", " ")
    who = f"{role}, {language}, {situation.amount.name.lower()}{tracks}"
    return f"{who}: {today:%d %b %Y} to {last:%d %b %Y}"


def _day(one: "Previewed", today: date) -> str:
    return f"+{(one.on - today).days}, {one.on:%a %d %b %Y}: {_age(one)}"


def _age(one: "Previewed") -> str:
    from domain.journey import Origin

    if one.step.origin is Origin.PREGNANCY:
        return f"pregnancy, week {one.age_days // 7}+{one.age_days % 7}"
    return f"day {one.age_days} of life, week {one.age_days // 7 + 1}"


def _facts(one: "Previewed") -> str:
    return ", ".join(_about(one))


def _about(one: "Previewed") -> Iterator[str]:
    yield one.step.key
    yield f"tier {int(one.step.tier)}"
    yield f"for {one.step.audience.replace('_', ' ')}" if one.step.audience else "for anyone"
    if one.step.private:
        yield "private"
    if one.is_draft:
        yield "draft"
