"""The body of a call: JSON, or a multipart form when it holds files."""

import json
import secrets

from aiohttp import BytesPayload, Payload
from telegram.request import RequestData

from bot.transport.upload import CHUNK, Piece, Upload

JSON = "application/json"  # what httpx sends, a URL-encoded form, takes up to nine times as long to write
_QUOTED = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


def plain(call: RequestData, *, patience: float | None) -> Payload | None:
    """The parameters of a call without files; None when there are none."""
    parameters = call.parameters
    if not parameters:
        return None
    body = json.dumps(parameters).encode()
    if len(body) > CHUNK:
        return Upload((body,), content_type=JSON, patience=patience)
    return BytesPayload(body, content_type=JSON)


def multipart(call: RequestData, *, patience: float | None) -> Upload:
    """The parameters and the files of a call, each file as it is: bytes, or an open file that is read as it goes."""
    boundary = secrets.token_hex(16)
    text = "".join(_field(boundary, name, value) for name, value in call.json_parameters.items())
    pieces: list[Piece] = []
    for name, (file_name, content, kind) in call.multipart_data.items():
        pieces += [(text + _file_head(boundary, name, file_name, kind)).encode(), content]
        text = "\r\n"
    pieces.append(f"{text}--{boundary}--\r\n".encode())
    return Upload(tuple(pieces), content_type=f"multipart/form-data; boundary={boundary}", patience=patience)


def _field(boundary: str, name: str, value: str) -> str:
    return f'--{boundary}\r\nContent-Disposition: form-data; name="{name.translate(_QUOTED)}"\r\n\r\n{value}\r\n'


def _file_head(boundary: str, name: str, file_name: str, kind: str) -> str:
    quoted = f'name="{name.translate(_QUOTED)}"; filename="{file_name.translate(_QUOTED)}"'
    return f"--{boundary}\r\nContent-Disposition: form-data; {quoted}\r\nContent-Type: {kind}\r\n\r\n"
