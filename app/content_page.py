"""One message on a terminal, as an editor wants to see it: what it is for, on what it rests, its words everywhere."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from app.content_desk import words_in

if TYPE_CHECKING:
    from content.desk import Desk
    from content.message import Message

SIDE_BY_SIDE = 100
"""From this width on languages stand beside one another."""
_TIERS = {1: "1, essential", 2: "2, standard", 3: "3, more"}


def page_of(desk: "Desk", message: "Message", console: Console) -> RenderableType:
    """All about one message."""
    shown = _columns if console.width >= SIDE_BY_SIDE else _stack
    texts = [shown(desk, message, key) for key, _english in message.texts()]
    return Group(Text(message.key, "bold"), Text(), _facts(desk, message), *texts)


def _facts(desk: "Desk", message: "Message") -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for name, value in _named(desk, message):
        if value:
            table.add_row(name, Text(value))
    return table


def _named(desk: "Desk", message: "Message") -> Iterator[tuple[str, str]]:
    from content.wording import window_words

    yield "when", words_in(desk.library, window_words(message), "en")
    yield "tier", _TIERS[int(message.tier)]
    yield "audience", message.audience or "anyone"
    yield "only on the track", ", ".join(sorted(message.tracks))
    yield "not on the track", ", ".join(sorted(message.excluded_from))
    yield "only in the countries", ", ".join(sorted(message.countries))
    yield "private", "yes: it opens no conversation and is not said on a shared chat" if message.private else ""
    yield "component", message.component.replace("_", " ")
    yield "asks", _ask(message)
    yield "longer because", message.longer
    yield "note", message.note.strip()
    yield "doubt", message.doubt.strip()
    yield "review by", message.review_by.isoformat()
    yield "written in", f"{message.place.file}:{message.place.line}"
    for number, name in enumerate(message.sources):
        yield "sources" if number == 0 else " ", _source(desk, name)


def _ask(message: "Message") -> str:
    if message.ask is None:
        return ""
    return f"{message.ask}, answer {message.right_answer} is right" if message.right_answer else str(message.ask)


def _source(desk: "Desk", name: str) -> str:
    from content.sources import in_force_instead
    from content.wording import cited

    source = desk.library.catalogue.sources[name]
    instead = in_force_instead(source, desk.library.catalogue.sources)
    lines = [cited(source), source.address, f"no longer in force: see {instead}" if instead else ""]
    return "\n".join(line for line in lines if line)


def _columns(desk: "Desk", message: "Message", key: str) -> RenderableType:
    table = Table(title=_title(key), title_justify="left", expand=True, title_style="bold")
    for tag in desk.tags:
        table.add_column(desk.library.languages.get(tag).autonym, ratio=1, overflow="fold")
    table.add_row(*(Text(desk.written(key, tag).text) for tag in desk.tags), end_section=True)
    table.add_row(*(Text(_standing(desk, message, key, tag), "dim") for tag in desk.tags))
    return table


def _stack(desk: "Desk", message: "Message", key: str) -> RenderableType:
    lines: list[RenderableType] = [Text(), Text(_title(key), "bold")] if "#" in key else []
    for tag in desk.tags:
        name = desk.library.languages.get(tag).autonym
        lines += [Text(), Text.assemble((name, "bold"), (f"  {_standing(desk, message, key, tag)}", "dim"))]
        lines += [Text(desk.written(key, tag).text)]
    return Group(*lines)


def _title(key: str) -> str:
    part = key.partition("#")[2]
    return f"Part “{part}”" if part else ""


def _standing(desk: "Desk", message: "Message", key: str, tag: str) -> str:
    """How long a text is, and how far."""
    from content.text_rules import letters_in, longest
    from content.wording import state_words

    written = desk.written(key, tag)
    state = words_in(desk.library, state_words(written), "en")
    if not written.text:
        return state
    return f"{letters_in(written.text)} of {longest(message.kind_of(key), tag)} letters; {state}"
