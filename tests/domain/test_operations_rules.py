"""From when on something is trouble, whatever the clock did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.moment import Moment
from domain.operations import (
    BotState,
    Heartbeat,
    Inbound,
    Limits,
    Observation,
    Queue,
    Tally,
    TroubleKind,
    is_night,
    troubles_of,
)
from domain.sending.outbox import Lane

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WELL = Observation(
    moment=Moment(NOW, NOW),
    queues=tuple(Queue(lane) for lane in Lane),
    last_hour=Tally(),
    total=Tally(),
    heartbeats=(Heartbeat("plan_day", NOW, NOW, NOW + 6 * HOUR),),
    inbound=Inbound(),
    bots=(BotState("7", seen_at=NOW),),
    watched_at=NOW,
)
LIMITS = Limits()


def kinds(seen: Observation) -> list[TroubleKind]:
    return [one.kind for one in troubles_of(seen, LIMITS)]


def waiting(lane: Lane, oldest: timedelta) -> Observation:
    return replace(WELL, queues=(Queue(lane, 5, oldest),))


def test_where_all_is_well_nothing_is_told() -> None:
    assert troubles_of(WELL, LIMITS) == ()


def test_a_reply_may_wait_two_minutes_and_a_reminder_an_hour() -> None:
    assert kinds(waiting(Lane.REPLY, 2 * MINUTE)) == []
    assert kinds(waiting(Lane.REPLY, 3 * MINUTE)) == [TroubleKind.REPLIES]
    assert kinds(waiting(Lane.VISIT, HOUR)) == []
    assert kinds(waiting(Lane.TIP, HOUR + MINUTE)) == [TroubleKind.QUEUE]


def test_a_campaign_of_hours_is_no_trouble() -> None:
    assert kinds(waiting(Lane.CAMPAIGN, 9 * HOUR)) == []


def test_a_tick_is_late_only_after_it_should_have_run() -> None:
    at_twelve = WELL.heartbeats[0]
    for hours, found in ((5, []), (6, []), (7, []), (8, [TroubleKind.TICK])):
        later = replace(WELL, moment=Moment(NOW + hours * HOUR, NOW), heartbeats=(at_twelve,))
        assert kinds(later) == found, hours


def test_a_clock_that_stands_at_the_very_tick_is_not_late() -> None:
    """So the simulated clock stands while its ticks run, after a month of jumps."""
    month = timedelta(days=31)
    beat = Heartbeat("plan_day", NOW + month - 6 * HOUR, NOW, NOW + month)
    seen = replace(WELL, moment=Moment(NOW + month, NOW + MINUTE), heartbeats=(beat,))
    assert kinds(seen) == []
    assert beat.age(seen.moment) == 6 * HOUR


def test_a_clock_that_was_set_back_makes_nothing_negative() -> None:
    earlier = Moment(NOW - 3 * HOUR, NOW - 3 * HOUR)
    assert WELL.heartbeats[0].age(earlier) == timedelta(0)
    assert WELL.heartbeats[0].late(earlier) == timedelta(0)


def test_a_tick_that_never_ran_gets_as_long_as_one_that_is_late() -> None:
    (found,) = troubles_of(replace(WELL, heartbeats=(Heartbeat("plan_day"),)), LIMITS)
    assert (found.kind, found.about, found.patience) == (TroubleKind.TICK, "plan_day", LIMITS.tick)


def test_of_several_late_ticks_one_is_told() -> None:
    late = [Heartbeat(name, NOW - 9 * HOUR, NOW, NOW - 3 * HOUR) for name in ("plan_day", "erase_due")]
    assert [one.about for one in troubles_of(replace(WELL, heartbeats=tuple(late)), LIMITS)] == ["plan_day"]


def test_parked_updates_are_told_at_once_and_waiting_ones_by_their_age() -> None:
    (parked,) = troubles_of(replace(WELL, inbound=Inbound(parked=2)), LIMITS)
    assert (parked.kind, parked.count, parked.patience) == (TroubleKind.PARKED, 2, timedelta(0))
    assert kinds(replace(WELL, inbound=Inbound(3, 2 * MINUTE))) == []
    assert kinds(replace(WELL, inbound=Inbound(3, 3 * MINUTE))) == [TroubleKind.UPDATES]


def test_a_refused_bot_is_named_with_how_long() -> None:
    refused = BotState("7", refused_as="InvalidToken", refused_since=NOW - HOUR)
    (found,) = troubles_of(replace(WELL, bots=(refused,)), LIMITS)
    assert (found.kind, found.about, found.lasting) == (TroubleKind.REFUSED, "7", HOUR)


def test_it_shows_when_nobody_watches() -> None:
    assert WELL.is_watched()
    assert not replace(WELL, watched_at=NOW - 4 * MINUTE).is_watched()
    assert not replace(WELL, watched_at=None).is_watched()


def test_what_a_try_came_to_is_told_apart() -> None:
    tally = Tally(9, 1, {"throttled": 3, "blocked": 2, "notsent": 5, "rejected": 1})
    assert (tally.throttled, tally.refused) == (3, {"blocked": 2, "rejected": 1})


def test_people_sleep_from_nine_to_six() -> None:
    assert [hour for hour in range(24) if is_night(hour)] == [0, 1, 2, 3, 4, 5, 21, 22, 23]
