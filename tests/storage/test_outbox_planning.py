"""What is planned for Lan, once, however often the planning runs."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.identifiers import AddressId, CaregiverId
from domain.message import Choice, OutgoingMessage, QrPicture, Text
from domain.sending.outbox import Lane, OutboxState, PlannedMessage, Reason
from services.ports import UnitOfWork
from services.ports.outbox import Attempt, OutboxEntry
from storage.engine import Database
from storage.repositories.outbox_rows import columns_of
from storage.repositories.packed_rows import pack, texts_of
from tests.fakes.sending import taken
from tests.storage.village import NOW, Village, add_caregiver, minutes, reply, tip

LEASE = NOW + minutes(1)


async def claim_and_close(uow: UnitOfWork, reason: Reason, now: datetime = NOW) -> None:
    for row in await uow.outbox.claim(now=now, wall=NOW, lease_until=LEASE, limit=10):
        await uow.outbox.record_closed(row.id, reason)


async def only_entry(uow: UnitOfWork, village: Village) -> OutboxEntry:
    (entry,) = await uow.outbox.timeline(village.lan)
    return entry


async def test_planning_twice_adds_nothing(database: Database, village: Village) -> None:
    planned = [tip(village.lan), tip(village.lan, "feeding.water"), reply(village.chat, "update:1")]
    async with database.begin() as uow:
        assert await uow.outbox.plan(planned, NOW) == 3
    async with database.begin() as uow:
        assert await uow.outbox.plan(planned, NOW) == 0
        assert len(await uow.outbox.timeline(village.lan)) == 2


async def test_the_same_message_twice_in_one_plan_is_planned_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        assert await uow.outbox.plan([tip(village.lan), tip(village.lan)], NOW) == 1


async def test_planning_nothing_is_allowed(database: Database) -> None:
    async with database.begin() as uow:
        assert await uow.outbox.plan([], NOW) == 0


async def test_thousands_are_planned_at_once(database: Database, village: Village) -> None:
    planned = [tip(village.lan, occasion=f"campaign:{number}") for number in range(1100)]
    async with database.begin() as uow:
        assert await uow.outbox.plan(planned, NOW) == 1100
        assert await uow.outbox.plan(planned, NOW) == 0


@pytest.mark.parametrize("reason", [Reason.NO_ADDRESS, Reason.NO_CONSENT, Reason.DRAFT_TEXT, Reason.VACCINATED])
async def test_what_was_closed_for_a_reason_that_passes_by_itself_is_planned_again(
    database: Database, village: Village, reason: Reason
) -> None:
    later = NOW + timedelta(days=1)
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        await claim_and_close(uow, reason)
        assert await uow.outbox.plan([tip(village.lan, send_from=later)], later) == 1
        entry = await only_entry(uow, village)
    assert (entry.state, entry.reason, entry.send_from) == (OutboxState.PLANNED, None, later)


@pytest.mark.parametrize(
    "reason", [Reason.EXPIRED, Reason.WEEKLY_CAP, Reason.ANSWERED, Reason.PAUSED, Reason.UNREACHABLE]
)
async def test_what_was_closed_for_good_or_until_she_is_back_stays_closed(
    database: Database, village: Village, reason: Reason
) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        await claim_and_close(uow, reason)
        assert await uow.outbox.plan([tip(village.lan)], NOW + timedelta(days=3)) == 0
        assert (await only_entry(uow, village)).reason is reason


async def test_what_expired_while_the_clock_ran_ahead_is_planned_again_once_it_is_set_right(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        await claim_and_close(uow, Reason.EXPIRED)
        assert await uow.outbox.plan([tip(village.lan)], NOW) == 1
        assert (await only_entry(uow, village)).state is OutboxState.PLANNED


async def test_a_sent_tip_never_comes_back(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=LEASE, limit=10)
        await uow.outbox.record_sent(taken(row.id, village.chat, "7"), NOW)
        assert await uow.outbox.plan([tip(village.lan)], NOW) == 0
        assert await uow.outbox.reopen(village.lan, NOW) == 0


async def test_when_lan_comes_back_what_is_still_of_use_is_planned_for_now(
    database: Database, village: Village
) -> None:
    back, tomorrow = NOW + timedelta(hours=5), NOW + timedelta(days=1)
    planned = [
        tip(village.lan, "past", send_from=NOW),
        tip(village.lan, "future", send_from=tomorrow),
        tip(village.lan, "over", expires_at=back),
    ]
    async with database.begin() as uow:
        await uow.outbox.plan(planned, NOW)
        assert await uow.outbox.close_planned(village.lan, Reason.STOPPED, [Lane.TIP]) == 3
        assert await uow.outbox.reopen(village.lan, back) == 2
        entries = {entry.message_key: entry for entry in await uow.outbox.timeline(village.lan)}
    assert (entries["past"].send_from, entries["future"].send_from) == (back, tomorrow)
    assert entries["past"].state is OutboxState.PLANNED
    assert (entries["over"].state, entries["over"].reason) == (OutboxState.CLOSED, Reason.STOPPED)


async def test_stopping_tips_leaves_visits_planned(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan), tip(village.lan, "visit", lane=Lane.VISIT)], NOW)
        assert await uow.outbox.close_planned(village.lan, Reason.STOPPED, [Lane.TIP, Lane.CAMPAIGN]) == 1
        states = {entry.message_key: entry.state for entry in await uow.outbox.timeline(village.lan)}
    assert states == {"feeding.breast": OutboxState.CLOSED, "visit": OutboxState.PLANNED}


async def test_only_tips_that_were_never_tried_are_planned_anew(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan, "tried")], NOW)
        (tried,) = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=LEASE, limit=1)
        await uow.outbox.note_attempts([Attempt(tried.id, "throttled")], NOW)
        await uow.outbox.record_retry(tried.id, retry_at=LEASE, counted=False, resent=False, not_found_on=None)
        await uow.outbox.plan([tip(village.lan, "fresh"), tip(village.lan, "visit", lane=Lane.VISIT)], NOW)
        assert await uow.outbox.drop_planned_tips(village.lan) == 1
        assert {entry.message_key for entry in await uow.outbox.timeline(village.lan)} == {"tried", "visit"}
        assert await uow.outbox.plan([tip(village.lan, "fresh")], NOW) == 1


async def test_a_message_is_put_off_but_never_brought_forward(database: Database, village: Village) -> None:
    tomorrow = NOW + timedelta(days=1)
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        for until in (tomorrow, NOW):
            await uow.outbox.put_off((await only_entry(uow, village)).id, until=until)
        assert (await only_entry(uow, village)).send_from == tomorrow


async def test_nobody_elses_messages_are_closed_or_reopened(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hung = await add_caregiver(uow, village)
        await uow.outbox.plan([tip(village.lan)], NOW)
        assert await uow.outbox.close_planned(hung, Reason.STOPPED, list(Lane)) == 0
        await uow.outbox.close_planned(village.lan, Reason.STOPPED, list(Lane))
        assert await uow.outbox.reopen(hung, NOW) == 0


async def test_a_claimed_message_is_the_one_that_was_planned(database: Database, village: Village) -> None:
    day = datetime(2026, 11, 25, tzinfo=UTC).date()
    text = Text("visit.due", {"on": day, "doses": (Text("vaccine.bcg"), "2026-11-25"), "count": 2, "child": "Ân 安"})
    choices = ((Choice(Text("choice.yes"), "yes"), Choice(Text("choice.map"), url="https://example.org")),)
    message = OutgoingMessage(text, choices, picture=QrPicture("link"), edits="12", names_child=True)
    planned = PlannedMessage(
        Lane.VISIT, message, "visit:1:7", NOW, LEASE, caregiver=village.lan, subjects=(village.an,)
    )
    async with database.begin() as uow:
        await uow.outbox.plan([planned], NOW)
    async with database.begin() as uow:
        (row,) = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=LEASE, limit=10)
    assert row.planned == planned
    assert (row.attempts, row.resent, row.not_found_on) == (0, False, None)


async def test_one_knows_what_waits_and_when_the_next_goes(database: Database, village: Village) -> None:
    later, before = NOW + timedelta(hours=1), NOW - minutes(1)
    async with database.begin() as uow:
        assert await uow.outbox.next_send_from(before) is None
        await uow.outbox.plan([tip(village.lan, "soon", send_from=later), reply(village.chat, "update:1")], NOW)
        assert await uow.outbox.next_send_from(before) == NOW
        assert await uow.outbox.next_send_from(NOW) == later
        assert await uow.outbox.waiting(NOW) == 1
        (claimed,) = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=LEASE, limit=1)
        await uow.outbox.leave([claimed.id], claimed_until=LEASE, lease_until=LEASE)
        assert await uow.outbox.next_send_from(before) == later
        assert (await uow.outbox.waiting(NOW), await uow.outbox.waiting(later)) == (1, 2)


def test_a_row_has_the_same_columns_whichever_way_it_is_written() -> None:
    one = replace(reply(AddressId(1), "update:1"), caregiver=CaregiverId(2))
    (plain,), (text,), (packed,) = columns_of([one], NOW), texts_of([one], NOW), json.loads(pack([one], NOW))
    assert plain.keys() == text.keys() == packed.keys()
    for name in ("lane", "state", "caregiver_id", "address_id", "message_key", "occasion"):
        assert plain[name] == text[name] == packed[name]
