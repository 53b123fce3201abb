"""What was said, once Telegram's wrapping is off."""

from dataclasses import dataclass

from bot.payloads import Payload


@dataclass(frozen=True)
class Contact:
    """A shared contact, and whether it is the speaker's own."""

    phone_number: str
    is_own: bool


@dataclass(frozen=True)
class Heard:
    """One of: a command, words, a tap, a contact, a change of membership; or something we do not read."""

    command: str = ""
    words: str = ""
    tap: Payload | None = None
    forged: bool = False
    message_id: str | None = None
    contact: Contact | None = None
    blocked: bool | None = None
