"""A process on tables that are not its own version's, and a migration beside processes that run."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import migrating
from storage.engine import Database
from storage.migrating import SCRIPTS, CannotMigrateError, Patience, SchemaAheadError, migrate, pending

HEAD = migrating._scripts().get_current_head()
STEP = f"""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "of_tomorrow", "{HEAD}"
"""
ADDS = 'def upgrade():\n    op.add_column("outbox", sa.Column("mood", sa.String(10)))\n'
SHORT = Patience(lock=timedelta(milliseconds=100), step=timedelta(milliseconds=300), pause=timedelta(0), tries=2)
ON_POSTGRES = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
WithStep = Callable[[str], None]


@pytest.fixture
async def tomorrow(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WithStep]:
    """From now on the program is the one of tomorrow, which knows one step more."""

    def program_with(step: str) -> None:
        scripts = shutil.copytree(SCRIPTS, tmp_path / "alembic")
        (scripts / "versions" / "9999_of_tomorrow.py").write_text(STEP + step, encoding="utf-8")
        monkeypatch.setattr(migrating, "SCRIPTS", scripts)

    yield program_with
    await take_back(database)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """And from now on it is today's again."""
    return lambda: monkeypatch.setattr(migrating, "SCRIPTS", SCRIPTS)


async def take_back(database: Database) -> None:
    """The tables of PostgreSQL serve the other tests too."""
    async with database.transaction() as connection:
        if (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar() == HEAD:
            return
        await connection.execute(text(f"UPDATE alembic_version SET version_num = '{HEAD}'"))
        await connection.execute(text("DELETE FROM schema_floor"))
        await connection.execute(text("ALTER TABLE outbox DROP COLUMN mood"))


async def test_the_version_before_may_start_on_tables_that_only_grew(
    database: Database, tomorrow: WithStep, today: Callable[[], None]
) -> None:
    tomorrow(ADDS)
    assert await migrate(database) == ["of_tomorrow"]
    today()
    assert await pending(database) == []
    with pytest.raises(SchemaAheadError, match="start that one"):
        await migrate(database)


async def test_the_version_before_may_not_start_on_tables_that_lost_something_of_its_own(
    database: Database, tomorrow: WithStep, today: Callable[[], None]
) -> None:
    tomorrow('OLDEST = "of_tomorrow"\n' + ADDS)
    assert await migrate(database) == ["of_tomorrow"]
    assert await pending(database) == []
    today()
    with pytest.raises(SchemaAheadError, match="start that one"):
        await pending(database)


@ON_POSTGRES
async def test_a_table_in_use_keeps_nobody_waiting_behind_a_migration_and_it_is_tried_again(
    database: Database, tomorrow: WithStep
) -> None:
    tomorrow(ADDS)
    async with database.transaction() as reader:
        await reader.execute(text("SELECT count(*) FROM outbox"))
        with pytest.raises(CannotMigrateError, match=r"in use, 2 times over\. Nothing was changed"):
            await migrate(database, SHORT)
        patient = Patience(lock=timedelta(milliseconds=100), pause=timedelta(0), tries=1000)
        migrating_now = asyncio.create_task(migrate(database, patient))
        for _ in range(5):
            async with asyncio.timeout(5), database.look() as uow:
                assert await uow.outbox.count_uncertain() == 0
        assert not migrating_now.done()
    assert await asyncio.wait_for(migrating_now, 10) == ["of_tomorrow"]


@ON_POSTGRES
async def test_a_step_that_takes_too_long_is_undone_and_says_how_to_give_it_more(
    database: Database, tomorrow: WithStep
) -> None:
    tomorrow(ADDS + '    op.execute("SELECT pg_sleep(30)")\n')
    with pytest.raises(CannotMigrateError, match="Nothing was changed: give it more at a quiet hour"):
        await migrate(database, SHORT)
    assert await pending(database) == ["of_tomorrow"]
