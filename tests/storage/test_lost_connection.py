"""The connection to the database is lost in the middle of an answer: the update is sound, and Lan waits for seconds."""

from datetime import timedelta
from typing import cast

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot.receiving.inbox import AFTER_A_FAULT, LEASE, TRIES, Inbox
from bot.receiving.processing import Processor
from domain.moment import Moment
from services.ports import StoredUpdate
from services.ports.room import NotNowError
from storage.engine import Database
from storage.room import ConnectionLostError, Room
from tests.storage.village import BOT, NOW


class LostAgainAndAgain:
    """Processes an update once the database has been there long enough."""

    def __init__(self, database: Database, *, times: int) -> None:
        self.answered: list[int] = []
        self._database = database
        self._times = times

    async def process(self, stored: StoredUpdate, moment: Moment) -> None:
        if self._times:
            self._times -= 1
            raise NotNowError
        async with self._database.begin() as uow:
            await uow.updates.done(stored.id, moment.wall)
        self.answered.append(stored.update_id)


async def test_an_update_is_not_parked_for_faults_of_the_database_and_waits_for_seconds(database: Database) -> None:
    wall = NOW

    async def now() -> Moment:
        return Moment(NOW, wall)

    processor = LostAgainAndAgain(database, times=2 * TRIES)
    inbox = Inbox(database, cast("Processor", processor), bot=BOT, now=now)
    async with database.begin() as uow:
        await uow.updates.store(bot=BOT, update_id=7, chat="lan", body="{}", at=NOW)
    for _ in range(2 * TRIES):
        assert await inbox.take_turn() == "lan"
        with pytest.raises(NotNowError):
            await inbox.serve("lan")
        assert await inbox.take_turn() is None
        wall += AFTER_A_FAULT
    assert wall - NOW < LEASE
    assert await inbox.take_turn() == "lan"
    await inbox.serve("lan")
    assert processor.answered == [7]


async def test_a_turn_whose_lease_ran_out_meanwhile_is_left_to_who_has_it_now(database: Database) -> None:
    wall = NOW

    async def now() -> Moment:
        return Moment(NOW, wall)

    inbox = Inbox(database, cast("Processor", LostAgainAndAgain(database, times=1)), bot=BOT, now=now)
    async with database.begin() as uow:
        await uow.updates.store(bot=BOT, update_id=7, chat="lan", body="{}", at=NOW)
    assert await inbox.take_turn() == "lan"
    with pytest.raises(NotNowError):
        await inbox.serve("lan")
    wall += LEASE + timedelta(seconds=1)
    async with database.begin() as uow:
        assert await uow.updates.take_turn(BOT, wall=wall, lease_until=wall + LEASE) == "lan"
    assert await inbox.take_turn() is None


@pytest.mark.parametrize("told", [psycopg.OperationalError(), psycopg.errors.AdminShutdown()])
def test_a_server_that_stops_is_told_from_a_statement_that_is_wrong(told: psycopg.Error) -> None:
    with pytest.raises(ConnectionLostError, match="cannot be reached"):
        Room().look_at(OperationalError("SELECT 1", None, told))
    Room().look_at(OperationalError("SELECT 1", None, psycopg.errors.DeadlockDetected()))
