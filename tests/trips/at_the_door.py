"""What is said to somebody at the door, without sending anything; each word is undone before the next."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from app.wiring import Labels, Parts, make_parts
from bot.answering import Answering
from bot.heard import Heard
from domain.identifiers import AddressId
from domain.invite import ActorPlace
from domain.moment import Moment
from domain.people import ActorRole
from domain.reader import Reader
from services.access import Arrival
from storage.encoding import decode_message
from storage.tables import outbox
from tests.storage.village import BOT, NOW, arrive, settle
from tests.trips.village import read_library, settings_for


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


async def said_to(parts: Parts, who: str, heard: Heard) -> list[str]:
    """What the bot would say to this, in words."""
    answering = Answering(parts.programme, "cradle_bot", Labels(parts.library))
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
