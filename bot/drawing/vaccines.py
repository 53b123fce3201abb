"""Vaccines as families call them."""

from datetime import date

from domain.message import Text, Value


def vaccine_names(codes: tuple[str, ...]) -> Value:
    """Their short names, as a list."""
    return tuple(Text(f"vaccine.{code.lower()}.short") for code in codes)


def known_dose(code: str, given_on: date, source: str, *, date_known: bool) -> Text:
    """One dose with its day and whose word it is; a guessed day is never shown."""
    vaccine = Text(f"vaccine.{code.lower()}.short")
    if not date_known:
        return Text("known.dose.undated", {"vaccine": vaccine})
    return Text(f"known.dose.{source}", {"vaccine": vaccine, "on": given_on})
