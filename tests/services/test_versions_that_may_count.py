"""Which version of a schedule may take the place of the one that counts."""

from dataclasses import replace
from datetime import date

import pytest

from content.schedules.loading import load_schedules
from domain.vaccination.schedule import Schedule
from domain.vaccination.sources import SignOff
from services.visits.compare_versions import may_count
from services.visits.schedule_forecaster import ScheduleForecaster
from tests.fakes.programmes import PROGRAMME

DRAFT = replace(load_schedules()["vn-epi"], signed_off=None)
SIGNED = replace(DRAFT, signed_off=SignOff("Bác sĩ Đức", date(2026, 11, 1)))


@pytest.mark.parametrize(
    ("now", "coming", "rehearsal", "may"),
    [
        (SIGNED, DRAFT, False, False),
        (SIGNED, DRAFT, True, True),
        (SIGNED, SIGNED, False, True),
        (DRAFT, DRAFT, False, True),
        (DRAFT, SIGNED, False, True),
    ],
)
def test_a_draft_takes_the_place_of_no_signed_version_but_in_a_rehearsal(
    now: Schedule, coming: Schedule, rehearsal: bool, may: bool
) -> None:
    first, second = ScheduleForecaster(now), ScheduleForecaster(replace(coming, version="2027-01"))
    programme = replace(PROGRAMME, forecasters={"VN": first}, versions=(first, second), rehearsal=rehearsal)
    assert may_count(programme, second, {}) is may


def test_once_a_signed_version_counts_a_draft_does_not_come_back() -> None:
    draft, signed = ScheduleForecaster(DRAFT), ScheduleForecaster(replace(SIGNED, version="2027-01"))
    programme = replace(PROGRAMME, forecasters={"VN": draft}, versions=(draft, signed), rehearsal=False)
    assert may_count(programme, draft, {})
    assert not may_count(programme, draft, {"vn-epi": "2027-01"})
