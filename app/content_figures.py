"""The state of all texts: tables of at most a hundred columns, and the same figures for a program."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from content.library import Library
    from content.matrix import Matrix
    from content.statistics import Cell, StateOfTexts

WIDE = 96
"""From this width on the languages stand beside the matrix."""


@dataclass(frozen=True)
class Figures:
    """Everything that is counted."""

    state: "StateOfTexts"
    cells: "Mapping[str, Mapping[str, Cell]]"
    shelves: "Mapping[Any, Cell]"
    columns: tuple[str, ...]


def count_all(library: "Library", matrix: "Matrix") -> Figures:
    """The figures of today's content."""
    from content.statistics import count_matrix, count_shelves, count_texts

    columns = tuple(column.name for column in matrix.columns)
    return Figures(count_texts(library), count_matrix(library, matrix), count_shelves(library, matrix), columns)


def tables_of(figures: Figures, width: int) -> Iterator[RenderableType]:
    """The matrix, the library beside it, tiers, and how far the texts are. Where it is narrow, one more table."""
    if figures.columns:
        yield _matrix(figures, with_languages=width >= WIDE)
        yield Text("What is there, of what is planned; red where they differ. It is what a mother on no track gets.")
        if width < WIDE:
            yield _written(figures)
    yield _shelves(figures)
    yield _tiers(figures)
    yield _languages(figures)


def _matrix(figures: Figures, *, with_languages: bool) -> Table:
    tags = tuple(figures.state.drafts) if with_languages else ()
    table = _table("topic", *figures.columns, *tags, title="Matrix")
    for topic, cells in _topics(figures):
        table.add_row(topic, *_planned(cells), *_texts(cells, tags))
    return table


def _written(figures: Figures) -> Table:
    tags = tuple(figures.state.drafts)
    table = _table("topic", *tags, title="Words of the matrix")
    for topic, cells in _topics(figures):
        table.add_row(topic, *_texts(cells, tags))
    return table


def _topics(figures: Figures) -> "Iterator[tuple[str, list[Cell]]]":
    for topic, cells in figures.cells.items():
        yield topic, list(cells.values())
    yield "in all", [_sum(row[column] for row in figures.cells.values()) for column in figures.columns]


def _planned(cells: "list[Cell]") -> Iterator[Text]:
    for cell in cells:
        yield Text(f"{cell.there}/{cell.planned}", "bold red" if cell.planned != cell.there else "")


def _texts(cells: "list[Cell]", tags: tuple[str, ...]) -> Iterator[Text]:
    whole = _sum(cells)
    for tag in tags:
        yield Text(str(whole.written.get(tag, 0)), "bold red" if whole.written.get(tag, 0) != whole.there else "")


def _sum(cells: "Iterator[Cell] | list[Cell]") -> "Cell":
    from content.statistics import Cell

    found = list(cells)
    tags = found[0].written if found else {}
    written = {tag: sum(cell.written[tag] for cell in found) for tag in tags}
    return Cell(sum(cell.planned for cell in found), sum(cell.there for cell in found), written)


def _shelves(figures: Figures) -> Table:
    table = _table("messages", "there", *figures.state.drafts, title="Library")
    for shelf, cell in figures.shelves.items():
        table.add_row(str(shelf), str(cell.there), *(str(cell.written[tag]) for tag in figures.state.drafts))
    return table


def _tiers(figures: Figures) -> Table:
    table = _table("tier", "messages", title="Tiers")
    names = {1: "1 essential", 2: "2 standard", 3: "3 more"}
    for tier, count in figures.state.messages_by_tier.items():
        table.add_row(names[int(tier)], str(count))
    return table


def _languages(figures: Figures) -> Table:
    title = "Languages (titles and answers on buttons count as texts of their own)"
    counted = ("health texts", "drafts", "approved", "stale approvals", "texts of the interface")
    table = _table("language", *counted, title=title)
    for tag, numbers in _by_language(figures.state).items():
        table.add_row(tag, *(str(number) for number in numbers.values()))
    return table


def _by_language(state: "StateOfTexts") -> Mapping[str, Mapping[str, int]]:
    return {
        tag: {
            "health_texts": state.health_texts[tag],
            "drafts": state.drafts[tag],
            "approved": state.approved[tag],
            "stale_approvals": state.stale[tag],
            "interface_texts": state.interface_texts[tag],
        }
        for tag in state.drafts
    }


def _table(first: str, *others: str, title: str) -> Table:
    table = Table(
        first,
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="dim",
    )
    table.columns[0].no_wrap = True
    for name in others:
        table.add_column(name, justify="right", max_width=_room(name), vertical="bottom")
    return table


def _room(name: str) -> int:
    """Long names stand in lines, one word is never broken."""
    return max(8, *(len(word) for word in name.split()))


def values_of(figures: Figures) -> dict[str, Any]:
    """The same for a program."""
    return {
        "matrix": {topic: {name: _values(cell) for name, cell in row.items()} for topic, row in figures.cells.items()},
        "library": {str(shelf): _values(cell) for shelf, cell in figures.shelves.items()},
        "topics": dict(figures.state.messages_by_topic),
        "tiers": {str(int(tier)): count for tier, count in figures.state.messages_by_tier.items()},
        "languages": {tag: dict(numbers) for tag, numbers in _by_language(figures.state).items()},
    }


def _values(cell: "Cell") -> dict[str, Any]:
    return {"planned": cell.planned, "there": cell.there, "written": dict(cell.written)}
