"""Buttons of a year ago: whatever one ever carried, whoever taps it gets an answer that can be read, and no fault."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from app.wiring import Labels, Parts, make_parts
from bot.answering import Answering
from bot.heard import Heard
from bot.payloads import read_payload
from domain.identifiers import AddressId
from domain.invite import ActorPlace
from domain.moment import Moment
from domain.people import ActorRole
from domain.reader import Reader
from services.access import Arrival
from storage.encoding import decode_message
from storage.tables import outbox
from tests.bot.test_every_button import EVER
from tests.storage.village import BOT, NOW, arrive, settle
from tests.trips.village import read_library, settings_for

SHAPES = ("", ":1:1:1", ":1:2025-11-20:coming:1", ":999999999:2025-02-30:x:y")
WHO = ("lan", "chi", "binh")


class UndoneError(Exception):
    """The tap is undone, so that the next one meets the same village."""


@pytest.fixture
async def parts(database_url: str, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Parts]:
    made = make_parts(settings_for(database_url, "http://127.0.0.1:9", tmp_path), read_library())
    yield made
    await made.close()


async def people(parts: Parts) -> Mapping[str, AddressId]:
    """Lan of the village, Chi of the department of health, and Bình, whom nobody knows."""
    village = await settle(parts.database)
    async with parts.database.begin() as uow:
        chi = await uow.people.add_actor(ActorPlace("Chi", ActorRole.STAFF), by=None, at=NOW)
        chat = await arrive(uow, "chi")
        await uow.people.link_actor(chi, chat.id, NOW)
        return {"lan": village.chat, "chi": chat.id, "binh": (await arrive(uow, "binh")).id}


async def said_to(parts: Parts, who: str, data: str) -> list[str]:
    """What the bot would say to this tap, in words."""
    answering = Answering(parts.programme, "cradle_bot", Labels(parts.library))
    tap = read_payload(data)
    heard = Heard(tap=tap, forged=tap is None, message_id="31")
    words: list[str] = []
    try:
        async with parts.database.begin() as uow:
            arrival = Arrival("telegram", BOT, who, "vi")
            await answering.answer(uow, arrival, heard, occasion="update:1", moment=Moment(NOW, NOW))
            rows = await uow.outbox._statements.all(outbox.select().where(outbox.c.lane == 0))
            for row in rows:
                message = decode_message(row[outbox.c.message])
                words.append(parts.library.renderer.render(message, Reader("vi", "UTC", children=("An",))).text)
            raise UndoneError
    except UndoneError:
        return words


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("shape", SHAPES)
async def test_every_button_answers_whatever_it_carries(parts: Parts, who: str, shape: str) -> None:
    await people(parts)
    silent = [action for action in sorted(EVER) if not any(await said_to(parts, who, f"v1:{action}{shape}"))]
    assert silent == []


@pytest.mark.parametrize("data", ["", "v0:visit:1", "visit:1", "v1", "v1:", "v1:never_made:1", "v9:x", "{}"])
async def test_a_button_of_another_make_is_refused_in_kind_words(parts: Parts, data: str) -> None:
    await people(parts)
    for who in WHO:
        (words,) = await said_to(parts, who, data)
        assert "nút" in words
