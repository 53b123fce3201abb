"""Staff hear of trouble once, and once that it is over; what flickers does not ring all night."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from domain.alarms import CALM, Alarm, Tell, follow
from domain.moment import Moment
from domain.operations import Trouble, TroubleKind

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECONDS, MINUTE = timedelta(seconds=30), timedelta(minutes=1)
SLOW = Trouble(TroubleKind.REPLIES, lasting=3 * MINUTE, count=4)
PARKED = Trouble(TroubleKind.PARKED, count=1, patience=timedelta(0))


@dataclass
class Staff:
    """What staff were told, and at which minute, with a look every half minute."""

    alarm: Alarm = field(default_factory=lambda: Alarm(TroubleKind.REPLIES))
    at: timedelta = timedelta(0)
    heard: list[tuple[Tell, float]] = field(default_factory=list)

    def look(self, trouble: Trouble | None, *, lasting: timedelta, may_tell: bool = True) -> None:
        """It is so for so long."""
        until = self.at + lasting
        while self.at < until:
            wall = NOON + self.at
            self.alarm, tell = follow(self.alarm, trouble, Moment(wall, wall), may_tell=may_tell)
            if tell is not None:
                self.heard.append((tell, self.at / MINUTE))
            self.at += SECONDS


@pytest.fixture
def staff() -> Staff:
    return Staff()


def test_trouble_is_told_once_and_its_end_once(staff: Staff) -> None:
    staff.look(SLOW, lasting=300 * MINUTE)
    assert staff.alarm.since == NOON - 3 * MINUTE
    staff.look(None, lasting=30 * MINUTE)
    assert staff.heard == [(Tell.RAISED, 1.0), (Tell.CLEARED, 300 + CALM / MINUTE)]
    assert not staff.alarm.is_on


def test_what_passes_within_a_minute_is_told_to_nobody(staff: Staff) -> None:
    staff.look(SLOW, lasting=SECONDS)
    staff.look(None, lasting=60 * MINUTE)
    assert staff.heard == []


def test_what_comes_back_at_once_is_the_same_trouble(staff: Staff) -> None:
    for _ in range(20):
        staff.look(SLOW, lasting=2 * MINUTE)
        staff.look(None, lasting=2 * MINUTE)
    assert staff.heard == [(Tell.RAISED, 1.0)]


def test_what_comes_and_goes_rings_at_most_once_an_hour(staff: Staff) -> None:
    for _ in range(20):
        staff.look(SLOW, lasting=8 * MINUTE)
        staff.look(None, lasting=7 * MINUTE)
    raised = [minute for tell, minute in staff.heard if tell is Tell.RAISED]
    assert len(raised) == 5
    assert all(later - earlier >= 60 for earlier, later in pairwise(raised))
    assert [tell for tell, _ in staff.heard] == [Tell.RAISED, Tell.CLEARED] * 5


def test_a_second_trouble_within_the_hour_is_told_when_it_is_over_and_still_there(staff: Staff) -> None:
    staff.look(SLOW, lasting=5 * MINUTE)
    staff.look(None, lasting=15 * MINUTE)
    staff.look(SLOW, lasting=120 * MINUTE)
    assert [minute for tell, minute in staff.heard if tell is Tell.RAISED] == [1.0, 61.0]


def test_a_parked_update_is_told_at_once_and_so_is_that_it_is_settled(staff: Staff) -> None:
    staff.alarm = Alarm(TroubleKind.PARKED)
    staff.look(PARKED, lasting=10 * MINUTE)
    staff.look(None, lasting=MINUTE)
    assert staff.heard == [(Tell.RAISED, 0.0), (Tell.CLEARED, 10.0)]


def test_who_is_left_to_sleep_hears_in_the_morning_what_is_still_so(staff: Staff) -> None:
    staff.look(SLOW, lasting=120 * MINUTE, may_tell=False)
    assert staff.heard == []
    staff.look(SLOW, lasting=MINUTE)
    assert staff.heard == [(Tell.RAISED, 120.0)]
    staff.look(None, lasting=120 * MINUTE, may_tell=False)
    staff.look(None, lasting=MINUTE)
    assert staff.heard[1:] == [(Tell.CLEARED, 241.0)]


def test_what_was_over_before_the_morning_is_told_to_nobody(staff: Staff) -> None:
    staff.look(SLOW, lasting=60 * MINUTE, may_tell=False)
    staff.look(None, lasting=60 * MINUTE, may_tell=False)
    staff.look(None, lasting=60 * MINUTE)
    assert staff.heard == []
