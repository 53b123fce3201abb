"""What each answer of Telegram's means for us, and how a rendered message becomes one of Telegram's."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from telegram import Bot, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.sending.channel import TelegramChannel, markup_of, result_of
from domain.message import Keyboard, QrPicture
from domain.rendered import RenderedChoice, RenderedMessage
from domain.sending.retry import (
    Delivered,
    Misconfigured,
    Moved,
    NotSent,
    Rejected,
    SendResult,
    Throttled,
    Unknown,
    Unreachable,
)

HELLO = RenderedMessage("Hello, <b>Lan</b>", "en")
YES = RenderedChoice("Yes", "v1:stop:yes")
SITE = RenderedChoice("Open", url="https://t.me/cradle_bot?start=x")
NUMBER = RenderedChoice("Share my number", asks_contact=True)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable.BLOCKED),
        (Forbidden("Forbidden: user is deactivated"), Unreachable.DEACTIVATED),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), Unreachable.NEVER_STARTED),
        (Forbidden("Forbidden: bot was kicked from the group chat"), Unreachable.BLOCKED),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Unreachable.BLOCKED),
        (Forbidden("Forbidden: bot is not a member of the channel chat"), Unreachable.BLOCKED),
        (Forbidden("Forbidden: the group chat was deleted"), Unreachable.BLOCKED),
        (BadRequest("Bad Request: chat not found"), Unreachable.NOT_FOUND),
        (BadRequest("Bad Request: private chat not found"), Unreachable.NOT_FOUND),
        (BadRequest("Bad Request: PEER_ID_INVALID"), Unreachable.NOT_FOUND),
        (ChatMigrated(-1001), Moved("-1001")),
        (RetryAfter(7), Throttled(7.0)),
        (RetryAfter(timedelta(seconds=7.5)), Throttled(7.5)),
        (InvalidToken("Unauthorized"), Misconfigured("InvalidToken")),
        (Conflict("Conflict: terminated by other getUpdates request"), Misconfigured("Conflict")),
        (NetworkError("Bad Gateway"), Unknown("NetworkError")),
        (NetworkError("Internal Server Error"), Unknown("NetworkError")),
        (TimedOut(), Unknown("TimedOut")),
        (TelegramError("something new"), Unknown("TelegramError")),
    ],
)
def test_each_answer_of_telegrams_has_its_meaning(error: TelegramError, expected: SendResult) -> None:
    assert result_of(error) == expected


@pytest.mark.parametrize(
    "words",
    [
        "can't parse entities: unexpected end tag at byte offset 5",
        "message is too long",
        "reply markup is too long",
        "wrong HTTP URL specified",
        "BUTTON_DATA_INVALID",
    ],
)
def test_a_text_that_telegram_cannot_take_is_our_bug(words: str) -> None:
    result = result_of(BadRequest(f"Bad Request: {words}"))
    assert isinstance(result, Rejected)
    assert words.lower() in result.detail.lower()


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("refused")),
        caused(TimedOut(), httpx.ConnectTimeout("slow")),
        caused(TimedOut("Pool timeout: All connections in the connection pool are occupied."), httpx.PoolTimeout("")),
    ],
)
def test_what_never_left_may_be_tried_again(error: TelegramError) -> None:
    assert isinstance(result_of(error), NotSent)


@pytest.mark.parametrize("cause", [httpx.ReadTimeout(""), httpx.ReadError(""), httpx.RemoteProtocolError("")])
def test_what_left_without_an_answer_may_have_arrived(cause: Exception) -> None:
    assert isinstance(result_of(caused(NetworkError("gone"), cause)), Unknown)


def as_sent(message: RenderedMessage) -> dict[str, Any]:
    markup = markup_of(message)
    assert markup is not None
    return dict(markup.to_dict())


def test_a_message_without_choices_has_no_keyboard() -> None:
    assert markup_of(HELLO) is None


def test_choices_stand_under_the_message_with_what_they_carry() -> None:
    message = replace(HELLO, choices=((YES, SITE),))
    assert isinstance(markup_of(message), InlineKeyboardMarkup)
    row = [{"text": "Yes", "callback_data": "v1:stop:yes"}, {"text": "Open", "url": "https://t.me/cradle_bot?start=x"}]
    assert as_sent(message) == {"inline_keyboard": [row]}


def test_keys_take_the_place_of_the_letters_and_one_may_ask_for_her_number() -> None:
    message = replace(HELLO, choices=((RenderedChoice("My child"),), (NUMBER,)), keyboard=Keyboard.REPLY)
    assert isinstance(markup_of(message), ReplyKeyboardMarkup)
    sent = as_sent(message)
    assert sent["keyboard"] == [[{"text": "My child"}], [{"text": "Share my number", "request_contact": True}]]
    assert (sent["resize_keyboard"], sent["is_persistent"]) == (True, True)


def test_keys_can_be_taken_away() -> None:
    assert isinstance(markup_of(replace(HELLO, keyboard=Keyboard.REMOVE)), ReplyKeyboardRemove)


@dataclass
class FakeBot:
    """Takes every call, or answers those of one name with an error."""

    errors: dict[str, TelegramError] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        async def call(*arguments: Any, **named: Any) -> SimpleNamespace:
            self.calls.append((name, {"arguments": arguments, **named}))
            if name in self.errors:
                raise self.errors[name]
            return SimpleNamespace(message_id=40 + len(self.calls))

        return call

    def names(self) -> list[str]:
        return [name for name, _named in self.calls]


async def send(bot: FakeBot, message: RenderedMessage) -> SendResult:
    return await TelegramChannel(cast("Bot", bot)).send("1001", message)


async def test_a_message_is_sent_as_html_and_its_number_is_kept() -> None:
    bot = FakeBot()
    assert await send(bot, HELLO) == Delivered("41")
    ((name, named),) = bot.calls
    assert (name, named["arguments"], named["parse_mode"]) == ("send_message", (1001, HELLO.text), "HTML")
    assert named["protect_content"] is None


async def test_what_names_the_child_cannot_be_forwarded() -> None:
    bot = FakeBot()
    await send(bot, replace(HELLO, names_child=True))
    await send(bot, replace(HELLO, names_child=True, picture=QrPicture("https://t.me/cradle_bot?start=x")))
    assert [named["protect_content"] for _name, named in bot.calls] == [True, True]


async def test_an_invite_goes_as_a_picture_with_its_words_under_it() -> None:
    bot = FakeBot()
    await send(bot, replace(HELLO, picture=QrPicture("https://t.me/cradle_bot?start=x")))
    ((name, named),) = bot.calls
    assert (name, named["caption"]) == ("send_photo", HELLO.text)
    assert named["arguments"][1].startswith(b"\x89PNG")


async def test_an_answer_takes_the_place_of_the_message_that_was_tapped() -> None:
    bot = FakeBot()
    assert await send(bot, replace(HELLO, edits="31")) == Delivered("31")
    assert bot.names() == ["edit_message_text"]


async def test_the_same_answer_twice_is_delivered_and_no_error() -> None:
    same = BadRequest("Bad Request: message is not modified: specified new message content is exactly the same")
    assert await send(FakeBot({"edit_message_text": same}), replace(HELLO, edits="31")) == Delivered("31")


@pytest.mark.parametrize(
    "words", ["message to edit not found", "message can't be edited", "there is no text in the message to edit"]
)
async def test_what_can_no_longer_be_edited_is_sent_anew(words: str) -> None:
    bot = FakeBot({"edit_message_text": BadRequest(f"Bad Request: {words}")})
    assert await send(bot, replace(HELLO, edits="31")) == Delivered("42")
    assert bot.names() == ["edit_message_text", "send_message"]


async def test_a_broken_text_is_broken_as_an_edit_as_well() -> None:
    bot = FakeBot({"edit_message_text": BadRequest("Bad Request: can't parse entities: x")})
    assert isinstance(await send(bot, replace(HELLO, edits="31")), Rejected)
    assert bot.names() == ["edit_message_text"]


async def test_an_older_message_loses_its_buttons_before_the_answer_and_need_not_be_there() -> None:
    bot = FakeBot({"edit_message_reply_markup": BadRequest("Bad Request: message to edit not found")})
    assert await send(bot, replace(HELLO, disarms="31")) == Delivered("42")
    assert bot.names() == ["edit_message_reply_markup", "send_message"]


async def test_a_courtesy_that_times_out_does_not_cost_the_answer() -> None:
    bot = FakeBot({"edit_message_reply_markup": TimedOut()})
    assert await send(bot, replace(HELLO, disarms="31")) == Delivered("42")


async def test_a_block_is_a_value_and_no_exception() -> None:
    blocked = Forbidden("Forbidden: bot was blocked by the user")
    assert await send(FakeBot({"send_message": blocked}), HELLO) is Unreachable.BLOCKED
