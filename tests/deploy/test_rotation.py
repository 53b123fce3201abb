"""The key, the webhook's secret and the bot's token are changed while families go on writing: nothing is lost."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from app.console_process import run_console
from app.loops import Wake
from app.wiring import make_parts
from domain.message import OutgoingMessage, Text
from domain.people import ActorRole
from domain.sending.outbox import Lane, PlannedMessage
from services.enrolment import make_invite
from storage.engine import Database
from tests.fakes.ports import free_port
from tests.simulator.stage_client import Stage
from tests.trips.journeys import enrol
from tests.trips.programs import cradle, running, surroundings
from tests.trips.test_command_line import eventually, say
from tests.trips.village import Person, Village, code_in, quiet_village, read_library, settings_for

pytestmark = [pytest.mark.trip, pytest.mark.timeout(1200)]
OLD_KEY, NEW_KEY = "a key of before, of 32 letters and more", "a key of now, of 32 letters and more"
OLD_TOKEN, NEW_TOKEN = "700000001:of-before", "700000001:of-now"
OLD_SECRET, NEW_SECRET = "of_before", "of_now"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Keys:
    """A village whose bot is started with one key after another."""

    def __init__(self, village: Village, database_url: str, folder: Path) -> None:
        self.village = village
        self._where = database_url, folder

    @asynccontextmanager
    async def under(self, key: str, also: str = "") -> AsyncIterator[None]:
        url, folder = self._where
        keys = {"CRADLE_SECRET_KEY": key, "CRADLE_SECRET_KEY_ALSO": also}
        await self.village.parts.close()
        self.village.settings = settings_for(url, self.village.simulator.base_url, folder, **keys)
        self.village.parts = make_parts(self.village.settings, read_library())
        try:
            await self.village.start_bot()
            yield
        finally:
            await self.village.stop_bot()


@pytest.fixture
async def keys(database_url: str, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Keys]:
    async with quiet_village(database_url, tmp_path) as village:
        yield Keys(village, database_url, tmp_path)


async def is_let_in(person: Person, code: str) -> bool:
    """Whether the code opens the questions of joining for her."""
    await person.starts()
    return await person.types(code) == person.as_mother.words("form.joining.language")


async def test_a_code_of_before_the_change_opens_and_one_of_after_it_too(keys: Keys) -> None:
    async with keys.under(OLD_KEY):
        minh = await keys.village.actor("Minh", ActorRole.VOLUNTEER)
        of_before = code_in(await enrol(minh, name="An"))
        never_used = code_in(await enrol(minh, name="Bi"))
    async with keys.under(OLD_KEY, also=NEW_KEY):
        of_between = code_in(await enrol(minh, name="Cún"))
    async with keys.under(NEW_KEY, also=OLD_KEY):
        of_after = code_in(await enrol(minh, name="Dế"))
        for name, code in (("Lan", of_before), ("Mai", of_between), ("Hà", of_after)):
            assert await is_let_in(await keys.village.person(name), code)
    async with keys.under(NEW_KEY):
        assert not await is_let_in(await keys.village.person("Bình"), never_used)


async def test_before_the_change_every_process_knows_what_the_first_changed_one_makes(keys: Keys) -> None:
    async with keys.under(NEW_KEY, also=OLD_KEY):
        minh = await keys.village.actor("Minh", ActorRole.VOLUNTEER)
        code = code_in(await enrol(minh))
    async with keys.under(OLD_KEY, also=NEW_KEY):
        assert await is_let_in(await keys.village.person("Lan"), code)


async def test_two_families_never_hold_the_same_digits_under_two_keys(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: Iterator[str] = iter(["123456", "123456", "654321"])
    monkeypatch.setattr(make_invite, "new_code", lambda: next(drawn))
    async with keys.under(OLD_KEY):
        minh = await keys.village.actor("Minh", ActorRole.VOLUNTEER)
        assert code_in(await enrol(minh, name="An")).split() == ["123", "456"]
    async with keys.under(NEW_KEY, also=OLD_KEY):
        assert code_in(await enrol(minh, name="Bi")).split() == ["654", "321"]


async def test_deliveries_with_the_secret_of_before_are_taken_during_the_change(
    database_url: str, tmp_path: Path, anyio_backend: str
) -> None:
    bind = f"127.0.0.1:{free_port()}"
    secrets = {"CRADLE_WEBHOOK_SECRET": NEW_SECRET, "CRADLE_WEBHOOK_SECRET_ALSO": OLD_SECRET}
    hook = {"CRADLE_WEBHOOK_URL": f"http://{bind}/telegram", "CRADLE_BIND": bind, **secrets}
    async with quiet_village(database_url, tmp_path, more=hook) as village:
        listening = asyncio.create_task(run_console(village.parts, Wake()))
        await eventually(f"http://{bind}/healthz")
        async with httpx.AsyncClient(base_url=f"http://{bind}", trust_env=False) as telegram:
            for number, (secret, status) in enumerate(((OLD_SECRET, 200), (NEW_SECRET, 200), ("guessed", 403))):
                body = {"update_id": number, "message": {"chat": {"id": 1}}}
                assert (await telegram.post("/telegram", json=body, headers={HEADER: secret})).status_code == status
        assert await village.rows("SELECT update_id FROM updates ORDER BY update_id") == [(0,), (1,)]
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def plan_a_word(database: Database) -> None:
    """Something is to be said to the only chat there is."""
    async with database.transaction() as connection:
        rows = await connection.exec_driver_sql("SELECT external_id FROM addresses")
        (external_id,) = rows.one()
    async with database.begin() as uow:
        address = await uow.people.find_address(channel="telegram", bot="700000001", external_id=external_id)
        assert address is not None
        assert address.last_inbound_at is not None
        at = address.last_inbound_at
        word, end = OutgoingMessage(Text("menu.help")), at + timedelta(days=1)
        await uow.outbox.plan([PlannedMessage(Lane.REPLY, word, "update:999", at, end, address=address.id)], at)


async def test_a_token_is_revoked_under_a_running_bot_and_everything_goes_on_with_the_new_one(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    bind = f"127.0.0.1:{free_port()}"
    origin = f"http://{bind}"
    old = surroundings(
        origin, CRADLE_DATABASE_URL=database_url, CRADLE_SIMULATOR_BIND=bind, CRADLE_TELEGRAM_TOKEN=OLD_TOKEN
    )
    new = {**old, "CRADLE_TELEGRAM_TOKEN": NEW_TOKEN}
    world = ("simulator", "--state", "world.jsonl")
    async with running("run", at=tmp_path, settings=old) as bot:
        async with running(*world, at=tmp_path, settings=old), Stage(origin) as stage:
            await eventually(f"{origin}/sim/clock")
            lan = await stage.add_phone("Lan")
            await stage.text(lan, "/start")
            assert await stage.journal(method="sendMessage", chat_id=lan, timeout=20)
        async with running(*world, at=tmp_path, settings=new), Stage(origin) as stage:
            await eventually(f"{origin}/sim/clock")
            await plan_a_word(database)
            await say(bot, "bot_refused")
            before = len(await stage.messages(lan))
            await stage.text(lan, "/help")
            assert await bot.is_stopped(signal.SIGTERM, within=20) == 0
            ended = await cradle("run", at=tmp_path, settings=old)
            assert "Telegram does not know this token" in ended.said
            async with running("run", at=tmp_path, settings=new) as again:
                async with asyncio.timeout(30):
                    while len(await stage.messages(lan)) < before + 3:  # /help, its answer, and the word
                        await stage.journal(method="sendMessage", chat_id=lan, timeout=1)
                assert await again.is_stopped(signal.SIGTERM, within=20) == 0
            assert len(await stage.messages(lan)) == before + 3
    async with database.transaction() as connection:
        states = await connection.exec_driver_sql("SELECT state, attempts, count(*) FROM outbox GROUP BY 1, 2")
        assert [row[0] for row in states] == ["sent"]
