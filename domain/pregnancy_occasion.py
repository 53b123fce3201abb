"""The occasion of messages about a pregnancy: `pregnancy:ID` for the question about the birth, a word after it else."""

from domain.identifiers import PregnancyId

JOURNEY = "journey"
"""The word of the messages for each week: they go on while the question about the birth is open or answered."""


def pregnancy_occasion(pregnancy: PregnancyId, word: str = "") -> str:
    """The occasion as it stands in a row."""
    return f"pregnancy:{pregnancy}:{word}" if word else f"pregnancy:{pregnancy}"


def parse_pregnancy_occasion(text: str) -> PregnancyId | None:
    """Which pregnancy an occasion speaks of; None when it is of another kind."""
    kind, _, rest = text.partition(":")
    number = rest.partition(":")[0]
    return PregnancyId(int(number)) if kind == "pregnancy" and number.isdecimal() else None


def is_journey_occasion(text: str) -> bool:
    """Whether it is that of a message for a week of pregnancy."""
    return parse_pregnancy_occasion(text) is not None and text.endswith(f":{JOURNEY}")
