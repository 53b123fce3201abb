"""`cradle content previews`: five months of the journey in each language and role, as pages that are kept in docs/."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.content_desk import open_desk, say
from app.telegram_text import in_markdown
from domain.reader import Reader, Role, Station

if TYPE_CHECKING:
    from content.desk import Desk
    from content.preview import Previewed

previews_commands = typer.Typer()
MONTHS = {0: 0, 6: 183, 12: 365, 24: 730, 60: 1826}
"""The months that are shown, and on which day of life each begins."""
DAYS = 30
ROLES = (Role.MOTHER, Role.FATHER, Role.GRANDMOTHER, Role.GRANDFATHER)
NAMES = {"zh": "安安"}
"""What the child is called where it is not An."""
_SOME_DAY = date(2026, 1, 1)
_VIET_NAM = Station("Trạm Y tế Suối Mơ", "0203 555 0101", "7:30–16:30", "115", "111")
_STATIONS = {"zh": Station("涟水卫生院", "0517 555 0101", "8:00–11:00", "120", "12345")}


@previews_commands.command()
def previews(
    target: Annotated[Path, typer.Argument(help="The folder of the pages.", metavar="FOLDER")] = Path("docs/previews"),
) -> None:
    """Write the months 0, 6, 12, 24 and 60 in each language and role, as they are read."""
    pages = dict(all_pages(open_desk()))
    for name, page in pages.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    say(f"Pages: {len(pages)}, in {target}.")


def all_pages(desk: "Desk") -> Iterator[tuple[str, str]]:
    """Each page with its name."""
    for language in desk.tags:
        for role in ROLES:
            yield f"{language}/{role.value}.md", _page(desk, language, role)


def _page(desk: "Desk", language: str, role: Role) -> str:
    autonym = desk.library.languages.get(language).autonym
    lines = [
        f"# What a {role.value} reads in {autonym}",
        "",
        "Made by `make previews`, for one who reads all of it.",
        "",
    ]
    for month, first in MONTHS.items():
        lines += [f"## Month {month}, from day {first} on", ""]
        for one in _month(desk, language, role, first):
            lines += [
                f"**Day {one.age_days}** · {_topic(one)} · `{one.step.key}`",
                "",
                in_markdown(one.message.text),
                "",
            ]
            lines += _answers(desk, one)
    return "\n".join(lines).rstrip() + "\n"


def _month(desk: "Desk", language: str, role: Role, first: int) -> "Iterator[Previewed]":
    from content.preview import Situation, preview
    from domain.journey import Amount, Origin

    station = _STATIONS.get(language, _VIET_NAM)
    reader = Reader(language, "Asia/Ho_Chi_Minh", role, (NAMES.get(language, "An"),), station)
    begins_on = {Origin.BIRTH: _SOME_DAY - timedelta(days=first)}
    return preview(desk.library, Situation(reader, role, Amount.ALL, begins_on), _SOME_DAY, DAYS)


def _topic(one: "Previewed") -> str:
    return one.step.key.partition(".")[0].replace("_", " ")


def _answers(desk: "Desk", one: "Previewed") -> Iterator[str]:
    """The buttons of a quiz, one a line."""
    message = desk.message_of(one.step.key)
    parts = [part for part in (message.parts if message else ()) if part.startswith("answer")]
    for part in parts:
        yield f"- {desk.written(f'{one.step.key}#{part}', one.message.language).text}"
    if parts:
        yield ""
