"""How long something lasts, as a text."""

from datetime import timedelta

from domain.message import Text

_UNITS = (("days", timedelta(days=1)), ("hours", timedelta(hours=1)), ("minutes", timedelta(minutes=1)))


def lasting_text(span: timedelta) -> Text:
    """In the largest unit of which there are two or more; less than two minutes are one."""
    for name, unit in _UNITS:
        if span >= 2 * unit:
            return Text(f"operations.{name}", {"count": span // unit})
    return Text("operations.minute")
