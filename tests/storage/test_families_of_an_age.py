"""How many families are of an age: by child or by pregnancy, each once, and nobody about whom contact ended."""

from datetime import date, timedelta

from domain.ends import ChildEnd, PregnancyEnd
from domain.sex import Sex
from services.ports.families import NewChild
from services.ports.programme import Days
from storage.engine import Database
from tests.storage.village import NOW, ZONE, Village

BORN, DUE = date(2026, 10, 1), date(2027, 3, 1)
AT_BIRTH, AT_DUE = [Days(BORN, BORN)], [Days(DUE, DUE)]
DAY = timedelta(days=1)


async def test_a_family_counts_from_the_first_day_to_the_last(database: Database, village: Village) -> None:
    async with database.look() as uow:
        count = uow.programme.families_within
        assert await count(born=[Days(BORN - DAY, BORN)], due=[]) == 1
        assert await count(born=[Days(BORN, BORN + DAY)], due=[]) == 1
        assert await count(born=[Days(BORN + DAY, BORN + DAY), Days(BORN - DAY, BORN - DAY)], due=[]) == 0
        assert await count(born=[], due=[]) == 0


async def test_twins_and_a_pregnancy_of_one_family_count_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.families.add_child(village.family, village.station, NewChild("Bình", BORN, Sex.MALE))
        await uow.families.add_pregnancy(village.family, village.station, DUE)
        other = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW)
        await uow.families.add_pregnancy(other, village.station, DUE)
        assert await uow.programme.families_within(born=AT_BIRTH, due=[]) == 1
        assert await uow.programme.families_within(born=AT_BIRTH, due=AT_DUE) == 2


async def test_who_is_no_longer_spoken_of_does_not_count(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        awaited = await uow.families.add_pregnancy(village.family, village.station, DUE)
        await uow.lives.end_child(village.an, ChildEnd.MOVED, NOW)
        assert await uow.programme.families_within(born=AT_BIRTH, due=AT_DUE) == 1
        await uow.lives.end_pregnancy(awaited, PregnancyEnd.LOST, NOW)
        assert await uow.programme.families_within(born=AT_BIRTH, due=AT_DUE) == 0
