"""The one who reads a message, as plain values: content renders from this and never from rows."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What the caregiver is to the child."""

    MOTHER = "mother"
    FATHER = "father"
    GRANDMOTHER = "grandmother"
    GRANDFATHER = "grandfather"
    OTHER_RELATIVE = "other_relative"
    GUARDIAN = "guardian"
    INSTITUTION = "institution"


@dataclass(frozen=True)
class Station:
    """The facility as families know it. Telephones come from the site's settings, never from a text."""

    name: str = ""
    phone: str = ""
    hours: str = ""
    emergency_phone: str = ""
    protection_phone: str = ""


@dataclass(frozen=True)
class Reader:
    """Who reads, in which language and zone, and whom the message concerns.

    `children` are the names by which the family calls them, in order of birth; an empty name means "not yet named".
    """

    language: str
    zone: str
    role: Role | None = None
    children: tuple[str, ...] = ()
    station: Station = Station()
