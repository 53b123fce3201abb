"""The database itself: one transaction or nothing, and tables that are what the migration made."""

import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from services.ports import UnitsOfWork
from storage.engine import Database, open_database
from storage.migrating import migrate, pending
from storage.tables import metadata, outbox
from tests.fakes.databases import EACH_DATABASE, Postgres
from tests.storage.village import NOW, QUANG_NINH, Village, arrive, tip

REVISIONS = ["0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012"]


@pytest.fixture(params=EACH_DATABASE)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/100% new/cradle.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.create(f"empty_{tmp_path.name}")


async def test_a_unit_of_work_is_kept_together_or_not_at_all(database: Database) -> None:
    units: UnitsOfWork = database

    async def stop_half_way() -> None:
        async with units.begin() as uow:
            await uow.area.save_province(QUANG_NINH)
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await stop_half_way()
    async with units.look() as uow:
        assert await uow.area.zones() == ()


async def test_looking_changes_nothing(database: Database) -> None:
    with pytest.raises(DBAPIError):
        async with database.look() as uow:
            await uow.area.save_province(QUANG_NINH)


async def test_looking_waits_for_no_writer_and_sees_what_was_kept_before(database: Database) -> None:
    async with database.begin() as writer:
        await writer.area.save_province(QUANG_NINH)
        async with asyncio.timeout(5), database.look() as reader:
            assert await reader.area.zones() == ()


async def test_a_row_cannot_point_to_nothing(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.begin() as uow:
            await uow.area.save_commune("nowhere", "Minh Châu")


async def test_instants_come_back_aware_and_naive_ones_are_refused(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
    async with database.transaction() as connection:
        assert (await connection.execute(select(outbox.c.planned_at))).scalar_one() == NOW
    with pytest.raises(Exception, match="zone"):
        async with database.begin() as uow:
            await arrive(uow, "42", NOW.replace(tzinfo=None))


async def test_a_missing_database_is_noticed_by_asking(database: Database) -> None:
    await database.ping()


async def test_a_database_that_is_not_there_does_not_answer() -> None:
    nowhere = open_database("postgresql+psycopg://nobody@/nothing?host=/nonexistent")
    with pytest.raises(DBAPIError):
        await nowhere.ping()
    await nowhere.close()


@pytest.mark.parametrize("url", ["sqlite+aiosqlite://", "sqlite:///cradle.db", "mysql://localhost/cradle"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"SQLite needs a file|the database is"):
        open_database(url)


async def test_a_new_database_gets_its_tables_once(empty_url: str) -> None:
    new = open_database(empty_url)
    assert await pending(new) == REVISIONS
    assert await migrate(new) == REVISIONS
    assert (await pending(new), await migrate(new)) == ([], [])
    await new.close()


async def test_two_processes_that_migrate_at_once_take_turns(empty_url: str) -> None:
    both = [open_database(empty_url), open_database(empty_url)]
    ran = await asyncio.gather(*(migrate(one) for one in both))
    assert sorted(ran) == [[], REVISIONS]
    for one in both:
        await one.close()


async def test_the_tables_are_those_that_the_migration_makes(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    async with database.transaction() as connection:
        assert await connection.run_sync(differences) == []


async def test_constraints_bear_the_names_that_the_convention_gives(database: Database) -> None:
    def bad_names(connection: Connection) -> list[str]:
        inspector = inspect(connection)
        found: list[tuple[str, str | None]] = []
        for table in metadata.tables:
            found += [(f"fk_{table}_", key["name"]) for key in inspector.get_foreign_keys(table)]
            found += [(f"uq_{table}_", key["name"]) for key in inspector.get_unique_constraints(table)]
            found += [(f"ck_{table}_", key["name"]) for key in inspector.get_check_constraints(table)]
        # SQLite does not tell the name of a reference that a column got when it was added to a table.
        return [name for begin, name in found if name is not None and not name.startswith(begin)]

    async with database.transaction() as connection:
        assert await connection.run_sync(bad_names) == []


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
async def test_sqlite_loses_nothing_at_a_power_cut(tmp_path: Path, pragma: str, value: object) -> None:
    opened = open_database(f"sqlite+aiosqlite:///{tmp_path}/cradle.db")
    async with opened.transaction() as connection:
        assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar() == value
    await opened.close()
