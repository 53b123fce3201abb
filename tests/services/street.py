"""A street of families of several ages and hours, whose days go by in seconds, and what must hold of their letters."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.calendar import age_in_days
from domain.consent import TEXT_VERSION, Consent, ConsentWay, Purpose
from domain.identifiers import ActorId, CaregiverId
from domain.invite import ActorPlace
from domain.journey import Amount, Standing, due_steps
from domain.people import ActorRole
from domain.reader import Role
from domain.sending.outbox import Lane
from domain.sex import Sex
from services.messages.plan_day import plan_day
from services.ports import UnitOfWork
from services.ports.families import NewChild
from tests.histories.house import BOT, House, Letter, open_house

HOME = "Asia/Ho_Chi_Minh"
DOORS = {8: 3, 9: 12, 14: 40, 17: 95, 19: 330}
"""The hour that each mother chose, and the age of her child in days."""
FIRST_WEEKS = 28


@dataclass(frozen=True)
class Mother:
    """One door of the street."""

    id: CaregiverId
    hour: int
    born_on: date
    joined_on: date


@dataclass
class Street:
    """The families, the house that serves them, and their zone."""

    house: House
    zone: str
    mothers: list[Mother] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.house.moment.today(self.zone)

    def local(self, letter: Letter) -> datetime:
        return letter.at.astimezone(ZoneInfo(self.zone))

    def letters(self, *lanes: Lane) -> list[Letter]:
        """What left of these lanes, in order of leaving."""
        return [one for one in self.house.wire.letters if one.lane in (lanes or (Lane.TIP, Lane.VISIT))]

    async def stands_still(self, lasting: timedelta, *, until: str = "") -> None:
        """Nothing runs; then everything starts at once, and whatever sends is faster than what plans."""
        ends = self.house.now + lasting
        if until:
            hour, minute = (int(part) for part in until.split(":"))
            ends = ends.astimezone(ZoneInfo(self.zone)).replace(hour=hour, minute=minute, second=0)
        await self.clock_says(ends.astimezone(self.house.now.tzinfo))

    async def clock_says(self, now: datetime) -> None:
        """From one moment to the next it is another time, before or after."""
        self.house.now = now
        await self.house.send()
        await plan_day(self.house.parts.database, self.house.parts.programme, self.house.moment)
        await self.house.send()

    async def faults(self, since: int = 0) -> list[str]:
        """What is wrong with the letters since then, and with the rows; nothing when all is well."""
        letters = self.house.wire.letters[since:]
        late = await self.house.rows(
            "SELECT message_key, state FROM outbox WHERE state IN ('planned', 'sending') AND send_from < :now",
            now=str(self.house.now.replace(tzinfo=None)),
        )
        silent = await self.house.rows("SELECT message_key FROM outbox WHERE state = 'closed' AND reason IS NULL")
        return [
            *(fault for one in letters for fault in self._faults_of(one)),
            *self._twice(),
            *self._over_caps(),
            *(f"left behind: {row}" for row in late),
            *(f"closed without a reason: {row}" for row in silent),
        ]

    def _faults_of(self, letter: Letter) -> list[str]:
        local = self.local(letter)
        minute = local.hour * 60 + local.minute
        opens, closes = (8 * 60, 20 * 60) if letter.lane is Lane.TIP else (5 * 60 + 30, 21 * 60)
        is_planned = letter.lane is not Lane.REPLY
        return [f"at night: {letter.key} {local}"] if is_planned and not opens <= minute < closes else []

    def _twice(self) -> list[str]:
        said = Counter((one.caregiver, one.key, one.subjects) for one in self.letters(Lane.TIP))
        return [f"twice: {what}" for what, times in said.items() if times > 1]

    def _over_caps(self) -> list[str]:
        """One tip a day, and no tip as the fifth or seventh message within a week."""
        found = []
        for mother in self.mothers:
            hers = [one for one in self.letters() if one.caregiver == mother.id]
            tips = [one for one in hers if one.lane is Lane.TIP]
            days = Counter(self.local(one).date() for one in tips)
            found += [f"{times} tips on {day}" for day, times in days.items() if times > 1]
            for tip in tips:
                on = self.local(tip).date()
                week = sum(
                    timedelta(0) <= on - self.local(one).date() < timedelta(7) and one.at <= tip.at for one in hers
                )
                cap = 6 if age_in_days(mother.born_on, on) < FIRST_WEEKS else 4
                found += [f"{week} within a week until {on}"] if week > cap else []
        return found

    async def missing(self) -> list[tuple[CaregiverId, str]]:
        """Steps that are theirs and still of use today, and of which the outbox knows nothing."""
        rows = await self.house.rows("SELECT caregiver_id, message_key FROM outbox")
        journey = self.house.parts.programme.journey
        due = [
            (mother.id, step.key)
            for mother in self.mothers
            for step in due_steps(
                journey,
                Standing(mother.born_on, self.today, Role.MOTHER),
                joined_on=mother.joined_on,
                amount=Amount.ALL,
            )
        ]
        return [one for one in due if one not in set(rows)]


@asynccontextmanager
async def open_street(folder: Path, *, zone: str = HOME, now: datetime | None = None) -> AsyncIterator[Street]:
    """Its families: each of another age and with another hour."""
    async with open_house(folder) as house:
        house.now = now or house.now
        street = Street(house, zone)
        await move_in(street)
        await plan_day(house.parts.database, house.parts.programme, house.moment)
        yield street


async def move_in(street: Street) -> None:
    """Everybody joined a while ago; the youngest when the child was born."""
    await street.house.rows("UPDATE provinces SET zone = :zone RETURNING zone", zone=street.zone)
    async with street.house.parts.database.begin() as uow:
        minh = await uow.people.add_actor(ActorPlace("Minh", ActorRole.VOLUNTEER), by=None, at=street.house.now)
        for hour, age in DOORS.items():
            street.mothers.append(await _mother(uow, street, minh, age=age, hour=hour))


async def _mother(uow: UnitOfWork, street: Street, minh: ActorId, *, age: int, hour: int) -> Mother:
    now, station = street.house.now, (await uow.area.facilities())[0]
    born_on = street.today - timedelta(days=age)
    joined_on = max(born_on, street.today - timedelta(days=10))
    family = await uow.families.add_family(station.id, street.zone, by=minh, at=now)
    caregiver = await uow.families.add_caregiver(family, Role.MOTHER, "vi", None)
    child = await uow.families.add_child(family, station.id, NewChild("An", born_on, Sex.FEMALE))
    await uow.families.add_care(caregiver, Role.MOTHER, child=child)
    address, _ = await uow.people.arrive(
        channel="telegram", bot=BOT, external_id=str(1000 + hour), language="vi", at=now
    )
    await uow.people.link_caregiver(caregiver, address.id, now)
    for purpose in (Purpose.MESSAGES, Purpose.FILE):
        await uow.consents.add(Consent(caregiver, purpose, True, TEXT_VERSION, "vi", ConsentWay.TAP, now))
    await uow.families.change_caregiver(caregiver, amount=3, tip_hour=hour)
    await uow.families.join_caregiver(caregiver, at=now, on=joined_on)
    return Mother(caregiver, hour, born_on, joined_on)


async def at_a_strange_hour(street: Street, letters: Sequence[Letter]) -> list[str]:
    """Tips that left at another hour than hers, though they would still have been of use at hers."""
    rows = await street.house.rows("SELECT caregiver_id, message_key, expires_at FROM outbox WHERE lane = 2")
    ends = {(row[0], row[1]): datetime.fromisoformat(str(row[2])).replace(tzinfo=UTC) for row in rows}
    hours = {mother.id: mother.hour for mother in street.mothers}
    return [
        f"{one.key} at {street.local(one)} to {one.caregiver}, who chose {hours[one.caregiver]}"
        for one in letters
        if one.lane is Lane.TIP and one.caregiver is not None and street.local(one).hour != hours[one.caregiver]
        if _next_hour(street.local(one), hours[one.caregiver]) < ends[one.caregiver, one.key]
    ]


def _next_hour(local: datetime, hour: int) -> datetime:
    """When it is that hour again."""
    return local.replace(hour=hour, minute=0) + timedelta(days=int(local.hour >= hour))
