"""What an audit says of one caregiver's messages, by her own days and hours: Lan, mother of An."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.auditing.expected import missing_tips, steps_by_age
from domain.auditing.finding import AuditedChild, AuditedDays, AuditedFile, AuditedRow, Fault, explained
from domain.auditing.sent import FAMILY_HOURS, Rules, judge_sent
from domain.identifiers import CaregiverId, ChildId
from domain.journey import Amount, Step
from domain.reader import Role
from domain.sending.outbox import Lane, OutboxState, Reason
from domain.sending.sendability import HOURS
from tests.fakes.people import AN, BE, BORN, LAN, VIETNAM, moment_at

SLEEP = Step("sleep", 40, 50, Amount.FEW)
SONGS = Step("songs", 41, 43, Amount.ALL)
FATHERS = Step("fathers", 41, 60, Amount.FEW, audience=Role.FATHER)
STEPS = (SLEEP, SONGS, FATHERS)
RULES = Rules({step.key: step for step in STEPS}, lambda _key, language: language)
DAY = timedelta(days=1)
ON = BORN + timedelta(days=40)
DAYS = AuditedDays(ON, ON + 2 * DAY)
NOW = moment_at(ON + 3 * DAY, 1).now


def at(day: date, hour: int, minute: int = 10) -> datetime:
    return moment_at(day, hour, minute).now


def went(day: date = ON, hour: int = 19, *, key: str = "sleep", lane: Lane = Lane.TIP) -> AuditedRow:
    """A message about An that reached Lan at that hour, planned for it in the night."""
    instant = at(day, hour)
    return AuditedRow(
        lane,
        OutboxState.SENT,
        None,
        key,
        "child:1",
        frozenset({AN.id}),
        "vi",
        send_from=instant,
        expires_at=at(day + 9 * DAY, 0),
        planned_at=at(day, 1),
        sent_at=instant,
    )


def file(*rows: AuditedRow) -> AuditedFile:
    return AuditedFile(LAN, VIETNAM, (AuditedChild(AN),), rows)


def faults(*rows: AuditedRow) -> list[tuple[Fault, str]]:
    return [(one.finding.fault, one.finding.key) for one in judge_sent(file(*rows), DAYS, RULES, NOW)]


def missed(of: AuditedFile) -> list[tuple[str, str, date]]:
    found = missing_tips(of, DAYS, steps_by_age(STEPS))
    return [(one.finding.key, one.finding.occasion, one.finding.on) for one in found]


def test_a_tip_at_her_hour_on_its_day_has_no_fault() -> None:
    assert faults(went()) == []
    assert missed(file(went())) == []


@pytest.mark.parametrize(
    ("lane", "hour", "is_night"),
    [
        (Lane.TIP, 7, True),
        (Lane.TIP, 8, False),
        (Lane.TIP, 20, True),
        (Lane.VISIT, 3, True),
        (Lane.VISIT, 6, False),
        (Lane.VISIT, 21, True),
        (Lane.CAMPAIGN, 23, True),
    ],
)
def test_each_kind_of_message_has_its_hours(lane: Lane, hour: int, is_night: bool) -> None:
    row = replace(went(hour=hour, lane=lane, key="other"), sent_at=at(ON, hour, 30))
    assert [fault for fault, _key in faults(row)] == ([Fault.AT_NIGHT] if is_night else [])


def test_the_audit_and_the_sender_know_the_same_hours() -> None:
    assert {lane: HOURS[lane] for lane in FAMILY_HOURS} == FAMILY_HOURS


def test_a_tip_before_its_day_is_early_and_so_is_a_reminder() -> None:
    assert faults(went(key="songs")) == [(Fault.EARLY, "songs")]
    visit = replace(went(key="visit.reminder.1", lane=Lane.VISIT), occasion=f"visit:1:{(ON + 2 * DAY).isoformat()}:1")
    assert faults(visit) == [(Fault.EARLY, "visit.reminder.1")]


def test_a_tip_that_went_a_day_later_though_its_day_was_free_is_late() -> None:
    next_day = replace(went(ON + DAY), planned_at=at(ON, 1))
    assert faults(next_day) == [(Fault.LATE, "sleep")]
    assert faults(next_day, went(ON, 17, key="visit", lane=Lane.VISIT)) == []
    assert faults(replace(next_day, planned_at=at(ON, 20))) == []


def test_a_full_week_explains_why_a_tip_waited() -> None:
    week = [went(ON - n * DAY, key=f"before.{n}") for n in range(1, 5)]
    next_day = replace(went(ON + 3 * DAY), planned_at=at(ON, 1))
    days = AuditedDays(ON, ON + 3 * DAY)
    assert [one.finding.fault for one in judge_sent(file(next_day, *week), days, RULES, NOW)] == []
    week = week[1:]
    assert [one.finding.fault for one in judge_sent(file(next_day, *week), days, RULES, NOW)] == [Fault.LATE]


def test_twins_are_told_once_and_two_births_each() -> None:
    again = replace(went(ON + DAY), occasion="child:2", subjects=frozenset({BE.id}), planned_at=at(ON + DAY, 1))
    twins = AuditedFile(LAN, VIETNAM, (AuditedChild(AN), AuditedChild(BE)), (went(), again))
    assert [one.finding.fault for one in judge_sent(twins, DAYS, RULES, NOW)] == [Fault.DOUBLE]
    younger = AuditedChild(replace(BE, birth_date=BORN + DAY))
    siblings = replace(twins, children=(AuditedChild(AN), younger))
    assert judge_sent(siblings, DAYS, RULES, NOW) == ()


def test_what_was_said_long_ago_counts_for_doubles() -> None:
    before = replace(went(ON - 60 * DAY), occasion="child:7")
    found = judge_sent(replace(file(went()), said_before=(before,)), DAYS, RULES, NOW)
    assert [one.finding.fault for one in found] == [Fault.DOUBLE]


def test_the_second_tip_of_a_day_and_the_fifth_message_of_a_week_are_over_the_cap() -> None:
    assert faults(went(key="one", hour=18), went(key="two", hour=19)) == [(Fault.OVER_CAP, "two")]
    week = [went(ON - n * DAY, key=f"before.{n}") for n in range(1, 5)]
    assert faults(went(), *week) == [(Fault.OVER_CAP, "sleep")]
    assert faults(went(), *week[:3]) == []


def test_in_the_first_four_weeks_of_life_the_week_holds_six() -> None:
    new = AuditedChild(replace(AN, birth_date=ON - 20 * DAY))
    week = [went(ON - n * DAY, key=f"before.{n}") for n in range(1, 6)]
    five = AuditedFile(LAN, VIETNAM, (new,), (went(key="other"), *week))
    assert judge_sent(five, DAYS, RULES, NOW) == ()


def test_a_step_that_nobody_planned_is_missed_on_its_day() -> None:
    assert missed(file()) == [("sleep", "child:1", ON)]
    grandmothers = replace(file(), caregiver=replace(LAN, amount=Amount.ALL))
    assert missed(grandmothers) == [("sleep", "child:1", ON), ("songs", "child:1", ON + DAY)]
    father = replace(file(went()), caregiver=replace(LAN, role=Role.FATHER))
    assert missed(father) == [("fathers", "child:1", ON + DAY)]


def test_who_had_not_joined_or_has_stopped_misses_nothing() -> None:
    later, stopped = replace(LAN, joined_on=ON), replace(LAN, stopped_at=at(ON - DAY, 9))
    assert [missed(replace(file(), caregiver=one)) for one in (later, stopped)] == [[], []]
    assert missed(replace(file(), caregiver=replace(LAN, stopped_at=at(ON + DAY, 9)))) == [("sleep", "child:1", ON)]


def test_a_closed_row_explains_itself_only_with_a_reason() -> None:
    closed = replace(went(), state=OutboxState.CLOSED, sent_at=None)
    assert missed(file(replace(closed, reason=Reason.PAUSED))) == []
    assert missed(file(closed)) == [("sleep", "child:1", ON)]


def test_what_she_changed_since_explains_a_suspicion_and_what_she_changed_before_does_not() -> None:
    (suspicion,) = judge_sent(file(replace(went(), language="zh")), DAYS, RULES, NOW)
    assert suspicion.finding.fault is Fault.WRONG_LANGUAGE
    nobody = CaregiverId(99)
    for changed_at, expected in (
        ({LAN.id: at(ON + DAY, 9)}, True),
        ({LAN.id: at(ON - DAY, 9)}, False),
        ({nobody: at(ON + DAY, 9)}, False),
    ):
        assert explained(suspicion, changed_at=changed_at, rows_of={}) is expected


def test_a_row_of_long_ago_explains_a_missing_one() -> None:
    (suspicion,) = missing_tips(file(), DAYS, steps_by_age(STEPS))
    assert explained(suspicion, changed_at={}, rows_of={(LAN.id, "sleep"): frozenset({"child:1"})})
    assert not explained(suspicion, changed_at={}, rows_of={(LAN.id, "sleep"): frozenset({f"child:{ChildId(5)}"})})
