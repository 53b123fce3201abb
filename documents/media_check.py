"""What a picture or a voice really is, by its content: its name, its type and its sender's word count for nothing."""

import io

from PIL import Image, UnidentifiedImageError

from domain.media import LARGEST, CheckedMedia, MediaProblem, fits_picture
from domain.message import MediaKind

_FORMATS = ("JPEG", "PNG", "WEBP")
_OGG, _OPUS = b"OggS", b"OpusHead"
_FIRST_PAGE = 64


def check_media(kind: MediaKind, content: bytes) -> CheckedMedia | MediaProblem:
    """Takes a processor for a moment: a picture is opened whole, after its size was looked at."""
    if len(content) > LARGEST[kind]:
        return MediaProblem.TOO_LARGE
    return _check_voice(content) if kind is MediaKind.VOICE else _check_picture(content)


def _check_picture(content: bytes) -> CheckedMedia | MediaProblem:
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if not fits_picture(*picture.size):
                return MediaProblem.TOO_MANY_PIXELS
            mime_type = Image.MIME[picture.format or ""]
            picture.load()
    except Image.DecompressionBombError:
        return MediaProblem.TOO_MANY_PIXELS
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, EOFError):
        return MediaProblem.NOT_A_PICTURE
    return CheckedMedia(MediaKind.PHOTO, mime_type, content)


def _check_voice(content: bytes) -> CheckedMedia | MediaProblem:
    if not content.startswith(_OGG) or _OPUS not in content[:_FIRST_PAGE]:
        return MediaProblem.NOT_A_VOICE
    return CheckedMedia(MediaKind.VOICE, "audio/ogg", content)
