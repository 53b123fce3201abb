"""The words about a message: its window, its state and its sources, as texts that every language has."""

from collections.abc import Mapping

from content.desk import State, WrittenText
from content.message import Message
from content.sources import Source
from content.windows import Window
from domain.journey import Origin
from domain.message import Text, Value

_WEEK, _MONTH, _YEAR, _SHORT = 7, 30.4375, 365, 31


def window_words(message: Message) -> Text:
    """From when to when it is sent, or for whom it is there on request."""
    window = message.window
    if message.on_request:
        key = "review.window.on_request" if window.to_day else "review.window.every_age"
        return Text(key, {"ages": _ages(window)}) if window.to_day else Text(key)
    return _ages(window)


def _ages(window: Window) -> Text:
    first, last = window.from_day, window.to_day - 1
    if window.origin is Origin.PREGNANCY:
        weeks: dict[str, Value] = {
            "weeks": first // _WEEK,
            "days": first % _WEEK,
            "to_weeks": last // _WEEK,
            "to_days": last % _WEEK,
        }
        return Text("review.window.pregnancy", weeks)
    days: dict[str, Value] = {"first": first, "last": last}
    many = "many_" if last - first >= _SHORT else ""
    if last < _YEAR:
        return Text(f"review.window.{many}weeks", {"number": first // _WEEK + 1, "to": last // _WEEK + 1, **days})
    # A month begins on a whole day, a little before the one before it is full.
    number, to = int((first + 1) / _MONTH) + 1, int(last / _MONTH) + 1
    return Text(f"review.window.{many}months", {"number": number, "to": to, **days})


def state_words(written: WrittenText) -> Text:
    """How far a text is, and by whose word."""
    approval = written.approval
    if approval is None or written.state not in (State.APPROVED, State.CHANGED):
        return Text(f"review.state.{written.state}")
    by: dict[str, Value] = {"clinician": approval.clinician, "on": approval.approved_on}
    return Text(f"review.state.{written.state}", by)


def cited(source: Source) -> str:
    """A source on one line, for who wants to look it up."""
    year = f", {source.year}" if source.year else ""
    return f"{source.title} ({source.publisher}{year}; {source.certainty.replace('_', '-')})"


def all_cited(message: Message, sources: Mapping[str, Source]) -> str:
    """All sources of a message, one a line."""
    return "\n".join(cited(sources[name]) for name in message.sources)
