"""Which reminders of An's visit on 20 March are planned for Lan, day by day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.identifiers import CaregiverId
from domain.message import Text
from domain.people import Caregiver
from domain.sending.outbox import Lane, PlannedMessage
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.visit_occasion import parse_visit_occasion
from services.visits.find_visits import FamilyVisit
from services.visits.plan_visits import plan_reminders, reminder_message
from tests.fakes.people import AN, BE, LAN, STATION, VIETNAM, moment_at

ON = date(2026, 3, 20)
PENTA = DoseForecast("penta_primary", 1, "PENTA", SeriesStatus.NOT_COMPLETE, due=date(2026, 3, 15))
OPV = replace(PENTA, series="opv", vaccine="OPV")
VISIT = FamilyVisit(STATION, ON, ((AN, (PENTA, OPV)),))


def plan(day: date, *, caregiver: Caregiver = LAN, visit: FamilyVisit = VISIT, hour: int = 1) -> list[PlannedMessage]:
    return list(plan_reminders(caregiver, [visit], moment_at(day, hour)))


def local(instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(VIETNAM))


@pytest.mark.parametrize(
    ("days_before", "steps"),
    [(8, []), (7, ["7"]), (6, ["7"]), (3, ["7"]), (2, ["7"]), (1, ["1"]), (0, []), (-1, [])],
)
def test_seven_days_and_one_day_before_and_after_lost_days_while_it_is_of_use(
    days_before: int, steps: list[str]
) -> None:
    planned = plan(ON - timedelta(days=days_before))
    assert [message.message.body.key for message in planned] == [f"visit.reminder.{step}" for step in steps]


@pytest.mark.parametrize(("days_before", "step"), [(7, 7), (1, 1)])
def test_a_reminder_goes_in_the_evening_of_its_day(days_before: int, step: int) -> None:
    day = ON - timedelta(days=days_before)
    (reminder,) = plan(day)
    assert reminder.lane is Lane.VISIT
    assert (reminder.caregiver, reminder.subjects) == (LAN.id, (AN.id,))
    assert reminder.occasion == f"visit:1:2026-03-20:{step}"
    assert local(reminder.send_from).date() == day
    assert 17 <= local(reminder.send_from).hour < 20


def test_a_late_reminder_goes_at_once() -> None:
    (reminder,) = plan(ON - timedelta(days=4), hour=9)
    assert reminder.send_from < moment_at(ON - timedelta(days=4), 9).now < reminder.expires_at


def test_planning_twice_gives_the_same_rows() -> None:
    assert plan(ON - timedelta(days=7)) == plan(ON - timedelta(days=5))


def test_the_last_reminder_is_of_use_until_the_morning_of_the_visit() -> None:
    (reminder,) = plan(ON - timedelta(days=1))
    assert local(reminder.expires_at).isoformat() == "2026-03-20T10:00:00+07:00"


def test_one_who_joined_in_between_gets_only_what_is_still_to_come() -> None:
    joined = replace(LAN, joined_on=ON - timedelta(days=4))
    assert plan(ON - timedelta(days=3), caregiver=joined) == []
    assert len(plan(ON - timedelta(days=1), caregiver=joined)) == 1


def test_one_who_has_not_joined_gets_nothing() -> None:
    awaited = replace(LAN, joined_on=None)
    assert [plan(ON - timedelta(days=days), caregiver=awaited) for days in (7, 1)] == [[], []]


def test_siblings_share_one_reminder_that_names_each_vaccine_once() -> None:
    both = FamilyVisit(STATION, ON, ((AN, (PENTA, OPV)), (BE, (PENTA,))))
    (reminder,) = plan(ON - timedelta(days=7), visit=both)
    assert reminder.subjects == (AN.id, BE.id)
    assert reminder.message.body.values["vaccines"] == (Text("vaccine.penta.short"), Text("vaccine.opv.short"))


def test_a_reminder_has_three_answers_and_names_the_child() -> None:
    message = reminder_message(VISIT, 7, LAN.id)
    payloads = [choice.payload for row in message.choices for choice in row]
    assert payloads == [f"v1:visit:{LAN.id}:1:2026-03-20:{answer}" for answer in ("coming", "cannot", "vaccinated")]
    assert message.names_child


def test_the_occasion_says_which_visit_it_is() -> None:
    (reminder,) = plan(ON - timedelta(days=1))
    occasion = parse_visit_occasion(reminder.occasion)
    assert occasion is not None
    assert (occasion.facility, occasion.on, occasion.step) == (STATION.id, ON, 1)


def test_two_reminders_of_one_visit_are_never_of_use_at_the_same_time() -> None:
    for number in range(1, 50):
        caregiver = replace(LAN, id=CaregiverId(number))
        (first,) = plan(ON - timedelta(days=7), caregiver=caregiver)
        (second,) = plan(ON - timedelta(days=1), caregiver=caregiver)
        assert first.expires_at <= second.send_from
