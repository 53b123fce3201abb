"""The columns that a station named, in rows, and the doses that its register is held against."""

import asyncio
from datetime import date

from domain.register_columns import RegisterColumns
from domain.register_doses import WrittenDose
from domain.register_rows import RegisterChild, RegisterDose
from services.ports.visits import Vaccination, VaccinationSource, Withdrawal
from services.turn import Work
from services.visits.import_register import ImportPlan, import_register
from storage.engine import Database
from tests.storage.sessions import WITHOUT_CARE, at, holds_sessions
from tests.storage.village import NOW, Village, add_station

BORN, DAY = date(2026, 10, 1), date(2026, 10, 10)
COLUMNS = {"name": "Họ tên", "birth_date": "Ngày sinh", "BCG.1": "Lao"}


async def test_a_station_names_its_columns_and_names_them_anew(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        other = await add_station(uow, village.commune, "Trạm khác")
        for columns in ({"name": "Tên"}, COLUMNS):
            await uow.registers.set_columns(village.station, columns)
    async with database.look() as uow:
        assert await uow.registers.columns_of(village.station) == COLUMNS
        assert list(await uow.registers.columns_of(village.station)) == list(COLUMNS)
        assert await uow.registers.columns_of(other) == {}


async def test_only_doses_that_stand_are_compared(database: Database, village: Village) -> None:
    record, told = VaccinationSource.RECORD, VaccinationSource.REPORTED
    doses = [
        Vaccination(village.an, "BCG", BORN, record),
        Vaccination(village.an, "HEPB0", BORN, record, date_known=False),
        Vaccination(village.an, "OPV", DAY, told),
    ]
    async with database.begin() as uow:
        await uow.visits.record(doses, at=NOW)
        wrong = (await uow.visits.history_of(village.an))[0].id
        await uow.visits.withdraw_row(wrong, why=Withdrawal.MISTAKE, by=None, at=NOW)
        written = await uow.registers.written_doses([village.an])
    assert written[village.an] == [
        WrittenDose(wrong + 1, "HEPB0", BORN, date_known=False),
        WrittenDose(wrong + 2, "OPV", DAY, is_report=True),
    ]


async def test_two_who_bring_in_the_same_register_at_once_keep_each_dose_once(
    database: Database, village: Village
) -> None:
    """The second one waits, and finds that nothing is new."""
    async with database.begin() as uow:
        facility = await holds_sessions(uow, village)
    child = RegisterChild(2, "An", BORN, doses=(RegisterDose("PENTA", date(2026, 12, 1), 2, "5 trong 1"),))
    columns = RegisterColumns(("name",), {"name": 0}, (), {"penta": "PENTA"})

    async def bring_in() -> int:
        async with database.begin() as uow:
            work = Work(uow, WITHOUT_CARE, at(date(2026, 12, 5), 10))
            plan = await import_register(work, facility, columns, [child])
            assert isinstance(plan, ImportPlan)
            return plan.counts.total()

    assert sorted(await asyncio.gather(bring_in(), bring_in())) == [0, 1]
