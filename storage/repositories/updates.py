"""What came in, in rows: stored raw, then processed by one process a chat at a time."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select, update

from domain.identifiers import UpdateId
from services.ports.updates import StoredUpdate
from storage.listening import Bell
from storage.statements import Statements
from storage.tables import bots, chat_turns, updates

LONGEST_PROBLEM = 300


class UpdateState(StrEnum):
    """received → done | parked. One that failed stays received and holds up its chat until it is tried again."""

    RECEIVED = "received"
    DONE = "done"
    PARKED = "parked"


class AlreadyDoneError(Exception):
    """Another process held the chat meanwhile and was faster."""


class UpdateRows:
    """The queue of each chat."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def store(self, *, bot: str, update_id: int, chat: str, body: str, at: datetime) -> bool:
        """Keep an update; False when it was here already."""
        came = {"bot": bot, "update_id": update_id, "chat": chat, "body": body, "received_at": at}
        insert = self._statements.insert(updates).values(**came, state=UpdateState.RECEIVED.value)
        key = [updates.c.bot, updates.c.update_id]
        unless_known = insert.on_conflict_do_nothing(index_elements=key)
        new = await self._statements.value(unless_known.returning(updates.c.id))
        if new is None:
            return False
        await self._know(bot)
        await self._let_wait(bot, chat, new)
        await self._statements.ring(Bell.UPDATE)
        return True

    async def _know(self, bot: str) -> None:
        insert = self._statements.insert(bots).values(bot=bot)
        await self._statements.run(insert.on_conflict_do_nothing(index_elements=[bots.c.bot]))

    async def _let_wait(self, bot: str, chat: str, update: int) -> None:
        insert = self._statements.insert(chat_turns).values(bot=bot, chat=chat, oldest_waiting=update)
        oldest = func.coalesce(chat_turns.c.oldest_waiting, insert.excluded.oldest_waiting)
        key = [chat_turns.c.bot, chat_turns.c.chat]
        await self._statements.run(insert.on_conflict_do_update(index_elements=key, set_={"oldest_waiting": oldest}))

    async def take_turn(self, bot: str, *, wall: datetime, lease_until: datetime) -> str | None:
        """A chat with waiting updates that nobody serves, held until the lease runs out; None when there is none."""
        turn = chat_turns.c
        waits = (turn.bot == bot) & turn.oldest_waiting.is_not(None)
        is_free = or_(turn.lease_until.is_(None), turn.lease_until < wall)
        may_try = or_(turn.retry_at.is_(None), turn.retry_at <= wall)
        oldest = select(turn.chat).where(waits, is_free, may_try).order_by(turn.oldest_waiting).limit(1)
        chat: str | None = await self._statements.value(oldest.with_for_update(skip_locked=True))
        if chat is not None:
            held = update(chat_turns).where(_is_turn(bot, chat)).values(lease_until=lease_until, retry_at=None)
            await self._statements.run(held)
        return chat

    async def next_of(self, bot: str, chat: str) -> StoredUpdate | None:
        """The oldest waiting update of a chat."""
        found = select(updates).where(_waits(bot, chat)).order_by(updates.c.id).limit(1)
        row = await self._statements.first(found)
        if row is None:
            return None
        return StoredUpdate(
            id=UpdateId(row[updates.c.id]),
            bot=bot,
            update_id=row[updates.c.update_id],
            chat=chat,
            body=row[updates.c.body],
            attempts=row[updates.c.attempts],
            received_at=row[updates.c.received_at],
        )

    async def came_before(self, one: StoredUpdate, since: datetime, *, at_most: int) -> int:
        """How many of its chat were processed before it that came in since then; counted no further than `at_most`."""
        of_chat = (updates.c.bot == one.bot) & (updates.c.chat == one.chat) & (updates.c.id < one.id)
        done = of_chat & (updates.c.state == UpdateState.DONE.value)
        newest = select(updates.c.received_at).where(done).order_by(updates.c.id.desc()).limit(at_most).subquery()
        return int(await self._statements.value(select(func.count()).where(newest.c.received_at >= since)))

    async def done(self, update: UpdateId, at: datetime) -> None:
        """Processed: its words are let go. AlreadyDoneError undoes what somebody did for the second time."""
        if not await self._change(update, state=UpdateState.DONE.value, processed_at=at, body=None, problem=None):
            raise AlreadyDoneError

    async def failed(self, update: UpdateId, *, problem: str, parked: bool, at: datetime) -> None:
        """It could not be processed: it is tried again, or parked for a person to look at."""
        tried = {"attempts": updates.c.attempts + 1, "problem": problem[:LONGEST_PROBLEM]}
        settled = {"state": UpdateState.PARKED.value, "processed_at": at} if parked else {}
        await self._change(update, **tried, **settled)

    async def _change(self, number: UpdateId, **values: object) -> int:
        waiting = (updates.c.id == number) & (updates.c.state == UpdateState.RECEIVED.value)
        return await self._statements.run(update(updates).where(waiting).values(**values))

    async def end_turn(self, bot: str, chat: str, *, retry_at: datetime | None) -> None:
        """Let go of a chat, which keeps waiting when updates of it do."""
        # Two statements: only a look that begins after the turn is held sees what another process stored meanwhile.
        await self._statements.first(select(chat_turns.c.chat).where(_is_turn(bot, chat)).with_for_update())
        oldest = await self._statements.value(select(func.min(updates.c.id)).where(_waits(bot, chat)))
        change = update(chat_turns).where(_is_turn(bot, chat))
        await self._statements.run(change.values(oldest_waiting=oldest, lease_until=None, retry_at=retry_at))

    async def parked(self) -> int:
        """How many updates could not be processed."""
        count = select(func.count()).where(updates.c.state == UpdateState.PARKED.value)
        return int(await self._statements.value(count))


def _waits(bot: str, chat: str) -> ColumnElement[bool]:
    of_chat = (updates.c.bot == bot) & (updates.c.chat == chat)
    return of_chat & (updates.c.state == UpdateState.RECEIVED.value)


def _is_turn(bot: str, chat: str) -> ColumnElement[bool]:
    return (chat_turns.c.bot == bot) & (chat_turns.c.chat == chat)
