"""Taking in files from both sides, and the ids by which a bot knows them."""

import base64
import hashlib
import io
import mimetypes
from dataclasses import asdict, dataclass

from PIL import Image, UnidentifiedImageError

from simulator.accounts import Json, StoredFile
from simulator.world import World

_PREFIXES = {"photo": "AgAC", "voice": "AwAC", "document": "BQAC"}
_VOICE_TYPES = {b"OggS": "audio/ogg", b"ID3": "audio/mpeg"}


@dataclass(frozen=True)
class Upload:
    """A file as it arrived."""

    name: str
    content: bytes
    mime_type: str | None = None


class NoImageError(ValueError):
    """The bytes are no picture that can be opened."""


def keep_file(world: World, kind: str, upload: Upload, *, duration: int = 0) -> StoredFile:
    """Store a file under an id made from its bytes; NoImageError when a photo is none."""
    digest = hashlib.sha256(kind.encode() + upload.name.encode() + upload.content).digest()
    width, height = image_size(upload.content) if kind == "photo" else (0, 0)
    stored = StoredFile(
        unique_id=base64.urlsafe_b64encode(digest[:12]).decode(),
        kind=kind,
        size=len(upload.content),
        mime_type=_mime_type(kind, upload),
        name=upload.name if kind == "document" else None,
        width=width,
        height=height,
        duration=duration,
    )
    world.file_bytes.keep(stored.unique_id, upload.content)
    world.record("file_kept", file=asdict(stored))
    return stored


def image_size(content: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise NoImageError from None


def _mime_type(kind: str, upload: Upload) -> str:
    if kind == "photo":
        with Image.open(io.BytesIO(upload.content)) as image:
            return Image.MIME.get(image.format or "", "image/jpeg")
    if kind == "voice":
        return next((mime for magic, mime in _VOICE_TYPES.items() if upload.content.startswith(magic)), "audio/mp4")
    return upload.mime_type or mimetypes.guess_type(upload.name)[0] or "application/octet-stream"


def file_id_of(bot_id: int, stored: StoredFile) -> str:
    """The id one bot may send; another bot cannot use it."""
    code = base64.urlsafe_b64encode(f"{bot_id}:{stored.unique_id}".encode()).decode().rstrip("=")
    return _PREFIXES[stored.kind] + code


def find_file(world: World, bot_id: int, file_id: str) -> StoredFile | None:
    try:
        code = base64.urlsafe_b64decode(file_id[4:] + "=" * (-len(file_id[4:]) % 4)).decode()
    except ValueError:
        return None
    owner, _, unique_id = code.partition(":")
    stored = world.files.get(unique_id)
    return stored if stored and owner == str(bot_id) and file_id == file_id_of(bot_id, stored) else None


def media_content(bot_id: int, stored: StoredFile) -> Json:
    """The field of a Message that holds the file."""
    ids: Json = {"file_id": file_id_of(bot_id, stored), "file_unique_id": stored.unique_id}
    if stored.kind == "photo":
        return {"photo": [{**ids, "width": stored.width, "height": stored.height, "file_size": stored.size}]}
    described = {**ids, "mime_type": stored.mime_type, "file_size": stored.size}
    if stored.kind == "voice":
        return {"voice": {**described, "duration": stored.duration}}
    return {"document": {**described, "file_name": stored.name}}


def file_path_of(stored: StoredFile) -> str:
    extension = mimetypes.guess_extension(stored.mime_type) or ""
    return f"{stored.kind}s/{stored.unique_id}{extension}"
