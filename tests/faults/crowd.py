"""A crowd: ever new people who write to the bot, and who get planned messages once they are known."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from domain.campaigns.campaign import MESSAGE_KEY, Campaign, CampaignContent, CampaignState
from domain.consent import TEXT_VERSION, Consent, ConsentWay, Purpose
from domain.identifiers import ActorId, AddressId, CampaignId, CaregiverId
from domain.invite import ActorPlace
from domain.message import OutgoingMessage, Text
from domain.people import ActorRole
from domain.reader import Role
from domain.sending.outbox import Lane, PlannedMessage
from domain.sex import Sex
from services.ports import UnitOfWork
from services.ports.families import NewChild
from storage.tables import chat_turns, outbox
from tests.faults.figures import ROUNDS
from tests.trips.village import SELDOM, START, Village, quiet_village

HOUR = 9  # in Quảng Ninh, when these stories begin
LIFE = timedelta(days=2)
PATIENCE = 300.0 if ROUNDS < 10 else 900.0  # a machine that does much else at the same time is slow, not wrong
LINES = ("/start", "xin chào", "cháu bị ho")
KINDS = (Lane.TIP, Lane.CAMPAIGN, Lane.VISIT)


@dataclass
class Crowd:
    """Everybody who ever wrote in this village; what they write and what is planned for them."""

    village: Village
    chance: random.Random
    by: ActorId
    campaign: CampaignId
    phones: list[int] = field(default_factory=list)
    updates: list[int] = field(default_factory=list)
    planned: int = 0

    async def come(self, how_many: int) -> None:
        """New people press Start."""
        for _ in range(how_many):
            phone = await self.village.stage.add_phone(f"Lan {len(self.phones)}")
            self.phones.append(phone)
            await self._write(phone, LINES[0])

    async def talk(self, how_many: int) -> None:
        """Some of them write something."""
        for _ in range(how_many):
            await self._write(self.chance.choice(self.phones), self.chance.choice(LINES))

    async def _write(self, phone: int, words: str) -> None:
        self.updates.append((await self.village.stage.text(phone, words))["update_id"])

    async def plan(self, at_most: int, *, lanes: Sequence[Lane] = KINDS) -> int:
        """Messages for people who are known by now and have got none yet; gives how many."""
        known, now = await self._unplanned(at_most), await self.village.now()
        async with self.village.parts.database.begin() as uow:
            rows = [row for one in known for row in await self._for(uow, one, lanes[one % len(lanes)], now)]
            self.planned += await uow.outbox.plan(rows, now)
        return len(rows)

    async def _unplanned(self, at_most: int) -> list[AddressId]:
        found = await self.village.rows(
            "SELECT addresses.id FROM addresses LEFT JOIN caregiver_addresses ON address_id = addresses.id "
            "WHERE address_id IS NULL ORDER BY addresses.id LIMIT :some",
            some=at_most,
        )
        return [AddressId(number) for (number,) in found]

    async def _for(self, uow: UnitOfWork, chat: AddressId, lane: Lane, now: datetime) -> list[PlannedMessage]:
        caregiver = await mother_at(uow, chat, by=self.by, now=now)
        if lane is Lane.CAMPAIGN:
            said = OutgoingMessage(Text(MESSAGE_KEY))
            return [PlannedMessage(lane, said, f"campaign:{self.campaign}", now, now + LIFE, caregiver)]
        key = self.village.parts.programme.journey[0].key if lane is Lane.TIP else "refused"
        message = OutgoingMessage(Text(key))
        # Visit messages know no cap: two for each, so that the order within a chat matters.
        return [
            PlannedMessage(lane, message, f"crowd:{number}", now, now + LIFE, caregiver)
            for number in range(2 if lane is Lane.VISIT else 1)
        ]

    async def a_minute_passes(self) -> None:
        """What a dead process held in real time is free again: a minute is as good as over."""
        async with self.village.parts.database.transaction() as connection:
            for table in (outbox, chat_turns):
                held = update(table).where(table.c.lease_until.is_not(None))
                await connection.execute(held.values(lease_until=START))

    async def is_answered(self, *, within: float = PATIENCE) -> None:
        """Until every update that was written is done."""
        await self._until(self._is_answered, within)

    async def comes_to_rest(self, *, within: float = PATIENCE) -> None:
        """Until every update that was written is done, and nothing is due or on its way."""
        await self._until(self._rests, within)

    async def _until(self, holds: Callable[[], Awaitable[bool]], within: float) -> None:
        async with asyncio.timeout(within):
            while not await holds():  # noqa: ASYNC110 - a process tells no event of ours
                await asyncio.sleep(SELDOM)

    async def _is_answered(self) -> bool:
        done = "SELECT count(*) FROM updates WHERE state <> 'received'"
        return bool((await self.village.rows(done))[0][0] >= len(self.updates))

    async def _rests(self) -> bool:
        if not await self._is_answered():
            return False
        async with self.village.parts.database.look() as uow:
            return not await uow.outbox.waiting(await self.village.now())


async def mother_at(uow: UnitOfWork, chat: AddressId, *, by: ActorId, now: datetime) -> CaregiverId:
    """Rows as enrolment and joining leave them, for who writes from this chat."""
    station = (await uow.area.facilities())[0]
    family = await uow.families.add_family(station.id, station.zone, by=by, at=now)
    caregiver = await uow.families.add_caregiver(family, Role.MOTHER, "vi", None)
    child = await uow.families.add_child(family, station.id, NewChild("An", date(2026, 5, 1), Sex.FEMALE))
    await uow.families.add_care(caregiver, Role.MOTHER, child=child)
    await uow.people.link_caregiver(caregiver, chat, now)
    for purpose in (Purpose.MESSAGES, Purpose.FILE):
        await uow.consents.add(Consent(caregiver, purpose, True, TEXT_VERSION, "vi", ConsentWay.TAP, now))
    await uow.families.change_caregiver(caregiver, tip_hour=HOUR)
    await uow.families.join_caregiver(caregiver, at=now, on=now.date())
    return caregiver


async def campaign_under_way(uow: UnitOfWork, *, by: ActorId, now: datetime) -> CampaignId:
    """One whose rows somebody else makes: nobody ends it when none of them waits."""
    content = CampaignContent({"vi": "Ngày mai trạm cho trẻ uống vitamin A."})
    campaign = Campaign(CampaignId(0), by, now, state=CampaignState.RUNNING, content=content, ended_at=now)
    return await uow.campaigns.add(campaign)


@asynccontextmanager
async def crowded_village(database_url: str, folder: Path, chance: random.Random) -> AsyncIterator[Crowd]:
    """A village with a crowd, and with nobody who runs its bot yet."""
    async with quiet_village(database_url, folder) as village:
        async with village.parts.database.begin() as uow:
            commune = (await uow.area.facilities())[0].commune.id
            place = ActorPlace("Minh", ActorRole.VOLUNTEER, communes=(commune,))
            now = await village.now()
            minh = await uow.people.add_actor(place, by=None, at=now)
            campaign = await campaign_under_way(uow, by=minh, now=now)
        yield Crowd(village, chance, minh, campaign)
