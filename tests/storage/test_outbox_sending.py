"""Claim, send, record: who goes first, and what is kept of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from domain.sending.outbox import Lane, OutboxRow, OutboxState, Reason, Share
from services.ports import UnitOfWork
from services.ports.outbox import Attempt
from storage.engine import Database
from storage.tables import attempts, outbox
from tests.fakes.sending import taken
from tests.storage.village import NOW, Village, add_caregiver, arrive, minutes, reply, tip

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LEASE = NOW + minutes(1)
DAY = timedelta(days=1)


async def claim(uow: UnitOfWork, now: datetime = NOW, *, wall: datetime = NOW, limit: int = 10) -> Sequence[OutboxRow]:
    return await uow.outbox.claim(now=now, wall=wall, lease_until=wall + minutes(1), limit=limit)


async def claimed_keys(uow: UnitOfWork, now: datetime = NOW, *, wall: datetime = NOW, limit: int = 10) -> list[str]:
    rows = await claim(uow, now, wall=wall, limit=limit)
    return [f"{row.planned.message.body.key} {row.planned.occasion}" for row in rows]


async def send(uow: UnitOfWork, row: OutboxRow, village: Village, at: datetime = NOW) -> None:
    await uow.outbox.record_sent(taken(row.id, village.chat, "77"), at)


async def test_the_lowest_lane_goes_first_and_then_who_waits_longest(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        three = [await add_caregiver(uow, village) for _ in range(3)]
        await uow.outbox.plan(
            [
                tip(three[0], "campaign", lane=Lane.CAMPAIGN, send_from=NOW - DAY),
                tip(three[1], "late tip", send_from=NOW - minutes(1)),
                tip(three[2], "early tip", send_from=NOW - minutes(9)),
                tip(village.lan, "visit", lane=Lane.VISIT),
                reply(village.chat, "update:1"),
            ],
            NOW,
        )
        keys = [row.planned.message.body.key for row in await claim(uow)]
    assert keys == ["reply.welcome", "visit", "early tip", "late tip", "campaign"]


async def test_no_more_than_asked_for_are_claimed(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        everybody = [await add_caregiver(uow, village) for _ in range(5)]
        await uow.outbox.plan([tip(one) for one in everybody], NOW)
        assert [len(await claim(uow, limit=2)) for _ in range(4)] == [2, 2, 1, 0]


async def test_what_is_not_due_is_not_claimed(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan, send_from=NOW + minutes(1))], NOW)
        assert await claim(uow) == ()
        assert len(await claim(uow, NOW + minutes(1))) == 1


async def test_lan_gets_one_message_at_a_time_the_more_urgent_first(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan, send_from=NOW - DAY), tip(village.lan, "visit", lane=Lane.VISIT)], NOW)
        (visit,) = await claim(uow)
        assert visit.planned.message.body.key == "visit"
        assert await claim(uow) == ()
        await send(uow, visit, village)
        assert len(await claim(uow)) == 1


async def test_replies_to_a_chat_go_in_the_order_in_which_they_were_made(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, "update:9", NOW), reply(village.chat, "update:1", NOW - DAY)], NOW)
        other = await arrive(uow, "binh")
        await uow.outbox.plan([reply(other.id, "update:3", NOW - DAY)], NOW)
        assert await claimed_keys(uow) == ["reply.welcome update:3", "reply.welcome update:9"]


async def test_a_reply_about_somebody_keeps_its_chat_and_its_place_there(database: Database, village: Village) -> None:
    about_lan = replace(reply(village.chat, "update:1"), caregiver=village.lan)
    async with database.begin() as uow:
        await uow.outbox.plan([about_lan], NOW)
        await uow.outbox.plan([reply(village.chat, "update:2")], NOW)
        (first,) = await claim(uow)
        assert first.planned == about_lan
        assert await claim(uow) == ()
        await send(uow, first, village)
        assert await claimed_keys(uow) == ["reply.welcome update:2"]


async def test_a_reply_waits_for_an_earlier_one_that_is_tried_again(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, "update:1"), reply(village.chat, "update:2")], NOW)
        (first,) = await claim(uow)
        retry_at = NOW + minutes(5)
        await uow.outbox.record_retry(first.id, retry_at=retry_at, counted=True, resent=False, not_found_on=None)
        assert await claim(uow, wall=NOW + minutes(4)) == ()
        assert await claimed_keys(uow, wall=retry_at) == ["reply.welcome update:1"]


async def test_a_reply_does_not_wait_for_one_that_was_put_off_to_another_day(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, "update:1"), reply(village.chat, "update:2")], NOW)
        (first,) = await claim(uow)
        await uow.outbox.record_retry(first.id, retry_at=NOW, counted=True, resent=False, not_found_on=NOW.date())
        await uow.outbox.put_off(first.id, until=NOW + DAY)
        assert await claimed_keys(uow) == ["reply.welcome update:2"]


async def test_a_retry_waits_in_real_time_and_counts_what_may_have_arrived(
    database: Database, village: Village
) -> None:
    retry_at = NOW + minutes(5)
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await claim(uow)
        await uow.outbox.record_retry(row.id, retry_at=retry_at, counted=True, resent=True, not_found_on=NOW.date())
        assert await claim(uow, NOW + minutes(60), wall=NOW + minutes(4)) == ()
        (again,) = await claim(uow, wall=retry_at)
        assert (again.attempts, again.resent, again.not_found_on) == (1, True, date(2026, 11, 20))
        await uow.outbox.record_retry(row.id, retry_at=retry_at, counted=False, resent=False, not_found_on=None)
        (third,) = await claim(uow, wall=retry_at)
    assert (third.attempts, third.resent, third.not_found_on) == (1, True, date(2026, 11, 20))


async def test_a_postponed_tip_waits_for_its_hour_and_says_why(database: Database, village: Village) -> None:
    tomorrow = NOW + DAY
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await claim(uow)
        await uow.outbox.record_postponed(row.id, until=tomorrow, reason=Reason.DAILY_CAP)
        (entry,) = await uow.outbox.timeline(village.lan)
        assert (entry.state, entry.send_from, entry.reason) == (OutboxState.PLANNED, tomorrow, Reason.DAILY_CAP)
        assert await claim(uow) == ()
        assert len(await claim(uow, tomorrow)) == 1


async def test_a_sender_that_vanished_leaves_rows_that_one_other_takes_over(
    database: Database, village: Village
) -> None:
    after = LEASE + minutes(1)
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await claim(uow)
        assert await uow.outbox.leave([row.id], claimed_until=LEASE, lease_until=LEASE) == {row.id}
        assert await uow.outbox.lapsed(NOW) == ()
    async with database.begin() as uow:
        assert await uow.outbox.lapsed(after) == (row,)
    async with database.begin() as uow:
        assert await uow.outbox.lapsed(after) == ()
        await uow.outbox.record_uncertain(row.id)
        assert await uow.outbox.count_uncertain() == 1


async def test_what_a_vanished_sender_had_claimed_and_not_yet_sent_is_claimed_again_and_not_uncertain(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await claim(uow)
        assert await claim(uow) == ()
        assert await uow.outbox.lapsed(LEASE + minutes(1)) == ()
        assert await claim(uow, wall=LEASE + minutes(1)) == (row,)


async def test_what_was_stopped_or_claimed_anew_after_the_claim_does_not_leave(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await claim(uow)
        again = await claim(uow, wall=LEASE + minutes(1))
        assert await uow.outbox.leave([row.id], claimed_until=LEASE, lease_until=LEASE) == set()
        await uow.outbox.close_planned(village.lan, Reason.STOPPED, [Lane.TIP])
        later = LEASE + minutes(2)
        assert await uow.outbox.leave([one.id for one in again], claimed_until=later, lease_until=later) == set()


async def test_a_row_goes_only_by_its_bot_and_one_that_names_none_by_whoever_comes_first(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await uow.outbox.claim(Share("one"), now=NOW, wall=NOW, lease_until=LEASE, limit=9)
        await uow.outbox.hand_on(row.id, "two")
        for bot, claimed in (("one", 0), ("two", 1)):
            found = await uow.outbox.claim(Share(bot), now=NOW, wall=NOW, lease_until=LEASE, limit=9)
            assert len(found) == claimed, bot


async def test_a_visit_that_waits_for_its_bot_goes_before_a_campaign_that_waits_for_any(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        others = [await add_caregiver(uow, village) for _ in range(4)]
        await uow.outbox.plan([tip(others[0], "early tip", send_from=NOW - DAY), tip(others[1], "tip")], NOW)
        for row in await claim(uow):
            await uow.outbox.hand_on(row.id, "one")
        await uow.outbox.plan([tip(others[2], "campaign", lane=Lane.CAMPAIGN, send_from=NOW - 2 * DAY)], NOW)
        await uow.outbox.plan([tip(others[3], "any's tip", send_from=NOW - minutes(1))], NOW)
        order = []
        for _ in range(4):
            found = await uow.outbox.claim(Share("one"), now=NOW, wall=NOW, lease_until=LEASE, limit=1)
            order += [row.planned.message.body.key for row in found]
    assert order == ["early tip", "any's tip", "tip", "campaign"]


async def test_who_gives_back_what_somebody_else_claimed_meanwhile_ends_nothing(
    database: Database, village: Village
) -> None:
    later = LEASE + minutes(1)
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await claim(uow)
        assert await claim(uow, wall=later) == (row,)
        await uow.outbox.give_back([row.id], claimed_until=LEASE, retry_at=later + DAY)
        assert await claim(uow, wall=later) == ()
        await uow.outbox.give_back([row.id], claimed_until=later + minutes(1))
        assert await claim(uow, wall=later) == (row,)


@pytest.mark.parametrize("written", ['{"body": {"text": "a key", "values": []}}', "[]", "null", '"\\ud800"'])
async def test_a_message_that_makes_no_sense_is_closed_and_holds_up_nobody(
    database: Database, village: Village, written: str
) -> None:
    async with database.begin() as uow:
        other = await add_caregiver(uow, village)
        await uow.outbox.plan([tip(village.lan), tip(other, "sound")], NOW)
    async with database.transaction() as connection:
        spoilt = text("UPDATE outbox SET message = :written WHERE caregiver_id = :lan")
        await connection.execute(spoilt, {"written": written, "lan": village.lan})
    async with database.begin() as uow:
        assert await claimed_keys(uow) == ["sound child:1"]
        (entry,) = await uow.outbox.timeline(village.lan)
        assert (entry.state, entry.reason) == (OutboxState.CLOSED, Reason.BROKEN_TEXT)


@ON_SQLITE
@pytest.mark.parametrize("column", ["message", "subjects"])
@pytest.mark.parametrize("written", [b"{", b"", b"\xff\xfe\xfd"])
async def test_bytes_that_are_no_message_are_closed_and_hold_up_nobody(
    database: Database, village: Village, column: str, written: bytes
) -> None:
    async with database.begin() as uow:
        other = await add_caregiver(uow, village)
        await uow.outbox.plan([tip(village.lan), tip(other, "sound")], NOW)
    async with database.transaction() as connection:
        spoilt = text(f"UPDATE outbox SET {column} = CAST(:written AS TEXT) WHERE caregiver_id = :lan")
        await connection.execute(spoilt, {"written": written, "lan": village.lan})
    async with database.begin() as uow:
        assert await claimed_keys(uow) == ["sound child:1"]
        assert [one.reason for one in await uow.outbox.timeline(village.lan)] == [Reason.BROKEN_TEXT]


async def test_a_message_that_was_spoilt_on_its_way_may_have_arrived(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await claim(uow)
        await uow.outbox.leave([row.id], claimed_until=LEASE, lease_until=LEASE)
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE outbox SET message = '[]'"))
    async with database.begin() as uow:
        assert await uow.outbox.lapsed(LEASE + minutes(1)) == ()
        assert await uow.outbox.count_uncertain() == 1


async def test_only_a_row_that_is_being_sent_can_be_recorded(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await claim(uow)
        await send(uow, row, village)
        await uow.outbox.record_closed(row.id, Reason.EXPIRED)
        await uow.outbox.record_uncertain(row.id)
        await uow.outbox.record_postponed(row.id, until=NOW, reason=Reason.DAILY_CAP)
        await uow.outbox.record_retry(row.id, retry_at=NOW, counted=True, resent=True, not_found_on=None)
        (entry,) = await uow.outbox.timeline(village.lan)
    assert (entry.state, entry.reason, entry.sent_at) == (OutboxState.SENT, None, NOW)


async def test_the_link_in_a_reply_is_forgotten_once_it_is_sent(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, "update:1"), tip(village.lan)], NOW)
        for row in await claim(uow):
            await send(uow, row, village)
        assert await uow.outbox.count_sent() == 1
    async with database.transaction() as connection:
        rows = (await connection.execute(select(outbox.c.lane, outbox.c.message))).all()
        kept = {row.lane: row.message for row in rows}
        sent = (await connection.execute(select(outbox).where(outbox.c.lane == Lane.REPLY))).mappings().one()
    assert kept[Lane.REPLY] is None
    assert kept[Lane.TIP]["body"]["text"] == "feeding.breast"
    assert (sent["external_id"], sent["language"], sent["address_id"]) == ("77", "vi", village.chat)


async def test_a_reply_that_will_not_be_sent_forgets_its_link_too(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([reply(village.chat, "update:1")], NOW)
        (row,) = await claim(uow)
        await uow.outbox.record_closed(row.id, Reason.EXPIRED)
    async with database.transaction() as connection:
        assert (await connection.execute(select(outbox.c.message))).scalar() is None


async def test_what_was_sent_is_counted_by_lane_and_hour(database: Database, village: Village) -> None:
    planned = [tip(village.lan), tip(village.lan, "visit", lane=Lane.VISIT), tip(village.lan, "maybe")]
    async with database.begin() as uow:
        await uow.outbox.plan(planned, NOW)
        for index in range(3):
            (row,) = await claim(uow)
            if row.planned.message.body.key == "maybe":
                await uow.outbox.record_uncertain(row.id)
            else:
                await send(uow, row, village, NOW + minutes(index))
        count = uow.outbox.sent_between
        assert await count(village.lan, [Lane.TIP], NOW, NOW + DAY) == 2
        assert await count(village.lan, list(Lane), NOW, NOW + DAY) == 3
        assert await count(village.lan, [Lane.VISIT], NOW, NOW) == 0
        assert await count(village.lan, list(Lane), NOW + minutes(3), NOW + DAY) == 0


async def test_a_visit_counts_for_its_day_sent_or_still_planned(database: Database, village: Village) -> None:
    tomorrow = NOW + DAY
    async with database.begin() as uow:
        visits = [tip(village.lan, key, lane=Lane.VISIT, send_from=at) for key, at in (("a", NOW), ("b", tomorrow))]
        await uow.outbox.plan([*visits, tip(village.lan)], NOW)
        (row,) = await claim(uow, limit=1)
        count = uow.outbox.visits_due_between
        assert await count(village.lan, NOW, tomorrow) == 1
        await send(uow, row, village)
        assert await count(village.lan, NOW, tomorrow) == 1
        assert await count(village.lan, tomorrow, tomorrow + DAY) == 1
        await uow.outbox.close_planned(village.lan, Reason.VACCINATED, [Lane.VISIT])
        assert await count(village.lan, tomorrow, tomorrow + DAY) == 0


async def test_every_try_is_noted_with_what_the_channel_said(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await claim(uow)
        tried = [Attempt(row.id, "rejected", "x" * 5000), Attempt(row.id, "delivered")]
        await uow.outbox.note_attempts(tried, NOW)
    async with database.transaction() as connection:
        noted = (await connection.execute(select(attempts.c.result).order_by(attempts.c.id))).scalars().all()
    assert noted == ["rejected", "delivered"]
