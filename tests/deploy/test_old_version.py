"""A new version comes in while the old one runs: the old code works on the new tables, and nothing is lost between.

The old code is the one that `deploy/OLDEST_RUNNING` names. It runs in processes of its own.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.wiring import make_parts
from domain.people import ActorRole
from storage.migrating import SCRIPTS, pending
from tests.deploy.old_version import take_out
from tests.fakes.databases import EACH_DATABASE, Postgres
from tests.fakes.simulator import running_simulator
from tests.trips.journeys import enrol_and_join_by_taps
from tests.trips.programs import KEY, TRACE, Program, cradle, running, surroundings
from tests.trips.village import START, TOKEN, Person, Village, import_area_of, read_library, settings_for

pytestmark = [pytest.mark.trip, pytest.mark.timeout(1800)]
TRIPS = (
    "tests/trips/test_enrolment.py::test_lan_is_enrolled_scans_the_qr_and_gets_her_first_messages",
    "tests/trips/test_reminders.py::test_lan_comes_and_is_reminded_again_on_the_eve",
)
BORN = "5/10/2026"  # two months later is a vaccination day in Suối Mơ
WITHIN = 20


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return take_out(tmp_path_factory.mktemp("old"))


def test_the_trips_of_the_old_version_go_as_they_went_on_the_new_tables(old: Path, tmp_path: Path) -> None:
    both = shutil.copytree(old, tmp_path / "both")
    shutil.rmtree(both / "alembic" / "versions")
    shutil.copytree(SCRIPTS / "versions", both / "alembic" / "versions", ignore=shutil.ignore_patterns("__pycache__"))
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("CRADLE_", "PYTEST_"))}
    # The new tables are made by the old program from the new steps; every other line is the old one's.
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-m", "not postgres", *TRIPS],
        cwd=both,
        env={**settings, "PYTHONPATH": str(both), "TRIPS": "all"},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]


@pytest.fixture(params=EACH_DATABASE)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/old.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.create("old_and_new")


async def greet(village: Village, name: str) -> Person:
    """Somebody writes for the first time, and is answered."""
    someone = await village.person(name)
    await village.stage.text(someone.phone, "/start")
    assert await village.stage.journal(method="sendMessage", chat_id=someone.phone, timeout=30)
    return someone


async def live_under_the_old_version(village: Village) -> Person:
    """The old code enrols, plans and sends on the new tables: Lan taps that they will come."""
    await import_area_of(village.parts, await village.parts.clock.moment())
    minh, lan = await village.actor("Minh", ActorRole.VOLUNTEER), await village.person("Lan")
    await enrol_and_join_by_taps(minh, lan, born=BORN)
    await village.pass_time(days=7)
    await lan.taps("visit.choice.coming")
    return lan


async def is_stopped(program: Program) -> None:
    assert await program.is_stopped(signal.SIGTERM, within=WITHIN) == 0
    assert TRACE.search(program.said) is None, program.said


async def test_the_old_version_runs_on_while_the_tables_grow_and_the_new_one_takes_over(
    old: Path, empty: str, tmp_path: Path, anyio_backend: str
) -> None:
    async with running_simulator([TOKEN], START) as simulator:
        now = surroundings(simulator.base_url, CRADLE_DATABASE_URL=empty)
        before = {**now, "PYTHONPATH": str(old)}
        assert (await cradle("migrate", at=tmp_path, settings=before)).code == 0
        read = settings_for(empty, simulator.base_url, tmp_path, CRADLE_SECRET_KEY=KEY)
        village = Village(simulator, read, make_parts(read, read_library()))
        async with running("run", at=tmp_path, settings=before) as program:
            first = await greet(village, "Hà")
            ended = await cradle("migrate", at=tmp_path, settings=now)
            assert (ended.code, "Done" in ended.said) == (0, True), ended.said
            await first.types("/help")
            lan = await live_under_the_old_version(village)
            await is_stopped(program)
        async with running("run", at=tmp_path, settings=now) as program:
            await lan.starts()
            await village.pass_time(days=7)
            await is_stopped(program)
        await nothing_is_lost(village, lan)
        await village.parts.close()


async def nothing_is_lost(village: Village, lan: Person) -> None:
    """Every update was answered, and every message that was planned is on Lan's phone once."""
    assert await village.rows("SELECT state FROM updates WHERE state <> 'done'") == []
    assert await village.rows("SELECT id FROM outbox WHERE state IN ('sending', 'uncertain')") == []
    assert await village.rows("SELECT id FROM outbox WHERE lease_until IS NOT NULL") == []
    planned = await village.rows("SELECT external_id FROM outbox WHERE lane > 0 AND state = 'sent'")
    heard = [str(message["message_id"]) for message in await lan.messages()]
    assert [heard.count(external_id) for (external_id,) in planned] == [1] * len(planned)
    keys = {key for key, _occasion, state, _reason in await village.outbox() if state == "sent"}
    assert {key.partition(".")[0] for key in keys} > {"visit"}, keys
    assert await pending(village.parts.database) == []
