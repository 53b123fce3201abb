"""The occasion of messages about a pregnancy: `pregnancy:ID`, with a word behind it for the same question later on."""

from domain.identifiers import PregnancyId


def pregnancy_occasion(pregnancy: PregnancyId, word: str = "") -> str:
    """The occasion as it stands in a row."""
    return f"pregnancy:{pregnancy}:{word}" if word else f"pregnancy:{pregnancy}"


def parse_pregnancy_occasion(text: str) -> PregnancyId | None:
    """Which pregnancy an occasion speaks of; None when it is of another kind."""
    kind, _, rest = text.partition(":")
    number = rest.partition(":")[0]
    return PregnancyId(int(number)) if kind == "pregnancy" and number.isdecimal() else None
