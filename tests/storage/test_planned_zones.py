"""A zone is planned by what has begun since it was planned last, and nothing is missed by it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.ends import ChildEnd
from domain.journey import Amount, Step
from domain.pause import Pause, PauseScope
from domain.reader import Role
from domain.sending.outbox import Lane, OutboxState, Reason
from domain.sex import Sex
from services.messages.plan_day import plan_day
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.programme import Programme
from storage.engine import Database
from tests.fakes.programmes import PROGRAMME
from tests.storage.sessions import at
from tests.storage.village import NOW, ZONE, Village, add_caregiver

BORN = date(2026, 10, 1)
DAY = timedelta(days=1)
STEPS = tuple(Step(f"day{day}", day, day + 5, Amount.SOME) for day in range(60, 80))
TIPS = replace(PROGRAMME, journey=STEPS)
SIXTIETH = BORN + 60 * DAY


async def keys(database: Database, village: Village) -> list[str]:
    async with database.look() as uow:
        return [row.message_key for row in await uow.outbox.timeline(village.lan)]


async def close_all(database: Database, reason: Reason, day: date) -> None:
    now = at(day, 20).now
    async with database.begin() as uow:
        for row in await uow.outbox.claim(now=now, wall=now, lease_until=now + timedelta(minutes=1), limit=50):
            await uow.outbox.record_closed(row.id, reason)


async def states(database: Database, village: Village) -> dict[str, OutboxState]:
    async with database.look() as uow:
        return {row.message_key: row.state for row in await uow.outbox.timeline(village.lan)}


async def plan(database: Database, days: Sequence[int], programme: Programme = TIPS) -> list[int]:
    return [await plan_day(database, programme, at(BORN + day * DAY, 1)) for day in days]


async def test_each_day_adds_what_begins_and_nothing_twice(database: Database, village: Village) -> None:
    assert await plan(database, [60, 60, 61, 61, 62]) == [1, 0, 1, 0, 1]
    assert await keys(database, village) == ["day60", "day61", "day62"]


async def test_after_lost_days_what_is_still_of_use_is_planned(database: Database, village: Village) -> None:
    assert await plan(database, [60, 68]) == [1, 5]
    assert await keys(database, village) == ["day60", "day64", "day65", "day66", "day67", "day68"]


async def test_a_clock_that_was_set_back_loses_nothing(database: Database, village: Village) -> None:
    assert await plan(database, [75, 62, 63]) == [5, 3, 1]
    assert (await keys(database, village))[:4] == ["day60", "day61", "day62", "day63"]


async def test_a_step_that_is_new_in_the_catalogue_reaches_those_whose_window_it_is(
    database: Database, village: Village
) -> None:
    await plan(database, [62])
    new = replace(TIPS, journey=(*STEPS, Step("new", 59, 66, Amount.FEW)))
    assert await plan(database, [63, 64], new) == [2, 1]
    assert "new" in await keys(database, village)


@pytest.mark.parametrize("reason", [Reason.NO_ADDRESS, Reason.DRAFT_TEXT])
async def test_what_was_closed_for_a_reason_that_passes_by_itself_opens_again_within_its_window(
    database: Database, village: Village, reason: Reason
) -> None:
    await plan(database, [60])
    await close_all(database, reason, SIXTIETH)
    assert await plan(database, [61]) == [2]
    assert await states(database, village) == {"day60": OutboxState.PLANNED, "day61": OutboxState.PLANNED}
    await close_all(database, reason, SIXTIETH + DAY)
    await plan(database, [65])
    assert (await states(database, village))["day60"] is OutboxState.CLOSED


async def test_who_wants_less_meanwhile_does_not_get_again_what_was_closed(
    database: Database, village: Village
) -> None:
    await plan(database, [60])
    await close_all(database, Reason.NO_ADDRESS, SIXTIETH)
    async with database.begin() as uow:
        await uow.families.change_caregiver(village.lan, amount=Amount.FEW.value)
    assert await plan(database, [61]) == [0]


async def test_who_joins_in_the_course_of_a_day_is_met_by_what_begins_on_the_next(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        tuan = await add_caregiver(uow, village)
        await uow.families.add_care(tuan, Role.FATHER, child=village.an)
    await plan(database, [60])
    async with database.begin() as uow:
        await uow.families.join_caregiver(tuan, at=at(SIXTIETH, 15).now, on=SIXTIETH)
    await plan(database, [61])
    async with database.look() as uow:
        assert [row.message_key for row in await uow.outbox.timeline(tuan)] == ["day61"]


async def test_a_pause_that_is_over_ends_and_what_fell_into_it_is_planned(database: Database, village: Village) -> None:
    await plan(database, [60])
    async with database.begin() as uow:
        await uow.lives.pause(village.lan, Pause(PauseScope.TIPS, SIXTIETH + DAY))
    await close_all(database, Reason.PAUSED, SIXTIETH)
    await plan(database, [61])
    assert await states(database, village) == {"day60": OutboxState.PLANNED, "day61": OutboxState.PLANNED}
    async with database.look() as uow:
        lan = await uow.families.caregiver(village.lan)
        assert lan is not None
        assert lan.pause is None


async def test_twins_keep_the_occasion_of_both_when_contact_about_the_elder_ended(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        twin = await add_twin(uow, village)
        await uow.lives.end_child(village.an, ChildEnd.DIED, NOW)
    await plan(database, [60])
    async with database.look() as uow:
        (row,) = await uow.outbox.timeline(village.lan)
        assert (row.occasion, row.lane) == (f"child:{village.an}", Lane.TIP)
        assert twin != village.an


async def add_twin(uow: UnitOfWork, village: Village) -> int:
    twin = await uow.families.add_child(village.family, village.station, NewChild("Bình", BORN, Sex.MALE))
    await uow.families.add_care(village.lan, Role.MOTHER, child=twin)
    return twin


async def test_a_planning_that_breaks_off_is_made_good_by_the_next(
    database: Database, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    await plan(database, [60])

    async def breaks(*_given: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("services.messages.plan_day.note_planned", breaks)
        with pytest.raises(OSError, match="disk"):
            await plan(database, [62])
    async with database.look() as uow:
        until = await uow.programme.planned_until(ZONE)
        assert until is not None
        assert until.on == SIXTIETH
    assert await plan(database, [62]) == [0]
    assert await keys(database, village) == ["day60", "day61", "day62"]
