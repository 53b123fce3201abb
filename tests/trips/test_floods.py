"""Three hundred messages in a minute from one telephone: nobody else waits. And words that waited keep their day."""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.bot_process import bot_name
from app.wiring import Parts
from bot.heard import Heard
from domain.flood import Hurry
from domain.moment import Moment
from services.messages.receive_update import receive_update
from tests.trips.at_the_door import parts, people, said_to
from tests.trips.journeys import up_to_birth_date
from tests.trips.village import Person, Village, quiet_village

__all__ = ["parts"]

FLOOD = 300
ANSWERED = 60


@pytest.fixture
async def quiet(database_url: str, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Village]:
    """A village whose bot keeps Telegram's pace and does not run yet."""
    async with quiet_village(database_url, tmp_path, more={"CRADLE_CHAT_PACE": "1"}) as village:
        yield village
        await village.stop_bot()


def written(village: Village, number: int, words: str, who: Person, at: datetime) -> dict[str, Any]:
    """A text message as it was stored."""
    someone = {"id": who.phone, "is_bot": False, "first_name": who.name, "language_code": "vi"}
    chat = {"id": who.phone, "type": "private", "first_name": who.name}
    date = int(at.timestamp())
    message = {"message_id": number, "date": date, "chat": chat, "from": someone, "text": words}
    body = json.dumps({"update_id": number, "message": message})
    return {"bot": bot_name(village.parts), "update_id": number, "chat": str(who.phone), "body": body}


async def all_are_done(village: Village) -> bool:
    return not await village.rows("SELECT id FROM updates WHERE state = 'received' LIMIT 1")


async def test_a_flood_is_answered_for_a_while_told_once_and_holds_nobody_up(quiet: Village) -> None:
    lan, binh = await quiet.person("Lan"), await quiet.person("Bình")
    moment = await quiet.parts.clock.moment()
    async with quiet.parts.database.begin() as uow:
        for number in range(FLOOD + 1):
            who = lan if number < FLOOD else binh
            await uow.updates.store(**written(quiet, number, "/start", who, moment.now), at=moment.wall)
    await quiet.start_bot()
    entries = await quiet.stage.journal(method="sendMessage", chat_id=binh.phone, timeout=20)
    assert entries, "Bình was not answered"
    await quiet.until(lambda: all_are_done(quiet), "the flood to be over")
    keys = await quiet.rows(
        "SELECT o.message_key FROM outbox o JOIN addresses a ON a.id = o.address_id WHERE a.external_id = :chat",
        chat=str(lan.phone),
    )
    told = [key for (key,) in keys if key == "flood.wait"]
    assert (len(told), len(keys)) == (1, ANSWERED + 1)
    assert {state for (state,) in await quiet.rows("SELECT state FROM updates")} == {"done"}


async def born_on(village: Village) -> list[str]:
    drafts = await village.rows("SELECT answers FROM drafts WHERE form = 'enrolment'")
    answers = [json.loads(found) if isinstance(found, str) else found for (found,) in drafts]
    return [one["birth_date"] for one in answers if "birth_date" in one]


async def test_today_in_words_that_waited_overnight_is_the_day_on_which_they_were_written(
    village: Village, minh: Person
) -> None:
    await up_to_birth_date(minh)
    await village.stop_bot()
    late = await minh.stage.text(minh.phone, "hôm nay")
    await village.stage.move(to="2026-11-22T22:00:00Z")
    await village.start_bot()
    await village.answered(late["update_id"])
    assert await born_on(village) == ["2026-11-22"]


async def test_today_on_a_button_is_the_day_on_which_it_was_tapped(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    (row,) = [row for row in (await minh.messages())[-1]["reply_markup"]["inline_keyboard"] if ":today" in str(row)]
    data = next(one["callback_data"] for one in row if one["callback_data"].endswith(":today"))
    someone = {"id": minh.phone, "is_bot": False, "first_name": "Minh"}
    query = {"id": "9", "from": someone, "chat_instance": "1", "data": data}
    body = json.dumps({"update_id": 900_000_001, "callback_query": query}).encode()
    moment = await village.parts.clock.moment()
    before = Moment(moment.now, moment.wall - timedelta(hours=20))  # it came in while no bot ran
    await receive_update(village.parts.database, bot=bot_name(village.parts), body=body, moment=before)
    await village.answered(900_000_001)
    assert await born_on(village) == ["2026-11-21"]


async def test_whoever_hurries_is_told_once_and_one_who_works_here_goes_on(parts: Parts) -> None:
    await people(parts)
    for who in ("lan", "binh"):
        (told,) = await said_to(parts, who, Heard(command="help", hurry=Hurry.FIRST))
        assert "chờ một phút" in told
        assert "nguy hiểm" in told
        assert await said_to(parts, who, Heard(command="help", hurry=Hurry.MORE)) == []
    assert await said_to(parts, "chi", Heard(command="help", hurry=Hurry.MORE)) == await said_to(
        parts, "chi", Heard(command="help")
    )
