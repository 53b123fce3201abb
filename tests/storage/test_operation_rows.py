"""How the programme does, as the rows tell it."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from domain.alarms import Alarm
from domain.identifiers import UpdateId
from domain.moment import Moment
from domain.operations import Inbound, Queue, TroubleKind
from domain.sending.outbox import Lane, OutboxState, Reason
from services.ports import UnitOfWork
from services.ports.budgets import PauseReason
from services.ports.outbox import Attempt
from storage.engine import Database
from storage.repositories.operations import OperationsRows
from storage.statements import Statements
from tests.fakes.sending import taken
from tests.storage.village import BOT, NOW, Village, minutes, reply, tip

HOUR = timedelta(hours=1)
LEASE = NOW + minutes(1)


async def store(uow: UnitOfWork, number: int, chat: str = "lan", *, ago: float = 0) -> None:
    await uow.updates.store(bot=BOT, update_id=number, chat=chat, body="{}", at=NOW - minutes(ago))


async def park(uow: UnitOfWork, chat: str = "lan") -> UpdateId:
    found = await uow.updates.next_of(BOT, chat)
    assert found is not None
    await uow.updates.failed(found.id, problem="KeyError", parked=True, at=NOW)
    await uow.updates.end_turn(BOT, chat, retry_at=None)
    return found.id


async def test_every_lane_shows_what_is_due_its_age_and_what_comes_within_the_hour(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        when = [(-40, "a"), (-10, "b"), (30, "c"), (90, "d")]
        await uow.outbox.plan([tip(village.lan, key, send_from=NOW + minutes(m)) for m, key in when], NOW)
        await uow.outbox.plan([reply(village.chat, "update:1", NOW - minutes(3))], NOW)
        queues = await uow.operations.queues(NOW)
    assert queues == (
        Queue(Lane.REPLY, 1, minutes(3), 0),
        Queue(Lane.VISIT),
        Queue(Lane.TIP, 2, minutes(40), 1),
        Queue(Lane.CAMPAIGN),
        Queue(Lane.CHANGE),
    )


async def test_what_waits_for_a_bot_that_does_not_run_still_waits(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.updates.store(bot="another", update_id=1, chat="lan", body="{}", at=NOW)
        await uow.outbox.plan([reply(village.chat, "update:1")], NOW)
        [row] = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=LEASE, limit=5)
        await uow.outbox.hand_on(row.id, "another")
        assert (await uow.operations.queues(NOW + HOUR))[0] == Queue(Lane.REPLY, 1, HOUR, 0)


async def send(uow: UnitOfWork, village: Village, number: int, *, at: timedelta) -> None:
    """A reply went out, after one answer 429."""
    await uow.outbox.plan([reply(village.chat, f"update:{number}")], NOW)
    [row] = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=LEASE, limit=5)
    await uow.outbox.note_attempts([Attempt(row.id, "throttled")], NOW + at)
    await uow.outbox.record_sent(taken(row.id, village.chat), NOW + at)


async def test_what_was_sent_and_what_failed_is_counted_lately_and_in_all(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        for number, at in enumerate((-90, -30, 0)):
            await send(uow, village, number, at=minutes(at))
        lately = await uow.operations.tally_since(NOW - HOUR, NOW)
        in_all = await uow.operations.total(NOW)
    assert (lately.sent, lately.throttled, lately.uncertain) == (2, 2, 0)
    assert (in_all.sent, in_all.throttled) == (3, 3)


async def test_what_was_counted_once_is_not_counted_again_even_when_its_rows_are_gone(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        for number, at in enumerate((-90, -30, 0)):
            await send(uow, village, number, at=minutes(at))
        for until in (-60, -20, -60, -20):
            await uow.operations.settle_total(NOW + minutes(until))
            found = await uow.operations.total(NOW)
            assert (found.sent, dict(found.failed)) == (3, {"throttled": 3})
    async with database.transaction() as connection:
        await connection.execute(text("DELETE FROM attempts"))
        await connection.execute(text("DELETE FROM outbox"))
        assert (await OperationsRows(Statements(connection)).total(NOW)).sent == 2


async def test_an_uncertain_message_stays_in_sight(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan, send_from=NOW - 3 * HOUR)], NOW)
        [row] = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=LEASE, limit=5)
        await uow.outbox.record_uncertain(row.id)
        assert (await uow.operations.total(NOW)).uncertain == 1
        assert (await uow.operations.tally_since(NOW - HOUR, NOW)).uncertain == 0


async def test_updates_show_how_many_wait_since_when_and_how_many_are_parked(database: Database) -> None:
    async with database.begin() as uow:
        assert await uow.operations.inbound(NOW) == Inbound()
        for number, (chat, ago) in enumerate((("lan", 9.0), ("binh", 5.0), ("binh", 1.0))):
            await store(uow, number, chat, ago=ago)
        assert await uow.operations.inbound(NOW) == Inbound(3, minutes(9), 0)
        await park(uow)
        assert await uow.operations.inbound(NOW) == Inbound(2, minutes(5), 1)


async def test_a_parked_update_is_shown_without_a_word_of_what_was_written(database: Database) -> None:
    async with database.begin() as uow:
        await store(uow, 1, ago=5)
        number = await park(uow)
        [found] = await uow.operations.parked(10)
    assert (found.id, found.received_at, found.tries, found.problem) == (number, NOW - minutes(5), 1, "KeyError")


async def test_a_parked_update_that_is_tried_again_waits_before_what_came_later(database: Database) -> None:
    async with database.begin() as uow:
        await store(uow, 1)
        number = await park(uow)
        await store(uow, 2, "binh")
        await store(uow, 3)
        assert await uow.operations.retry(number)
        assert not await uow.operations.retry(number)
        assert await uow.updates.take_turn(BOT, wall=NOW, lease_until=LEASE) == "lan"
        again = await uow.updates.next_of(BOT, "lan")
        assert again is not None
        assert (again.update_id, again.attempts, again.body) == (1, 0, "{}")
        assert await uow.operations.inbound(NOW) == Inbound(3, timedelta(0), 0)


async def test_a_parked_update_that_is_left_is_answered_by_nobody_and_forgets_its_words(database: Database) -> None:
    async with database.begin() as uow:
        await store(uow, 1)
        number = await park(uow)
        assert await uow.operations.leave(number, Moment(NOW, NOW))
        assert not await uow.operations.leave(number, Moment(NOW, NOW))
        assert not await uow.operations.retry(number)
        assert await uow.operations.inbound(NOW) == Inbound()
        assert await uow.updates.take_turn(BOT, wall=NOW, lease_until=LEASE) is None
    async with database.transaction() as connection:
        assert (await connection.execute(text("SELECT body FROM updates"))).scalar() is None


async def test_what_telegram_says_of_a_bot_is_kept_since_when(database: Database) -> None:
    async with database.begin() as uow:
        for minute, said in enumerate(("", "InvalidToken", None, "InvalidToken")):
            await uow.operations.note_bot(BOT, refused_as=said, wall=NOW + minutes(minute))
        [found] = await uow.operations.bots(NOW)
        assert (found.refused_as, found.refused_since) == ("InvalidToken", NOW + minutes(1))
        assert found.seen_at == NOW + minutes(3)
        await uow.operations.note_bot(BOT, refused_as="", wall=NOW + minutes(4))
        [found] = await uow.operations.bots(NOW)
        assert (found.refused_as, found.refused_since) == ("", None)


async def test_a_bot_that_has_to_be_silent_shows_for_how_long_and_why(database: Database) -> None:
    async with database.begin() as uow:
        await uow.budgets.pause(BOT, lasting=minutes(1), reason=PauseReason.THROTTLED, wall=NOW)
        [found] = await uow.operations.bots(NOW)
    assert timedelta(seconds=50) < found.pause_left <= minutes(1)
    assert found.paused_for == "throttled"


async def test_an_alarm_is_kept_as_it_is(database: Database) -> None:
    told = Alarm(TroubleKind.REFUSED, BOT, NOW - minutes(9), NOW - minutes(8), NOW, None, NOW)
    async with database.begin() as uow:
        await uow.operations.hold()
        await uow.operations.keep_alarm(Alarm(TroubleKind.REFUSED, BOT, noticed_at=NOW))
        await uow.operations.keep_alarm(told)
        assert list(await uow.operations.alarms()) == [told]


BIG = 4000
FAR = """
    INSERT INTO outbox (lane, state, reason, bot, message_key, occasion, subjects, send_from, expires_at,
                        attempts, resent, planned_at, sent_at, address_id)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)
    SELECT 2, CASE WHEN i % 2 = 0 THEN 'sent' ELSE 'closed' END, CASE WHEN i % 2 = 0 THEN NULL ELSE :reason END,
           '', 'old', 'old:' || i, '[]', :long_ago, :long_ago, 0, false, :long_ago,
           CASE WHEN i % 2 = 0 THEN :long_ago END, :chat
    FROM n
"""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_question_reads_what_was_settled_long_ago(database: Database, village: Village) -> None:
    """Each statement follows an index: a plan that says SCAN reads all rows of a table."""
    said: list[str] = []
    async with database.transaction() as connection:
        values = {"many": BIG, "reason": Reason.EXPIRED.value, "long_ago": "2026-01-01 00:00:00", "chat": village.chat}
        await connection.execute(text(FAR), values)
        rows = OperationsRows(Statements(connection))
        await rows.settle_total(NOW)
        connection_of = await connection.get_raw_connection()
        driver = connection_of.driver_connection
        assert driver is not None
        await driver.set_trace_callback(said.append)
        await rows.queues(NOW)
        await rows.tally_since(NOW - HOUR, NOW)
        await rows.total(NOW)
        await rows.inbound(NOW)
        await rows.parked(10)
        await driver.set_trace_callback(None)
        for statement in said:
            plan = [str(row.detail) for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
            big = [step for step in plan if step.startswith("SCAN") and ("outbox" in step or "updates" in step)]
            assert big == [], statement
    assert len(said) > 8
    assert OutboxState.SENT.value in FAR
