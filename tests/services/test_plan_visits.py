"""Which reminders of An's visit on 20 March are planned for Lan, day by day, and what they say."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.area import FacilitySettings
from domain.care.forecast import CareForecast
from domain.care.plan import CareKind
from domain.identifiers import CaregiverId, FamilyId, PregnancyId
from domain.message import OutgoingMessage, Text, Value
from domain.people import Caregiver, Pregnancy
from domain.sending.outbox import Lane, PlannedMessage
from domain.session_calendar import SessionDay
from domain.session_days import Hours
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.vaccination.sources import NO_SOURCE
from domain.visit_occasion import parse_visit_occasion
from domain.visits import Needs
from services.ports.visits import VisitAnswer
from services.visits.find_visits import FamilyVisit
from services.visits.plan_visits import plan_reminders, reminder_message
from tests.fakes.people import AN, BE, LAN, QUANG_NINH, STATION, VIETNAM, moment_at

ON = date(2026, 3, 20)
DAY = SessionDay(ON, hours=Hours(time(7, 30), time(10, 30)))
PENTA = DoseForecast("Penta", 1, "PENTA", SeriesStatus.NOT_COMPLETE, due=date(2026, 3, 15))
OPV = replace(PENTA, group="OPV", vaccine="OPV")
AWAITED = Pregnancy(PregnancyId(1), FamilyId(1), STATION.id, date(2026, 6, 1))
VISIT = FamilyVisit(STATION, DAY, ((AN, Needs((PENTA, OPV))),))


def care(key: str, kind: CareKind, *, vaccine: bool = False) -> CareForecast:
    return CareForecast(key, kind, ON, ON, None, ON, source=NO_SOURCE, vaccine=vaccine)


CHECKUP = care("checkup_2_3_months", CareKind.CHECKUP)
ANTENATAL = care("antenatal_3", CareKind.ANTENATAL)
TETANUS = care("tetanus_2", CareKind.TETANUS, vaccine=True)


def settled(*, days: int = 1, morning: bool = False) -> FamilyVisit:
    """The visit at a station that settled something for itself."""
    return replace(VISIT, facility=replace(STATION, settings=FacilitySettings(days, morning)))


def plan(day: date, *, caregiver: Caregiver = LAN, visit: FamilyVisit = VISIT, hour: int = 1) -> list[PlannedMessage]:
    return list(plan_reminders(caregiver, [visit], moment_at(day, hour)))


def steps(days_before: int, visit: FamilyVisit = VISIT) -> list[int]:
    found = [parse_visit_occasion(one.occasion) for one in plan(ON - timedelta(days=days_before), visit=visit)]
    return [occasion.step for occasion in found if occasion is not None]


def local(instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(VIETNAM))


def keys(value: Value) -> list[str]:
    """The texts of a list, in order."""
    assert isinstance(value, tuple)
    return [one.key for one in value if isinstance(one, Text)]


def labels(message: OutgoingMessage) -> list[str]:
    return [choice.label.key for row in message.choices for choice in row]


@pytest.mark.parametrize(
    ("days_before", "expected"), [(8, []), (7, [7]), (6, [7]), (3, [7]), (2, [7]), (1, [1]), (0, []), (-1, [])]
)
def test_seven_days_and_one_day_before_and_after_lost_days_while_it_is_of_use(
    days_before: int, expected: list[int]
) -> None:
    assert steps(days_before) == expected


@pytest.mark.parametrize(("days_before", "expected"), [(7, [7]), (4, [7]), (3, [3]), (2, [3]), (1, [3]), (0, [])])
def test_a_facility_may_choose_three_days_before(days_before: int, expected: list[int]) -> None:
    assert steps(days_before, settled(days=3)) == expected


@pytest.mark.parametrize(("days_before", "expected"), [(2, [7]), (1, [1, 0]), (0, [0]), (-1, [])])
def test_the_morning_of_the_day_is_planned_the_day_before(days_before: int, expected: list[int]) -> None:
    assert steps(days_before, settled(morning=True)) == expected


@pytest.mark.parametrize(("days_before", "step"), [(7, 7), (1, 1)])
def test_a_reminder_goes_in_the_evening_of_its_day_whatever_her_hour(days_before: int, step: int) -> None:
    day = ON - timedelta(days=days_before)
    (reminder,) = plan(day, caregiver=replace(LAN, tip_hour=8))
    assert reminder.lane is Lane.VISIT
    assert (reminder.caregiver, reminder.subjects) == (LAN.id, (AN.id,))
    assert reminder.occasion == f"visit:1:2026-03-20:{step}"
    assert local(reminder.send_from).date() == day
    assert 17 <= local(reminder.send_from).hour < 20


def test_the_reminder_of_the_morning_goes_between_half_past_five_and_seven_local_time() -> None:
    china = replace(STATION, commune=replace(STATION.commune, province=replace(QUANG_NINH, zone="Asia/Shanghai")))
    for place in (STATION, china):
        visit = replace(VISIT, facility=replace(place, settings=FacilitySettings(morning_reminder=True)))
        (_eve, morning) = plan(ON - timedelta(days=1), visit=visit, hour=13)
        at = morning.send_from.astimezone(ZoneInfo(place.zone))
        assert at.date() == ON
        assert time(5, 30) <= at.time() < time(7, 0)


def test_a_late_reminder_goes_at_once() -> None:
    (reminder,) = plan(ON - timedelta(days=4), hour=9)
    assert reminder.send_from < moment_at(ON - timedelta(days=4), 9).now < reminder.expires_at


def test_planning_twice_gives_the_same_rows() -> None:
    assert plan(ON - timedelta(days=7)) == plan(ON - timedelta(days=5))


def test_the_last_reminder_is_of_use_until_the_morning_of_the_visit_or_its_end() -> None:
    (reminder,) = plan(ON - timedelta(days=1))
    assert local(reminder.expires_at).isoformat() == "2026-03-20T10:00:00+07:00"
    early = replace(VISIT, day=replace(DAY, hours=Hours(time(6), time(8))))
    (reminder,) = plan(ON - timedelta(days=1), visit=early)
    assert local(reminder.expires_at).isoformat() == "2026-03-20T08:00:00+07:00"


def test_one_who_joined_in_between_gets_only_what_is_still_to_come() -> None:
    joined = replace(LAN, joined_on=ON - timedelta(days=4))
    assert plan(ON - timedelta(days=3), caregiver=joined) == []
    assert len(plan(ON - timedelta(days=1), caregiver=joined)) == 1


def test_one_who_has_not_joined_gets_nothing() -> None:
    awaited = replace(LAN, joined_on=None)
    assert [plan(ON - timedelta(days=days), caregiver=awaited) for days in (7, 1)] == [[], []]


def test_siblings_share_one_reminder_that_names_each_vaccine_once() -> None:
    both = FamilyVisit(STATION, DAY, ((AN, Needs((PENTA, OPV))), (BE, Needs((PENTA,)))))
    (reminder,) = plan(ON - timedelta(days=7), visit=both)
    assert reminder.subjects == (AN.id, BE.id)
    items = (Text("vaccine.penta.short"), Text("vaccine.opv.short"))
    assert reminder.message.body.values["due"] == (Text("visit.due.all", {"items": items}),)


def test_a_row_keeps_its_key_whatever_becomes_due_so_that_nobody_is_told_twice() -> None:
    visits = (
        VISIT,
        FamilyVisit(STATION, DAY, ((AN, Needs((), (CHECKUP,))),)),
        FamilyVisit(STATION, DAY, ((AWAITED, Needs((), (ANTENATAL,))),)),
    )
    rows = {(one.message.body.key, one.occasion) for visit in visits for one in plan(ON, visit=visit)}
    rows |= {
        (one.message.body.key, one.occasion) for visit in visits for one in plan(ON - timedelta(days=7), visit=visit)
    }
    assert rows == {("visit.reminder.7", "visit:1:2026-03-20:7")}


def test_a_vaccination_says_to_bring_the_card_and_to_stay_thirty_minutes() -> None:
    values = reminder_message(VISIT, 7, LAN.id).body.values
    assert values["title"] == Text("visit.title.vaccination")
    assert keys(values["advice"]) == ["visit.advice.card", "visit.advice.stay"]
    assert (values["on"], values["where"], values["hours"]) == (ON, STATION.name, "07:30-10:30")


def test_after_a_checkup_alone_nobody_has_to_stay() -> None:
    visit = FamilyVisit(STATION, DAY, ((AN, Needs((), (CHECKUP,))),))
    message = reminder_message(visit, 7, LAN.id)
    assert message.body.values["title"] == Text("visit.title.checkup")
    assert keys(message.body.values["advice"]) == ["visit.advice.health_book"]
    assert labels(message)[2] == "visit.choice.done"


@pytest.mark.parametrize(
    ("due", "advice"),
    [
        (ANTENATAL, ["visit.advice.pregnancy_book"]),
        (TETANUS, ["visit.advice.pregnancy_book", "visit.advice.stay"]),
    ],
)
def test_a_pregnancy_alone_has_words_of_its_own_and_nobody_can_say_that_a_child_is_ill(
    due: CareForecast, advice: list[str]
) -> None:
    visit = FamilyVisit(STATION, DAY, ((AWAITED, Needs((), (due,))),))
    message = reminder_message(visit, 7, LAN.id)
    assert message.body.values["title"] == Text("visit.title.pregnancy")
    assert keys(message.body.values["advice"]) == advice
    assert labels(message) == [f"visit.choice.{one}" for one in ("coming", "cannot", "done", "moved")]
    (reminder,) = plan(ON - timedelta(days=7), visit=visit)
    assert reminder.subjects == ()


def test_a_child_and_a_pregnancy_are_one_reminder_with_a_line_each() -> None:
    visit = FamilyVisit(STATION, DAY, ((AN, Needs((PENTA,))), (AWAITED, Needs((), (ANTENATAL,)))))
    message = reminder_message(visit, 7, LAN.id)
    assert message.body.values["title"] == Text("visit.title.vaccination_both")
    assert keys(message.body.values["due"]) == ["visit.due.child", "visit.due.pregnancy"]
    assert "visit.choice.ill" in labels(message)
    assert "visit.choice.done" in labels(message)


def test_an_outreach_day_names_its_place_and_the_hours_of_that_day() -> None:
    day = SessionDay(ON, place="Nhà văn hóa thôn Khe Sím", hours=Hours(time(13, 30), time(15)))
    values = reminder_message(replace(VISIT, day=day), 1, LAN.id).body.values
    place = {"place": "Nhà văn hóa thôn Khe Sím", "station": STATION.name}
    assert (values["where"], values["hours"]) == (Text("visit.where.place", place), "13:30-15:00")


def test_a_reminder_has_five_answers_and_names_the_child() -> None:
    message = reminder_message(VISIT, 7, LAN.id)
    payloads = [choice.payload for row in message.choices for choice in row]
    assert payloads == [f"v1:visit:{LAN.id}:1:2026-03-20:{answer}" for answer in VisitAnswer]
    assert labels(message) == [f"visit.choice.{answer}" for answer in VisitAnswer]
    assert message.names_child


def test_who_said_that_she_comes_is_thanked_and_can_still_say_no() -> None:
    message = reminder_message(VISIT, 1, LAN.id, comes=True)
    assert message.body.key == "visit.reminder.coming"
    assert labels(message) == ["visit.choice.cannot"]


def test_two_reminders_of_one_visit_are_never_of_use_at_the_same_time() -> None:
    visit = settled(morning=True)
    for number in range(1, 50):
        caregiver = replace(LAN, id=CaregiverId(number))
        (first,) = plan(ON - timedelta(days=7), caregiver=caregiver, visit=visit)
        (second, third) = plan(ON - timedelta(days=1), caregiver=caregiver, visit=visit)
        assert first.expires_at <= second.send_from < second.expires_at <= third.send_from < third.expires_at
