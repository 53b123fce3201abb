"""Trouble on demand: every fault does to a call what its name says, and limits hold when they are on."""

import asyncio
from typing import Any

import httpx
import pytest

from simulator.limits import Limits
from tests.fakes.simulator import Stage
from tests.simulator.conftest import Api
from tests.simulator.stage_client import StageRefusedError

REFUSALS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {"kind": "retry_after", "retry_after": 7},
        {"error_code": 429, "description": "Too Many Requests: retry after 7", "parameters": {"retry_after": 7}},
    ),
    ({"kind": "blocked"}, {"error_code": 403, "description": "Forbidden: bot was blocked by the user"}),
    ({"kind": "deactivated"}, {"error_code": 403, "description": "Forbidden: user is deactivated"}),
    ({"kind": "chat_not_found"}, {"error_code": 400, "description": "Bad Request: chat not found"}),
    (
        {"kind": "migrated", "new_chat_id": -1001},
        {
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": -1001},
        },
    ),
    ({"kind": "server_error"}, {"error_code": 502, "description": "Bad Gateway"}),
]


@pytest.mark.parametrize(("fault", "answer"), REFUSALS)
async def test_a_fault_answers_in_telegrams_words_and_only_once(
    api: Api, stage: Stage, lan: int, fault: dict[str, Any], answer: dict[str, Any]
) -> None:
    await stage.add_fault(**fault)
    response = await api.raw("sendMessage", chat_id=lan, text="x")
    assert response.status_code == answer["error_code"]
    assert response.json() == {"ok": False, **answer}
    assert (await stage.journal(method="sendMessage"))[0]["fault"] == fault["kind"]
    await api.ok("sendMessage", chat_id=lan, text="y")
    assert [m["text"] for m in await stage.messages(lan)] == ["/start", "y"]


@pytest.mark.parametrize(
    ("kind", "delivered"), [("timeout_before", []), ("timeout_after", ["x"]), ("disconnect_after", ["x"])]
)
async def test_the_line_goes_dead_before_or_after_delivery(
    api: Api, stage: Stage, lan: int, kind: str, delivered: list[str]
) -> None:
    await stage.add_fault(kind, method="sendMessage", seconds=0.05)
    with pytest.raises(httpx.RemoteProtocolError):
        await api.raw("sendMessage", chat_id=lan, text="x")
    assert [m["text"] for m in await stage.messages(lan)][1:] == delivered
    assert (await stage.journal(method="sendMessage"))[0]["ok"] is bool(delivered)


async def test_a_caller_with_less_patience_gives_up_first(api: Api, stage: Stage, lan: int) -> None:
    await stage.add_fault("timeout_after", method="sendMessage", seconds=30)
    call = api.client.post(f"/bot{api.token}/sendMessage", json={"chat_id": lan, "text": "x"}, timeout=0.2)
    with pytest.raises(httpx.ReadTimeout):
        await call
    assert (await stage.last_message(lan))["text"] == "x"


async def test_a_fault_waits_for_its_method_its_chat_and_its_turn(api: Api, stage: Stage, lan: int) -> None:
    tuan = await stage.add_phone("Tuấn")
    await stage.text(tuan, "/start")
    await stage.add_fault("server_error", method="sendMessage", chat_id=lan, after=1, times=2)
    outcomes = [
        (await api.raw("sendMessage", chat_id=chat, text=str(n))).status_code
        for n, chat in enumerate([tuan, lan, lan, tuan, lan, lan])
    ]
    assert outcomes == [200, 200, 502, 200, 502, 200]
    assert await stage.faults() == []


async def test_faults_can_be_listed_and_taken_back(api: Api, stage: Stage, lan: int) -> None:
    await stage.add_fault("blocked", times=5)
    assert [(fault["kind"], fault["times"]) for fault in await stage.faults()] == [("blocked", 5)]
    await stage.clear_faults()
    assert await stage.faults() == []
    await api.ok("sendMessage", chat_id=lan, text="x")


@pytest.mark.parametrize(
    "fault", [{"kind": "earthquake"}, {"kind": "blocked", "time": 3}, {"kind": "blocked", "times": "x"}]
)
async def test_a_fault_nobody_knows_is_refused(stage: Stage, fault: dict[str, Any]) -> None:
    with pytest.raises(StageRefusedError):
        await stage.add_fault(**fault)


async def test_one_message_a_second_and_chat_when_limits_are_on(api: Api, stage: Stage, lan: int) -> None:
    await stage.limits(enabled=True)
    await api.ok("sendMessage", chat_id=lan, text="x")
    response = await api.raw("sendMessage", chat_id=lan, text="y")
    assert response.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    await stage.limits(enabled=False)
    await api.ok("sendMessage", chat_id=lan, text="y")


def test_thirty_at_once_then_thirty_a_second_and_twenty_a_minute_in_a_group() -> None:
    now = 100.0
    limits = Limits(lambda: now)
    limits.switch(enabled=True)
    assert [limits.wait_before(1, chat) for chat in range(31)] == [0] * 30 + [1]
    now += 0.5
    assert [limits.wait_before(1, chat) for chat in range(100, 116)] == [0] * 15 + [1]
    now += 10
    assert [limits.wait_before(1, -5) for _ in range(21)] == [0] * 20 + [60]
    assert limits.wait_before(2, 1) == 0


async def test_the_journal_can_be_read_from_anywhere_and_waited_on(api: Api, stage: Stage, lan: int) -> None:
    await api.ok("sendMessage", chat_id=lan, text="x")
    seen = (await stage.journal(method="sendmessage", chat_id=lan))[0]
    assert (seen["method"], seen["at"], seen["status"], seen["ok"]) == (
        "sendMessage",
        "2026-11-22T05:00:00Z",
        200,
        True,
    )
    waiting = asyncio.create_task(stage.journal(since=seen["seq"], method="sendMessage", timeout=20))
    await api.ok("getMe")
    await api.ok("sendMessage", chat_id=lan, text="y")
    async with asyncio.timeout(10):
        assert [entry["params"]["text"] for entry in await waiting] == ["y"]


async def test_a_reset_forgets_people_but_never_repeats_an_update_id(api: Api, stage: Stage, lan: int) -> None:
    before = (await api.ok("getUpdates"))[0]["update_id"]
    await stage.reset()
    assert (await stage.state())["phones"] == []
    tuan = await stage.add_phone("Tuấn")
    assert tuan > lan
    assert (await stage.text(tuan, "/start"))["update_id"] > before
