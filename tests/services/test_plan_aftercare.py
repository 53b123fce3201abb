"""After a vaccination: what is planned for whom, and what makes it needless before it goes."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.aftercare import Answer
from domain.reader import Role
from domain.sending.outbox import Lane, Reason
from services.ports.visits import Vaccination, VaccinationSource
from services.visits.aftercare.plan_aftercare import plan_aftercare
from services.visits.keep_doses import Teller, keep_doses
from storage.engine import Database, open_database
from tests.fakes.databases import migrated_sqlite
from tests.services.aftercare_home import (
    DAY,
    OCCASION,
    add_twin,
    answer,
    at,
    claim,
    father,
    give,
    later,
    planned,
    programme,
    send,
    work_at,
)
from tests.storage.village import ZONE, Village, add_caregiver, settle

__all__ = ["migrated_sqlite"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def database(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Database]:
    opened = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    yield opened
    await opened.close()


@pytest.fixture
async def village(database: Database) -> Village:
    return await settle(database)


async def test_a_dose_of_today_is_asked_about_tonight_and_tomorrow(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", "OPV", moment=at(9))
        await give(uow, village, "PENTA", "OPV", moment=at(9))
        assert await planned(uow, village.lan) == [
            "1:2026-12-05:evening:injection",
            "1:2026-12-05:next_day:next_day",
        ]
        await plan_aftercare(work_at(uow, at(13)), ZONE)
        assert len(await planned(uow, village.lan)) == 2
        (evening,) = await claim(uow, at(20))
        assert evening.planned.lane is Lane.VISIT
        assert evening.planned.subjects == (village.an,)
        assert evening.planned.message.names_child


async def test_an_older_dose_told_today_is_asked_about_by_nobody(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9), on=later(-1))
        unknown = Vaccination(village.an, "OPV", DAY, VaccinationSource.CARD, date_known=False)
        await keep_doses(work_at(uow, at(9)), [unknown], Teller())
        for hour in (1, 7, 13, 19):
            await plan_aftercare(work_at(uow, at(hour)), ZONE)
        assert await planned(uow, village.lan) == []


async def test_bcg_told_of_late_still_has_its_watch_when_it_is_to_come(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "BCG", moment=at(9), on=later(-10))
        assert await planned(uow, village.lan) == []
        for day in range(1, 9):
            await plan_aftercare(work_at(uow, at(7, day=later(day))), ZONE)
        assert await planned(uow, village.lan) == ["1:2026-11-25:bcg:bcg"]


async def test_a_week_after_measles_vaccine_its_fever_is_spoken_of_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "MR", moment=at(9))
        for day in range(6, 12):
            await plan_aftercare(work_at(uow, at(7, day=later(day))), ZONE)
        assert [one for one in await planned(uow, village.lan) if "measles" in one] == ["1:2026-12-05:measles:measles"]


async def test_measles_vaccine_told_of_late_at_night_wakes_nobody_at_dawn(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "MR", moment=at(22), on=later(-8))
        assert await claim(uow, at(6, day=later(1))) == ()
        (fever,) = await claim(uow, at(8, day=later(1)))
        assert fever.planned.occasion == "after:1:2026-11-27:measles:measles"


async def test_what_is_told_after_eight_goes_in_the_morning(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(21))
        assert await claim(uow, at(23)) == ()
        (evening,) = await claim(uow, at(8, day=later(1)))
        assert evening.planned.occasion == OCCASION.format("evening:injection")


async def test_twins_share_a_message_and_one_recorded_later_is_asked_about_alone(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        twin = await add_twin(uow, village)
        await give(uow, village, "PENTA", moment=at(9))
        await give(uow, village, "PENTA", moment=at(9, 1), child=twin)
        decided = await send(uow, at(19, 30))
        assert decided == {
            "after:1:2026-12-05:evening:injection": Reason.NOT_SO_NOW,
            "after:1+2:2026-12-05:evening:injection": None,
        }


async def test_a_twin_recorded_after_the_message_went_is_asked_about_alone(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        twin = await add_twin(uow, village)
        await give(uow, village, "PENTA", moment=at(9))
        assert await send(uow, at(19)) == {OCCASION.format("evening:injection"): None}
        await give(uow, village, "PENTA", moment=at(19, 10), child=twin)
        evening = [one for one in await planned(uow, village.lan) if "evening" in one]
        assert evening == ["2:2026-12-05:evening:injection"]


async def test_a_newborn_sibling_is_spoken_of_more_carefully(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        baby = await add_twin(uow, village, born=later(-3))
        await give(uow, village, "PENTA", moment=at(9))
        await give(uow, village, "BCG", moment=at(9), child=baby)
        evening = [one for one in await planned(uow, village.lan) if "evening" in one]
        assert sorted(evening) == ["1:2026-12-05:evening:injection", "2:2026-12-05:evening:first_weeks"]


async def test_every_caregiver_who_joined_is_asked_and_nobody_else(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        tuan = await father(uow, village)
        waiting = await add_caregiver(uow, village, Role.GRANDMOTHER)
        await uow.families.add_care(waiting, Role.GRANDMOTHER, child=village.an)
        await uow.families.stop_caregiver(village.lan, at(8).now)
        await give(uow, village, "PENTA", moment=at(9))
        assert [len(await planned(uow, one)) for one in (tuan, waiting, village.lan)] == [2, 0, 0]


async def test_a_withdrawn_dose_is_not_asked_about(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9))
        await uow.visits.withdraw(village.an, DAY, facility=village.station, at=at(10).now)
        assert await send(uow, at(19)) == {OCCASION.format("evening:injection"): Reason.NOT_SO_NOW}


async def test_a_dose_withdrawn_and_recorded_again_the_same_evening_is_asked_about(
    database: Database, village: Village
) -> None:
    evening = OCCASION.format("evening:injection")
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9))
        await uow.visits.withdraw(village.an, DAY, facility=village.station, at=at(18).now)
        assert await send(uow, at(19)) == {evening: Reason.NOT_SO_NOW}
        await give(uow, village, "PENTA", moment=at(19, 10))
        assert await send(uow, at(19, 30)) == {evening: None}
        await uow.visits.withdraw(village.an, DAY, facility=village.station, at=at(19, 40).now)
        await give(uow, village, "PENTA", moment=at(19, 45))
        assert await send(uow, at(19, 50)) == {}


async def test_of_twins_the_one_whose_dose_stood_after_all_is_not_asked_about_twice(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        twin = await add_twin(uow, village)
        for child in (village.an, twin):
            await give(uow, village, "PENTA", moment=at(9), child=child)
        await uow.visits.withdraw(twin, DAY, facility=village.station, at=at(18).now)
        assert [one for one, reason in (await send(uow, at(19, 58))).items() if reason is None] == [
            "after:1:2026-12-05:evening:injection"
        ]
        await give(uow, village, "PENTA", moment=at(19, 59), child=twin)
        evening = [one for one in await planned(uow, village.lan) if "evening" in one]
        assert evening == ["2:2026-12-05:evening:injection"]


async def test_a_corrected_vaccine_changes_what_is_told(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "OPV", moment=at(9))
        await give(uow, village, "PENTA", moment=at(10))
        decided = await send(uow, at(19, 30))
        assert decided == {
            OCCASION.format("evening:drops"): Reason.NOT_SO_NOW,
            OCCASION.format("evening:injection"): None,
        }


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (Answer.WELL, None),
        (Answer.FEVER, None),
        (Answer.ELSE, Reason.ANSWERED),
        (Answer.SORE, Reason.ANSWERED),
        (Answer.FIT, Reason.ANSWERED),
    ],
)
async def test_the_second_asks_unless_the_nurse_knows_more(
    database: Database, village: Village, said: Answer, reason: Reason | None
) -> None:
    async with database.begin() as uow:
        tuan = await father(uow, village)
        await give(uow, village, "PENTA", moment=at(9))
        await send(uow, at(19))
        await answer(uow, village, said, at(19, 30))
        assert await send(uow, at(20, day=later(1))) == {OCCASION.format("next_day:next_day"): reason}
        states = {one: [row.state for row in await uow.outbox.timeline(one)] for one in (tuan, village.lan)}
        assert states[tuan] == states[village.lan]


@pytest.mark.parametrize(("approved", "reason"), [(True, None), (False, Reason.DRAFT_TEXT)])
async def test_a_draft_reaches_no_family(
    database: Database, village: Village, approved: bool, reason: Reason | None
) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9))
        in_earnest = programme(rehearsal=False, approved=approved)
        assert await send(uow, at(19), in_earnest) == {OCCASION.format("evening:injection"): reason}
