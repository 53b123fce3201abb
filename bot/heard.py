"""What was said, once Telegram's wrapping is off."""

from dataclasses import dataclass
from datetime import datetime

from bot.payloads import Payload
from domain.flood import Hurry
from domain.media import MediaProblem
from domain.message import Media, MediaKind


@dataclass(frozen=True)
class Contact:
    """A shared contact, and whether it is the speaker's own."""

    phone_number: str
    is_own: bool


@dataclass(frozen=True)
class Attachment:
    """A picture or a voice as Telegram announces it. What its sender says of it need not be so."""

    kind: MediaKind
    file_id: str
    size: int
    mime_type: str | None = None


@dataclass(frozen=True)
class Heard:
    """One of: a command, words, a tap, a contact, a picture, a change of membership; or something we do not read.

    `kept` is what became of a picture that somebody waited for. `said_at` None: just now. `hurry`: it is too much.
    """

    command: str = ""
    words: str = ""
    tap: Payload | None = None
    forged: bool = False
    message_id: str | None = None
    contact: Contact | None = None
    blocked: bool | None = None
    media: Attachment | None = None
    kept: Media | MediaProblem | None = None
    said_at: datetime | None = None
    hurry: Hurry | None = None
