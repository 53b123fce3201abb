"""Two nurses of one station change the same day: one of them does, the other sees it, and nobody is told twice."""

import asyncio
from datetime import date

from domain.session_changes import Trouble
from services.visits.session_days.change_session import Outcome, move_session
from storage.engine import Database
from tests.storage.session_village import MOVED, add_nurse, nurse_turn, open_station, send, session_rows
from tests.storage.sessions import FIRST, at
from tests.storage.village import Village

DAY, NINTH = date(2026, 11, 23), date(2026, 12, 9)


async def moves(database: Database, village: Village, chat: str, to: date) -> Outcome:
    async with database.begin() as uow:
        return await move_session(await nurse_turn(uow, at(DAY, 9), chat), village.station, FIRST, to)


async def open_with_two(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await open_station(uow, village)
        await add_nurse(uow, village, "Thảo", "thao")


async def test_the_second_sees_what_the_first_did_and_nobody_is_told_twice(
    database: Database, village: Village
) -> None:
    await open_with_two(database, village)
    assert (await moves(database, village, "hoa", MOVED)).trouble is None
    assert (await moves(database, village, "thao", NINTH)).trouble is Trouble.NO_SESSION
    assert (await moves(database, village, "thao", MOVED)).before
    assert len(await send(database, at(DAY, 9))) == 1


async def test_at_the_very_same_moment_one_changes_the_day_and_lan_reads_one_message(
    database: Database, village: Village
) -> None:
    await open_with_two(database, village)
    wishes = (moves(database, village, "hoa", MOVED), moves(database, village, "thao", NINTH))
    came = await asyncio.gather(*wishes, return_exceptions=True)
    # Where both are at work at once, the database refuses the second, whose update is then processed anew.
    assert sum(isinstance(one, Outcome) and one.trouble is None for one in came) == 1
    (told,) = await session_rows(database, village.lan)
    assert told[:2] in (("moved", "05.12>07.12"), ("moved", "05.12>09.12"))
    assert len(await send(database, at(DAY, 9))) == 1
