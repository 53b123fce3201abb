"""Consent: for what, in which words, how and when; and what must not happen without it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.identifiers import CaregiverId

TEXT_VERSION = "2026-11"


class Purpose(StrEnum):
    """What somebody agrees to, each apart from the others."""

    MESSAGES = "messages"
    FILE = "file"


class ConsentWay(StrEnum):
    """How it was given."""

    TAP = "tap"
    PAPER = "paper"
    SPOKEN = "spoken"


@dataclass(frozen=True)
class Consent:
    """One answer about one purpose; `given` False is a refusal, which is kept as well."""

    caregiver: CaregiverId
    purpose: Purpose
    given: bool
    text_version: str
    language: str
    way: ConsentWay
    at: datetime
