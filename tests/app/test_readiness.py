"""When the programme can serve, and in which words it says why not; and that many who ask cost no more than one."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.observing import Fresh
from app.readiness import readiness_of
from domain.operations import BotState, Heartbeat, Inbound, Limits, Queue
from domain.sending.outbox import Lane
from tests.domain.test_operations_rules import NOW, WELL

HOUR = timedelta(hours=1)


def test_where_all_is_well_the_programme_is_ready() -> None:
    found = readiness_of(WELL, Limits())
    assert (found.why, found.facts["trouble"]) == ((), [])


def test_a_late_scheduler_and_a_refused_bot_keep_it_from_serving() -> None:
    late = Heartbeat("plan_day", NOW - 9 * HOUR, NOW, NOW - 3 * HOUR)
    refused = BotState("7", refused_as="InvalidToken", refused_since=NOW - 2 * HOUR, seen_at=NOW)
    found = readiness_of(replace(WELL, heartbeats=(late,), bots=(refused,)), Limits())
    assert found.why == (
        "Telegram has refused bot 7 for 2 h: see its token, or end a second poller.",
        "The scheduler is late: plan_day should have run 3 h ago.",
    )
    assert found.facts["trouble"] == ["Telegram refuses every bot: no alarm reaches staff."]


def test_what_no_restart_would_mend_is_told_beside_it() -> None:
    seen = replace(WELL, queues=(Queue(Lane.REPLY, 3, HOUR),), inbound=Inbound(parked=2), watched_at=None)
    found = readiness_of(seen, Limits())
    assert found.why == ()
    assert found.facts["trouble"] == [
        "2 updates are parked and wait for a person.",
        "Replies wait: 3 of them, the oldest for 60 min.",
        "Nobody watches: no bot's process has looked for three minutes.",
    ]
    assert found.facts["parked_updates"] == 2


async def test_of_many_who_ask_at_once_one_looks() -> None:
    looks, may_end = 0, asyncio.Event()

    async def look() -> int:
        nonlocal looks
        looks += 1
        await may_end.wait()
        return looks

    fresh = Fresh(look, seconds=60)
    asking = [asyncio.create_task(fresh()) for _ in range(20)]
    may_end.set()
    assert await asyncio.gather(*asking) == [1] * 20


async def test_what_fails_is_asked_again_and_what_is_old_too() -> None:
    answers: list[LookupError | int] = [LookupError("away"), 1, 2]

    async def look() -> int:
        answer = answers.pop(0)
        if isinstance(answer, LookupError):
            raise answer
        return answer

    fresh = Fresh(look, seconds=0)
    with pytest.raises(LookupError):
        await fresh()
    assert [await fresh(), await fresh()] == [1, 2]


def test_families_are_served_without_the_nightly_audit() -> None:
    never = Heartbeat("audit", None, None, None)
    found = readiness_of(replace(WELL, heartbeats=(never,)), Limits())
    assert found.why == ()
    assert found.facts["trouble"] == ["The scheduler has never run audit."]
