"""Who came to a session day: one standing word of each side, and history behind it."""

from datetime import date, timedelta

from sqlalchemy import text

from domain.attendance import AttendanceSource, Outcome, Why
from domain.identifiers import FacilityId
from services.ports.attendances import Attendance
from storage.engine import Database
from tests.storage.village import NOW, Village

ON = date(2026, 11, 25)


def word(village: Village, outcome: Outcome = Outcome.CAME, *, on: date = ON, why: Why | None = None) -> Attendance:
    """The station's word about An."""
    return Attendance(
        village.station, on, outcome, AttendanceSource.RECORD, child=village.an, why=why, actor=village.minh
    )


def report(village: Village, outcome: Outcome = Outcome.CAME) -> Attendance:
    """Lan's word about An."""
    source = AttendanceSource.REPORTED
    return Attendance(village.station, ON, outcome, source, child=village.an, caregiver=village.lan)


async def count(database: Database) -> int:
    async with database.transaction() as connection:
        return int((await connection.execute(text("SELECT count(*) FROM attendances"))).scalar_one())


async def test_the_last_word_of_a_side_stands_and_the_earlier_one_stays_as_history(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.attendances.note([word(village, Outcome.NOT_COME)], NOW)
        await uow.attendances.note([word(village, Outcome.POSTPONED, why=Why.FEVER)], NOW)
        assert await uow.attendances.at_session(village.station, ON) == [
            word(village, Outcome.POSTPONED, why=Why.FEVER)
        ]
    assert await count(database) == 2


async def test_the_familys_word_stands_beside_the_stations(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.attendances.note([word(village, Outcome.NOT_COME), report(village)], NOW)
        assert await uow.attendances.at_session(village.station, ON) == [
            word(village, Outcome.NOT_COME),
            report(village),
        ]
        await uow.attendances.take_back([word(village)], NOW)
        assert await uow.attendances.at_session(village.station, ON) == [report(village)]


async def test_a_word_about_a_mother_is_not_one_about_a_child(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        pregnancy = await uow.families.add_pregnancy(village.family, village.station, date(2027, 3, 1))
        hers = Attendance(village.station, ON, Outcome.CAME, AttendanceSource.RECORD, pregnancy=pregnancy)
        await uow.attendances.note([word(village), hers], NOW)
        await uow.attendances.take_back([hers], NOW)
        assert await uow.attendances.at_session(village.station, ON) == [word(village)]
        assert await uow.attendances.withdraw(village.station, ON, village.an, NOW) == 1
        assert await uow.attendances.at_session(village.station, ON) == []


async def test_a_childs_words_come_in_order_of_date_and_only_its_own(database: Database, village: Village) -> None:
    earlier = ON - timedelta(days=20)
    async with database.begin() as uow:
        await uow.attendances.note([word(village), word(village, Outcome.NOT_COME, on=earlier)], NOW)
        found = await uow.attendances.of_children([village.an])
        assert [one.on for one in found[village.an]] == [earlier, ON]
        assert await uow.attendances.at_session(FacilityId(99), ON) == []
        assert await uow.attendances.of_children([]) == {}


async def test_a_taken_back_word_can_be_said_again(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        for _twice in range(2):
            await uow.attendances.note([word(village)], NOW)
            await uow.attendances.take_back([word(village)], NOW)
        await uow.attendances.note([word(village)], NOW)
        assert await uow.attendances.at_session(village.station, ON) == [word(village)]
