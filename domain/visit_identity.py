"""What a visit is, whichever day it is on: so that a calendar moves it when its session moves."""

from collections.abc import Iterable
from datetime import date
from hashlib import blake2b

Wanted = tuple[date, str, str]
"""The day from which something is due, whom it concerns (`child:12`), and what it is (`penta_primary 2`)."""


def visit_identity(facility: int, caregiver: int, wanted: Iterable[Wanted]) -> str:
    """A word for one visit of one family at a facility: by what has waited longest, which no later day changes.

    Nothing can be read from it: it says neither who comes nor for what.
    """
    longest = min(wanted, default=(date.min, "", ""))
    words = f"{facility} {caregiver} {longest[1]} {longest[2]}"
    return f"{blake2b(words.encode(), digest_size=12).hexdigest()}@cradle"
