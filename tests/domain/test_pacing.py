"""The pace that a bot's processes share: each message has its slot, and silence saves up nothing."""

from datetime import UTC, datetime, timedelta
from math import inf

import pytest

from domain.identifiers import AddressId
from domain.sending.outbox import Lane
from domain.sending.pacing import GROUP_GAP, Budget, Pacing, in_turn, take_slots

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SLOT = Pacing(25, SECOND).slot
LAN = AddressId(1)


def seconds(slots: object, begins: datetime = NOW) -> list[float]:
    return [round((slot - begins).total_seconds(), 4) for slot in slots]  # type: ignore[attr-defined]


def test_the_first_message_leaves_at_once_and_the_others_at_the_rate() -> None:
    slots, left = take_slots(Budget(), count=4, slot=SLOT, now=NOW)
    assert seconds(slots) == [0, 0.04, 0.08, 0.12]
    assert seconds([left.next_at]) == [0.16]


def test_another_process_goes_on_where_the_first_one_stopped() -> None:
    _, left = take_slots(Budget(), count=2, slot=SLOT, now=NOW)
    assert seconds(take_slots(left, count=2, slot=SLOT, now=NOW)[0]) == [0.08, 0.12]


def test_a_quiet_hour_saves_up_nothing() -> None:
    _, left = take_slots(Budget(), count=1, slot=SLOT, now=NOW)
    later = NOW + timedelta(hours=1)
    assert seconds(take_slots(left, count=3, slot=SLOT, now=later)[0], later) == [0, 0.04, 0.08]


def test_in_any_second_there_are_no_more_slots_than_the_rate() -> None:
    slots, _ = take_slots(Budget(), count=300, slot=Pacing(30, SECOND).slot, now=NOW)
    for first in slots:
        assert sum(first <= slot < first + SECOND for slot in slots) <= 30


def test_nothing_leaves_before_a_pause_ends() -> None:
    paused = Budget(next_at=NOW, paused_until=NOW + 7 * SECOND)
    assert seconds(take_slots(paused, count=2, slot=SLOT, now=NOW)[0]) == [7, 7.04]
    assert paused.pause_left(NOW) == 7 * SECOND
    assert paused.pause_left(NOW + 8 * SECOND) == timedelta(0)


def test_one_chat_hears_one_message_a_second_whoever_speaks() -> None:
    assert in_turn(NOW, None, SECOND) == NOW
    assert in_turn(NOW, NOW - timedelta(milliseconds=400), SECOND) == NOW + timedelta(milliseconds=600)
    assert in_turn(NOW, NOW - timedelta(hours=1), SECOND) == NOW


@pytest.mark.parametrize(
    ("gap", "chat", "waits"),
    [(SECOND, "1001", SECOND), (SECOND, "-1001", GROUP_GAP), (timedelta(0), "-1001", timedelta(0))],
)
def test_a_group_hears_less_and_the_demo_waits_for_nobody(gap: timedelta, chat: str, waits: timedelta) -> None:
    assert Pacing(30, gap).gap_of(chat) == waits


@pytest.mark.parametrize(("rate", "together"), [(1, 1), (30, 1), (100, 5), (1000, 50), (inf, 64)])
def test_no_more_leave_together_than_a_twentieth_of_a_second_allows(rate: float, together: int) -> None:
    assert Pacing(rate, SECOND).together == together


@pytest.mark.parametrize(("rate", "step"), [(30, 8), (1000, 50), (inf, 64)])
def test_replies_take_more_slots_at_once_than_what_was_planned(rate: float, step: int) -> None:
    pacing = Pacing(rate, SECOND)
    assert pacing.step({Lane.REPLY}) == step
    assert pacing.step({Lane.VISIT, Lane.TIP, Lane.CAMPAIGN}) == pacing.step(list(Lane)) == pacing.together


def test_replies_go_eight_ahead_and_what_is_planned_lets_as_many_pass() -> None:
    pacing, planned = Pacing(25, SECOND), {Lane.VISIT, Lane.TIP, Lane.CAMPAIGN}
    assert (pacing.ahead({Lane.REPLY}), pacing.patience({Lane.REPLY})) == (8 * SLOT, 0 * SECOND)
    assert (pacing.ahead(planned), pacing.patience(planned)) == (SLOT, 8 * SLOT)


def test_without_a_limit_nobody_waits_for_a_slot() -> None:
    pacing = Pacing(inf, SECOND)
    assert pacing.slot == pacing.ahead({Lane.REPLY}) == pacing.patience({Lane.TIP}) == timedelta(0)


@pytest.mark.parametrize(
    ("next_at", "line"),
    [
        (None, 0 * SECOND),
        (NOW - SECOND, 0 * SECOND),
        (NOW + SECOND, SECOND),
        (NOW + timedelta(hours=1), 0 * SECOND),  # noted before somebody set the clock back
    ],
)
def test_the_line_is_what_is_taken_of_the_time_to_come(next_at: datetime | None, line: timedelta) -> None:
    assert Budget(next_at).line(NOW, SLOT) == line
