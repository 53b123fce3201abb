"""How the programme does, in rows: every question follows an index and costs by what waits or happened lately."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    RowMapping,
    ScalarSelect,
    Select,
    case,
    func,
    literal,
    select,
    text,
    type_coerce,
    union,
    union_all,
    update,
)

from domain.alarms import Alarm
from domain.identifiers import UpdateId
from domain.moment import Moment
from domain.operations import BotState, Inbound, Queue, Tally, TroubleKind
from domain.sending.outbox import Lane, OutboxState
from services.ports.operations import ParkedUpdate
from storage.listening import Bell
from storage.repositories.updates import UpdateState
from storage.statements import Statements
from storage.tables import (
    alarms,
    attempts,
    bot_states,
    bots,
    chat_turns,
    outbox,
    send_budgets,
    tallies,
    tick_runs,
    updates,
)
from storage.tables.base import Instant

WATCHING = 5_301_005
"""The advisory lock under which alarms change."""
AHEAD = timedelta(hours=1)
ENOUGH = 100_000
"""So far the messages of a bot and lane are counted: a campaign of millions costs no more to look at."""
SENT = "sent"
LEFT = "left"
"""The state of an update that staff decided to leave: nobody answers it."""
_IS_PARKED = updates.c.state == UpdateState.PARKED.value
_PARTS = ("since", "noticed_at", "told_at", "well_since", "last_told_at")


class OperationsRows:
    """Reads what the other repositories write; writes alarms, states of bots, and what staff decide of updates."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def ping(self) -> None:
        """A trivial question."""
        await self._statements.run(text("SELECT 1"))

    async def queues(self, now: datetime) -> tuple[Queue, ...]:
        """Every lane."""
        rows = await self._statements.all(_planned(await self._bots(""), now))
        return tuple(_queue(lane, [row for row in rows if row["lane"] == lane.value], now) for lane in Lane)

    async def tally_since(self, since: datetime, now: datetime) -> Tally:
        """What was sent and what failed from `since` on; uncertain is what was to go in that time."""
        then = (outbox.c.send_from > since) & (outbox.c.send_from <= now)
        return Tally(await self._sent(since), await self._uncertain(then), await self._failed(since))

    async def total(self, now: datetime) -> Tally:
        """The same since the beginning."""
        counted = await self._counted()
        since = min((until for _, until in counted.values()), default=datetime.min.replace(tzinfo=now.tzinfo))
        failed = {name: count for name, (count, _) in counted.items() if name != SENT}
        for name, count in (await self._failed(since)).items():
            failed[name] = failed.get(name, 0) + count
        sent = counted.get(SENT, (0, since))[0] + await self._sent(since)
        return Tally(sent, await self._uncertain(), failed)

    async def settle_total(self, until: datetime) -> None:
        """Remember the counts until this instant, so that nobody counts these rows again."""
        counted = await self._counted()
        since = min((before for _, before in counted.values()), default=datetime.min.replace(tzinfo=until.tzinfo))
        if until <= since:
            return
        new = {SENT: await self._sent(since, until), **await self._failed(since, until)}
        for name in {*counted, *new}:
            await self._keep_tally(name, counted.get(name, (0, since))[0] + new.get(name, 0), until)

    async def _keep_tally(self, name: str, count: int, until: datetime) -> None:
        values = {"counted": count, "until": until}
        insert = self._statements.insert(tallies).values(name=name, **values)
        await self._statements.run(insert.on_conflict_do_update(index_elements=[tallies.c.name], set_=values))

    async def _counted(self) -> dict[str, tuple[int, datetime]]:
        rows = await self._statements.all(select(tallies))
        return {row[tallies.c.name]: (row[tallies.c.counted], row[tallies.c.until]) for row in rows}

    async def _sent(self, since: datetime, until: datetime | None = None) -> int:
        return await self._value(select(func.count()).where(*_between(outbox.c.sent_at, since, until)))

    async def _failed(self, since: datetime, until: datetime | None = None) -> dict[str, int]:
        lately = select(attempts.c.result, func.count().label("count")).where(*_between(attempts.c.at, since, until))
        rows = await self._statements.all(lately.group_by(attempts.c.result))
        return {row[attempts.c.result]: row["count"] for row in rows}

    async def _uncertain(self, *conditions: ColumnElement[bool]) -> int:
        uncertain = outbox.c.state == OutboxState.UNCERTAIN.value
        return await self._value(select(func.count()).where(uncertain, *conditions))

    async def tick_runs(self) -> Mapping[str, tuple[datetime, datetime]]:
        """The last run of each tick: programme's time and real time."""
        rows = await self._statements.all(select(tick_runs))
        return {row[tick_runs.c.tick]: (row[tick_runs.c.ran_at], row[tick_runs.c.wall_at]) for row in rows}

    async def inbound(self, wall: datetime) -> Inbound:
        """What waits to be answered. The oldest stands in its chat's turn, so that a flood need not be read."""
        names = await self._bots()
        oldest = select(func.min(chat_turns.c.oldest_waiting)).where(chat_turns.c.bot.in_(names))
        first = select(updates.c.received_at).where(updates.c.id == oldest.scalar_subquery())
        received_at = await self._statements.value(first)
        waiting, parked = [
            await self._value(select(func.count()).where(updates.c.bot.in_(names), updates.c.state == state.value))
            for state in (UpdateState.RECEIVED, UpdateState.PARKED)
        ]
        return Inbound(waiting, max(wall - received_at, timedelta(0)) if received_at else timedelta(0), parked)

    async def bots(self, wall: datetime) -> Sequence[BotState]:
        """Every bot that ever received or sent something."""
        states = {row[bot_states.c.bot]: row for row in await self._statements.all(select(bot_states))}
        pauses = {row[send_budgets.c.bot]: row for row in await self._statements.all(select(send_budgets))}
        now = await self._now(wall)
        names = {*states, *pauses, *await self._bots()}
        return tuple(_bot_state(name, states.get(name), pauses.get(name), now) for name in sorted(names))

    async def _now(self, wall: datetime) -> datetime:
        """Pauses are kept by the clock that all processes share."""
        if not self._statements.is_postgres:
            return wall
        now: datetime = await self._statements.value(select(func.clock_timestamp()))
        return now

    async def note_bot(self, bot: str, *, refused_as: str | None, wall: datetime) -> None:
        """Telegram said so; with None it did not say, and only our own process is noted."""
        insert = self._statements.insert(bot_states).values(
            bot=bot, seen_at=wall, refused_as=refused_as or None, refused_since=wall if refused_as else None
        )
        changes: dict[str, Any] = {"seen_at": wall}
        if refused_as is not None:
            since = case((bot_states.c.refused_as.is_not(None), bot_states.c.refused_since), else_=wall)
            changes |= {"refused_as": refused_as or None, "refused_since": since if refused_as else None}
        await self._statements.run(insert.on_conflict_do_update(index_elements=[bot_states.c.bot], set_=changes))

    async def hold(self) -> None:
        """Until this transaction ends nobody else changes alarms."""
        await self._statements.hold(WATCHING)

    async def alarms(self) -> Sequence[Alarm]:
        """Every alarm that was ever noticed."""
        return [_alarm(row) for row in await self._statements.all(select(alarms))]

    async def keep_alarm(self, alarm: Alarm) -> None:
        """The state of one alarm."""
        values = {name: getattr(alarm, name) for name in _PARTS}
        insert = self._statements.insert(alarms).values(kind=alarm.kind.value, about=alarm.about, **values)
        key = [alarms.c.kind, alarms.c.about]
        await self._statements.run(insert.on_conflict_do_update(index_elements=key, set_=values))

    async def parked(self, limit: int) -> Sequence[ParkedUpdate]:
        """The updates that wait for a person, the oldest first."""
        columns = (updates.c.id, updates.c.received_at, updates.c.attempts, updates.c.problem)
        found = select(*columns).where(updates.c.bot.in_(await self._bots()), _IS_PARKED)
        rows = await self._statements.all(found.order_by(updates.c.id).limit(limit))
        return [_parked(row) for row in rows]

    async def retry(self, update: UpdateId) -> bool:
        """It waits in its chat again, as if it had just come; False when it is parked no more."""
        again = {"state": UpdateState.RECEIVED.value, "attempts": 0, "processed_at": None}
        row = await self._decide(update, **again)
        if row is None:
            return False
        await self._let_wait(row[updates.c.bot], row[updates.c.chat], update)
        await self._statements.ring(Bell.UPDATE)
        return True

    async def leave(self, update: UpdateId, moment: Moment) -> bool:
        """Nobody will answer it: its words are let go. False when it is parked no more."""
        return await self._decide(update, state=LEFT, body=None, processed_at=moment.wall) is not None

    async def _decide(self, number: UpdateId, **values: Any) -> RowMapping | None:
        change = update(updates).where(updates.c.id == number, _IS_PARKED).values(**values)
        return await self._statements.first(change.returning(updates.c.bot, updates.c.chat))

    async def _let_wait(self, bot: str, chat: str, number: UpdateId) -> None:
        insert = self._statements.insert(chat_turns).values(bot=bot, chat=chat, oldest_waiting=number)
        before = chat_turns.c.oldest_waiting
        oldest = case((before < number, before), else_=literal(int(number)))
        key = [chat_turns.c.bot, chat_turns.c.chat]
        await self._statements.run(insert.on_conflict_do_update(index_elements=key, set_={"oldest_waiting": oldest}))

    async def _bots(self, *others: str) -> list[str]:
        """Every bot by name. The indexes begin with it, so that naming all of them reads no more than is asked for."""
        known = union(select(bots.c.bot), select(send_budgets.c.bot), select(bot_states.c.bot))
        return [*others, *(row["bot"] for row in await self._statements.all(known))]

    async def _value(self, statement: Select[Any]) -> int:
        return int(await self._statements.value(statement) or 0)


def _planned(names: Iterable[str], now: datetime) -> CompoundSelect[*tuple[Any, ...]]:
    """A row for each bot and lane; each of its figures is one stretch of the index."""
    return union_all(*(_lane_of(name, lane, now) for name in names for lane in Lane))


def _lane_of(bot: str, lane: Lane, now: datetime) -> Select[*tuple[Any, ...]]:
    ours = (outbox.c.state == OutboxState.PLANNED.value) & (outbox.c.bot == bot) & (outbox.c.lane == lane.value)
    due = ours & (outbox.c.send_from <= now)
    soon = ours & (outbox.c.send_from > now) & (outbox.c.send_from <= now + AHEAD)
    oldest = select(outbox.c.send_from).where(due).order_by(outbox.c.send_from).limit(1).scalar_subquery()
    return select(
        literal(lane.value).label("lane"),
        type_coerce(oldest, Instant).label("oldest"),
        _count_of(due).label("due"),
        _count_of(soon).label("soon"),
    )


def _count_of(which: ColumnElement[bool]) -> ScalarSelect[int]:
    some = select(outbox.c.id).where(which).limit(ENOUGH).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _queue(lane: Lane, rows: Sequence[RowMapping], now: datetime) -> Queue:
    first = min((row["oldest"] for row in rows if row["oldest"] is not None), default=now)
    return Queue(lane, sum(row["due"] for row in rows), now - first, sum(row["soon"] for row in rows))


def _between(column: ColumnElement[Any], since: datetime, until: datetime | None) -> list[ColumnElement[bool]]:
    return [column > since, *([column <= until] if until is not None else [])]


def _bot_state(name: str, state: RowMapping | None, budget: RowMapping | None, now: datetime) -> BotState:
    until = budget[send_budgets.c.paused_until] if budget is not None else None
    left = max(until - now, timedelta(0)) if until is not None else timedelta(0)
    return BotState(
        bot=name,
        pause_left=left,
        paused_for=(budget[send_budgets.c.paused_for] or "") if budget is not None and left else "",
        refused_as=(state[bot_states.c.refused_as] or "") if state is not None else "",
        refused_since=state[bot_states.c.refused_since] if state is not None else None,
        seen_at=state[bot_states.c.seen_at] if state is not None else None,
    )


def _alarm(row: RowMapping) -> Alarm:
    return Alarm(TroubleKind(row[alarms.c.kind]), row[alarms.c.about], **{name: row[alarms.c[name]] for name in _PARTS})


def _parked(row: RowMapping) -> ParkedUpdate:
    return ParkedUpdate(
        id=UpdateId(row[updates.c.id]),
        received_at=row[updates.c.received_at],
        tries=row[updates.c.attempts],
        problem=row[updates.c.problem] or "",
    )
