"""Rules for pictures and voices: how large they may be, what is wrong with one, and how many words go under it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.message import Media, MediaKind

MEGABYTE = 1024 * 1024
LARGEST: Mapping[MediaKind, int] = {MediaKind.PHOTO: 10 * MEGABYTE, MediaKind.VOICE: 5 * MEGABYTE}
"""In bytes. Source of the first: Telegram's Bot API, sendPhoto; the second is a quarter of an hour of speech."""
LONGEST_SIDES = 10_000
"""Width and height together. Source: Telegram's Bot API, sendPhoto."""
STEEPEST = 20
"""The longer side is at most so many times the shorter. Source: Telegram's Bot API, sendPhoto."""
MOST_PIXELS = 16_000_000
"""A picture with more takes more memory to open than one message may have."""
ROOM_FOR_WHOM = 124
"""For the line that says on a shared chat whom a message is for, in UTF-16 units."""
LONGEST_CAPTION = 1024 - ROOM_FOR_WHOM
"""In UTF-16 units, after the markup. Source: Telegram's Bot API, sendPhoto."""

ANSWERED_WITH_MEDIA = "media"
"""The reader of a form's question that a picture or a voice answers."""


class MediaProblem(StrEnum):
    """Why a picture or a voice is not kept, as the last word of a key of the interface (`media.…`)."""

    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    NOT_A_PICTURE = "not_a_picture"
    NOT_A_VOICE = "not_a_voice"
    NOT_FETCHED = "not_fetched"


@dataclass(frozen=True)
class CheckedMedia:
    """A picture or a voice as its content shows it, whatever its sender said of it."""

    kind: MediaKind
    mime_type: str
    content: bytes


def fits_caption(words: str) -> bool:
    """Whether a text without markup fits under a picture or a voice, whoever shares the chat. It is never cut."""
    return len(words.encode("utf-16-le")) // 2 <= LONGEST_CAPTION


def fits_picture(width: int, height: int) -> bool:
    """Whether a picture of this size can be opened here and sent."""
    shorter, longer = sorted((width, height))
    is_small = longer + shorter <= LONGEST_SIDES and width * height <= MOST_PIXELS
    return shorter > 0 and is_small and longer <= STEEPEST * shorter


def write_media(media: Media) -> str:
    """As the answer to a question of a form."""
    return f"{media.kind}:{media.content_hash}"


def read_media(answer: str) -> Media | None:
    """The answer as it was written; None for words that are none."""
    kind, _, content_hash = answer.partition(":")
    if kind not in set(MediaKind) or len(content_hash) != 64:
        return None
    return Media(MediaKind(kind), content_hash)
