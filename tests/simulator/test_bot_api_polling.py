"""getUpdates: waiting, confirming, and telling the first of two pollers to go."""

import asyncio
from typing import Any

from tests.fakes.simulator import Stage
from tests.simulator.conftest import TOKEN, Api

TWO_POLLERS = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def _texts(api: Api, **parameters: Any) -> list[str]:
    return [update["message"]["text"] for update in await api.ok("getUpdates", **parameters)]


async def test_a_long_poll_returns_as_soon_as_something_happens(api: Api, stage: Stage, lan: int) -> None:
    await api.ok("getUpdates", offset=-1)
    last = (await api.ok("getUpdates"))[-1]["update_id"]
    poll = asyncio.create_task(api.ok("getUpdates", offset=last + 1, timeout=20))
    await stage.text(lan, "Chào")
    async with asyncio.timeout(10):
        updates = await poll
    assert [update["message"]["text"] for update in updates] == ["Chào"]


async def test_a_poll_whose_time_is_up_returns_nothing(api: Api) -> None:
    async with asyncio.timeout(10):
        assert await api.ok("getUpdates", timeout=1) == []


async def test_an_update_comes_again_until_it_is_confirmed(api: Api, stage: Stage, lan: int) -> None:
    await stage.text(lan, "một")
    await stage.text(lan, "hai")
    assert await _texts(api) == await _texts(api) == ["/start", "một", "hai"]
    first = (await api.ok("getUpdates", limit=1))[0]["update_id"]
    assert await _texts(api, offset=first + 2) == ["hai"]
    assert await _texts(api) == ["hai"]


async def test_a_negative_offset_keeps_the_newest_only(api: Api, stage: Stage, lan: int) -> None:
    await stage.text(lan, "một")
    await stage.text(lan, "hai")
    assert await _texts(api, offset=-2) == ["một", "hai"]
    assert await _texts(api) == ["một", "hai"]


async def test_of_two_pollers_the_first_is_told_to_go(api: Api) -> None:
    pollers = [asyncio.create_task(api.raw("getUpdates", timeout=20)) for _ in range(2)]
    async with asyncio.timeout(10):
        gone, staying = await asyncio.wait(pollers, return_when=asyncio.FIRST_COMPLETED)
        assert [poll.result().json()["description"] for poll in gone] == [TWO_POLLERS]
        assert await api.ok("getUpdates", timeout=0) == []
        assert [(await poll).json()["description"] for poll in staying] == [TWO_POLLERS]


async def test_polling_is_refused_while_a_webhook_is_set(api: Api) -> None:
    await api.ok("setWebhook", url="http://127.0.0.1:9/hook")
    assert await api.error("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )


async def test_the_bot_gets_the_kinds_it_asked_for_and_the_list_is_remembered(api: Api, stage: Stage, lan: int) -> None:
    await api.ok("getUpdates", offset=-1, allowed_updates=["my_chat_member"])
    await api.ok("getUpdates", offset=(await api.ok("getUpdates"))[0]["update_id"] + 1)
    assert (await stage.text(lan, "Chào"))["update_id"] is None
    await stage.block(lan)
    assert [set(update) - {"update_id"} for update in await api.ok("getUpdates")] == [{"my_chat_member"}]
    await api.ok("getUpdates", allowed_updates=[])
    await stage.unblock(lan)
    assert len(await api.ok("getUpdates")) == 3


async def test_a_tap_lives_150_seconds_and_a_message_a_day(api: Api, stage: Stage, lan: int) -> None:
    message = await api.ok(
        "sendMessage",
        chat_id=lan,
        text="Có?",
        reply_markup={"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]},
    )
    query = (await stage.tap(lan, message["message_id"]))["callback_query_id"]
    await stage.move(to="2026-11-22T05:02:30Z")
    assert len(await api.ok("getUpdates")) == 2
    assert await api.ok("answerCallbackQuery", callback_query_id=query) is True
    await stage.move(to="2026-11-22T05:02:31Z")
    assert await _texts(api) == ["/start"]
    assert await api.error("answerCallbackQuery", callback_query_id=query) == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )
    await stage.move(to="2026-11-23T05:00:01Z")
    assert await api.ok("getUpdates") == []


async def test_the_journal_shows_polls_too_without_the_token(api: Api, stage: Stage) -> None:
    await api.ok("getUpdates", offset=5, timeout=0)
    entry = (await stage.journal())[-1]
    assert entry["params"] == {"offset": 5, "timeout": 0}
    assert TOKEN not in str(entry)
