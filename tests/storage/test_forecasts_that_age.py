"""What the index of next days says of a child holds until something changes: an exemption ends, a care plan is new."""

from dataclasses import replace
from datetime import date, timedelta

from content.schedules.care_loading import load_care_plans
from domain.moment import Moment
from domain.vaccination.engine import Exemption
from services.ports.care import NewExemption
from services.ports.visits import Vaccination, VaccinationSource
from services.visits.refresh_forecasts import refresh_forecasts
from storage.engine import Database
from tests.storage.test_forecast_rows import MOMENT, VIETNAM, not_due
from tests.storage.village import NOW, Village

BORN = date(2026, 10, 1)
TODAY = NOW.date()


async def test_a_group_that_is_left_out_for_a_while_is_known_to_come_back(database: Database, village: Village) -> None:
    """An must not get BCG until 1 December: who plans a week ahead hears of it in time."""
    until = date(2026, 12, 1)
    async with database.begin() as uow:
        hepb = Vaccination(village.an, "HEPB0", BORN, VaccinationSource.RECORD)
        await uow.visits.record([hepb], at=NOW)
        for group in ("bcg", "penta_primary", "opv", "ipv"):
            exemption = NewExemption(village.an, group, Exemption.CONTRAINDICATED, until if group == "bcg" else None)
            await uow.care.exempt(exemption, at=NOW, actor=village.minh)
    await refresh_forecasts(database, VIETNAM, MOMENT)
    assert await not_due(database, village, until - timedelta(days=1))
    assert not await not_due(database, village, until)


async def test_new_care_plans_make_everybody_be_looked_at_anew(database: Database, village: Village) -> None:
    await refresh_forecasts(database, VIETNAM, MOMENT)
    with_plans = replace(VIETNAM, care_plans=tuple(load_care_plans().values()))
    assert await refresh_forecasts(database, with_plans, MOMENT) == 1
    assert await refresh_forecasts(database, with_plans, Moment(NOW, NOW)) == 0
