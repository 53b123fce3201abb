"""After a restore nothing is done a second time, and nobody who was forgotten is back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from app.restoring import Restored, restore
from app.wiring import Parts, make_parts
from domain.consent import Consent, ConsentWay, Purpose
from domain.erasure import TIME_TO_THINK
from domain.identifiers import CaregiverId
from domain.moment import Moment
from domain.sending.outbox import Lane, OutboxState
from domain.sex import Sex
from services.messages.plan_day import plan_day
from services.ports.families import NewChild
from services.ports.outbox import OutboxEntry
from storage.backup.archive import Origin, read_manifest
from storage.backup.erased import ErasedList, read_list, renew_list
from storage.backup.making import make_backup
from storage.engine import open_database
from storage.tables import actors
from tests.fakes.backups import Clock, elsewhere, own_url
from tests.fakes.databases import migrated_sqlite, postgres
from tests.storage.village import BOT, NOW, Village, reply, settle, tip
from tests.trips.village import read_library, settings_for

__all__ = ["migrated_sqlite", "own_url", "postgres"]

pytestmark = pytest.mark.use_case
MADE_AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
RECEIPT = "CR-7K3M-92QD"


class House:
    """A programme with a backup of it; `there` is where it is restored."""

    def __init__(self, parts: Parts, there: Parts, kept: Path) -> None:
        self.parts, self.there, self.kept = parts, there, kept
        self.listed = ErasedList({})

    async def keep(self) -> None:
        """A backup, as of MADE_AT."""
        make_backup(
            self.parts.settings.database_url,
            self.kept,
            Origin(MADE_AT, MADE_AT, "0.1.0"),
            force=False,
            progress=lambda _done, _total: None,
        )

    async def restore(self, *, after: timedelta) -> Restored:
        """Everything is back, so long after the backup; with the list of erasures as of now."""
        at = MADE_AT + after
        self.listed = await renew_list(self.parts.database, self.kept.parent / "erased.jsonl", at)
        there = replace(self.there, clock=Clock(at))
        done = await restore(
            there,
            self.kept,
            read_manifest(self.kept),
            read_list(self.kept.parent / "erased.jsonl") or ErasedList({}),
            replace_old=False,
            progress=lambda _what, _done, _total: None,
        )
        self.there = replace(there, database=open_database(there.settings.database_url))
        return done

    async def plan(self, parts: Parts, at: datetime) -> None:
        await plan_day(parts.database, parts.programme, Moment(at, at))

    async def timeline(self, parts: Parts, caregiver: CaregiverId) -> dict[tuple[str, str], OutboxEntry]:
        async with parts.database.look() as uow:
            return {(one.message_key, one.occasion): one for one in await uow.outbox.timeline(caregiver)}


@pytest.fixture
async def house(
    own_url: str, request: pytest.FixtureRequest, tmp_path: Path, anyio_backend: str
) -> AsyncIterator[House]:
    there = elsewhere(own_url, request, tmp_path)
    parts, new = (
        replace(make_parts(settings_for(url, "http://127.0.0.1:9", tmp_path), read_library()), clock=Clock(MADE_AT))
        for url in (own_url, there)
    )
    opened = House(parts, new, tmp_path / "kept" / "friday.backup")
    yield opened
    await opened.parts.database.close()
    await opened.there.database.close()


async def enrol(house: House) -> Village:
    """Lan, who agreed to messages."""
    village = await settle(house.parts.database)
    async with house.parts.database.begin() as uow:
        for purpose in (Purpose.MESSAGES, Purpose.FILE):
            await uow.consents.add(Consent(village.lan, purpose, True, "2026-11", "vi", ConsentWay.TAP, NOW))
    return village


async def test_no_message_that_may_have_been_sent_since_is_sent_again(house: House) -> None:
    village = await enrol(house)
    async with house.parts.database.begin() as uow:
        late = tip(village.lan, "a", send_from=MADE_AT + 3 * DAY, expires_at=MADE_AT + 9 * DAY)
        due = tip(village.lan, "b", send_from=MADE_AT + DAY, expires_at=MADE_AT + 9 * DAY)
        going = tip(village.lan, "c", send_from=MADE_AT - DAY, lane=Lane.VISIT)
        await uow.outbox.plan([late, due, going, reply(village.chat, "update:1")], MADE_AT)
        await uow.outbox.claim(now=MADE_AT, wall=MADE_AT, lease_until=MADE_AT + DAY, limit=1)
    await house.keep()
    restored = await house.restore(after=2 * DAY)
    timeline = await house.timeline(house.there, village.lan)
    assert [timeline[key, "child:1"].state for key in "abc"] == [
        OutboxState.PLANNED,
        OutboxState.UNCERTAIN,
        OutboxState.UNCERTAIN,
    ]
    now = MADE_AT + 2 * DAY
    async with house.there.database.begin() as uow:
        assert await uow.outbox.lapsed(now + DAY) == ()
        assert await uow.outbox.claim(now=now, wall=now, lease_until=now + DAY, limit=9) == ()
        assert await uow.outbox.count_uncertain() == restored.uncertain >= 3


async def test_what_was_planned_and_sent_after_the_backup_is_not_planned_once_more(house: House) -> None:
    village = await enrol(house)
    await house.plan(house.parts, MADE_AT)
    await house.keep()
    now = MADE_AT + 9 * DAY
    for hours in range(0, 9 * 24, 6):
        await house.plan(house.parts, MADE_AT.replace(hour=6) + timedelta(hours=hours))
    lived = await house.timeline(house.parts, village.lan)
    was_due = {key for key, one in lived.items() if one.send_from <= now}
    new = {key for key, one in lived.items() if MADE_AT + DAY < one.send_from <= now}
    assert new, "nothing was planned meanwhile: the test shows nothing"
    await house.restore(after=9 * DAY)
    await house.plan(house.there, now)
    there = await house.timeline(house.there, village.lan)
    assert {key for key in was_due if there[key].state is OutboxState.PLANNED} == set()
    still = {key for key, one in there.items() if one.state is OutboxState.PLANNED}
    assert still == {key for key, one in lived.items() if one.send_from > now}


async def test_who_was_erased_since_the_backup_is_erased_again_without_a_word(house: House) -> None:
    village = await enrol(house)
    await house.keep()
    async with house.parts.database.begin() as uow:
        wish = await uow.privacy.ask(village.lan, at=MADE_AT, due_at=MADE_AT + TIME_TO_THINK, receipt=RECEIPT)
        await uow.privacy.erase(wish, last_address=None, at=MADE_AT + 4 * DAY)
    restored = await house.restore(after=5 * DAY)
    assert restored.erased == 1
    now = MADE_AT + 5 * DAY
    await house.plan(house.there, now)
    async with house.there.database.begin() as uow:
        lan = await uow.families.caregiver(village.lan)
        assert lan is not None
        assert (lan.phone, lan.joined_on) == (None, None)
        assert await uow.people.addresses_of_caregiver(village.lan) == ()
        assert await uow.privacy.due(now + 9 * DAY) == []
        assert await uow.outbox.claim(now=now, wall=now, lease_until=now + DAY, limit=9) == ()


async def test_who_took_her_wish_back_since_the_backup_is_not_erased(house: House) -> None:
    village = await enrol(house)
    async with house.parts.database.begin() as uow:
        wish = await uow.privacy.ask(village.lan, at=MADE_AT, due_at=MADE_AT + TIME_TO_THINK, receipt=RECEIPT)
        await uow.families.stop_caregiver(village.lan, MADE_AT)
    await house.keep()
    async with house.parts.database.begin() as uow:
        await uow.privacy.cancel(wish.id, MADE_AT + DAY)
    await house.restore(after=5 * DAY)
    async with house.there.database.begin() as uow:
        assert await uow.privacy.due(MADE_AT + 9 * DAY) == []
        lan = await uow.families.caregiver(village.lan)
        assert lan is not None
        assert lan.stopped_at is None


async def test_a_wish_that_still_waits_keeps_its_day_and_its_silence(house: House) -> None:
    village = await enrol(house)
    await house.keep()
    asked_at = MADE_AT + DAY
    async with house.parts.database.begin() as uow:
        await uow.privacy.ask(village.lan, at=asked_at, due_at=asked_at + TIME_TO_THINK, receipt=RECEIPT)
    await house.restore(after=2 * DAY)
    async with house.there.database.begin() as uow:
        wish = await uow.privacy.open_of(village.lan)
        lan = await uow.families.caregiver(village.lan)
    assert wish is not None
    assert (wish.receipt, wish.due_at) == (RECEIPT, asked_at + TIME_TO_THINK)
    assert lan is not None
    assert lan.stopped_at == asked_at


async def test_a_list_of_another_programme_erases_nobody(house: House) -> None:
    village = await enrol(house)
    await house.keep()
    other = {"created_at": MADE_AT - 99 * DAY}
    async with house.parts.database.begin() as uow:
        wish = await uow.privacy.ask(village.lan, at=MADE_AT, due_at=MADE_AT, receipt=RECEIPT)
        await uow.privacy.erase(wish, last_address=None, at=MADE_AT)
    async with house.parts.database.transaction() as connection:
        await connection.execute(update(actors).values(other))
    assert (await house.restore(after=DAY)).erased == 0
    assert len(house.listed.wishes) == 1


async def test_updates_nobody_answered_wait_for_a_person(house: House) -> None:
    await enrol(house)
    async with house.parts.database.begin() as uow:
        await uow.updates.store(bot=BOT, update_id=7, chat="lan", body="{}", at=MADE_AT)
    await house.keep()
    assert (await house.restore(after=DAY)).parked == 1
    async with house.there.database.begin() as uow:
        assert await uow.updates.parked() == 1
        assert await uow.updates.take_turn(BOT, wall=MADE_AT + DAY, lease_until=MADE_AT + 2 * DAY) is None


async def test_no_number_is_given_twice_after_a_restore(house: House) -> None:
    village = await enrol(house)
    await house.keep()
    bong = NewChild("Bông", date(2026, 11, 1), Sex.MALE, None, None)
    async with house.parts.database.begin() as uow:
        lost = await uow.families.add_child(village.family, village.station, bong)
    await house.restore(after=DAY)
    async with house.there.database.begin() as uow:
        assert await uow.families.add_child(village.family, village.station, bong) > lost + 1000
