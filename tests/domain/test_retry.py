"""What follows from each answer of a channel, for a reply, a visit, a tip and a campaign."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.sending.outbox import Lane, Reason
from domain.sending.retry import (
    LONGEST_WAIT,
    Delivered,
    GiveUp,
    Later,
    LeaveUncertain,
    Misconfigured,
    Moved,
    NotSent,
    Outcome,
    Record,
    Rejected,
    SendResult,
    Throttled,
    Tried,
    TryAgain,
    Unknown,
    Unreachable,
    after_uncertainty,
    backoff,
    lease_until,
    outcome_of,
)

TODAY = date(2026, 3, 1)
YESTERDAY = TODAY - timedelta(days=1)
SOON = timedelta(0)


def outcome(
    result: SendResult,
    lane: Lane = Lane.TIP,
    *,
    attempts: int = 0,
    resent: bool = False,
    not_found_on: date | None = None,
    chance: float = 0,
) -> Outcome:
    tried = Tried(attempts=attempts, resent=resent, not_found_on=not_found_on)
    return outcome_of(result, lane=lane, tried=tried, today=TODAY, chance=chance)


@pytest.mark.parametrize("lane", Lane)
@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (Delivered("77"), Record("77")),
        (Unreachable.BLOCKED, GiveUp(Reason.UNREACHABLE, Unreachable.BLOCKED)),
        (Unreachable.DEACTIVATED, GiveUp(Reason.UNREACHABLE, Unreachable.DEACTIVATED)),
        (Unreachable.NEVER_STARTED, GiveUp(Reason.UNREACHABLE, Unreachable.NEVER_STARTED)),
        (Unreachable.NOT_FOUND, TryAgain(SOON, not_found_on=TODAY, tomorrow=True)),
        (Rejected("can't parse entities"), GiveUp(Reason.BROKEN_TEXT)),
        (Throttled(7.5), TryAgain(timedelta(seconds=7.5), counts=False)),
        (Later(1.0, "old"), TryAgain(timedelta(seconds=1), counts=False)),
        (Moved("-100"), TryAgain(SOON, new_external_id="-100")),
        (NotSent("ConnectError"), TryAgain(timedelta(seconds=2))),
        (Misconfigured("Conflict"), TryAgain(timedelta(0), counts=False)),
    ],
)
def test_the_same_follows_for_every_lane(result: SendResult, expected: Outcome, lane: Lane) -> None:
    assert outcome(result, lane) == expected


@pytest.mark.parametrize(
    ("lane", "expected"),
    [
        (Lane.REPLY, TryAgain(SOON)),
        (Lane.VISIT, TryAgain(SOON)),
        (Lane.TIP, LeaveUncertain()),
        (Lane.CAMPAIGN, LeaveUncertain()),
    ],
)
def test_what_may_have_arrived_goes_once_more_only_for_replies_and_visits(lane: Lane, expected: Outcome) -> None:
    assert outcome(Unknown("TimedOut"), lane) == expected
    assert after_uncertainty(lane, resent=False) == expected


@pytest.mark.parametrize("lane", Lane)
def test_what_may_have_arrived_twice_never_goes_a_third_time(lane: Lane) -> None:
    assert outcome(Unknown("TimedOut"), lane, resent=True) == LeaveUncertain()
    assert after_uncertainty(lane, resent=True) == LeaveUncertain()


def test_a_chat_that_is_not_found_twice_on_one_day_is_still_not_given_up() -> None:
    again = outcome(Unreachable.NOT_FOUND, not_found_on=TODAY)
    assert again == TryAgain(SOON, not_found_on=TODAY, tomorrow=True)


def test_a_chat_that_is_not_found_on_a_second_day_is_believed() -> None:
    assert outcome(Unreachable.NOT_FOUND, not_found_on=YESTERDAY) == GiveUp(Reason.UNREACHABLE, Unreachable.NOT_FOUND)


def test_a_block_is_believed_at_once() -> None:
    assert isinstance(outcome(Unreachable.BLOCKED, not_found_on=None), GiveUp)


def test_waits_double_until_ten_minutes() -> None:
    seconds = [backoff(attempts, chance=0).total_seconds() for attempts in range(11)]
    assert seconds == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]


@pytest.mark.parametrize("attempts", [0, 3, 2000])
def test_those_who_failed_together_do_not_come_back_together(attempts: int) -> None:
    longest = backoff(attempts, chance=0)
    waits = [backoff(attempts, chance=chance / 10) for chance in range(11)]
    assert waits == sorted(waits, reverse=True)
    assert len(set(waits)) == len(waits)
    assert (waits[0], waits[-1]) == (longest, longest / 2)


def test_only_waits_of_our_own_depend_on_chance() -> None:
    assert outcome(NotSent("ConnectError"), chance=1) == TryAgain(timedelta(seconds=1))
    assert outcome(Throttled(7.5), chance=1) == TryAgain(timedelta(seconds=7.5), counts=False)


@pytest.mark.parametrize("attempts", [46, 144, 2000])
def test_an_outage_of_a_night_or_a_fortnight_is_waited_out(attempts: int) -> None:
    assert outcome(NotSent("ConnectError"), Lane.VISIT, attempts=attempts) == TryAgain(LONGEST_WAIT)


def test_a_row_is_held_for_a_minute() -> None:
    wall = datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert lease_until(wall) == wall + timedelta(minutes=1)
