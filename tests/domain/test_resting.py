"""How long an entry of the list rests after somebody asked."""

from datetime import date, timedelta

import pytest

from domain.identifiers import CaregiverId, FamilyId
from domain.resting import Told, has_refused, may_rest
from domain.tasks import TaskOutcome

ON = date(2026, 11, 22)
FAMILY, OTHER = FamilyId(1), FamilyId(2)
LAN, BA = CaregiverId(1), CaregiverId(2)


@pytest.mark.parametrize(
    ("outcome", "days"),
    [(TaskOutcome.REACHED, 7), (TaskOutcome.NOT_HOME, 3), (TaskOutcome.REFUSED, 90), (TaskOutcome.MOVED, 7)],
)
def test_an_entry_rests_for_its_days_and_comes_up_again(outcome: TaskOutcome, days: int) -> None:
    told = [Told(FAMILY, LAN, outcome, ON)]
    assert may_rest(told, FAMILY, LAN, ON)
    assert may_rest(told, FAMILY, LAN, ON + timedelta(days=days - 1))
    assert not may_rest(told, FAMILY, LAN, ON + timedelta(days=days))


def test_a_wrong_number_is_no_reason_to_rest() -> None:
    assert not may_rest([Told(FAMILY, LAN, TaskOutcome.WRONG_NUMBER, ON)], FAMILY, LAN, ON)


def test_what_one_said_is_not_said_for_another() -> None:
    told = [Told(FAMILY, BA, TaskOutcome.REFUSED, ON)]
    assert not may_rest(told, FAMILY, LAN, ON)
    assert not has_refused(told, FAMILY, LAN, ON)
    assert has_refused(told, FAMILY, BA, ON)


def test_what_was_said_for_the_family_counts_for_each_of_it() -> None:
    told = [Told(FAMILY, None, TaskOutcome.REFUSED, ON)]
    assert has_refused(told, FAMILY, LAN, ON + timedelta(days=89))
    assert not has_refused(told, FAMILY, LAN, ON + timedelta(days=90))
    assert not has_refused(told, OTHER, LAN, ON)


def test_only_a_refusal_keeps_new_tasks_away() -> None:
    assert not has_refused([Told(FAMILY, LAN, TaskOutcome.NOT_HOME, ON)], FAMILY, LAN, ON)
