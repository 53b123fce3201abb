"""The messages of a campaign in the outbox: made once, held, released, cancelled, corrected, taken back, counted."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from domain.campaigns.campaign import MESSAGE_KEY, Campaign, CampaignContent
from domain.campaigns.segment import Segment
from domain.identifiers import ActorId, AddressId, CampaignId, CaregiverId
from domain.message import OutgoingMessage, Text
from domain.sending.outbox import Lane, OutboxRow, OutboxState, Reason, SentMessage, Share
from services.ports import UnitOfWork
from services.ports.campaigns import Audience, FanOut, Tally
from storage import tables as t
from storage.engine import Database
from storage.repositories import campaign_rows
from tests.storage.campaign_families import CHINA, TODAY, Household, Person, add_households, add_places
from tests.storage.village import BOT, NOW, ZONE, tip

CAMPAIGN, OTHER = CampaignId(1), CampaignId(2)
EVERYBODY = Audience(Segment(), TODAY, frozenset({"vi", "zh-Hans"}))
ENDS = NOW + timedelta(days=3)
LATER = NOW + timedelta(hours=2)
ALL_LANES = Share(BOT)
MOTHERS = 5


@pytest.fixture
async def mothers(database: Database) -> Database:
    """Four mothers read Vietnamese in Vietnam, the fifth Chinese in China. Two campaigns go to all of them."""
    houses = [Household() for _ in range(MOTHERS - 1)]
    houses.append(Household((Person(language="zh-Hans"),), zone=CHINA))
    async with database.transaction() as connection:
        await add_places(connection)
        await add_households(connection, houses)
    async with database.begin() as uow:
        for number in (CAMPAIGN, OTHER):
            content = CampaignContent({"vi": "Chào mẹ", "zh-Hans": "您好"})
            assert await uow.campaigns.add(Campaign(number, ActorId(1), NOW, content=content)) == number
            rows = FanOut(number, {ZONE: NOW, CHINA: LATER}, ENDS)
            assert await uow.campaigns.fan_out(EVERYBODY, rows, NOW) == MOTHERS
    return database


async def claimed(uow: UnitOfWork, campaign: CampaignId, now: datetime = LATER) -> list[OutboxRow]:
    rows = await uow.outbox.claim(ALL_LANES, now=now, wall=now, lease_until=now + timedelta(minutes=1), limit=100)
    return [row for row in rows if row.planned.occasion.endswith(f":{campaign}")]


async def send(uow: UnitOfWork, rows: list[OutboxRow], at: datetime = LATER) -> None:
    sent = []
    for row in rows:
        mother = row.planned.caregiver
        assert mother is not None
        language = "zh-Hans" if mother == MOTHERS else "vi"
        sent.append(SentMessage(row.id, f"{900 + mother}", language, AddressId(mother)))
    await uow.outbox.leave([row.id for row in rows], claimed_until=at + timedelta(minutes=1), lease_until=at)
    await uow.outbox.record_sent(sent, at)


async def tally(uow: UnitOfWork, now: datetime = NOW) -> Tally:
    return await uow.campaigns.tally(CAMPAIGN, now)


async def test_all_rows_say_the_same_and_go_from_the_hour_of_their_zone_by_the_bot_of_the_chat(
    mothers: Database,
) -> None:
    async with mothers.begin() as uow:
        (row, *_rest) = await claimed(uow, CAMPAIGN, NOW)
        assert row.planned.message == OutgoingMessage(Text(MESSAGE_KEY))
        assert (row.planned.lane, row.planned.occasion, row.planned.expires_at) == (Lane.CAMPAIGN, "campaign:1", ENDS)
        assert (row.planned.subjects, row.planned.address) == ((), None)
    async with mothers.transaction() as connection:
        made = (await connection.execute(select(t.outbox).where(t.outbox.c.occasion == "campaign:1"))).all()
        assert {(one.caregiver_id, one.send_from) for one in made} == {
            *((mother, NOW) for mother in range(1, MOTHERS)),
            (MOTHERS, LATER),
        }
        assert {one.bot for one in made} == {BOT}


async def test_starting_twice_sends_once(mothers: Database) -> None:
    async with mothers.begin() as uow:
        assert await uow.campaigns.fan_out(EVERYBODY, FanOut(CAMPAIGN, {ZONE: NOW}, ENDS), NOW) == 0
        assert (await tally(uow)).made == MOTHERS


async def test_a_zone_that_nobody_thought_of_goes_with_the_last_and_none_at_all_makes_nothing(
    mothers: Database,
) -> None:
    third = CampaignId(3)
    async with mothers.begin() as uow:
        assert await uow.campaigns.fan_out(EVERYBODY, FanOut(third, {}, ENDS), NOW) == 0
        assert await uow.campaigns.fan_out(EVERYBODY, FanOut(third, {ZONE: NOW}, ENDS), NOW) == MOTHERS
        assert (await uow.campaigns.tally(third, NOW)).waiting_now == MOTHERS


async def test_what_waits_is_counted_and_what_of_it_is_due(mothers: Database) -> None:
    async with mothers.begin() as uow:
        assert await tally(uow) == Tally(waiting=MOTHERS, waiting_now=MOTHERS - 1)
        await send(uow, await claimed(uow, CAMPAIGN, NOW))
        assert await tally(uow) == Tally(waiting=1, waiting_now=0, sent=MOTHERS - 1)
        assert await uow.campaigns.tally(OTHER, LATER) == Tally(waiting=MOTHERS, waiting_now=MOTHERS)


async def test_a_pause_holds_what_waits_and_what_was_claimed_and_nothing_of_another_campaign(
    mothers: Database,
) -> None:
    async with mothers.begin() as uow:
        rows = await claimed(uow, CAMPAIGN, NOW)
        assert await uow.campaigns.hold(CAMPAIGN) == MOTHERS
        left = await uow.outbox.leave(
            [row.id for row in rows], claimed_until=NOW + timedelta(minutes=1), lease_until=LATER
        )
        assert left == set()
        assert await tally(uow) == Tally(closed={Reason.CAMPAIGN_PAUSED: MOTHERS})
        assert (await uow.campaigns.tally(OTHER, NOW)).waiting == MOTHERS
        assert await uow.campaigns.release(CAMPAIGN, NOW) == MOTHERS
        assert await tally(uow) == Tally(waiting=MOTHERS, waiting_now=MOTHERS - 1)
        assert len(await claimed(uow, CAMPAIGN, NOW)) == MOTHERS - 1


async def test_what_was_held_until_it_is_of_no_use_is_not_sent(mothers: Database) -> None:
    async with mothers.begin() as uow:
        await uow.campaigns.hold(CAMPAIGN)
        assert await uow.campaigns.release(CAMPAIGN, ENDS) == 0
        assert (await tally(uow)).closed == {Reason.EXPIRED: MOTHERS}


async def test_who_is_steered_in_steps_is_steered_whole_in_the_end(
    mothers: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_rows, "AT_ONCE", 2)
    async with mothers.begin() as uow:
        assert [await uow.campaigns.hold(CAMPAIGN) for _ in range(4)] == [2, 2, 1, 0]
        assert [await uow.campaigns.release(CAMPAIGN, NOW) for _ in range(4)] == [2, 2, 1, 0]
        assert [await uow.campaigns.cancel(CAMPAIGN) for _ in range(4)] == [2, 2, 1, 0]


async def test_what_is_cancelled_stays_so_and_what_was_sent_stays_sent(mothers: Database) -> None:
    async with mothers.begin() as uow:
        await send(uow, (await claimed(uow, CAMPAIGN, NOW))[:2])
        await uow.campaigns.hold(CAMPAIGN)
        assert await uow.campaigns.cancel(CAMPAIGN) == MOTHERS - 2
        assert await uow.campaigns.release(CAMPAIGN, NOW) == 0
        assert await tally(uow) == Tally(sent=2, closed={Reason.CAMPAIGN_ENDED: MOTHERS - 2})


async def test_a_correction_goes_to_the_chats_in_which_the_old_words_stand(mothers: Database) -> None:
    async with mothers.begin() as uow:
        await uow.campaigns.cancel(OTHER)
        await send(uow, await claimed(uow, CAMPAIGN))
        assert await uow.campaigns.correct(CAMPAIGN, CampaignContent({"vi": "Chào bà"}), revision=0)
        make = uow.campaigns.make_corrections
        assert await make(CAMPAIGN, language="vi", revision=1, at=LATER, expires_at=ENDS) == MOTHERS - 1
        assert await make(CAMPAIGN, language="vi", revision=1, at=LATER, expires_at=ENDS) == 0
        assert await tally(uow, LATER) == Tally(sent=MOTHERS, changing=MOTHERS - 1)
        changes = await uow.outbox.claim(ALL_LANES, now=LATER, wall=LATER, lease_until=ENDS, limit=99)
        assert [(one.planned.lane, one.planned.occasion, one.planned.address) for one in changes] == [
            (Lane.CHANGE, "correction:1:1", AddressId(mother)) for mother in range(1, MOTHERS)
        ]


async def test_what_is_on_its_way_with_the_old_words_is_corrected_too(mothers: Database) -> None:
    async with mothers.begin() as uow:
        rows = await claimed(uow, CAMPAIGN, NOW)
        await uow.outbox.leave([rows[0].id], claimed_until=NOW + timedelta(minutes=1), lease_until=LATER)
        make = uow.campaigns.make_corrections
        assert await make(CAMPAIGN, language="zh-Hans", revision=1, at=NOW, expires_at=ENDS) == len(rows)


async def close_changes(database: Database, occasion: str, *states: tuple[OutboxState, Reason | None]) -> None:
    """The changes on an occasion end so, one after the other."""
    async with database.transaction() as connection:
        found = await connection.execute(
            select(t.outbox.c.id).where(t.outbox.c.occasion == occasion).order_by(t.outbox.c.id)
        )
        for row, (state, reason) in zip(found.scalars().all(), states, strict=True):
            change = update(t.outbox).where(t.outbox.c.id == row)
            await connection.execute(change.values(state=state.value, reason=reason.value if reason else None))


async def test_the_last_correction_in_each_language_counts(mothers: Database) -> None:
    sent, gone = (OutboxState.SENT, None), (OutboxState.CLOSED, Reason.GONE)
    async with mothers.begin() as uow:
        await send(uow, await claimed(uow, CAMPAIGN))
        content = CampaignContent({"vi": "Chào bà"})
        for revision, language in enumerate(["vi", "zh-Hans", "vi"], 1):
            assert await uow.campaigns.correct(CAMPAIGN, content, revision=revision - 1)
            made = await uow.campaigns.make_corrections(
                CAMPAIGN, language=language, revision=revision, at=LATER, expires_at=ENDS
            )
            assert made == (MOTHERS - 1 if language == "vi" else 1)
        # What waited in Vietnamese gave way, and what waits in Chinese did not.
        assert (await tally(uow, LATER)).changing == MOTHERS
    await close_changes(mothers, "correction:1:2", sent)
    await close_changes(mothers, "correction:1:3", sent, sent, gone, (OutboxState.UNCERTAIN, None))
    async with mothers.look() as uow:
        counted = await tally(uow, LATER)
        assert (counted.corrected, counted.out_of_reach, counted.changing) == (3, 2, 0)


async def test_what_is_young_enough_is_taken_back_and_corrections_wait_no_longer(mothers: Database) -> None:
    async with mothers.begin() as uow:
        first, *others = await claimed(uow, CAMPAIGN)
        await send(uow, [first], NOW - timedelta(days=2))
        await send(uow, others)
        await uow.campaigns.correct(CAMPAIGN, CampaignContent({"vi": "Chào bà"}), revision=0)
        await uow.campaigns.make_corrections(CAMPAIGN, language="vi", revision=1, at=LATER, expires_at=ENDS)
        since = NOW - timedelta(hours=1)
        make = uow.campaigns.make_withdrawals
        assert await make(CAMPAIGN, delivered_since=since, at=LATER, expires_at=ENDS) == MOTHERS - 1
        assert await make(CAMPAIGN, delivered_since=since, at=LATER, expires_at=ENDS) == 0
        assert (await tally(uow, LATER)).changing == MOTHERS - 1
    sent = (OutboxState.SENT, None)
    await close_changes(mothers, "withdrawal:1", sent, sent, sent, (OutboxState.CLOSED, Reason.UNREACHABLE))
    async with mothers.look() as uow:
        counted = await tally(uow, LATER)
        assert (counted.withdrawn, counted.out_of_reach, counted.changing) == (3, 1, 0)


async def test_what_was_delivered_is_found_by_campaign_and_caregiver(mothers: Database) -> None:
    lan, mei, nobody = CaregiverId(1), CaregiverId(MOTHERS), CaregiverId(99)
    async with mothers.begin() as uow:
        await send(uow, await claimed(uow, CAMPAIGN, NOW), NOW)
        asked = [(CAMPAIGN, lan), (OTHER, lan), (CAMPAIGN, mei), (CAMPAIGN, nobody)]
        found = await uow.campaigns.delivered(asked)
        assert list(found) == [(CAMPAIGN, lan)]
        told = found[CAMPAIGN, lan]
        assert (told.address, told.external_id, told.language, told.sent_at) == (AddressId(1), "901", "vi", NOW)
        assert await uow.campaigns.delivered([]) == {}


async def test_a_campaign_goes_after_what_is_due_today_in_the_commune(mothers: Database) -> None:
    midnight = NOW.replace(hour=17, minute=0)  # the end of the day in Vietnam
    before, after = midnight - timedelta(minutes=1), midnight
    async with mothers.begin() as uow:
        assert await uow.campaigns.waiting_before(NOW) == 0
        tips = [tip(CaregiverId(1), occasion=f"child:{n}", send_from=at) for n, at in enumerate([NOW, before, after])]
        await uow.outbox.plan(tips, NOW)
        assert await uow.campaigns.waiting_before(NOW) == 2
