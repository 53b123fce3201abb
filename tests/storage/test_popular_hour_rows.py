"""What is planned for the hours to come is told by bot and local hour, and who waits is always the same."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.identifiers import CaregiverId
from domain.moment import Moment
from domain.reader import Role
from domain.sending.popular_hours import Place
from domain.sex import Sex
from services.operations.popular_hours import PopularHour, families_that_wait, popular_hours
from services.ports.families import NewChild
from storage.engine import Database
from tests.storage.village import BOT, NOW, ZONE, Village, add_caregiver, arrive, tip

HOME = ZoneInfo(ZONE)
MOMENT = Moment(NOW, NOW)
SEVEN = datetime(2026, 11, 20, 19, 0, tzinfo=HOME)
SLOW = 1 / 60  # one message a minute


async def plan_at(database: Database, caregiver: CaregiverId, *minutes: int, after: datetime = SEVEN) -> None:
    rows = [tip(caregiver, occasion=f"at:{one}", send_from=after + timedelta(minutes=one)) for one in minutes]
    async with database.begin() as uow:
        await uow.outbox.plan(rows, NOW)


async def hours_of(database: Database, rate: float, moment: Moment) -> Sequence[PopularHour]:
    async with database.look() as uow:
        return await popular_hours(uow, rate, moment)


async def waiting_in(database: Database, hour: PopularHour, rate: float) -> Sequence[Place]:
    async with database.look() as uow:
        return await families_that_wait(uow, hour, rate)


async def father_with_a_newborn(database: Database, village: Village) -> CaregiverId:
    async with database.begin() as uow:
        tuan = await add_caregiver(uow, village)
        await uow.people.link_caregiver(tuan, (await arrive(uow, "tuan")).id, NOW)
        born = NewChild("Bông", date(2026, 11, 18), Sex.MALE)
        child = await uow.families.add_child(village.family, village.station, born)
        await uow.families.add_care(tuan, Role.FATHER, child=child)
    return tuan


async def test_each_hour_is_told_by_the_clock_of_the_families_and_by_their_bot(
    database: Database, village: Village
) -> None:
    await plan_at(database, village.lan, 0, 5, 59, 65)
    await plan_at(database, village.lan, -60 * 24, 60 * 20, after=SEVEN)  # yesterday, and too far ahead
    hours = await hours_of(database, 30.0, MOMENT)
    assert [(one.bot, one.begins, one.line.rows) for one in hours] == [
        (BOT, SEVEN, 3),
        (BOT, SEVEN + timedelta(hours=1), 1),
    ]
    assert hours[0].latest_at == SEVEN + timedelta(minutes=59, seconds=1 / 30)
    assert await waiting_in(database, hours[0], 30.0) == ()


async def test_of_one_minute_the_mother_of_the_older_child_waits(database: Database, village: Village) -> None:
    tuan = await father_with_a_newborn(database, village)
    await plan_at(database, village.lan, *range(57), 58)
    await plan_at(database, tuan, 57, 58)
    (hour,) = await hours_of(database, SLOW, MOMENT)
    assert (hour.line.rows, hour.line.spilled, hour.line.waits_from) == (60, 0, None)

    await plan_at(database, tuan, 56)
    (hour,) = await hours_of(database, SLOW, MOMENT)
    assert (hour.line.spilled, hour.line.waits_from) == (1, 58)
    assert [one.caregiver for one in await waiting_in(database, hour, SLOW)] == [village.lan]


async def test_what_one_hour_leaves_the_next_one_begins_with(database: Database, village: Village) -> None:
    await plan_at(database, village.lan, *range(40, 60), 60, 61)
    first, second = await hours_of(database, SLOW / 2, MOMENT)
    assert first.line.spilled == second.carried == 10
    assert second.line.latest > 20
