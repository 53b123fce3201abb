"""Webhooks: who is told, in which order, how often again, and until when."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from simulator.delivery.webhooks import RetryPace
from tests.fakes.simulator import Stage
from tests.simulator.conftest import Api
from tests.simulator.webhook_receiver import Receiver, receiving

HOOK = "http://127.0.0.1:9/"


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


async def test_an_update_comes_at_once_with_the_secret(api: Api, stage: Stage, lan: int, receiver: Receiver) -> None:
    await api.ok("setWebhook", url=receiver.url, secret_token="s3cret-_", drop_pending_updates=True)
    await stage.text(lan, "Chào")
    await receiver.wait_for(1)
    assert receiver.texts() == ["Chào"]
    assert receiver.headers[0]["x-telegram-bot-api-secret-token"] == "s3cret-_"
    assert receiver.headers[0]["content-type"] == "application/json"


async def test_what_waited_before_the_webhook_is_delivered_too(
    api: Api, stage: Stage, lan: int, receiver: Receiver
) -> None:
    await stage.text(lan, "một")
    await api.ok("setWebhook", url=receiver.url)
    await receiver.wait_for(2)
    assert receiver.texts() == ["/start", "một"]
    assert "x-telegram-bot-api-secret-token" not in receiver.headers[0]


async def test_a_refused_message_holds_up_its_own_chat_only(
    api: Api, stage: Stage, lan: int, receiver: Receiver
) -> None:
    tuan = await stage.add_phone("Tuấn")
    await api.ok("setWebhook", url=receiver.url, drop_pending_updates=True)
    let_go = False

    def answer(update: dict[str, Any]) -> tuple[int, dict[str, str]]:
        hers = update["message"]["from"]["id"] == lan
        return (500, {}) if hers and not let_go else (200, {})

    receiver.answer = answer
    await stage.text(lan, "một")
    await stage.text(lan, "hai")
    await stage.text(tuan, "/start")
    while "/start" not in receiver.texts() or receiver.texts().count("một") < 3:
        await receiver.wait_for(len(receiver.updates) + 1)
    assert "hai" not in receiver.texts()
    let_go = True
    while "hai" not in receiver.texts():
        await receiver.wait_for(len(receiver.updates) + 1)
    assert [text for text in receiver.texts() if text != "/start"][-2:] == ["một", "hai"]


async def test_a_tap_overtakes_a_text_that_is_held_up(api: Api, stage: Stage, lan: int, receiver: Receiver) -> None:
    markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    sent = await api.ok("sendMessage", chat_id=lan, text="?", reply_markup=markup)
    await api.ok("setWebhook", url=receiver.url, drop_pending_updates=True)
    receiver.answer = lambda update: (503, {}) if "message" in update else (200, {})
    await stage.text(lan, "một")
    await stage.tap(lan, sent["message_id"])
    while not any("callback_query" in update for update in receiver.updates):
        await receiver.wait_for(len(receiver.updates) + 1)
    assert (await api.ok("getWebhookInfo"))["pending_update_count"] >= 1


async def test_the_last_error_is_told(api: Api, stage: Stage, lan: int, receiver: Receiver) -> None:
    receiver.answer = lambda _: (500, {"Retry-After": "100"})
    await api.ok("setWebhook", url=receiver.url, max_connections=7, allowed_updates=["message"])
    await receiver.wait_for(1)
    info = await _info_with_error(api)
    assert info == {
        "url": receiver.url,
        "has_custom_certificate": False,
        "pending_update_count": 1,
        "max_connections": 7,
        "ip_address": "127.0.0.1",
        "allowed_updates": ["message"],
        "last_error_date": 1795323600,
        "last_error_message": "Wrong response from the webhook: 500 Told",
    }


async def _info_with_error(api: Api) -> dict[str, Any]:
    """The answer that failed is on its way back to the simulator when we ask."""
    async with asyncio.timeout(10):
        while True:
            info: dict[str, Any] = await api.ok("getWebhookInfo")
            if "last_error_date" in info:
                return info


async def test_retry_after_is_obeyed(api: Api, stage: Stage, lan: int, receiver: Receiver) -> None:
    answers = iter([(429, {"Retry-After": "1"}), (200, {})])
    receiver.answer = lambda _: next(answers)
    started = asyncio.get_running_loop().time()
    await api.ok("setWebhook", url=receiver.url)
    await receiver.wait_for(2)
    assert asyncio.get_running_loop().time() - started >= 1


async def test_a_webhook_that_nobody_answers_is_told_as_refused(api: Api, lan: int) -> None:
    await api.ok("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await _info_with_error(api))["last_error_message"] == "Connection refused"


async def test_an_update_that_grew_too_old_is_not_tried_again(
    api: Api, stage: Stage, lan: int, receiver: Receiver
) -> None:
    receiver.answer = lambda _: (500, {})
    await api.ok("setWebhook", url=receiver.url)
    await receiver.wait_for(2)
    await stage.move(days=2)
    assert (await api.ok("getWebhookInfo"))["pending_update_count"] == 0
    receiver.answer = lambda _: (200, {})
    await stage.text(lan, "hôm nay")
    while "hôm nay" not in receiver.texts():
        await receiver.wait_for(len(receiver.updates) + 1)


async def test_telegram_says_what_became_of_the_webhook(api: Api, receiver: Receiver) -> None:
    said = [
        (await api.raw(method, **parameters)).json()["description"]
        for method, parameters in [
            ("setWebhook", {"url": receiver.url}),
            ("setWebhook", {"url": receiver.url}),
            ("deleteWebhook", {}),
            ("setWebhook", {"url": ""}),
        ]
    ]
    assert said == ["Webhook was set", "Webhook is already set", "Webhook was deleted", "Webhook is already deleted"]


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"url": "ftp://127.0.0.1/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": HOOK, "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": HOOK, "secret_token": "a" * 257}, "secret token is too long"),
        (
            {"url": HOOK, "allowed_updates": "x"},
            "can't parse allowed_updates: expected an Array of String",
        ),
    ],
)
async def test_a_wrong_webhook_is_refused(api: Api, parameters: dict[str, Any], complaint: str) -> None:
    assert await api.error("setWebhook", **parameters) == f"Bad Request: {complaint}"


def test_retries_come_at_once_then_slower_but_at_least_every_two_minutes() -> None:
    pace = RetryPace()
    assert [pace.delay(failures) for failures in range(1, 7)] == [0, 2, 4, 8, 16, 32]
    assert all(60 <= pace.delay(50) <= 120 for _ in range(20))
