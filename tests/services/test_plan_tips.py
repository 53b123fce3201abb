"""Which tips are planned for Lan on one day, for when, and until when they are of use."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.identifiers import CaregiverId, ChildId
from domain.journey import Amount, Step
from domain.moment import Moment
from domain.sending.outbox import Lane, PlannedMessage
from services.messages.plan_tips import plan_tips
from tests.fakes.people import AN, BE, BORN, LAN, VIETNAM, moment_at

STEPS = (Step("sleep", 10, 14, Amount.SOME), Step("songs", 11, 13, Amount.FEW), Step("rare", 10, 14, Amount.ALL))
TENTH = BORN + timedelta(days=10)
MORNING = moment_at(TENTH, 1)


def plan(moment: Moment = MORNING) -> list[PlannedMessage]:
    return list(plan_tips(STEPS, LAN, (AN,), zone=VIETNAM, moment=moment))


def local(instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(VIETNAM))


def test_a_tip_of_today_goes_at_her_hour_today() -> None:
    (tip,) = plan()
    assert (tip.lane, tip.message.body.key, tip.caregiver) == (Lane.TIP, "sleep", LAN.id)
    assert (local(tip.send_from).date(), local(tip.send_from).hour) == (TENTH, LAN.tip_hour)
    assert (tip.occasion, tip.subjects) == ("child:1", (AN.id,))


def test_a_tip_is_of_use_until_the_midnight_after_its_last_day() -> None:
    (tip,) = plan()
    assert local(tip.expires_at).isoformat() == "2026-01-29T00:00:00+07:00"
    assert BORN + timedelta(days=14) == date(2026, 1, 29)


def test_planning_twice_gives_the_same_rows() -> None:
    assert plan() == plan() == plan(moment_at(TENTH, 7))


def test_what_comes_too_late_for_her_hour_goes_at_her_hour_tomorrow() -> None:
    (tip,) = plan(moment_at(TENTH, 20))
    assert (local(tip.send_from).date(), local(tip.send_from).hour) == (TENTH + timedelta(days=1), LAN.tip_hour)


def test_after_lost_days_what_is_still_of_use_is_planned() -> None:
    planned = plan(moment_at(BORN + timedelta(days=12), 1))
    assert [tip.message.body.key for tip in planned] == ["sleep", "songs"]
    assert plan(moment_at(BORN + timedelta(days=14), 1)) == []


def test_one_who_has_not_joined_gets_nothing() -> None:
    awaited = replace(LAN, joined_on=None, joined_at=None)
    assert plan_tips(STEPS, awaited, [AN], zone=VIETNAM, moment=MORNING) == ()


def test_twins_share_one_message_about_both() -> None:
    (tip,) = plan_tips(STEPS, LAN, [BE, AN], zone=VIETNAM, moment=MORNING)
    assert (tip.occasion, tip.subjects) == ("child:1", (AN.id, BE.id))


def test_children_of_two_ages_have_each_their_own() -> None:
    older = replace(AN, id=ChildId(9), birth_date=BORN - timedelta(days=1))
    planned = plan_tips(STEPS, LAN, [older, AN], zone=VIETNAM, moment=MORNING)
    assert [(tip.message.body.key, tip.occasion) for tip in planned] == [
        ("sleep", "child:9"),
        ("songs", "child:9"),
        ("sleep", "child:1"),
    ]


def test_a_grandmother_has_her_own_hour_beside_the_mothers() -> None:
    grandmother = replace(LAN, id=CaregiverId(2), tip_hour=8)
    (tip,) = plan_tips(STEPS, grandmother, [AN], zone=VIETNAM, moment=MORNING)
    assert local(tip.send_from).hour == 8


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Ho_Chi_Minh", 12), ("Asia/Shanghai", 11)])
def test_her_hour_is_the_one_on_her_wall(zone: str, hour: int) -> None:
    (tip,) = plan_tips(STEPS, LAN, [AN], zone=zone, moment=MORNING)
    assert tip.send_from.astimezone(UTC).hour == hour


@settings(deadline=None, max_examples=50)
@given(hour=st.integers(8, 19), minutes=st.integers(0, 24 * 60 - 1))
def test_nothing_is_ever_planned_for_the_past(hour: int, minutes: int) -> None:
    moment = moment_at(TENTH, minutes // 60, minutes % 60)
    (tip,) = plan_tips(STEPS, replace(LAN, tip_hour=hour), [AN], zone=VIETNAM, moment=moment)
    assert moment.now <= tip.send_from < tip.expires_at
    assert local(tip.send_from).hour == hour
