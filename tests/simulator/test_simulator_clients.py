"""Two libraries that know Telegram well take the simulator for it.

aiogram is imported by the test that needs it: that takes longer than all the other tests of this room together.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import telegram
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.fakes.simulator import RunningSimulator, Stage
from tests.simulator.conftest import TOKEN

if TYPE_CHECKING:
    import aiogram


@pytest.fixture
async def ptb(simulator: RunningSimulator) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(TOKEN, base_url=simulator.bot_url, base_file_url=simulator.file_url) as bot:
        yield bot


@pytest.fixture
async def gram(simulator: RunningSimulator) -> "AsyncIterator[aiogram.Bot]":
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    async with Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(simulator.base_url))) as bot:
        yield bot


async def test_python_telegram_bot_talks_with_lan(
    simulator: RunningSimulator, ptb: telegram.Bot, stage: Stage, lan: int, png: bytes
) -> None:
    updates = await ptb.get_updates()
    assert updates[0].message is not None
    assert updates[0].message.text == "/start"
    yes = telegram.InlineKeyboardButton("Có", callback_data="y")
    sent = await ptb.send_message(
        lan, "<b>Chào</b>", parse_mode="HTML", reply_markup=telegram.InlineKeyboardMarkup([[yes]])
    )
    await stage.tap(lan, sent.message_id)
    query = (await ptb.get_updates(offset=updates[0].update_id + 1, timeout=5))[0].callback_query
    assert query is not None
    assert await query.answer("Cảm ơn")
    await query.edit_message_text("Đã ghi")
    photo = await ptb.send_photo(lan, png, caption="Thẻ")
    again = await ptb.send_photo(lan, photo.photo[-1].file_id)
    file = await ptb.get_file(again.photo[-1])
    assert bytes(await file.download_as_bytearray()) == png
    await ptb.set_my_commands([telegram.BotCommand("help", "Trợ giúp")], language_code="vi")
    assert [m.get("text") for m in await stage.messages(lan)] == ["/start", "Đã ghi", None, None]


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("retry_after", RetryAfter),
        ("blocked", Forbidden),
        ("chat_not_found", BadRequest),
        ("migrated", ChatMigrated),
        ("server_error", NetworkError),
        ("disconnect_after", NetworkError),
    ],
)
async def test_python_telegram_bot_knows_every_fault(
    ptb: telegram.Bot, stage: Stage, lan: int, kind: str, error: type[Exception]
) -> None:
    await stage.add_fault(kind, method="sendMessage")
    with pytest.raises(error):
        await ptb.send_message(lan, "x")


async def test_python_telegram_bot_knows_a_wrong_token_and_a_second_poller(
    simulator: RunningSimulator, ptb: telegram.Bot, gram: "aiogram.Bot"
) -> None:
    with pytest.raises(InvalidToken):
        await telegram.Bot("99:x", base_url=simulator.bot_url).get_me()
    polls = [asyncio.create_task(ptb.get_updates(timeout=20)), asyncio.create_task(gram.get_updates(timeout=20))]
    async with asyncio.timeout(10):
        await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
        await gram.get_updates(timeout=0)
        outcomes = await asyncio.gather(*polls, return_exceptions=True)
    assert isinstance(outcomes[0], Conflict)


async def test_aiogram_talks_with_lan(gram: "aiogram.Bot", stage: Stage, lan: int, png: bytes) -> None:
    from aiogram.types import BufferedInputFile, KeyboardButton, ReplyKeyboardMarkup

    assert (await gram.get_me()).username == "cradle_demo_bot"
    updates = await gram.get_updates()
    assert updates[0].message is not None
    assert updates[0].message.text == "/start"
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Có")]], one_time_keyboard=True)
    await gram.send_message(lan, "Chào <i>Lan</i>", parse_mode="HTML", reply_markup=keyboard)
    await gram.send_document(lan, BufferedInputFile(png, "card.png"), caption="Thẻ")
    await gram.send_chat_action(lan, "typing")
    assert (await gram.get_chat(lan)).first_name == "Lan"
    assert (await gram.get_webhook_info()).pending_update_count == 1
    await stage.key(lan)
    assert (await stage.last_message(lan))["text"] == "Có"
