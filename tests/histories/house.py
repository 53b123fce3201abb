"""A family's years in seconds: the real answering, planning and sending, and a wire that writes down what left.

No HTTP and no process of its own: the clock is a number.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from app.wiring import Labels, Parts, make_parts
from bot.answering import Answering
from bot.heard import Heard
from bot.payloads import read_payload
from domain.identifiers import CaregiverId
from domain.moment import Moment
from domain.rendered import RenderedMessage
from domain.sending.outbox import Lane
from domain.sending.retry import Delivered, SendResult, Unreachable
from services.access import Arrival
from services.messages.plan_day import plan_day
from services.sending.claim_outbox import Ready
from storage.migrating import migrate
from tests.fakes.sending import claim_due, record_result
from tests.trips.village import import_area_of, read_library, settings_for

TICKS = (0, 6, 12, 18)
START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
BOT = "700000001"


@dataclass(frozen=True)
class Letter:
    """A message that left: when, to which chat, for whom, and what stood in it."""

    at: datetime
    chat: str
    lane: Lane
    key: str
    caregiver: CaregiverId | None
    subjects: tuple[int, ...]
    rendered: RenderedMessage


@dataclass
class Wire:
    """Telegram, as far as a family notices: what was delivered, and who blocked us."""

    letters: list[Letter] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)

    def deliver(self, ready: Ready, rendered: RenderedMessage, at: datetime) -> SendResult:
        """Keep the letter, unless the chat is blocked."""
        if ready.external_id in self.blocked:
            return Unreachable.BLOCKED
        planned = ready.row.planned
        self.letters.append(
            Letter(
                at,
                ready.external_id,
                planned.lane,
                planned.message.body.key,
                planned.caregiver,
                planned.subjects,
                rendered,
            )
        )
        return Delivered(str(len(self.letters)))

    def buttons(self, chat: str) -> list[str]:
        """What every button carries that ever stood in a chat, the newest last."""
        mine = [letter for letter in self.letters if letter.chat == chat]
        return [one.payload for letter in mine for row in letter.rendered.choices for one in row if one.payload]


@dataclass
class House:
    """The programme, its clock and its wire."""

    parts: Parts
    wire: Wire
    answering: Answering
    now: datetime = START
    updates: int = 0

    @property
    def moment(self) -> Moment:
        return Moment(self.now, self.now)

    async def hears(self, chat: str, heard: Heard) -> None:
        """Somebody says or taps something, and what follows at once has left."""
        self.updates += 1
        arrival = Arrival("telegram", BOT, chat, "vi")
        async with self.parts.database.begin() as uow:
            occasion = f"update:{self.updates}"
            await self.answering.answer(uow, arrival, heard, occasion=occasion, moment=self.moment)
        await self.send()

    async def types(self, chat: str, words: str) -> None:
        command, _, rest = words[1:].partition(" ") if words.startswith("/") else ("", "", words)
        await self.hears(chat, Heard(command=command, words=rest))

    async def taps(self, chat: str, data: str) -> None:
        await self.hears(chat, Heard(tap=read_payload(data), message_id="1"))

    async def taps_button(self, chat: str, part: str) -> bool:
        """The newest button whose payload has these words in it; False when there never was one."""
        found = [one for one in self.wire.buttons(chat) if one.endswith(part) or f"{part}:" in one]
        if found:
            await self.taps(chat, found[-1])
        return bool(found)

    async def live(self, days: int) -> None:
        """Time goes by: every tick of planning, and every message at the instant it is due."""
        ends = self.now + timedelta(days=days)
        while (tick := self._next_tick()) <= ends:
            await self._send_until(tick)
            self.now = tick
            await plan_day(self.parts.database, self.parts.programme, self.moment)
        await self._send_until(ends)
        self.now = ends

    def _next_tick(self) -> datetime:
        day = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        ticks = [day + timedelta(days=n, hours=hour) for n in (0, 1) for hour in TICKS]
        return next(tick for tick in ticks if tick > self.now)

    async def _send_until(self, ends: datetime) -> None:
        await self.send()
        while True:
            async with self.parts.database.look() as uow:
                due = await uow.outbox.next_send_from(self.now)
            if due is None or due >= ends:
                return
            self.now = due
            await self.send()

    async def send(self) -> None:
        """Everything that is due now."""
        while (batch := await claim_due(self.parts.database, self.parts.programme, self.moment)).handled:
            for ready in batch.ready:
                rendered = self.parts.library.renderer.render(ready.message, ready.reader)
                result = self.wire.deliver(ready, rendered, self.now)
                await record_result(self.parts.database, ready, result, language=rendered.language, moment=self.moment)

    async def rows(self, statement: str, **values: object) -> Sequence[tuple[object, ...]]:
        """What is in the database."""
        async with self.parts.database.transaction() as connection:
            return [tuple(row) for row in (await connection.execute(text(statement), values)).all()]


@asynccontextmanager
async def open_house(folder: Path) -> AsyncIterator[House]:
    """An empty programme with its communes, on a file of its own."""
    url = f"sqlite+aiosqlite:///{folder / 'history.sqlite3'}"
    parts = make_parts(settings_for(url, "http://127.0.0.1:9", folder), read_library())
    try:
        await migrate(parts.database)
        await import_area_of(parts, Moment(START, START))
        yield House(parts, Wire(), Answering(parts.programme, "cradle_demo_bot", Labels(parts.library)))
    finally:
        await parts.close()
