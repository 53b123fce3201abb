"""What staff send is looked at before it is kept: only pictures and voices that a telephone shows and plays."""

import io
import struct
import zlib

import pytest
from PIL import Image

from documents.media_check import check_media
from domain.media import LARGEST, CheckedMedia, MediaProblem
from domain.message import MediaKind

VOICE = b"OggS" + bytes(24) + b"OpusHead" + bytes(100)


def picture(kind: str, width: int = 40, height: int = 30) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(content, kind)
    return content.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be this large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_is_what_its_content_says(kind: str, mime: str) -> None:
    content = picture(kind)
    assert check_media(MediaKind.PHOTO, content) == CheckedMedia(MediaKind.PHOTO, mime, content)


def test_a_voice_is_ogg_with_opus() -> None:
    assert check_media(MediaKind.VOICE, VOICE) == CheckedMedia(MediaKind.VOICE, "audio/ogg", VOICE)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", MediaProblem.NOT_A_PICTURE),
        (b"<svg onload=alert(1)>", MediaProblem.NOT_A_PICTURE),
        (b"MZ" + bytes(200), MediaProblem.NOT_A_PICTURE),
        (VOICE, MediaProblem.NOT_A_PICTURE),
        (picture("GIF"), MediaProblem.NOT_A_PICTURE),
        (picture("JPEG", 400, 300)[:600], MediaProblem.NOT_A_PICTURE),
        (picture("PNG")[:-30], MediaProblem.NOT_A_PICTURE),
        (bomb(400, 300), MediaProblem.NOT_A_PICTURE),
        (bomb(0, 300), MediaProblem.NOT_A_PICTURE),
        (bomb(5000, 5000), MediaProblem.TOO_MANY_PIXELS),
        (bomb(12_000, 12_000), MediaProblem.TOO_MANY_PIXELS),
        (bomb(60_000, 60_000), MediaProblem.TOO_MANY_PIXELS),
        (picture("PNG", 2100, 100), MediaProblem.TOO_MANY_PIXELS),
        (bytes(LARGEST[MediaKind.PHOTO] + 1), MediaProblem.TOO_LARGE),
    ],
    ids=lambda value: str(value) if isinstance(value, MediaProblem) else "",
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_that_is_none_or_too_much_is_not_kept(content: bytes, problem: MediaProblem) -> None:
    assert check_media(MediaKind.PHOTO, content) is problem


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", MediaProblem.NOT_A_VOICE),
        (b"OggS", MediaProblem.NOT_A_VOICE),
        (b"OggS" + bytes(24) + b"\x01vorbis" + bytes(100), MediaProblem.NOT_A_VOICE),
        (b"OggS" + bytes(5000) + b"OpusHead", MediaProblem.NOT_A_VOICE),
        (b"ID3" + bytes(100), MediaProblem.NOT_A_VOICE),
        (picture("PNG"), MediaProblem.NOT_A_VOICE),
        (VOICE + bytes(LARGEST[MediaKind.VOICE]), MediaProblem.TOO_LARGE),
    ],
)
def test_a_voice_that_telegram_would_not_play_is_not_kept(content: bytes, problem: MediaProblem) -> None:
    assert check_media(MediaKind.VOICE, content) is problem
