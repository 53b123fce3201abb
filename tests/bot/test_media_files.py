"""A picture goes up once and then goes by the id that Telegram gave it, to whoever is to see it."""

import asyncio
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError, TimedOut

from bot.sending import media_files
from bot.sending.channel import TelegramChannel
from bot.sending.media_files import READY_IN
from domain.message import Media, MediaKind
from domain.rendered import RenderedChoice, RenderedMessage
from domain.sending.retry import Delivered, Later, Rejected, SendResult, Unknown, Unreachable

PICTURE = Media(MediaKind.PHOTO, "a" * 64)
VOICE = Media(MediaKind.VOICE, "b" * 64)
SHOWN = RenderedMessage("Vitamin A on Friday", "en", media=PICTURE)
HEARD = replace(SHOWN, media=VOICE)
CONTENT = {PICTURE: b"picture", VOICE: b"OggS"}
STALE = BadRequest("Bad Request: wrong file identifier/HTTP URL specified")
MANY = 64


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class Telegram:
    """Gives every upload an id, knows only the ids it gave, and can be told to refuse or to be slow."""

    known: set[str] = field(default_factory=set)
    calls: list[tuple[str, object]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)
    refusals: list[TelegramError] = field(default_factory=list)
    may_answer: asyncio.Event | None = None

    async def send_photo(self, chat: int, file: str | bytes, **words: Any) -> SimpleNamespace:
        return await self._send("photo", chat, file, words)

    async def send_voice(self, chat: int, file: str | bytes, **words: Any) -> SimpleNamespace:
        return await self._send("voice", chat, file, words)

    async def edit_message_caption(self, chat: int, message_id: int, **words: Any) -> None:
        del chat
        self.calls.append(("caption", message_id))
        self.words.append(words)

    async def _send(self, kind: str, chat: int, file: str | bytes, words: dict[str, Any]) -> SimpleNamespace:
        self.calls.append((kind, file))
        self.words.append(words)
        if self.may_answer is not None:
            await self.may_answer.wait()
        if self.refusals:
            raise self.refusals.pop(0)
        if isinstance(file, str) and file not in self.known:
            raise STALE
        name = file if isinstance(file, str) else f"{kind}-{len(self.calls)}"
        self.known.add(name)
        sizes = [SimpleNamespace(file_id="small"), SimpleNamespace(file_id=name)] if kind == "photo" else []
        voice = SimpleNamespace(file_id=name) if kind == "voice" else None
        return SimpleNamespace(message_id=chat, photo=sizes, voice=voice)

    @property
    def uploads(self) -> int:
        return sum(isinstance(file, bytes) for _kind, file in self.calls)


def channel_of(telegram: Telegram) -> TelegramChannel:
    async def content_of(media: Media) -> bytes | None:
        return CONTENT.get(media)

    return TelegramChannel(cast("Bot", telegram), content_of)


async def show(channel: TelegramChannel, message: RenderedMessage = SHOWN, *, to: int = 1) -> SendResult:
    return await channel.send(str(to), message)


@pytest.mark.parametrize(("message", "kind"), [(SHOWN, "photo"), (HEARD, "voice")])
async def test_the_first_one_uploads_and_the_next_goes_by_the_id(message: RenderedMessage, kind: str) -> None:
    telegram = Telegram()
    channel = channel_of(telegram)
    assert await show(channel, message, to=1) == Delivered("1", f"{kind}-1")
    assert await show(channel, message, to=2) == Delivered("2")
    assert telegram.calls == [(kind, CONTENT[cast("Media", message.media)]), (kind, f"{kind}-1")]


async def test_an_id_that_is_known_spares_the_upload_and_the_look_into_the_database() -> None:
    telegram = Telegram(known={"kept"})
    channel = TelegramChannel(cast("Bot", telegram))
    assert await show(channel, replace(SHOWN, file_id="kept")) == Delivered("1")
    assert telegram.calls == [("photo", "kept")]


async def test_words_and_buttons_stand_under_the_picture() -> None:
    telegram = Telegram()
    asked = replace(SHOWN, choices=((RenderedChoice("I come", "v1:campaign:1:0"),),), names_child=True)
    await show(channel_of(telegram), asked)
    (words,) = telegram.words
    assert (words["caption"], words["parse_mode"], words["protect_content"]) == (SHOWN.text, "HTML", True)
    assert words["reply_markup"].inline_keyboard[0][0].text == "I come"


async def test_of_sixty_four_at_once_one_uploads_and_the_others_come_back_for_its_id() -> None:
    up = asyncio.Event()
    telegram = Telegram(may_answer=up)
    channel = channel_of(telegram)
    everybody = [asyncio.create_task(show(channel, to=number)) for number in range(1, MANY + 1)]
    await asyncio.wait(everybody, return_when=asyncio.FIRST_COMPLETED)
    up.set()
    answers = await asyncio.gather(*everybody)
    assert sorted(map(str, answers)) == sorted(map(str, [Delivered("1", "photo-1"), *[Later(READY_IN)] * (MANY - 1)]))
    again = await asyncio.gather(*(show(channel, to=number) for number in range(2, MANY + 1)))
    assert again == [Delivered(str(number)) for number in range(2, MANY + 1)]
    assert telegram.uploads == 1


async def test_an_id_that_telegram_forgot_is_named_and_the_picture_goes_up_anew() -> None:
    telegram = Telegram()
    channel = channel_of(telegram)
    assert await show(channel, replace(SHOWN, file_id="old")) == Later(READY_IN, "old")
    assert await show(channel) == Delivered("1", "photo-2")
    telegram.known.clear()
    assert await show(channel) == Later(READY_IN, "photo-2")
    assert await show(channel) == Delivered("1", "photo-4")


@pytest.mark.parametrize(
    ("refusal", "answer"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable.BLOCKED),
        (TimedOut(), Unknown("TimedOut")),
        (BadRequest("Bad Request: IMAGE_PROCESS_FAILED"), Rejected("Image_process_failed")),
    ],
)
async def test_an_upload_that_failed_is_its_own_trouble_and_the_next_one_uploads(
    refusal: TelegramError, answer: SendResult
) -> None:
    telegram = Telegram(refusals=[refusal])
    channel = channel_of(telegram)
    found = await show(channel, to=1)
    assert type(found) is type(answer)
    assert await show(channel, to=2) == Delivered("2", "photo-2")


async def test_an_upload_without_an_end_may_have_arrived_and_blocks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_files, "UPLOAD_SECONDS", 0.01)
    telegram = Telegram(may_answer=asyncio.Event())
    channel = channel_of(telegram)
    assert await show(channel) == Unknown("UploadTimeout")
    telegram.may_answer = None
    assert await show(channel) == Delivered("1", "photo-2")


async def test_what_is_not_kept_is_our_fault_and_nothing_leaves() -> None:
    telegram = Telegram()
    gone = replace(SHOWN, media=Media(MediaKind.PHOTO, "c" * 64))
    assert isinstance(await show(channel_of(telegram), gone), Rejected)
    assert telegram.calls == []


async def test_a_correction_changes_the_words_under_the_picture() -> None:
    telegram = Telegram()
    assert await show(channel_of(telegram), replace(SHOWN, edits="31")) == Delivered("31")
    assert telegram.calls == [("caption", 31)]
    assert telegram.words[0]["caption"] == SHOWN.text
