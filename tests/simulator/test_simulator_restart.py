"""A second start goes on where the first stopped, even after a crash in the middle of a line."""

from pathlib import Path

import httpx
import pytest

from tests.fakes.simulator import RunningSimulator, running_simulator
from tests.simulator.conftest import START, TOKEN, Api


async def _an_eventful_day(simulator: RunningSimulator, png: bytes) -> int:
    stage = simulator.stage
    lan = await stage.add_phone("Lan", phone_number="+84901234567", label="Mother")
    await stage.open(lan, "https://t.me/cradle_demo_bot")
    async with httpx.AsyncClient(base_url=simulator.base_url) as client:
        api = Api(client)
        await api.ok("setMyCommands", commands=[{"command": "help", "description": "Help"}])
        await api.ok("setMyDescription", description="Nôi")
        await api.ok("sendMessage", chat_id=lan, text="Chào", reply_markup={"keyboard": [[{"text": "Có"}]]})
        await api.upload("sendPhoto", {"photo": png}, chat_id=lan)
    await stage.move(days=1)
    await stage.block(lan)
    return lan


async def test_everything_is_there_after_a_restart(tmp_path: Path, png: bytes) -> None:
    path = tmp_path / "demo" / "simulator.jsonl"
    async with running_simulator([TOKEN], START, path) as first:
        lan = await _an_eventful_day(first, png)
        before = await first.stage.state()
    async with running_simulator([TOKEN], START, path) as second:
        after = await second.stage.state()
        shown = (await second.stage.last_message(lan))["file"]["file_unique_id"]
        assert await second.stage.picture(shown) == png
        assert (after["phones"], after["bots"]) == (before["phones"], before["bots"])
        assert after["clock"]["now"] == "2026-11-23T05:00:00Z"
        async with httpx.AsyncClient(base_url=second.base_url) as client:
            updates = await Api(client).ok("getUpdates")
        assert [set(update) - {"update_id"} for update in updates] == [{"message"}, {"my_chat_member"}]
        assert (await second.stage.unblock(lan))["messages"][-1]["message_id"] == 4


async def test_a_torn_last_line_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "simulator.jsonl"
    async with running_simulator([TOKEN], START, path) as first:
        lan = await first.stage.add_phone("Lan")
    with path.open("ab") as stream:
        stream.write(b'{"kind":"phone_added","pho')
    async with running_simulator([TOKEN], START, path) as second:
        hoa = await second.stage.add_phone("Hoa")
    async with running_simulator([TOKEN], START, path) as third:
        assert [phone["id"] for phone in (await third.stage.state())["phones"]] == [lan, hoa]


async def test_a_line_broken_in_the_middle_stops_the_start_in_words(tmp_path: Path) -> None:
    path = tmp_path / "simulator.jsonl"
    path.write_bytes(b"{broken\n{}\n")
    with pytest.raises(ValueError, match="line 1 is no event"):
        async with running_simulator([TOKEN], START, path):
            pass


async def test_a_webhook_and_its_waiting_updates_survive(tmp_path: Path) -> None:
    path = tmp_path / "simulator.jsonl"
    async with running_simulator([TOKEN], START, path) as first:
        async with httpx.AsyncClient(base_url=first.base_url) as client:
            await Api(client).ok("setWebhook", url="http://127.0.0.1:9/hook", secret_token="s")
        await first.stage.open(await first.stage.add_phone("Lan"), "https://t.me/cradle_demo_bot")
    async with running_simulator([TOKEN], START, path) as second, httpx.AsyncClient(base_url=second.base_url) as client:
        info = await Api(client).ok("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == ("http://127.0.0.1:9/hook", 1)


async def test_a_reset_empties_the_file_too(tmp_path: Path, png: bytes) -> None:
    path = tmp_path / "simulator.jsonl"
    async with running_simulator([TOKEN], START, path) as first:
        lan = await _an_eventful_day(first, png)
        await first.stage.reset()
    assert list(path.with_suffix(".files").iterdir()) == []
    async with running_simulator([TOKEN], START, path) as second:
        assert (await second.stage.state())["phones"] == []
        assert await second.stage.add_phone("Hoa") == lan + 1
