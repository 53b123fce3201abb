"""Lists that may be long: a home with 25 children still gets a page that can be read, and that Telegram takes."""

from collections.abc import Sequence

from domain.message import Text, Value


def shortened(lines: Sequence[Value], at_most: int) -> tuple[Value, ...]:
    """The first so many lines; where there are more, a last line says how many."""
    if len(lines) <= at_most + 1:
        return tuple(lines)
    return (*lines[:at_most], Text("common.and_more", {"count": len(lines) - at_most}))
