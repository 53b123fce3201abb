"""Whether a message may reach Lan at this very moment; and if not, why, and when it is asked again."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.sending.outbox import Lane, Reason
from domain.sending.sendability import (
    HOURS,
    Close,
    Decision,
    Facts,
    Postpone,
    Send,
    decide_sending,
    next_legal_instant,
    within_hours,
)

VIETNAM, CHINA, BERLIN = "Asia/Ho_Chi_Minh", "Asia/Shanghai", "Europe/Berlin"
ZONES = (VIETNAM, CHINA, BERLIN)
NOON = datetime(2026, 3, 1, 5, tzinfo=UTC)  # noon in Viet Nam, one o'clock in China
DAY = timedelta(days=1)
LAN = Facts(zone=VIETNAM)
PLANNED = (Lane.VISIT, Lane.TIP, Lane.CAMPAIGN)
CAPPED = (Lane.TIP, Lane.CAMPAIGN)


def decide(lane: Lane, facts: Facts = LAN, *, now: datetime = NOON, life: timedelta = 7 * DAY) -> Decision:
    return decide_sending(lane, NOON + life, facts, now)


def at(hour: int, minute: int, zone: str = VIETNAM) -> datetime:
    return datetime(2026, 3, 1, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize("lane", Lane)
def test_nothing_stands_in_the_way_at_noon(lane: Lane) -> None:
    assert decide(lane) == Send()


REASONS = [
    (replace(LAN, has_address=False), Reason.NO_ADDRESS),
    (replace(LAN, reachable=False), Reason.UNREACHABLE),
    (replace(LAN, stopped=True), Reason.STOPPED),
    (replace(LAN, consented=False), Reason.NO_CONSENT),
    (replace(LAN, settled=Reason.VACCINATED), Reason.VACCINATED),
    (replace(LAN, settled=Reason.ANSWERED), Reason.ANSWERED),
]


@pytest.mark.parametrize("lane", PLANNED)
@pytest.mark.parametrize(("facts", "reason"), REASONS)
def test_each_reason_closes_what_was_planned(facts: Facts, reason: Reason, lane: Lane) -> None:
    assert decide(lane, facts) == Close(reason)


@pytest.mark.parametrize(
    ("lane", "reason"),
    [
        (Lane.VISIT, Reason.UNSIGNED_SCHEDULE),
        (Lane.TIP, Reason.DRAFT_TEXT),
        (Lane.CAMPAIGN, Reason.DRAFT_TEXT),
    ],
)
def test_drafts_do_not_reach_families(lane: Lane, reason: Reason) -> None:
    assert decide(lane, replace(LAN, approved=False)) == Close(reason)


def test_the_first_reason_that_holds_is_the_one_that_is_kept() -> None:
    everything = replace(LAN, has_address=False, reachable=False, stopped=True, consented=False, approved=False)
    assert decide(Lane.TIP, everything) == Close(Reason.NO_ADDRESS)
    assert decide(Lane.TIP, everything, life=timedelta(0)) == Close(Reason.EXPIRED)


def test_a_reply_is_bound_by_expiry_and_address_alone() -> None:
    hindered = replace(
        LAN,
        stopped=True,
        consented=False,
        approved=False,
        settled=Reason.ANSWERED,
        sent_today=9,
        visits_today=9,
        sent_this_week=9,
    )
    assert decide(Lane.REPLY, hindered, now=at(3, 0)) == Send()
    assert decide(Lane.REPLY, life=timedelta(0)) == Close(Reason.EXPIRED)
    assert decide(Lane.REPLY, replace(LAN, has_address=False)) == Close(Reason.NO_ADDRESS)
    assert decide(Lane.REPLY, replace(LAN, reachable=False)) == Close(Reason.UNREACHABLE)


@pytest.mark.parametrize("lane", Lane)
def test_a_message_is_of_use_until_the_moment_it_expires(lane: Lane) -> None:
    assert decide(lane, life=timedelta(seconds=1)) == Send()
    assert decide(lane, life=timedelta(0)) == Close(Reason.EXPIRED)


@pytest.mark.parametrize("lane", CAPPED)
def test_a_second_tip_of_a_day_goes_at_the_same_time_tomorrow(lane: Lane) -> None:
    assert decide(lane, replace(LAN, sent_today=1)) == Postpone(NOON + DAY, Reason.DAILY_CAP)


@pytest.mark.parametrize("lane", CAPPED)
def test_a_visit_message_takes_the_place_of_the_days_tip(lane: Lane) -> None:
    assert decide(lane, replace(LAN, visits_today=1)) == Postpone(NOON + DAY, Reason.VISIT_TODAY)


@pytest.mark.parametrize(
    ("sent", "first_weeks", "goes"), [(3, False, True), (4, False, False), (5, True, True), (6, True, False)]
)
def test_she_gets_four_messages_a_week_and_six_in_the_first_weeks(sent: int, first_weeks: bool, goes: bool) -> None:
    decision = decide(Lane.TIP, replace(LAN, sent_this_week=sent, first_weeks=first_weeks))
    assert decision == (Send() if goes else Postpone(NOON + DAY, Reason.WEEKLY_CAP))


def test_no_cap_holds_a_visit_message_back() -> None:
    assert decide(Lane.VISIT, replace(LAN, sent_today=3, visits_today=3, sent_this_week=30)) == Send()


@pytest.mark.parametrize("facts", [replace(LAN, sent_today=1), replace(LAN, visits_today=1)])
def test_what_has_no_tomorrow_is_closed_with_what_kept_it_back(facts: Facts) -> None:
    decision = decide(Lane.TIP, facts, life=DAY)
    assert isinstance(decision, Close)
    assert decision.reason in (Reason.DAILY_CAP, Reason.VISIT_TODAY)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("lane", "hour", "minute", "speaks"),
    [
        (Lane.TIP, 7, 59, False),
        (Lane.TIP, 8, 0, True),
        (Lane.TIP, 19, 59, True),
        (Lane.TIP, 20, 0, False),
        (Lane.CAMPAIGN, 7, 59, False),
        (Lane.CAMPAIGN, 20, 0, False),
        (Lane.VISIT, 5, 29, False),
        (Lane.VISIT, 5, 30, True),
        (Lane.VISIT, 20, 59, True),
        (Lane.VISIT, 21, 0, False),
        (Lane.REPLY, 3, 0, True),
    ],
)
def test_each_lane_keeps_its_own_night_by_the_clock_on_her_wall(
    lane: Lane, hour: int, minute: int, speaks: bool, zone: str
) -> None:
    assert within_hours(lane, zone, at(hour, minute, zone)) is speaks


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("hour", "days"), [(4, 0), (22, 1)])
def test_what_comes_at_night_waits_for_the_morning(hour: int, days: int, zone: str) -> None:
    decision = decide(Lane.TIP, replace(LAN, zone=zone), now=at(hour, 40, zone))
    assert decision == Postpone(at(8, 0, zone) + days * DAY, Reason.OUTSIDE_HOURS)


def test_the_morning_stays_at_eight_when_summer_time_begins() -> None:
    now = datetime(2026, 3, 28, 22, 0, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)
    assert next_legal_instant(Lane.TIP, BERLIN, now) == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)


INSTANTS = st.timedeltas(timedelta(0), timedelta(days=700)).map(lambda later: NOON + later)
FACTS = st.builds(
    Facts,
    zone=st.sampled_from(ZONES),
    sent_today=st.integers(0, 2),
    visits_today=st.integers(0, 2),
    sent_this_week=st.integers(0, 8),
    first_weeks=st.booleans(),
)


@settings(deadline=None, max_examples=50)
@given(lane=st.sampled_from(PLANNED), facts=FACTS, now=INSTANTS, minutes=st.integers(-60, 6000))
def test_a_postponed_message_is_for_later_within_hours_and_before_its_end(
    lane: Lane, facts: Facts, now: datetime, minutes: int
) -> None:
    expires_at = now + timedelta(minutes=minutes)
    decision = decide_sending(lane, expires_at, facts, now)
    assume(isinstance(decision, Postpone))
    assert isinstance(decision, Postpone)
    assert now < decision.until < expires_at
    assert within_hours(lane, facts.zone, decision.until)
    assert decision.until - now < timedelta(hours=37)


@settings(deadline=None, max_examples=50)
@given(lane=st.sampled_from(PLANNED), facts=FACTS, now=INSTANTS)
def test_asked_again_at_the_postponed_instant_with_fresh_counts_it_goes(
    lane: Lane, facts: Facts, now: datetime
) -> None:
    decision = decide_sending(lane, now + 4 * DAY, facts, now)
    assume(isinstance(decision, Postpone))
    assert isinstance(decision, Postpone)
    assert decide_sending(lane, now + 4 * DAY, Facts(zone=facts.zone), decision.until) == Send()


@settings(deadline=None, max_examples=50)
@given(lane=st.sampled_from(PLANNED), facts=FACTS, now=INSTANTS)
def test_a_cap_that_lasts_never_moves_a_message_within_the_same_local_day(
    lane: Lane, facts: Facts, now: datetime
) -> None:
    decision = decide_sending(lane, now + 4 * DAY, facts, now)
    assume(isinstance(decision, Postpone) and decision.reason is not Reason.OUTSIDE_HOURS)
    assert isinstance(decision, Postpone)
    zone = ZoneInfo(facts.zone)
    assert decision.until.astimezone(zone).date() == now.astimezone(zone).date() + DAY


def test_tips_rest_from_eight_in_the_evening_to_eight_in_the_morning() -> None:
    assert HOURS[Lane.TIP] == HOURS[Lane.CAMPAIGN] == (time(8), time(20))
