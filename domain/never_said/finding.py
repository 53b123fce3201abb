"""What was found in a text that must never be said."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NeverSaid:
    """The rule that was broken (`never_said.<rule>` says it kindly), the words that break it, and where they stand.

    `language` is the one in which the words were understood; it is empty for a link or a telephone number.
    """

    rule: str
    words: str
    language: str = ""
    start: int = 0
    end: int = 0
