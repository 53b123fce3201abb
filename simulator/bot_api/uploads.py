"""The file of a sendPhoto, sendVoice or sendDocument: uploaded, attached under another name, or known by its id."""

from simulator.accounts import StoredFile
from simulator.bot_api.call import Call
from simulator.bot_api.errors import bad_request, too_large
from simulator.stored_files import NoImageError, Upload, find_file, image_size, keep_file

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024


def file_to_send(call: Call, kind: str) -> StoredFile:
    """The file a call names, or why it cannot be sent."""
    upload = _uploaded(call, kind)
    if upload is None:
        return _by_id(call, kind)
    if len(upload.content) > LARGEST_FILE:
        raise too_large()
    if not upload.content:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        _check_photo(upload.content)
    return keep_file(call.world, kind, upload, duration=call.parameters.integer("duration"))


def _uploaded(call: Call, kind: str) -> Upload | None:
    if kind in call.parameters.files:
        return call.parameters.files[kind]
    value = call.parameters.text(kind)
    if not value.startswith("attach://"):
        return None
    attached = call.parameters.files.get(value.removeprefix("attach://"))
    if attached is None:
        raise bad_request(f"there is no {kind} in the request")
    return attached


def _by_id(call: Call, kind: str) -> StoredFile:
    value = call.parameters.text(kind)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = find_file(call.world, call.bot.id, value)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def _check_photo(content: bytes) -> None:
    if len(content) > LARGEST_PHOTO:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes"
        )
    try:
        width, height = image_size(content)
    except NoImageError:
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
