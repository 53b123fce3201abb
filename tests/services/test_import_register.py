"""Hoa's station brings in its register: the register wins, nothing is guessed, and a second time nothing changes."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.area import Facility
from domain.identifiers import ChildId
from domain.reader import Role
from domain.register_columns import RegisterColumns
from domain.register_doses import Change
from domain.register_rows import RegisterChild, RegisterDose
from domain.row_problem import RowProblem
from domain.sex import Sex
from domain.tasks import TaskKind
from services.ports.families import NewChild
from services.ports.tasks import NewTask
from services.ports.visits import HistoryRow, Vaccination, VaccinationSource, Withdrawal
from services.turn import Work
from services.visits.import_register import ImportPlan, import_register, map_register, plan_import
from services.visits.keep_doses import Teller, keep_doses
from services.visits.show_record import show_record
from storage.engine import Database, open_database
from tests.fakes.databases import migrated_sqlite
from tests.services.session_room import BORN, Room, open_room
from tests.storage.sessions import FIRST, WITHOUT_CARE, at
from tests.storage.village import NOW, ZONE, add_station, settle

__all__ = ["migrated_sqlite"]
GIVEN, NEAR = date(2026, 12, 3), date(2026, 12, 1)
RECORD, CARD, TOLD = VaccinationSource.RECORD, VaccinationSource.CARD, VaccinationSource.REPORTED
COLUMNS = RegisterColumns(("Họ tên", "Ngày sinh"), {"name": 0, "birth_date": 1}, (), {"5in1": "PENTA", "lao": "BCG"})
AT_BIRTH = ("BCG", BORN)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def room(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Room]:
    database: Database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    yield await open_room(database, await settle(database))
    await database.close()


def row(*doses: tuple[str, date], name: str = "Nguyễn Thị An", line: int = 2, phone: str = "") -> RegisterChild:
    """A child of the register, born when An was."""
    written = tuple(RegisterDose(vaccine, on, line, vaccine) for vaccine, on in doses)
    return RegisterChild(line, name, BORN, Sex.FEMALE, frozenset({phone} - {""}), doses=written)


async def station(work: Work, room: Room) -> Facility:
    facility = await work.uow.area.facility(room.village.station)
    assert facility is not None
    return facility


async def bring(room: Room, *children: RegisterChild) -> ImportPlan | tuple[RowProblem, ...]:
    async with room.database.begin() as uow:
        work = Work(uow, WITHOUT_CARE, at(FIRST, 10))
        return await import_register(work, await station(work, room), COLUMNS, children)


async def brought(room: Room, *children: RegisterChild) -> ImportPlan:
    plan = await bring(room, *children)
    assert isinstance(plan, ImportPlan), plan
    return plan


async def tells(room: Room, *doses: Vaccination) -> None:
    async with room.database.begin() as uow:
        await keep_doses(Work(uow, WITHOUT_CARE, at(FIRST, 9)), doses, Teller(caregiver=room.village.lan))


async def history(room: Room, vaccine: str = "PENTA") -> list[HistoryRow]:
    async with room.database.look() as uow:
        return [one for one in await uow.visits.history_of(room.village.an) if one.vaccination.vaccine == vaccine]


async def test_a_new_dose_is_kept_as_the_register_s_and_is_asked_for_no_more(room: Room) -> None:
    an = room.village.an
    plan = await brought(room, row(AT_BIRTH, ("PENTA", GIVEN)))
    assert plan.counts == {Change.NEW: 1}
    (kept,) = await history(room)
    assert kept.vaccination == Vaccination(an, "PENTA", GIVEN, VaccinationSource.REGISTER)
    assert (kept.facility, kept.actor) == (room.village.station, None)
    async with room.turn() as turn:
        due = (await show_record(turn, an)).due.doses
    assert "PENTA" not in {dose.vaccine for dose in due}


async def test_the_same_register_twice_changes_nothing(room: Room) -> None:
    await tells(
        room, Vaccination(room.village.an, "OPV", GIVEN, TOLD), Vaccination(room.village.an, "PENTA", NEAR, TOLD)
    )
    an = row(AT_BIRTH, ("PENTA", GIVEN))
    await brought(room, an)
    before = await room.doses(room.village.an)
    plan = await brought(room, an)
    assert (plan.counts, await room.doses(room.village.an)) == ({}, before)


async def test_a_look_saves_nothing(room: Room) -> None:
    async with room.database.look() as uow:
        work = Work(uow, WITHOUT_CARE, at(FIRST, 10))
        plan = await plan_import(work, await station(work, room), COLUMNS, [row(("PENTA", GIVEN))])
    assert isinstance(plan, ImportPlan)
    assert (plan.counts, await history(room)) == ({Change.NEW: 1}, [])


async def test_a_report_of_another_day_gives_way_and_stays_as_history(room: Room) -> None:
    await tells(room, Vaccination(room.village.an, "PENTA", NEAR, TOLD))
    plan = await brought(room, row(AT_BIRTH, ("PENTA", GIVEN)))
    assert plan.counts == {Change.CONFIRMED: 1}
    told, kept = await history(room)
    assert (told.withdrawn_as, kept.corrects, kept.vaccination.given_on) == (Withdrawal.REGISTER, told.id, GIVEN)


async def test_a_report_of_the_very_day_is_confirmed_and_stays_beside(room: Room) -> None:
    await tells(room, Vaccination(room.village.an, "PENTA", GIVEN, TOLD))
    assert (await brought(room, row(AT_BIRTH, ("PENTA", GIVEN)))).counts == {Change.CONFIRMED: 1}
    async with room.turn() as turn:
        record = await show_record(turn, room.village.an)
    assert record.unconfirmed == ()
    assert [one.withdrawn_at for one in await history(room)] == [None, None]


@pytest.mark.parametrize("source", [RECORD, CARD])
async def test_a_day_that_was_written_down_wrongly_is_put_right_by_the_register(
    room: Room, source: VaccinationSource
) -> None:
    await tells(room, Vaccination(room.village.an, "PENTA", NEAR, source))
    assert (await brought(room, row(AT_BIRTH, ("PENTA", GIVEN)))).counts == {Change.CORRECTED: 1}
    old, new = await history(room)
    assert (old.withdrawn_as, old.withdrawn_at is not None) == (Withdrawal.REGISTER, True)
    assert (new.corrects, new.vaccination.source) == (old.id, VaccinationSource.REGISTER)


async def test_a_dose_of_unknown_day_gets_its_day(room: Room) -> None:
    await tells(room, Vaccination(room.village.an, "PENTA", GIVEN, CARD, date_known=False))
    assert (await brought(room, row(AT_BIRTH, ("PENTA", GIVEN)))).counts == {Change.CORRECTED: 1}
    assert [one.vaccination.date_known for one in await history(room) if one.withdrawn_at is None] == [True]


async def test_what_our_record_has_beyond_the_register_is_told_and_never_withdrawn(room: Room) -> None:
    await tells(room, Vaccination(room.village.an, "PENTA", GIVEN, RECORD))
    plan = await brought(room, row())
    assert {dose.vaccine for one in plan.children for dose in one.doses.only_ours} == {"BCG", "PENTA"}
    assert [one.withdrawn_at for one in await history(room)] == [None]


async def test_one_unsure_row_keeps_the_whole_register_out(room: Room) -> None:
    await room.adds("Thị An")
    sure = row(("PENTA", GIVEN), name="Bé Bình")
    await room.adds("Bình")
    unsure = replace(row(("PENTA", GIVEN), line=7), sex=None)
    problems = await bring(room, replace(sure, sex=None, name="Bình"), unsure)
    assert isinstance(problems, tuple)
    assert [str(one).partition(" (")[0] for one in problems] == ["line 7, Họ tên: two children fit"]
    async with room.database.look() as uow:
        assert await uow.programme.audited("import_register") == 0
    assert await history(room) == []


async def test_the_caregiver_s_telephone_tells_two_children_apart(room: Room) -> None:
    await _other_family(room, "An", "+84900000000")
    plan = await brought(room, row(("PENTA", GIVEN), phone="+84912345678"))
    assert [one.child for one in plan.children] == [room.village.an]


async def test_children_of_another_station_and_of_none_are_told_and_passed_over(room: Room) -> None:
    async with room.database.begin() as uow:
        other = await add_station(uow, room.village.commune, "Trạm khác")
        await uow.lives.place_family(room.village.family, other)
    plan = await brought(room, row(("PENTA", GIVEN)), row(name="Người Lạ", line=9))
    assert (plan.children, sorted(plan.unknown)) == ((), [2, 9])
    assert await history(room) == []


async def test_a_call_about_a_missed_visit_closes_itself(room: Room) -> None:
    village = room.village
    call = NewTask(TaskKind.MISSED_VISIT, f"missed:{village.family}:{FIRST}", village.family, due_on=FIRST)
    async with room.database.begin() as uow:
        assert await uow.tasks.add(call, at=at(FIRST, 9).now)
    await brought(room, row(AT_BIRTH, ("PENTA", FIRST), ("OPV", FIRST)))
    async with room.database.look() as uow:
        assert await uow.tasks.open_in([village.family], date.max) == ()


async def test_a_mapping_and_an_import_stand_in_the_book_of_what_was_done(room: Room) -> None:
    async with room.database.begin() as uow:
        work = Work(uow, WITHOUT_CARE, at(FIRST, 10))
        await map_register(work, await station(work, room), {"name": "Họ tên"})
        assert await uow.registers.columns_of(room.village.station) == {"name": "Họ tên"}
    await brought(room, row(AT_BIRTH))
    async with room.database.look() as uow:
        assert [await uow.programme.audited(what) for what in ("map_register", "import_register")] == [1, 1]


async def test_when_keeping_fails_half_way_nothing_is_saved(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_anything: object, **_else: object) -> int:
        raise OSError("no room")

    await tells(room, Vaccination(room.village.an, "BCG", BORN + timedelta(days=3), RECORD))
    monkeypatch.setattr("services.visits.import_register.CHILDREN_AT_ONCE", 1)
    monkeypatch.setattr("services.visits.import_register._audit", broken)
    before = await room.doses(room.village.an)
    with pytest.raises(OSError, match="no room"):
        await bring(room, row(AT_BIRTH, ("PENTA", GIVEN)))
    assert await room.doses(room.village.an) == before


async def _other_family(room: Room, name: str, phone: str) -> ChildId:
    village = room.village
    async with room.database.begin() as uow:
        family = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW)
        await uow.families.add_caregiver(family, Role.MOTHER, "vi", phone)
        return await uow.families.add_child(family, village.station, NewChild(name, BORN, Sex.FEMALE))
