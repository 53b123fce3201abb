"""A village for trips: the real bot over HTTP against the simulator, a database, and people with phones."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.area_file import AreaFile, read_area_file
from app.bot_process import Wakes, bot_name, run_bot
from app.loops import Wake
from app.scheduler_process import run_scheduler
from app.settings import Settings, load_settings
from app.staff import invite_link
from app.wiring import Parts, make_parts
from content.library import Library, load_library
from domain.identifiers import CaregiverId
from domain.invite import ActorPlace
from domain.message import Text, Value
from domain.moment import Moment
from domain.people import ActorRole
from domain.reader import Reader, Role
from domain.sending.outbox import Lane
from services.messages.receive_update import receive_update
from services.ports.outbox import OutboxEntry
from services.staff.import_area import import_area
from tests.fakes.simulator import RunningSimulator, Stage, running_simulator

TOKEN = "700000001:token-of-the-trips"
START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)  # a Sunday, 9 o'clock in Quảng Ninh
ROOT = Path(__file__).resolve().parents[2]
MARKUP = re.compile(r"</?(?:b|i|code)>")
SELDOM = 0.05  # seconds between two looks at something that takes long
PATIENCE = 180.0
Json = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody with a phone. What she does returns when the bot has answered all of it."""

    name: str
    phone: int
    village: "Village"
    language: str = "vi"
    role: Role | None = None

    @property
    def stage(self) -> Stage:
        return self.village.stage

    async def types(self, words: str) -> str:
        """She types; gives what the bot said to it."""
        return await self._after(self.stage.text(self.phone, words))

    async def taps(self, label: str) -> str:
        """She taps the newest button with this label, given by its key (`choice.save`) or by its first words."""
        return await self._after(self.stage.tap_labelled(self.phone, self.words(label)))

    async def presses(self, key: str) -> str:
        """She presses a key of the keyboard in place of the letters, given as `menu.enrol` or by its words."""
        label = self.words(key)
        keyboard = (await self.stage.phone(self.phone))["keyboard"] or {"keyboard": []}
        for row, keys in enumerate(keyboard["keyboard"]):
            for column, one in enumerate(keys):
                if label in one["text"]:
                    return await self._after(self.stage.key(self.phone, row=row, column=column))
        raise LookupError(f"{self.name} has no key with {label!r}")

    def words(self, key: str, **values: Value) -> str:
        """A text of the interface as she reads it; what is no key stands for itself."""
        if not self.village.parts.library.texts.has(key, "en"):
            return key
        reader = Reader(language=self.language, zone="UTC", role=self.role)
        return MARKUP.sub("", self.village.parts.library.renderer.render_plain(Text(key, values), reader))

    async def forges(self, data: str) -> str:
        """A tap with data that no button has."""
        last = await self.stage.last_message(self.phone)
        return await self._after(self.stage.forge_tap(self.phone, last["message_id"], data))

    @property
    def as_mother(self) -> "Person":
        """She, spoken to as the mother of her child: some languages have a word for it."""
        return replace(self, role=Role.MOTHER)

    async def starts(self) -> str:
        """She finds the bot by herself and presses Start."""
        return await self.types("/start")

    async def taps_in(self, message: Json, label: str) -> str:
        """She taps a button of one message, however old it is; `message` as she saw it then."""
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(one["callback_data"] for row in rows for one in row if one["text"].startswith(self.words(label)))
        return await self._after(self.stage.forge_tap(self.phone, message["message_id"], data))

    async def sends(self, kind: str, content: bytes = b"OggS", *, caption: str = "") -> str:
        """She sends a voice message, a photo or a document."""
        return await self._after(self.stage.file(self.phone, kind, content, name=kind, caption=caption))

    async def opens(self, link: str) -> str:
        """She opens a link."""
        return await self._after(self.stage.open(self.phone, link))

    async def scans(self, other: "Person") -> str:
        """Her camera reads the newest picture on somebody's screen."""
        pictures = [m for m in await self.stage.messages(other.phone) if "photo" in m]
        scan = self.stage.scan(self.phone, screen_of=other.phone, message_id=pictures[-1]["message_id"])
        return await self._after(scan)

    async def shares(self, number: str, *, of: int | None) -> str:
        """She shares a contact, her own or somebody's."""
        return await self._after(self.stage.contact(self.phone, number, self.name, user_id=of))

    async def blocks(self) -> None:
        """She blocks the bot, without a word to it: what Telegram tells us of it has arrived and is noted."""
        known = await self.village.updates_received()
        await self.stage.block(self.phone)
        await self.village.updates_received(more_than=known)
        await self.village.settled()

    async def unblocks(self) -> str:
        """She lets the bot in again, and presses Start: Telegram tells of both."""
        known = await self.village.updates_received()
        await self.stage.unblock(self.phone)
        await self.village.updates_received(more_than=known + 1)
        await self.village.settled()
        return await self.reads()

    async def reads(self) -> str:
        """The newest message of the bot, text or caption."""
        return words_of([m for m in await self.stage.messages(self.phone) if m["outgoing"]][-1])

    async def has_read(self) -> list[str]:
        """Every message of the bot, in order."""
        return [words_of(m) for m in await self.stage.messages(self.phone) if m["outgoing"]]

    async def messages(self) -> list[Json]:
        """The bot's messages as Telegram's objects."""
        return [m for m in await self.stage.messages(self.phone) if m["outgoing"]]

    async def keys(self) -> list[str]:
        """The keys of her keyboard."""
        keyboard = (await self.stage.phone(self.phone))["keyboard"] or {"keyboard": []}
        return [key["text"] for row in keyboard["keyboard"] for key in row]

    async def _after(self, action: Any) -> str:
        done = await action
        if done.get("update_id") is not None:
            await self.village.answered(done["update_id"])
        else:
            await self.village.settled()
        return await self.reads()


def words_of(message: Json) -> str:
    """A message's words."""
    return str(message.get("text") or message.get("caption") or "")


@dataclass
class Village:
    """The simulator, the bot's parts and the people."""

    simulator: RunningSimulator
    settings: Settings
    parts: Parts
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def stage(self) -> Stage:
        return self.simulator.stage

    async def start_bot(self) -> None:
        """Start bot and scheduler, as `cradle run` does."""
        wakes = Wakes(Wake(), Wake())
        self.tasks = [
            asyncio.create_task(run_bot(self.parts, wakes)),
            asyncio.create_task(run_scheduler(self.parts, wakes.sender)),
        ]
        await self.until(self._is_followed, "the scheduler to follow the clock")

    async def stop_bot(self) -> None:
        """Stop them; what is in the database stays."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.tasks = []

    async def person(self, name: str, *, language: str = "vi") -> Person:
        """A stranger with a phone."""
        number = f"+8491234{abs(hash(name)) % 10000:04d}"
        phone = await self.stage.add_phone(name, language_code=language, phone_number=number)
        return Person(name, phone, self, language)

    async def actor(
        self, name: str, role: ActorRole, *, communes: Sequence[str] = ("Suối Mơ",), language: str = "vi"
    ) -> Person:
        """Somebody who works for the programme, and has opened her invite."""
        someone = await self.person(name, language=language)
        async with self.parts.database.look() as uow:
            facilities = await uow.area.facilities()
        home = [one for one in facilities if one.commune.name in communes]
        place = ActorPlace(
            name,
            role,
            communes=tuple(one.commune.id for one in home) if role is ActorRole.VOLUNTEER else (),
            facility=home[0].id if role is ActorRole.HEALTH_WORKER else None,
        )
        await someone.opens(await invite_link(self.parts, place, "cradle_demo_bot"))
        return someone

    async def pass_time(self, **how: Any) -> None:
        """Move the clock (`days=1`, `months=1`, `to=…`, `until="next_message"`); everything in between happens."""
        await self.stage.move(**how)
        await self._arrived()
        await self.settled()

    async def now(self) -> datetime:
        """The programme's time."""
        return (await self.parts.clock.moment()).now

    async def brings(self, kind: str, content: Json) -> None:
        """An update that no phone on the stage can cause: from a group, or of a kind we never asked for."""
        update_id = 900_000_000 + len(await self.rows("SELECT id FROM updates"))
        body = json.dumps({"update_id": update_id, kind: content}).encode()
        await receive_update(
            self.parts.database, bot=bot_name(self.parts), body=body, moment=await self.parts.clock.moment()
        )
        await self.answered(update_id)

    async def audited(self, action: str = "refused") -> list[Any]:
        """What the audit log says of an action: (address, actor, subject, details), in order."""
        return await self.rows(
            "SELECT address_id, actor_id, subject, details FROM audit_entries WHERE action = :action ORDER BY id",
            action=action,
        )

    async def answered(self, update_id: int) -> None:
        """Wait until an update is processed and everything it led to is sent."""

        async def is_done() -> bool:
            rows = await self.rows("SELECT state FROM updates WHERE update_id = :id", id=update_id)
            return bool(rows) and rows[0][0] != "received"

        await self.until(is_done, f"update {update_id} to be answered")
        await self.settled()

    async def updates_received(self, *, more_than: int = -1) -> int:
        """How many updates were ever received; waits until they are more than this."""
        count = 0

        async def are_more() -> bool:
            nonlocal count
            count = int((await self.rows("SELECT count(*) FROM updates"))[0][0])
            return count > more_than

        await self.until(are_more, "one more update")
        return count

    async def settled(self) -> None:
        """Wait until nothing is received, due or on its way."""
        await self.until(self._is_quiet, "everything to be sent")

    async def rows(self, statement: str, **values: Any) -> list[Any]:
        """What is in the database."""
        async with self.parts.database.transaction() as connection:
            return list((await connection.execute(text(statement), values)).all())

    async def outbox(self) -> list[Any]:
        """Every row that is no reply: (message_key, occasion, state, reason), in order of planning."""
        return await self.rows(
            "SELECT message_key, occasion, state, reason FROM outbox WHERE lane > 0 ORDER BY send_from, id"
        )

    async def caregiver_of(self, person: Person) -> CaregiverId:
        """Who speaks from her phone, as our tables number her."""
        bot = TOKEN.partition(":")[0]
        async with self.parts.database.look() as uow:
            address = await uow.people.find_address(channel="telegram", bot=bot, external_id=str(person.phone))
            assert address is not None, f"{person.name} never wrote"
            return (await uow.families.caregivers_at(address.id))[0].id

    async def ledger(self, person: Person) -> list[OutboxEntry]:
        """Everything that was to be said to her without being asked, in order of time."""
        caregiver = await self.caregiver_of(person)
        async with self.parts.database.look() as uow:
            return [row for row in await uow.outbox.timeline(caregiver) if row.lane is not Lane.REPLY]

    async def _is_followed(self) -> bool:
        return bool((await self.stage.clock())["follower"])

    async def _arrived(self) -> None:
        """Wait until the clock has arrived. A long way takes long: patience ends only where it stops on the way."""
        passed = None
        async with asyncio.timeout(PATIENCE) as patience:
            while (clock := await self.stage.clock())["moving"]:
                self._raise_if_dead("the clock to arrive")
                if clock["now"] != passed:
                    passed = clock["now"]
                    patience.reschedule(asyncio.get_running_loop().time() + PATIENCE)
                await asyncio.sleep(SELDOM)

    async def _is_quiet(self) -> bool:
        if await self.rows("SELECT id FROM updates WHERE state = 'received' LIMIT 1"):
            return False
        now = await self.now()
        async with self.parts.database.look() as uow:
            return not await uow.outbox.waiting(now)

    async def until(self, holds: Any, what: str, *, look_every: float = 0.005) -> None:
        """Wait until this holds; `what` says for what, should the bot die meanwhile."""
        async with asyncio.timeout(PATIENCE):
            while not await holds():
                self._raise_if_dead(what)
                await asyncio.sleep(look_every)
                look_every = min(1.5 * look_every, SELDOM)

    def _raise_if_dead(self, what: str) -> None:
        for task in self.tasks:
            if task.done() and not task.cancelled() and task.exception():
                raise RuntimeError(f"the bot died while we waited for {what}") from task.exception()


@asynccontextmanager
async def open_village(database_url: str, folder: Path, *, start: datetime = START) -> AsyncIterator[Village]:
    """A village with two communes, its bot running."""
    async with quiet_village(database_url, folder, start=start) as village:
        try:
            await village.start_bot()
            yield village
        finally:
            await village.stop_bot()


@cache
def read_library() -> Library:
    """All content, loaded once for every village of a process."""
    return load_library()


@asynccontextmanager
async def quiet_village(
    database_url: str, folder: Path, *, start: datetime = START, more: Mapping[str, str] | None = None
) -> AsyncIterator[Village]:
    """The same, with more settings when asked, and with nobody who runs its bot yet."""
    async with running_simulator([TOKEN], start) as simulator:
        read = settings_for(database_url, simulator.base_url, folder, **(more or {}))
        village = Village(simulator, read, make_parts(read, read_library()))
        try:
            await import_area_of(village.parts, await village.parts.clock.moment())
            yield village
        finally:
            await village.parts.close()


def settings_for(database_url: str, origin: str, folder: Path, **more: str) -> Settings:
    """Settings as a `.env` file gives them."""
    lines = {
        "CRADLE_DATABASE_URL": database_url,
        "CRADLE_TELEGRAM_TOKEN": TOKEN,
        "CRADLE_TELEGRAM_API": origin,
        "CRADLE_CLOCK": origin,
        "CRADLE_SECRET_KEY": "a key that only the trips know, 32+",
        "CRADLE_CHAT_PACE": "0",
        "CRADLE_SEND_RATE": "30",
        **more,
    }
    file = folder / "trip.env"
    file.write_text("".join(f'{name}="{value}"\n' for name, value in lines.items()), encoding="utf-8")
    return load_settings(file)


async def import_area_of(parts: Parts, moment: Moment) -> None:
    """The communes and stations of the demonstration."""
    found = read_area_file(ROOT / "app" / "demo" / "area.csv")
    assert isinstance(found, AreaFile)
    await import_area(parts.database, found.provinces, found.facilities, moment)


def link_in(words: str) -> str:
    """The deep link in a message."""
    found = re.search(r"https://t\.me/\S+", words)
    assert found is not None, words
    return found.group()


def code_in(words: str) -> str:
    """The six-digit code in a message."""
    found = re.search(r"\b\d{3}\s\d{3}\b", words)
    assert found is not None, words
    return found.group()
