"""Over both transports the same call arrives with the same parameters, files whole and under their names."""

import asyncio
import hashlib
import io
import json
import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs

import pytest
from aiohttp.abc import AbstractStreamWriter
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, InputMediaPhoto
from telegram.error import TelegramError, TimedOut
from telegram.request import BaseRequest

from bot.sending.channel import result_of
from bot.transport.choice import Library, Transport
from bot.transport.limits import Limits
from bot.transport.making import make_request
from bot.transport.upload import Upload
from domain.sending.retry import Unknown
from tests.bot.loopback_server import PATIENCE, SENT, TOKEN, Asked, Loopback, answering, bot_on, listening

LIBRARIES: tuple[Library, ...] = ("aiohttp", "httpx")
CHILD = "Mẹ Lan & bé An: 5 trong 1 <b>ngày mai</b> 👶 小安"
LETTER = "Sổ tiêm “An”.pdf"
MEGABYTE = 1 << 20
Call = Callable[[Bot], Awaitable[Any]]


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with listening(Loopback()) as server:
        yield server


async def arrived(server: Loopback, library: Library, call: Call, limits: Limits | None = None) -> Asked:
    """The request as the server got it."""
    async with make_request(Transport(library), limits or Limits(2)) as request, asyncio.timeout(PATIENCE):
        await call(bot_on(request, server.origin))
    return server.asked[-1]


async def say_it(bot: Bot) -> Any:
    yes = InlineKeyboardButton("Có", callback_data="v1:yes")
    return await bot.send_message(5, CHILD, parse_mode="HTML", reply_markup=InlineKeyboardMarkup([[yes]]))


async def send_two_photos(bot: Bot) -> Any:
    media = [InputMediaPhoto(b"\x89PNG\r\n--\r\n", filename='a "1".png'), InputMediaPhoto(b"two", filename="b.jpg")]
    return await bot.send_media_group(5, media, caption=CHILD)


async def send_letter(bot: Bot) -> Any:
    return await bot.send_document(5, b"%PDF", filename=LETTER, thumbnail=b"small", caption=CHILD)


def parts(asked: Asked) -> dict[str, tuple[str, bytes]]:
    """Each part of a multipart form by its name: the rest of its head, and its content."""
    kind, _, boundary = asked.headers["content-type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    first, *all_parts, last = (b"\r\n" + asked.body).split(f"\r\n--{boundary}".encode())
    assert (first, last) == (b"", b"--\r\n")
    found = {}
    for part in all_parts:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        disposition = re.fullmatch(r'Content-Disposition: form-data; name="([^"]+)"(.*)', head.decode(), re.DOTALL)
        assert disposition is not None
        found[disposition[1]] = (disposition[2], content)
    return found


def parameters(asked: Asked) -> dict[str, str]:
    """Those of a call without files as text, whether they came as JSON or as a form."""
    if asked.headers.get("content-type") != "application/json":
        return {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
    return {
        name: value if isinstance(value, str) else json.dumps(value) for name, value in json.loads(asked.body).items()
    }


def comparable(asked: Asked) -> Any:
    """Without boundaries and the random names of attached files."""
    if not asked.headers.get("content-type", "").startswith("multipart/"):
        return parameters(asked)
    names: dict[str, str] = {}

    def in_turn(text: str) -> str:
        return re.sub("attached[0-9a-f]{32}", lambda match: names.setdefault(match[0], f"file {len(names)}"), text)

    return {in_turn(name): (head, in_turn(content.decode("latin-1"))) for name, (head, content) in parts(asked).items()}


@pytest.mark.parametrize("call", [say_it, send_two_photos, send_letter, Bot.get_me, Bot.log_out])
async def test_the_server_gets_the_same_over_both(server: Loopback, call: Call) -> None:
    group = call is send_two_photos
    user = {"id": 1, "is_bot": True, "first_name": "Cradle"}
    result = [SENT] if group else True if call is Bot.log_out else user if call is Bot.get_me else SENT
    server.behaviour = answering(200, {"ok": True, "result": result})
    fast, usual = [await arrived(server, library, call) for library in LIBRARIES]
    assert (fast.method, fast.path) == (usual.method, usual.path)
    for name in ("user-agent", "accept", "transfer-encoding"):
        assert fast.headers.get(name) == usual.headers.get(name), name
    assert comparable(fast) == comparable(usual)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_every_letter_arrives(server: Loopback, library: Library) -> None:
    asked = await arrived(server, library, say_it)
    assert asked.path == f"/bot{TOKEN}/sendMessage"
    assert parameters(asked)["text"] == CHILD


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_letter_keeps_its_name_and_its_picture(server: Loopback, library: Library) -> None:
    found = parts(await arrived(server, library, send_letter))
    assert found["document"] == (f'; filename="{LETTER}"\r\nContent-Type: application/pdf', b"%PDF")
    picture = found["thumbnail"][1].decode().removeprefix("attach://") if "thumbnail" in found else ""
    assert found[picture][1] == b"small"
    assert found["caption"] == ("", CHILD.encode())


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("opened", [False, True])
async def test_a_big_file_arrives_whole(server: Loopback, library: Library, tmp_path: Path, opened: bool) -> None:
    content = random.Random(5).randbytes(12 * MEGABYTE)
    (tmp_path / "film.mp4").write_bytes(content)
    with (tmp_path / "film.mp4").open("rb") as film:
        document = InputFile(film, read_file_handle=False) if opened else content
        asked = await arrived(server, library, lambda bot: bot.send_document(5, document, filename="film.mp4"))
    assert int(asked.headers["content-length"]) == len(asked.body)
    assert hashlib.sha256(parts(asked)["document"][1]).digest() == hashlib.sha256(content).digest()


class Stream(io.RawIOBase):
    """Read once, in small bites, and nobody knows how long it is."""

    def __init__(self, content: bytes) -> None:
        self._rest = io.BytesIO(content)
        self.largest = 0

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError("no file")

    def read(self, size: int = -1) -> bytes:
        assert size > 0
        chunk = self._rest.read(size)
        self.largest = max(self.largest, len(chunk))
        return chunk


@pytest.mark.parametrize("library", LIBRARIES)
async def test_what_is_read_as_it_goes_is_never_whole_in_memory(server: Loopback, library: Library) -> None:
    stream = Stream(b"x" * MEGABYTE)
    file = InputFile(stream, filename="voice.ogg", read_file_handle=False)  # type: ignore[arg-type] # as IO[bytes]
    asked = await arrived(server, library, lambda bot: bot.send_voice(5, file))
    assert asked.headers["transfer-encoding"] == "chunked"
    assert parts(asked)["voice"][1] == b"x" * MEGABYTE
    assert stream.largest <= MEGABYTE // 8


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_long_form_without_files_arrives_whole(server: Loopback, library: Library) -> None:
    long = "Bé An " * 40_000
    asked = await arrived(server, library, lambda bot: bot.send_message(5, long))
    assert parameters(asked)["text"] == long


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(("usual", "asked_for"), [(0.05, BaseRequest.DEFAULT_NONE), (PATIENCE, 0.05)])
async def test_a_server_that_takes_no_more_of_a_file_is_given_up(
    library: Library, usual: float, asked_for: Any
) -> None:
    limits = Limits(1, media_write=usual)
    film = bytes(30 * MEGABYTE)
    async with listening(Loopback(deaf=True)) as deaf:
        with pytest.raises(TimedOut) as refusal:
            await arrived(deaf, library, lambda bot: bot.send_document(5, film, write_timeout=asked_for), limits)
    assert result_of(refusal.value) == Unknown("TimedOut")


class Stuck:
    """A server that has room for what is written now, and then takes nothing more."""

    async def write(self, chunk: bytes) -> None:
        assert chunk

    async def drain(self) -> None:
        await asyncio.Event().wait()


async def test_the_last_bytes_of_a_file_are_not_waited_for_for_ever() -> None:
    upload = Upload((b"An",), content_type="text/plain", patience=0.05)
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(TimeoutError):
            await upload.write(cast("AbstractStreamWriter", Stuck()))


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_file_that_cannot_be_read_is_told(server: Loopback, library: Library, tmp_path: Path) -> None:
    class Broken(Stream):
        def read(self, size: int = -1) -> bytes:
            raise OSError(5, "Input/output error", size)

    file = InputFile(Broken(b""), filename="a.pdf", read_file_handle=False)  # type: ignore[arg-type] # as IO[bytes]
    with pytest.raises(TelegramError) as refusal:
        await arrived(server, library, lambda bot: bot.send_document(5, file))
    assert result_of(refusal.value) == Unknown("NetworkError")
