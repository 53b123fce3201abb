"""A chat that was silent for long may have another reader: nothing private is said there until it says who it is."""

from datetime import datetime, timedelta

from domain.people import Address

LONGEST_SILENCE = timedelta(days=90)
"""Rule of this house: telephones, numbers and accounts change hands."""


def must_say_who(address: Address, now: datetime) -> bool:
    """Whether the chat was silent for so long, or was already asked and has not answered."""
    last = address.last_inbound_at
    return address.unconfirmed_since is not None or (last is not None and now - last >= LONGEST_SILENCE)
