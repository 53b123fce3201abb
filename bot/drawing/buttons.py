"""Buttons and rows of them."""

from collections.abc import Iterable, Sequence

from bot.payloads import payload
from domain.message import Choice, Text, Value

Row = tuple[Choice, ...]


def button(key: str, action: str, *arguments: object, **values: Value) -> Choice:
    """A button whose label is a text of the interface."""
    return Choice(Text(key, values), payload(action, *arguments))


def column(choices: Iterable[Choice]) -> tuple[Row, ...]:
    """One button a row."""
    return tuple((choice,) for choice in choices)


def grid(choices: Sequence[Choice], columns: int) -> tuple[Row, ...]:
    """Rows of so many buttons."""
    return tuple(tuple(choices[start : start + columns]) for start in range(0, len(choices), columns))


def said(label: str) -> Text:
    """A label that is a name: said as it is, in every language."""
    return Text("common.as_it_is", {"words": label})
