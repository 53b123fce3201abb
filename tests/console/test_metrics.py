"""What Prometheus gets, and who gets nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.routing import Route

from console.metrics import Figures, Gate, MetricsPage
from domain.operations import BotState, Heartbeat, Inbound, Limits, Observation, Queue, Tally, troubles_of
from domain.sending.outbox import Lane
from tests.domain.test_operations_rules import NOW, WELL

TOKEN = "a-token-for-the-figures"
BUSY = replace(
    WELL,
    queues=(Queue(Lane.REPLY, 4, timedelta(minutes=3), 0), Queue(Lane.TIP, 70, timedelta(minutes=1), 900)),
    total=Tally(1_000_000, 2, {"throttled": 3, "blocked": 5}),
    heartbeats=(Heartbeat("plan_day", NOW - timedelta(hours=1), NOW, NOW + timedelta(hours=5)), Heartbeat("new")),
    inbound=Inbound(2, timedelta(seconds=9), 1),
    bots=(BotState("7", timedelta(seconds=30), "throttled", seen_at=NOW), BotState("8", refused_as="InvalidToken")),
    latency=0.004,
)


@dataclass
class Prometheus:
    """Who asks for the figures."""

    gate: Gate
    seen: Observation | None = BUSY
    near: str = "127.0.0.1"

    async def measure(self) -> Figures:
        if self.seen is None:
            raise RuntimeError("postgresql://cradle:hush@db/cradle is away")
        return Figures(self.seen, troubles_of(self.seen, Limits()))

    async def ask(self, headers: Mapping[str, str] | None = None) -> httpx.Response:
        app = Starlette(routes=[Route("/metrics", MetricsPage(self.measure, self.gate, {403: 2}).answer)])
        transport = httpx.ASGITransport(app, client=(self.near, 4000))
        async with httpx.AsyncClient(transport=transport, base_url="http://console") as client:
            return await client.get("/metrics", headers=headers)

    async def figures(self) -> dict[tuple[str, ...], float]:
        """Each sample by its name and the values of its labels."""
        answer = await self.ask()
        assert answer.status_code == 200
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
        }


HERE = Gate(None, "127.0.0.1")


async def test_the_figures_are_those_of_the_measurement() -> None:
    figures = await Prometheus(HERE).figures()
    expected = {
        ("cradle_database_up",): 1,
        ("cradle_database_latency_seconds",): 0.004,
        ("cradle_queue_due_messages", "reply"): 4,
        ("cradle_queue_oldest_seconds", "reply"): 180,
        ("cradle_queue_next_hour_messages", "tip"): 900,
        ("cradle_messages_sent_total",): 1_000_000,
        ("cradle_messages_throttled_total",): 3,
        ("cradle_message_tries_failed_total", "blocked"): 5,
        ("cradle_messages_uncertain",): 2,
        ("cradle_tick_age_seconds", "plan_day"): 3600,
        ("cradle_tick_late_seconds", "plan_day"): 0,
        ("cradle_updates_waiting",): 2,
        ("cradle_update_lag_seconds",): 9,
        ("cradle_updates_parked",): 1,
        ("cradle_bot_pause_seconds", "7", "throttled"): 30,
        ("cradle_bot_refused", "8"): 1,
        ("cradle_trouble", "replies"): 1,
        ("cradle_trouble", "disk"): 0,
    }
    assert {name: figures.get(name) for name in expected} == expected
    assert any(name[0].startswith("process_") for name in figures)


async def test_every_figure_of_ours_says_what_it_is_and_has_a_unit_in_its_name() -> None:
    answer = (await Prometheus(HERE).ask()).text
    families = [one for one in text_string_to_metric_families(answer) if one.name.startswith("cradle_")]
    assert len(families) > 15
    assert [one.name for one in families if len(one.documentation) < 10] == []
    durations = [one.name for one in families if any(word in one.name for word in ("age", "lag", "late", "pause"))]
    assert [name for name in durations if "message" not in name and not name.endswith("_seconds")] == []


async def test_a_database_that_is_away_is_a_figure_and_not_a_secret() -> None:
    answer = await Prometheus(HERE, seen=None).ask()
    assert answer.status_code == 200
    assert "cradle_database_up 0.0" in answer.text
    assert "hush" not in answer.text


@pytest.mark.parametrize(
    ("gate", "near", "headers", "status"),
    [
        (HERE, "127.0.0.1", {}, 200),
        (Gate(None, "::1"), "::1", {}, 200),
        (Gate(None, "localhost"), "127.0.0.1", {}, 200),
        (HERE, "192.0.2.1", {}, 403),
        (Gate(None, "0.0.0.0"), "127.0.0.1", {}, 403),
        (HERE, "127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}, 403),
        (HERE, "127.0.0.1", {"Forwarded": "for=192.0.2.1"}, 403),
        (Gate(TOKEN, "0.0.0.0"), "192.0.2.1", {"Authorization": f"Bearer {TOKEN}"}, 200),
        (Gate(TOKEN, "0.0.0.0"), "192.0.2.1", {"Authorization": f"bearer {TOKEN}"}, 401),
        (Gate(TOKEN, "127.0.0.1"), "127.0.0.1", {}, 401),
        (Gate(TOKEN, "127.0.0.1"), "127.0.0.1", {"Authorization": "Bearer "}, 401),
    ],
)
async def test_who_may_see_the_figures(gate: Gate, near: str, headers: dict[str, str], status: int) -> None:
    answer = await Prometheus(gate, near=near).ask(headers)
    assert answer.status_code == status
    assert (status == 200) == ("cradle_" in answer.text)


def test_no_label_could_name_a_person() -> None:
    page = Path(__file__).resolve().parents[2] / "console" / "metrics.py"
    labels = {part.split('"')[0] for part in page.read_text("utf-8").replace("labels=", "\n[").split('["')[1:]}
    assert labels <= {"lane", "reason", "status", "tick", "bot", "kind"}
