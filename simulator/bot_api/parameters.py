"""The parameters of a call, however they came: query string, form, multipart or JSON."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from simulator.accounts import Json
from simulator.bot_api.errors import bad_request
from simulator.stored_files import Upload

# What the journal shows decoded. Everything else stays as it came: a caption may look like JSON.
_NUMBERS = frozenset({"chat_id", "from_chat_id", "message_id", "offset", "limit", "timeout", "max_connections"})
_OBJECTS = frozenset(
    {
        "reply_markup", "entities", "caption_entities", "reply_parameters", "link_preview_options",
        "commands", "scope", "menu_button", "allowed_updates",
    }
)  # fmt: skip
_INTEGER = re.compile(r"[+-]?\d{1,19}")


@dataclass(frozen=True)
class Parameters:
    """Every value as text, as Telegram reads them, and the uploaded files by field name."""

    values: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def has(self, name: str) -> bool:
        return bool(self.values.get(name))

    def integer(self, name: str, default: int = 0) -> int:
        value = self.text(name).strip()
        return int(value) if _INTEGER.fullmatch(value) else default

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def decoded(self, name: str, otherwise: str) -> Any:
        """The JSON of a parameter, or a 400 with the given reason when it is none."""
        try:
            return json.loads(self.text(name))
        except ValueError:
            raise bad_request(otherwise) from None

    def chat_id(self) -> int | None:
        return self.integer("chat_id") if _INTEGER.fullmatch(self.text("chat_id").strip()) else None

    def for_journal(self) -> Json:
        attached = {name: f"attach://{name}" for name in self.files if name in ("photo", "voice", "document")}
        return attached | {name: _shown(name, value) for name, value in self.values.items()}


def _shown(name: str, value: str) -> Any:
    if name in _NUMBERS and _INTEGER.fullmatch(value):
        return int(value)
    if name not in _OBJECTS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


async def read_parameters(request: Request) -> Parameters:
    """Collect what arrived; the body wins over the query string."""
    values = dict(request.query_params)
    files: dict[str, Upload] = {}
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "application/json":
        values |= _from_json(await request.body())
    elif content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        await _read_form(request, values, files)
    return Parameters(values, files)


def _from_json(body: bytes) -> dict[str, str]:
    try:
        content = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(content, dict):
        raise bad_request("object expected")
    return {name: _as_text(value) for name, value in content.items()}


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


async def _read_form(request: Request, values: dict[str, str], files: dict[str, Upload]) -> None:
    async with request.form(max_part_size=50 * 1024 * 1024) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                content = await value.read()
                files[name] = Upload(value.filename or name, content, value.content_type)
            else:
                values[name] = value
