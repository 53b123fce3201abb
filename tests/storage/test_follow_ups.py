"""What follows a dose fails alone: the dose stays on record."""

from collections.abc import Sequence
from datetime import date

import pytest

from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Work
from services.visits import keep_doses as keeping
from services.visits.keep_doses import Teller, keep_doses
from storage.engine import Database
from tests.storage.test_forecast_rows import MOMENT, VIETNAM
from tests.storage.village import NOW, Village

BCG_AT_BIRTH = date(2026, 10, 1)


async def test_a_dose_stays_on_record_when_what_follows_it_makes_no_sense(
    database: Database, village: Village, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    followed: list[str] = []

    async def breaks(work: Work, _doses: Sequence[Vaccination]) -> None:
        await work.uow.programme.audit("half_done", at=NOW)
        raise ValueError("an occasion that is none")

    async def goes_on(_work: Work, doses: Sequence[Vaccination]) -> None:
        followed.append(doses[0].vaccine)

    monkeypatch.setattr(keeping, "AFTER_DOSES", (breaks, goes_on))
    bcg = Vaccination(village.an, "BCG", BCG_AT_BIRTH, VaccinationSource.RECORD)
    async with database.begin() as uow:
        assert await keep_doses(Work(uow, VIETNAM, MOMENT), [bcg], Teller(actor=village.minh)) == 1
    async with database.look() as uow:
        assert await uow.visits.vaccinations_of([village.an]) == {village.an: [bcg]}
        assert await uow.programme.audited("half_done") == 0
    assert followed == ["BCG"]
    assert [record.message for record in caplog.records] == ["follow_up_failed"]


async def test_what_fails_in_the_database_is_tried_again_with_everything(
    database: Database, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away(Exception):
        """What a driver raises."""

    async def loses_the_database(_work: Work, _doses: Sequence[Vaccination]) -> None:
        raise Away

    monkeypatch.setattr(keeping, "AFTER_DOSES", (loses_the_database,))
    bcg = Vaccination(village.an, "BCG", BCG_AT_BIRTH, VaccinationSource.RECORD)
    with pytest.raises(Away):
        async with database.begin() as uow:
            await keep_doses(Work(uow, VIETNAM, MOMENT), [bcg], Teller(actor=village.minh))
    async with database.look() as uow:
        assert await uow.visits.vaccinations_of([village.an]) == {village.an: []}
