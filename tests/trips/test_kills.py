"""`cradle run` is killed at any moment, started again, and nobody notices: nothing acknowledged is lost.

Each start takes seconds, so a long fault run kills it only some times; `tests/faults/` kills bots that are warm. The
moments come from a seed, FAULT_SEED, which is printed.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import and_, or_, select, update

from domain.people import ActorRole
from storage.tables import chat_turns, outbox
from tests.trips.journeys import enrol_and_join
from tests.trips.programs import Program, start, surroundings
from tests.trips.village import START, TOKEN, Person, Village, quiet_village

ROUNDS = max(3, int(os.environ.get("FAULT_ROUNDS", "3")) // 20)
SEED = int(os.environ.get("FAULT_SEED", "20261122"))
pytestmark = pytest.mark.kill
NAMES = ("An", "Bông", "Cún", "Dế", "Én", "Gấu", "Heo", "Kem", "Lúa", "Mây", "Nai", "Ốc")
ANSWERING = ("answerCallbackQuery", "sendMessage", "sendPhoto", "editMessageText", "editMessageReplyMarkup")


@dataclass
class Reaper:
    """Kills `cradle run` a while after it started to work, and starts it again."""

    village: Village
    folder: Path
    chance: random.Random
    programs: list[Program] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)

    async def rage(self, rounds: int) -> None:
        """So many kills, each followed by a new start."""
        await self.start()
        for _ in range(rounds):
            when = self.chance.choice(("at work", "at work", "at work", "starting"))
            await (self._until_at_work() if when == "at work" else self._for_a_moment(1.5))
            await self.programs[-1].is_killed()
            self.kills[when] += 1
            await self._a_minute_passes()
            await self.start()

    async def start(self) -> None:
        settings = surroundings(self.village.simulator.base_url, CRADLE_DATABASE_URL=self.village.settings.database_url)
        self.programs.append(await start("run", at=self.folder, settings=settings))

    async def _until_at_work(self) -> None:
        """Until it has made some calls and is perhaps in the middle of the next."""
        stage, calls = self.village.stage, self.chance.randint(1, 14)
        seen = max((entry["seq"] for entry in await stage.journal()), default=0)
        while calls > 0:
            came = await stage.journal(since=seen, timeout=3)
            if not came:
                break
            seen = came[-1]["seq"]
            calls -= sum(entry["method"] in ANSWERING for entry in came)
        await self._for_a_moment(0.03)

    async def _for_a_moment(self, at_most: float) -> None:
        with suppress(TimeoutError):
            await self.programs[-1].ends(self.chance.uniform(0, at_most))

    async def _a_minute_passes(self) -> None:
        """What the dead process held in real time is free again: a minute is as good as over."""
        async with self.village.parts.database.transaction() as connection:
            for table in (outbox, chat_turns):
                held = update(table).where(table.c.lease_until.is_not(None))
                await connection.execute(held.values(lease_until=START))


@pytest.fixture
async def reaper(database_url: str, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Reaper]:
    """A village whose bot is a process of its own."""
    async with quiet_village(database_url, tmp_path) as village:
        reaper = Reaper(village, tmp_path, random.Random(SEED))
        try:
            yield reaper
        finally:
            for program in reaper.programs:
                await program.is_killed()


async def live_a_month(village: Village, minh: Person, *, child: str) -> Person:
    """A family from enrolment to the answer to a reminder."""
    lan = await village.person(f"Mẹ {child}")
    await lan.types("/start")
    born = (await village.now()).date().replace(day=1)
    born = born.replace(year=born.year - 1, month=11) if born.month == 1 else born.replace(month=born.month - 1)
    await enrol_and_join(minh, lan, born=f"{born:%d/%m/%Y}", name=child)
    for _week in range(5):
        await village.pass_time(days=7)
        with suppress(LookupError):
            await lan.taps("visit.choice.coming")
    return lan


async def test_whatever_kills_it_every_answer_is_kept_and_every_message_goes_once(reaper: Reaper) -> None:
    village = reaper.village
    raging = asyncio.create_task(reaper.rage(ROUNDS))
    minh = await village.actor("Minh", ActorRole.VOLUNTEER)
    mothers: list[Person] = []
    while not raging.done() or not mothers:
        mothers.append(await live_a_month(village, minh, child=NAMES[len(mothers)]))
    await raging
    await village.settled()

    figures = await accounts(village)
    print(f"seed {SEED}, kills: {dict(reaper.kills)}, families: {len(mothers)}, {figures}")  # noqa: T201 - to be read
    assert figures["uncertain or resent"] <= 4 * ROUNDS
    await assert_nothing_acknowledged_is_lost(village, len(mothers))
    await assert_every_message_went_once(village, [minh, *mothers])
    assert_logs_tell_nobody(reaper, mothers)


async def accounts(village: Village) -> dict[str, int]:
    """How many messages there are, and how many of them nobody can be sure of."""
    [(sent,)] = await village.rows("SELECT count(*) FROM outbox WHERE state = 'sent'")
    [(doubtful,)] = await village.rows("SELECT count(*) FROM outbox WHERE state = 'uncertain' OR resent")
    [(updates,)] = await village.rows("SELECT count(*) FROM updates")
    return {"updates": updates, "sent": sent, "uncertain or resent": doubtful}


async def assert_nothing_acknowledged_is_lost(village: Village, families: int) -> None:
    """Every update is done, and each family is there once with all that was answered."""
    [(first, last, count)] = await village.rows("SELECT min(update_id), max(update_id), count(*) FROM updates")
    assert count == last - first + 1
    assert await village.rows("SELECT update_id, problem FROM updates WHERE state <> 'done'") == []
    for table, each in (("families", 1), ("children", 1), ("caregivers", 1), ("consents", 2)):
        assert await village.rows(f"SELECT count(*) FROM {table}") == [(families * each,)], table
    assert await village.rows("SELECT form FROM drafts") == []
    [(answers,)] = await village.rows("SELECT count(DISTINCT caregiver_id) FROM visit_answers WHERE answer = 'coming'")
    assert answers == families


async def assert_every_message_went_once(village: Village, people: list[Person]) -> None:
    """On the phones stands what the ledger says was sent, once each, besides what it counts as doubtful."""
    is_late = or_(
        and_(outbox.c.state == "planned", outbox.c.send_from <= await village.now()), outbox.c.state == "sending"
    )
    lost = select(outbox.c.message_key, outbox.c.state).where(or_(is_late, outbox.c.reason == "expired"))
    async with village.parts.database.transaction() as connection:
        assert (await connection.execute(lost)).all() == []
    on_phones = {(one.phone, str(message["message_id"])) for one in people for message in await one.messages()}
    rows = await village.rows(
        "SELECT outbox.external_id, lane, addresses.external_id FROM outbox "
        "JOIN addresses ON addresses.id = outbox.address_id WHERE outbox.state = 'sent'"
    )
    told = [((int(chat), message), lane) for message, lane, chat in rows]
    assert {place for place, _lane in told} <= on_phones
    planned = Counter(place for place, lane in told if lane > 0)
    assert [place for place, count in planned.items() if count > 1] == []
    unaccounted = on_phones - {place for place, _lane in told}
    doubtful = (await accounts(village))["uncertain or resent"]
    assert len(unaccounted) <= doubtful


def assert_logs_tell_nobody(reaper: Reaper, mothers: list[Person]) -> None:
    """No name, number or token in what the processes said."""
    said = reaper.programs[0].said
    for secret in (TOKEN, TOKEN.partition(":")[2], "Suối Mơ", "Minh", *(one.name for one in mothers), "+8491234"):
        assert secret not in said
