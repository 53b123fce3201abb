"""What a birth changes in the plan of a day: the question before it, early children after it, and the farewell."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.ends import ChildEnd, PregnancyEnd
from domain.forms.birth import weeks_at_birth
from domain.identifiers import FacilityId, FamilyId, PregnancyId
from domain.journey import Amount, Step
from domain.people import Pregnancy
from domain.sending.outbox import Lane
from domain.tracks import Track
from services.messages.plan_births import plan_birth_question
from services.messages.plan_farewells import plan_farewells
from services.messages.plan_tips import plan_tips
from tests.fakes.people import AN, BE, BORN, LAN, VIETNAM, moment_at

DUE = date(2026, 3, 1)
AWAITED = Pregnancy(PregnancyId(7), FamilyId(1), FacilityId(1), DUE)
WARM = Step("preterm.warm", 1, 5, Amount.FEW, tracks=frozenset({Track.PRETERM}))
EARLY = replace(AN, birth_date=BORN + timedelta(days=5), gestation_weeks=weeks_at_birth(DUE, BORN + timedelta(days=5)))
IN_TIME = replace(EARLY, gestation_weeks=40)
SIX = date(2032, 1, 15)


def test_the_question_goes_at_her_hour_of_the_due_date_and_says_whose_it_is() -> None:
    (row,) = plan_birth_question(LAN, AWAITED, zone=VIETNAM, moment=moment_at(DUE, 1))
    assert (row.lane, row.message.body.key, row.occasion) == (Lane.TIP, "birth.ask", "pregnancy:7")
    assert row.send_from.astimezone(ZoneInfo(VIETNAM)).date() == DUE
    assert row.expires_at == moment_at(DUE + timedelta(days=14), 0).now
    assert [choice.payload for (choice,) in row.message.choices] == [
        "v1:birth:born:7",
        "v1:birth:not_yet:7",
        "v1:loss:1",
    ]


def test_too_late_for_her_hour_it_goes_tomorrow() -> None:
    (row,) = plan_birth_question(LAN, AWAITED, zone=VIETNAM, moment=moment_at(DUE, 20))
    assert row.send_from.astimezone(ZoneInfo(VIETNAM)).date() == DUE + timedelta(days=1)


@pytest.mark.parametrize("days", [-1, 14, 200])
def test_before_the_due_date_and_two_weeks_after_it_nothing_is_asked(days: int) -> None:
    assert plan_birth_question(LAN, AWAITED, zone=VIETNAM, moment=moment_at(DUE + timedelta(days=days), 1)) == ()


@pytest.mark.parametrize("end", list(PregnancyEnd))
def test_nobody_is_asked_about_a_pregnancy_that_has_ended(end: PregnancyEnd) -> None:
    ended = replace(AWAITED, ended_as=end)
    assert plan_birth_question(LAN, ended, zone=VIETNAM, moment=moment_at(DUE, 1)) == ()


def test_the_second_question_has_an_occasion_and_an_answer_of_its_own() -> None:
    again = replace(AWAITED, not_yet_on=DUE)
    (row,) = plan_birth_question(LAN, again, zone=VIETNAM, moment=moment_at(DUE + timedelta(days=7), 1))
    assert row.occasion == "pregnancy:7:again"
    assert row.message.choices[1][0].payload == "v1:birth:not_yet:7:again"


def test_a_child_born_weeks_early_gets_the_messages_of_its_track_by_its_days_of_life() -> None:
    due = moment_at(EARLY.birth_date + timedelta(days=1), 1)
    assert EARLY.gestation_weeks == 34
    assert [tip.message.body.key for tip in plan_tips([WARM], LAN, [EARLY], zone=VIETNAM, moment=due)] == [WARM.key]
    assert plan_tips([WARM], LAN, [IN_TIME], zone=VIETNAM, moment=due) == ()


def test_the_farewell_is_one_for_twins_and_nobody_is_named_who_died() -> None:
    (row,) = plan_farewells(LAN, [AN, BE], zone=VIETNAM, moment=moment_at(SIX, 1))
    assert (row.occasion, row.subjects) == ("farewell:1", (AN.id, BE.id))
    lost = replace(AN, ended_as=ChildEnd.DIED)
    (row,) = plan_farewells(LAN, [lost, BE], zone=VIETNAM, moment=moment_at(SIX, 1))
    assert (row.occasion, row.subjects) == ("farewell:1", (BE.id,))
    assert plan_farewells(LAN, [lost], zone=VIETNAM, moment=moment_at(SIX, 1)) == ()


@pytest.mark.parametrize("days", [-1, 30])
def test_the_farewell_is_said_within_a_month_and_never_before(days: int) -> None:
    assert plan_farewells(LAN, [AN], zone=VIETNAM, moment=moment_at(SIX + timedelta(days=days), 1)) == ()


def test_who_joins_after_the_sixth_birthday_is_not_bidden_farewell() -> None:
    late = replace(LAN, joined_on=SIX)
    assert plan_farewells(late, [AN], zone=VIETNAM, moment=moment_at(SIX + timedelta(days=1), 1)) == ()
