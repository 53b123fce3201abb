"""Pictures and voices are kept once, and each bot has its own id for them."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from math import inf

import pytest

from bot.sending.sender import Outlet, Sender
from domain.media import CheckedMedia
from domain.message import Media, MediaKind, OutgoingMessage, Text
from domain.moment import Moment
from domain.reader import Reader
from domain.rendered import RenderedMessage
from domain.sending.outbox import Lane, Share
from domain.sending.pacing import Pacing
from domain.sending.retry import Delivered, Later, SendResult
from services.media.keep_media import content_of, keep_media
from storage.encoding import decode_message, encode_message
from storage.engine import Database
from storage.tables import media
from tests.fakes.programmes import PROGRAMME
from tests.storage.village import BOT, NOW, Village, arrive, reply

CONTENT = bytes(range(256)) * 4
CHECKED = CheckedMedia(MediaKind.PHOTO, "image/png", CONTENT)
HASH = sha256(CONTENT).hexdigest()
PICTURE = Media(MediaKind.PHOTO, HASH)
MOMENT = Moment(NOW, NOW)
OTHER = "700000002"


async def test_the_same_picture_is_kept_once_whoever_sends_it(database: Database) -> None:
    assert await keep_media(database, CHECKED, bot=BOT, file_id="first", moment=MOMENT) == PICTURE
    assert await keep_media(database, CHECKED, bot=BOT, file_id="second", moment=MOMENT) == PICTURE
    await keep_media(database, CHECKED, bot=OTHER, file_id="other", moment=MOMENT)
    assert await content_of(database, PICTURE) == CONTENT
    assert await content_of(database, Media(MediaKind.PHOTO, "0" * 64)) is None
    async with database.look() as uow:
        assert await uow.media.file_ids(BOT, {HASH, "0" * 64}) == {HASH: "second"}
        assert await uow.media.file_ids(OTHER, {HASH}) == {HASH: "other"}
    async with database.transaction() as connection:
        assert len((await connection.execute(media.select())).all()) == 1


async def test_an_id_is_forgotten_for_one_bot_and_not_when_there_is_a_newer_one(database: Database) -> None:
    for bot in (BOT, OTHER):
        await keep_media(database, CHECKED, bot=bot, file_id="old", moment=MOMENT)
    async with database.begin() as uow:
        await uow.media.remember(OTHER, HASH, "new")
        for bot in (BOT, OTHER):
            await uow.media.forget(bot, HASH, "old")
        assert await uow.media.file_ids(BOT, {HASH}) == {}
        assert await uow.media.file_ids(OTHER, {HASH}) == {HASH: "new"}


def test_a_message_keeps_its_picture_and_one_of_before_has_none() -> None:
    message = OutgoingMessage(Text("campaign.message"), media=PICTURE)
    stored = encode_message(message)
    assert decode_message(stored) == message
    del stored["media"]
    assert decode_message(stored).media is None


class Words:
    """Renders anything."""

    def render(self, message: OutgoingMessage, reader: Reader) -> RenderedMessage:
        return RenderedMessage(message.body.key, reader.language, media=message.media)


class Wire:
    """Answers as it is told, and notes by which id it was to send."""

    def __init__(self, *answers: SendResult) -> None:
        self.file_ids: list[str | None] = []
        self._answers = list(answers)

    async def send(self, external_id: str, message: RenderedMessage) -> SendResult:
        self.file_ids.append(message.file_id)
        return self._answers.pop(0) if self._answers else Delivered(external_id)


def sender_of(database: Database, wire: Wire, *, wall: timedelta = timedelta(0)) -> Sender:
    async def now() -> Moment:
        return Moment(NOW, NOW + wall)

    outlet = Outlet(Words(), wire, Pacing(inf, timedelta(0)))
    return Sender(database, PROGRAMME, outlet, share=Share(BOT, frozenset(Lane)), now=now)


async def show_to(database: Database, count: int, *, occasion: str = "update:1") -> None:
    async with database.begin() as uow:
        chats = [await arrive(uow, f"{number}") for number in range(count)]
        rows = [reply(one.id, occasion) for one in chats]
        shown = [replace(one, message=replace(one.message, media=PICTURE)) for one in rows]
        await uow.outbox.plan(shown, NOW)


@pytest.mark.usefixtures("village")
async def test_what_was_uploaded_once_goes_by_its_id_from_then_on(database: Database) -> None:
    async with database.begin() as uow:
        await uow.media.keep(PICTURE, CHECKED, NOW)
    await show_to(database, 3)
    first = Wire(Delivered("1", "given"), Later(1.0), Later(1.0))
    await sender_of(database, first).send_due()
    assert first.file_ids == [None] * 3
    second = Wire()
    await sender_of(database, second, wall=timedelta(seconds=2)).send_due()
    assert second.file_ids == ["given"] * 2


@pytest.mark.usefixtures("village")
async def test_an_id_that_the_channel_does_not_know_any_more_is_no_fault_of_the_text(database: Database) -> None:
    await keep_media(database, CHECKED, bot=BOT, file_id="old", moment=MOMENT)
    await show_to(database, 1)
    await sender_of(database, Wire(Later(1.0, "old"))).send_due()
    again = Wire(Delivered("1", "new"))
    await sender_of(database, again, wall=timedelta(seconds=2)).send_due()
    assert again.file_ids == [None]
    async with database.look() as uow:
        assert await uow.media.file_ids(BOT, {HASH}) == {HASH: "new"}


async def test_a_batch_without_pictures_is_not_asked_about_them(database: Database, village: Village) -> None:
    await keep_media(database, CHECKED, bot=BOT, file_id="known", moment=MOMENT)
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, "update:1")], NOW)
    wire = Wire()
    await sender_of(database, wire).send_due()
    assert wire.file_ids == [None]
