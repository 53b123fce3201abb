"""What belongs to a week of pregnancy is planned by the due date, until the pregnancy ends in whichever way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.ends import PregnancyEnd
from domain.identifiers import CaregiverId, PregnancyId
from domain.journey import Amount, Origin, Step
from domain.pause import Pause, PauseScope
from domain.reader import Role
from domain.sending.outbox import OutboxState, Reason, Share
from services.messages.plan_day import plan_day, plan_one
from services.sending.claim_outbox import claim_ready
from services.turn import Work
from storage.engine import Database
from tests.fakes.programmes import PROGRAMME
from tests.storage.sessions import at
from tests.storage.village import NOW, Village, add_caregiver, arrive

BEGAN = date(2026, 10, 1)
DUE = BEGAN + timedelta(days=280)
WEEK = timedelta(days=7)


def step(week: int, *, tier: Amount = Amount.FEW, audience: Role | None = None) -> Step:
    return Step(f"preg{week}.{audience or int(tier)}", week * 7, week * 7 + 7, tier, audience, origin=Origin.PREGNANCY)


STEPS = (*(step(week) for week in range(8, 43)), step(10, tier=Amount.ALL), step(11, audience=Role.FATHER))
TIPS = replace(PROGRAMME, pregnancy_journey=STEPS, journey=(Step("born", 0, 7, Amount.FEW),))


async def expecting(database: Database, village: Village, whose: CaregiverId) -> PregnancyId:
    async with database.begin() as uow:
        found = await uow.families.add_pregnancy(village.family, village.station, DUE)
        await uow.families.add_care(whose, Role.MOTHER, pregnancy=found)
    return found


@pytest.fixture
async def awaited(database: Database, village: Village) -> PregnancyId:
    return await expecting(database, village, village.lan)


async def plan(database: Database, days: Sequence[date]) -> list[int]:
    return [await plan_day(database, TIPS, at(day, 1)) for day in days]


async def rows(database: Database, village: Village) -> list[tuple[str, str]]:
    async with database.look() as uow:
        return [(row.message_key, row.occasion) for row in await uow.outbox.timeline(village.lan)]


def in_week(number: int, day: int = 0) -> date:
    return BEGAN + number * WEEK + timedelta(days=day)


async def test_each_week_begins_once_and_is_counted_from_the_due_date(
    database: Database, village: Village, awaited: PregnancyId
) -> None:
    assert await plan(database, [in_week(9), in_week(9), in_week(9, 1), in_week(9, 6), in_week(10)]) == [1, 0, 0, 0, 1]
    assert await rows(database, village) == [
        ("preg9.1", f"pregnancy:{awaited}:journey"),
        ("preg10.1", f"pregnancy:{awaited}:journey"),
    ]


@pytest.mark.parametrize(("zone", "keys"), [("Asia/Ho_Chi_Minh", ["preg9.1"]), ("Asia/Shanghai", [])])
async def test_what_is_for_a_country_is_planned_where_its_hours_are(
    database: Database, village: Village, awaited: PregnancyId, zone: str, keys: list[str]
) -> None:
    del awaited
    there = replace(step(9), zones=frozenset({zone}))
    await plan_day(database, replace(TIPS, pregnancy_journey=(there,)), at(in_week(9), 1))
    assert [key for key, _ in await rows(database, village)] == keys


async def test_after_a_month_that_was_lost_only_what_is_still_of_use_is_planned(
    database: Database, village: Village, awaited: PregnancyId
) -> None:
    assert await plan(database, [in_week(9), in_week(14, 3)]) == [1, 1]
    assert [key for key, _ in await rows(database, village)] == ["preg9.1", "preg14.1"]


async def test_she_gets_her_amount_and_the_father_what_is_his(
    database: Database, village: Village, awaited: PregnancyId
) -> None:
    async with database.begin() as uow:
        await uow.families.change_caregiver(village.lan, amount=Amount.ALL.value)
        tuan = await add_caregiver(uow, village)
        await uow.families.add_care(tuan, Role.FATHER, pregnancy=awaited)
        await uow.families.join_caregiver(tuan, at=NOW, on=NOW.date())
    await plan(database, [in_week(10), in_week(11)])
    assert sorted(key for key, _ in await rows(database, village)) == ["preg10.1", "preg10.3", "preg11.1"]
    async with database.look() as uow:
        his = sorted(row.message_key for row in await uow.outbox.timeline(tuan))
    assert his == ["preg10.1", "preg11.1", "preg11.father"]


@pytest.mark.parametrize("end", list(PregnancyEnd))
async def test_nothing_of_a_pregnancy_that_ended_is_planned_and_what_waited_is_closed(
    database: Database, village: Village, awaited: PregnancyId, end: PregnancyEnd
) -> None:
    await plan(database, [in_week(9)])
    async with database.begin() as uow:
        await uow.lives.end_pregnancy(awaited, end, NOW)
    assert await plan(database, [in_week(9, 1), in_week(10)]) == [0, 0]
    await sent(database, village, in_week(9, 1))
    async with database.look() as uow:
        [row] = await uow.outbox.timeline(village.lan)
    assert (row.state, row.reason) == (OutboxState.CLOSED, Reason.CONTACT_ENDED)


async def test_a_pause_keeps_it_back_and_its_end_brings_it(
    database: Database, village: Village, awaited: PregnancyId
) -> None:
    await plan(database, [in_week(9)])
    async with database.begin() as uow:
        await uow.lives.pause(village.lan, Pause(PauseScope.TIPS, in_week(9, 2)))
    await sent(database, village, in_week(9))
    await plan(database, [in_week(9, 2)])
    async with database.look() as uow:
        [row] = await uow.outbox.timeline(village.lan)
    assert row.state is OutboxState.PLANNED


async def test_who_wants_no_tips_gets_none_of_pregnancy_either(
    database: Database, village: Village, awaited: PregnancyId
) -> None:
    await plan(database, [in_week(9)])
    async with database.begin() as uow:
        await uow.families.change_caregiver(village.lan, amount=Amount.NONE.value)
    await sent(database, village, in_week(9))
    async with database.look() as uow:
        [row] = await uow.outbox.timeline(village.lan)
    assert (row.state, row.reason) == (OutboxState.CLOSED, Reason.NOT_WANTED)


async def test_one_who_just_joined_is_planned_for_at_once(
    database: Database, village: Village, awaited: PregnancyId
) -> None:
    moment = at(in_week(9), 1)
    async with database.begin() as uow:
        lan = await uow.families.caregiver(village.lan)
        assert lan is not None
        assert await plan_one(Work(uow, TIPS, moment), lan) == 1
        assert await plan_one(Work(uow, TIPS, moment), lan) == 0


async def sent(database: Database, village: Village, day: date) -> None:
    """What the sender makes of it on that evening; the chat is there and everybody agreed."""
    async with database.begin() as uow:
        await arrive(uow, "lan", at(day, 12).now)
    await claim_ready(database, TIPS, Share(), limit=50, moment=at(day, 20))
