"""A record is put right: late doses with their true day, corrections with their history, what is not asked for."""

import shutil
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.attendance import Outcome
from domain.identifiers import ChildId
from domain.late_doses import GivenAt, GivenDay
from domain.session_closing import Say
from domain.tasks import TaskKind
from domain.vaccination.engine import Exemption
from services.access import Refused
from services.ports.tasks import NewTask
from services.ports.visits import Vaccination, VaccinationSource, Withdrawal
from services.turn import Turn
from services.visits.correct_record import confirm_report, correct_child, correct_day, correct_vaccine, withdraw_dose
from services.visits.keep_doses import Teller, keep_doses
from services.visits.list_session import list_session
from services.visits.note_exemption import end_exemption, note_exemption
from services.visits.record_late import record_late
from services.visits.session.mark_visit import mark_visit
from services.visits.show_record import list_children, show_record
from storage.engine import Database, open_database
from tests.fakes.databases import migrated_sqlite
from tests.services.session_room import BORN, TWO_MONTHS, Room, child, open_room
from tests.storage.sessions import FIRST
from tests.storage.village import settle

__all__ = ["migrated_sqlite"]
EARLIER, LATER = date(2026, 12, 3), date(2026, 12, 10)
DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def room(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Room]:
    database: Database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    yield await open_room(database, await settle(database))
    await database.close()


async def row_of(turn: Turn, one: ChildId, vaccine: str) -> int:
    """The number of the row that stands."""
    rows = (await show_record(turn, one)).standing
    return next(row.id for row in rows if row.vaccination.vaccine == vaccine)


async def is_due(turn: Turn, one: ChildId, vaccine: str) -> bool:
    return vaccine in {dose.vaccine for dose in (await show_record(turn, one)).due.doses}


async def test_a_dose_of_the_district_hospital_is_kept_with_its_true_date_as_read_from_the_card(room: Room) -> None:
    an = room.village.an
    async with room.turn() as turn:
        assert await is_due(turn, an, "PENTA")
        for _twice in range(2):
            await record_late(turn, an, "PENTA", GivenDay(EARLIER), GivenAt.ELSEWHERE)
        assert not await is_due(turn, an, "PENTA")
    found = [dose for dose in await room.doses(an) if dose.vaccine == "PENTA"]
    assert found == [Vaccination(an, "PENTA", EARLIER, VaccinationSource.CARD)]


@pytest.mark.parametrize("day", [BORN - DAY, FIRST + DAY])
async def test_no_dose_is_given_before_birth_or_in_the_future(room: Room, day: date) -> None:
    async with room.turn() as turn:
        with pytest.raises(Refused):
            await record_late(turn, room.village.an, "PENTA", GivenDay(day), GivenAt.HERE)


async def test_a_vaccine_that_the_schedule_does_not_know_is_not_kept(room: Room) -> None:
    async with room.turn() as turn:
        with pytest.raises(Refused):
            await record_late(turn, room.village.an, "WATER", GivenDay(EARLIER), GivenAt.HERE)


async def test_doses_of_unknown_date_count_for_silence_and_are_different_rows(room: Room) -> None:
    an = room.village.an
    async with room.turn() as turn:
        await record_late(turn, an, "OPV", GivenDay(None), GivenAt.ELSEWHERE)
        await record_late(turn, an, "OPV", GivenDay(None), GivenAt.ELSEWHERE)
        assert not await is_due(turn, an, "OPV")
    found = [dose for dose in await room.doses(an) if dose.vaccine == "OPV"]
    assert len({dose.given_on for dose in found}) == 2
    assert not any(dose.date_known for dose in found)


async def test_who_was_written_down_as_absent_and_is_recorded_with_that_day_was_there(room: Room) -> None:
    an = room.village.an
    async with room.turn() as turn:
        await mark_visit(turn, room.village.station, FIRST, child(an), Say(Outcome.NOT_COME))
    await room.closes()
    async with room.turn(day=LATER) as turn:
        await record_late(turn, an, "PENTA", GivenDay(FIRST), GivenAt.HERE)
    assert await room.words() == {child(an): Outcome.CAME}


async def test_a_wrong_date_is_corrected_and_the_old_row_stays_as_history(room: Room) -> None:
    an = room.village.an
    await room.closes()
    async with room.turn(day=LATER) as turn:
        wrong = await row_of(turn, an, "PENTA")
        await correct_day(turn, an, wrong, GivenDay(EARLIER))
        rows = (await show_record(turn, an)).rows
    old = next(row for row in rows if row.id == wrong)
    new = next(row for row in rows if row.corrects == wrong)
    assert (old.withdrawn_as, new.vaccination.given_on) == (Withdrawal.CORRECTED, EARLIER)
    assert (new.actor, new.vaccination.source, new.facility) == (room.hoa, VaccinationSource.RECORD, old.facility)


async def test_a_correction_tapped_twice_or_by_two_is_made_once(room: Room) -> None:
    an = room.village.an
    await room.closes()
    async with room.turn() as turn:
        wrong = await row_of(turn, an, "PENTA")
    for who, vaccine in (("hoa", "HEXA"), ("mai", "IPV"), ("hoa", "HEXA")):
        async with room.turn(who=who) as turn:
            await correct_vaccine(turn, an, wrong, vaccine)
    assert await room.given(an) == {"HEXA", "OPV"}


async def test_the_wrong_twin_gets_nothing_and_the_right_one_the_dose(room: Room) -> None:
    an, be = room.village.an, await room.adds("Bé")
    async with room.turn() as turn:
        await record_late(turn, an, "PENTA", GivenDay(EARLIER), GivenAt.HERE)
        await correct_child(turn, an, await row_of(turn, an, "PENTA"), be)
        assert (await is_due(turn, an, "PENTA"), await is_due(turn, be, "PENTA")) == (True, False)
        assert [one.id for one in (await show_record(turn, an)).siblings] == [be]


async def test_a_dose_is_not_moved_to_another_family(room: Room) -> None:
    an = room.village.an
    async with room.turn() as turn:
        await record_late(turn, an, "PENTA", GivenDay(EARLIER), GivenAt.HERE)
        with pytest.raises(Refused):
            await correct_child(turn, an, await row_of(turn, an, "PENTA"), ChildId(999))


async def test_what_was_never_given_is_asked_for_again_and_stays_as_history(room: Room) -> None:
    an = room.village.an
    await room.closes()
    async with room.turn() as turn:
        row = await row_of(turn, an, "PENTA")
        await withdraw_dose(turn, an, row)
        await withdraw_dose(turn, an, row)
        record = await show_record(turn, an)
        assert await is_due(turn, an, "PENTA")
    assert [one.withdrawn_as for one in record.rows if one.id == row] == [Withdrawal.MISTAKE]
    assert await room.given(an) == {"OPV"}


async def test_a_row_of_another_child_cannot_be_named(room: Room) -> None:
    an, be = room.village.an, await room.adds("Bé")
    async with room.turn() as turn:
        with pytest.raises(Refused):
            await withdraw_dose(turn, be, await row_of(turn, an, "BCG"))


async def test_what_the_family_told_is_confirmed_in_one_tap(room: Room) -> None:
    village = room.village
    async with room.turn() as turn:
        told = [Vaccination(village.an, "PENTA", EARLIER, VaccinationSource.REPORTED)]
        await keep_doses(turn, told, Teller(caregiver=village.lan))
        (report,) = (await show_record(turn, village.an)).unconfirmed
        for _twice in range(2):
            await confirm_report(turn, village.an, report.id)
        assert (await show_record(turn, village.an)).unconfirmed == ()
    sources = [dose.source for dose in await room.doses(village.an) if dose.vaccine == "PENTA"]
    assert sorted(sources) == ["record", "reported"]


async def test_what_must_not_be_given_is_on_no_list_until_it_is_taken_back(room: Room) -> None:
    an, station = room.village.an, room.village.station
    async with room.turn() as turn:
        await note_exemption(turn, an, "penta_primary", Exemption.CONTRAINDICATED, None)
        (entry,) = (await list_session(turn, station, FIRST)).entries
        assert entry.record.vaccines == ("OPV",)
        await end_exemption(turn, an, "penta_primary")
        (entry,) = (await list_session(turn, station, FIRST)).entries
        assert {*entry.record.vaccines} == TWO_MONTHS


async def test_what_is_not_wanted_for_a_month_is_asked_for_after_it(room: Room) -> None:
    an = room.village.an
    async with room.turn() as turn:
        await note_exemption(turn, an, "opv", Exemption.REFUSED, 1)
        assert not await is_due(turn, an, "OPV")
    async with room.turn(day=date(2027, 1, 5)) as turn:
        assert await is_due(turn, an, "OPV")


async def test_a_group_that_nobody_knows_is_not_noted(room: Room) -> None:
    async with room.turn() as turn:
        with pytest.raises(Refused):
            await note_exemption(turn, room.village.an, "water", Exemption.IMMUNE, None)


async def test_a_call_about_doses_is_dropped_when_they_are_recorded(room: Room) -> None:
    village = room.village
    async with room.turn() as turn:
        call = NewTask(
            TaskKind.MISSED_VISIT, f"missed:{village.an}:{FIRST}", village.family, due_on=FIRST, child=village.an
        )
        assert await turn.uow.tasks.add(call, at=turn.moment.now)
        await record_late(turn, village.an, "PENTA", GivenDay(EARLIER), GivenAt.ELSEWHERE)
        await record_late(turn, village.an, "OPV", GivenDay(EARLIER), GivenAt.ELSEWHERE)
        assert not await turn.uow.tasks.open_in([village.family], FIRST)


async def test_a_volunteer_opens_no_record(room: Room) -> None:
    async with room.turn(who="minh") as turn:
        with pytest.raises(Refused):
            await show_record(turn, room.village.an)
        with pytest.raises(Refused):
            await list_children(turn, room.village.family)
