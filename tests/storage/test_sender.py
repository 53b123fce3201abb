"""The sender between the outbox and a channel: everything goes once, at its slot, and a stop loses nothing."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from math import inf
from typing import Any

import pytest

from app.loops import Wake
from bot.sending.sender import AHEAD, Outlet, Sender
from domain.consent import Consent, ConsentWay, Purpose
from domain.message import OutgoingMessage
from domain.moment import Moment
from domain.reader import Reader
from domain.rendered import RenderedMessage
from domain.sending.outbox import Lane, Share
from domain.sending.pacing import ChatTurn, Pacing
from domain.sending.retry import Delivered, Misconfigured, SendResult, Throttled
from services.sending.leave import Leaving, leave
from storage.engine import Database
from storage.repositories.outbox import OutboxRows
from storage.tables import outbox, send_budgets
from tests.fakes.programmes import PROGRAMME
from tests.storage.village import BOT, NOW, Village, arrive, minutes, reply, tip

MANY = 150
STEP = Pacing(inf, timedelta(0)).step({Lane.REPLY})
PATIENCE = 20
NOTHING = timedelta(0)
HER_HOUR = NOW.replace(hour=12, minute=40)  # twenty to eight in the evening
EVERYTHING = frozenset(Lane)
REPLIES = frozenset({Lane.REPLY})
UNLIMITED = Pacing(inf, NOTHING)


class Words:
    """Renders anything."""

    def render(self, message: OutgoingMessage, reader: Reader) -> RenderedMessage:
        return RenderedMessage(message.body.key, reader.language)


class Wire:
    """A channel that answers as it is told, and remembers to whom it spoke."""

    def __init__(self, *answers: SendResult) -> None:
        self.said: list[str] = []
        self.after: Callable[[], None] = lambda: None
        self._answers = list(answers)

    async def send(self, external_id: str, message: RenderedMessage) -> SendResult:
        del message
        self.said.append(external_id)
        self.after()
        return self._answers.pop(0) if self._answers else Delivered(str(len(self.said)))


class SlowWire(Wire):
    """Its first answer comes only once it was asked to say a second thing."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.second = asyncio.Event()

    async def send(self, external_id: str, message: RenderedMessage) -> SendResult:
        (self.second if self.asked.is_set() else self.asked).set()
        await self.second.wait()
        return await super().send(external_id, message)


class StandingClock:
    """Goes on only while the sender sleeps."""

    def __init__(self) -> None:
        self.slept: list[timedelta] = []

    async def now(self) -> Moment:
        return Moment(HER_HOUR, NOW + sum(self.slept, NOTHING))

    async def sleep(self, seconds: float) -> None:
        if seconds > 0:
            self.slept.append(timedelta(seconds=seconds))
        await asyncio.sleep(0)


def sender_of(
    database: Database,
    wire: Wire,
    pacing: Pacing = UNLIMITED,
    *,
    lanes: frozenset[Lane] = EVERYTHING,
    wall: timedelta = NOTHING,
) -> Sender:
    async def now() -> Moment:
        return Moment(NOW, NOW + wall)

    return Sender(database, PROGRAMME, Outlet(Words(), wire, pacing), share=Share(BOT, lanes), now=now)


async def replies_to(database: Database, count: int) -> list[str]:
    async with database.begin() as uow:
        chats = [await arrive(uow, f"{number}") for number in range(count)]
        await uow.outbox.plan([reply(one.id, "update:1") for one in chats], NOW)
    return [one.external_id for one in chats]


async def states(database: Database) -> list[tuple[str, int, bool]]:
    """The state of every row, how often it was tried, and whether a sender holds it."""
    async with database.transaction() as connection:
        rows = (await connection.execute(outbox.select().order_by(outbox.c.id))).all()
    return [(row.state, row.attempts, row.lease_until is not None) for row in rows]


@pytest.mark.usefixtures("village")
async def test_everybody_is_spoken_to_once(database: Database) -> None:
    everybody, wire = await replies_to(database, MANY), Wire()
    assert await sender_of(database, wire).send_due() == MANY
    assert sorted(wire.said) == sorted(everybody)
    assert set(await states(database)) == {("sent", 0, False)}
    assert await sender_of(database, wire).send_due() == 0


@pytest.mark.usefixtures("village")
async def test_a_sender_that_is_to_stop_lets_nothing_more_leave_and_another_sends_the_rest(
    database: Database,
) -> None:
    await replies_to(database, MANY)
    wire = Wire()
    stopping = sender_of(database, wire, Pacing(30, NOTHING))
    wire.after = stopping.stop
    await stopping.send_due()
    assert len(wire.said) <= 2  # a second one had its slot already
    assert set(await states(database)) == {("sent", 0, False), ("planned", 0, False)}  # it holds nothing any more

    following = Wire()
    await sender_of(database, following).send_due()
    assert len({*wire.said, *following.said}) == len(wire.said) + len(following.said) == MANY


@pytest.mark.usefixtures("village")
async def test_a_reply_does_not_wait_for_the_answer_to_an_earlier_one(database: Database) -> None:
    (first,) = await replies_to(database, 1)
    wire, work = SlowWire(), Wake()
    sender = sender_of(database, wire)
    keeping_up = asyncio.create_task(sender.keep_up(work))
    async with asyncio.timeout(PATIENCE):
        await wire.asked.wait()
        async with database.begin() as uow:
            other = await arrive(uow, "other")
            await uow.outbox.plan([reply(other.id, "update:2")], NOW)
        work.set()
        await wire.second.wait()
        sender.stop()
        work.set()
        await keeping_up
    assert sorted(wire.said) == sorted([first, "other"])
    assert {state for state, _tried, _held in await states(database)} == {"sent"}


# On PostgreSQL the database's clock would run on, and with it her second.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_chat_that_was_just_spoken_to_waits_by_itself(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, "update:1")], NOW)
    pacing = Pacing(30, timedelta(seconds=1))
    await sender_of(database, Wire(), pacing, lanes=REPLIES).send_due()
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, "update:2")], NOW)
    everybody, wire = await replies_to(database, 3), Wire()
    await sender_of(database, wire, pacing, lanes=REPLIES).send_due()
    assert wire.said == [*everybody, "lan"]


# On PostgreSQL the line would shorten by the database's clock, and here by the sender's sleep.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("taken", "let_pass"), [(0, 0), (5, 5), (30, 8)])
async def test_what_is_planned_lets_replies_pass_but_no_more_than_eight(
    database: Database, village: Village, taken: int, let_pass: int
) -> None:
    """Behind thirty it waits for eight, then has a place in the line, and goes in its slot."""
    clock, wire = StandingClock(), Wire()
    slot = Pacing(30, NOTHING).slot
    async with database.begin() as uow:
        await uow.consents.add(Consent(village.lan, Purpose.MESSAGES, True, "1", "vi", ConsentWay.TAP, NOW))
        await uow.outbox.plan([tip(village.lan)], NOW)
        await uow.budgets.take_slots(BOT, [ChatTurn(village.chat, NOTHING)] * taken, slot=slot, wall=NOW)
    outlet = Outlet(Words(), wire, Pacing(30, NOTHING))
    share = Share(BOT, EVERYTHING - REPLIES)
    sender = Sender(database, PROGRAMME, outlet, share=share, now=clock.now, sleep=clock.sleep)
    await sender.send_due()
    assert wire.said == ["lan"]
    first, last = sum(clock.slept[:1], NOTHING), sum(clock.slept[1:][-1:], NOTHING)
    assert let_pass * slot - AHEAD <= first <= let_pass * slot
    assert first + last == taken * slot


async def test_a_fault_at_leaving_breaks_off_nothing_and_the_rest_goes_at_once(
    database: Database, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    await replies_to(database, 2 * STEP)
    wire, times = Wire(), list[int]()

    async def fails_the_second_time(*given: Any, **more: Any) -> Sequence[Leaving]:
        times.append(1)
        if len(times) == 2:
            raise OSError("the connection was lost")
        return await leave(*given, **more)

    monkeypatch.setattr("bot.sending.sender.leave", fails_the_second_time)
    await sender_of(database, wire, lanes=REPLIES).send_due()
    assert Counter(await states(database)) == {("sent", 0, False): STEP, ("planned", 0, False): STEP}
    await sender_of(database, wire, lanes=REPLIES).send_due()
    assert len(wire.said) == len(set(wire.said)) == 2 * STEP
    assert set(await states(database)) == {("sent", 0, False)}


@pytest.mark.parametrize("answer", [Throttled(30), Misconfigured("Conflict")])
async def test_a_pause_holds_for_every_sender_of_the_bot_and_is_no_attempt(
    database: Database, village: Village, answer: SendResult
) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, "update:1")], NOW)
    wire = Wire(answer)
    await sender_of(database, wire).send_due()
    assert await states(database) == [("planned", 0, False)]
    (other,) = await replies_to(database, 1)

    silent = Wire()
    assert await sender_of(database, silent).send_due() == 0
    assert silent.said == []
    assert {held for _state, _tried, held in await states(database)} == {False}

    async with database.transaction() as connection:
        await connection.execute(send_budgets.update().values(paused_until=NOW))
    later = Wire()
    await sender_of(database, later, wall=minutes(11)).send_due()
    assert other in later.said


async def test_a_bot_that_must_be_silent_claims_nothing(
    database: Database, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire(Throttled(30))
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, "update:1")], NOW)
    await sender_of(database, wire).send_due()
    await replies_to(database, 3)
    monkeypatch.setattr(OutboxRows, "claim", None)  # whoever calls it fails
    for _ in range(3):
        assert await sender_of(database, wire).send_due() == 0
    assert len(wire.said) == 1


async def test_a_text_that_cannot_be_made_concerns_nobody_else(
    database: Database, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = await replies_to(database, 3)
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, "update:1")], NOW)
    real = Words.render

    def broken(self: Words, message: OutgoingMessage, reader: Reader) -> RenderedMessage:
        words.append(message.body.key)
        if len(words) == 1:
            raise ValueError("no such word")
        return real(self, message, reader)

    words: list[str] = []
    monkeypatch.setattr(Words, "render", broken)
    wire = Wire()
    await sender_of(database, wire).send_due()
    assert len(wire.said) == len(everybody)
    assert sorted(state for state, _tried, _held in await states(database)) == ["closed", "sent", "sent", "sent"]
