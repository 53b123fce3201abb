"""Vaccines as families call them."""

from domain.message import Text, Value


def vaccine_names(codes: tuple[str, ...]) -> Value:
    """Their short names, as a list."""
    return tuple(Text(f"vaccine.{code.lower()}.short") for code in codes)
