"""The index of next days, a version that is to come, and the job that computes everybody anew."""

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from content.schedules.loading import load_schedules
from domain.identifiers import ChildId
from domain.moment import Moment
from domain.province_rules import GateWord
from domain.sex import Sex
from domain.vaccination.schedule import Schedule
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.ports.forecasts import ChildForecast, Stale
from services.ports.visits import Vaccination, VaccinationSource
from services.programme import Programme
from services.turn import Work
from services.visits.compare_versions import activate_version, compare_versions
from services.visits.find_needs import find_child_needs, place_of
from services.visits.refresh_forecasts import BATCH, GOOD_FOR, refresh_forecasts
from services.visits.schedule_forecaster import ScheduleForecaster
from storage.engine import Database
from tests.fakes.programmes import PROGRAMME
from tests.storage.village import NOW, QUANG_NINH, Village, add_station

TODAY = NOW.date()
BEFORE = date(2026, 1, 1)
MOMENT = Moment(NOW, NOW)
SCHEDULE = load_schedules()["vn-epi"]


def without(schedule: Schedule, group: str) -> Schedule:
    groups = tuple(one for one in schedule.groups if one.key != group)
    return replace(schedule, version="2027-01", groups=groups)


NOW_IN_FORCE = ScheduleForecaster(SCHEDULE)
COMING = ScheduleForecaster(without(SCHEDULE, "bcg"))
VIETNAM = replace(PROGRAMME, forecasters={"VN": NOW_IN_FORCE}, versions=(NOW_IN_FORCE, COMING))


async def not_due(database: Database, village: Village, by: date) -> bool:
    async with database.look() as uow:
        due = await uow.forecasts.due_at([village.station], born_after=BEFORE, by=by)
        return village.an not in [child.id for child in due]


async def add_children(uow: UnitOfWork, village: Village, count: int) -> Sequence[ChildId]:
    new = NewChild("Bé", date(2026, 10, 1), Sex.MALE)
    return [await uow.families.add_child(village.family, village.station, new) for _ in range(count)]


async def test_who_is_to_be_computed_anew_is_counted_by_what_counts_at_each_station(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        other = await add_station(uow, village.commune, "Trạm Y tế Bình Liêu")
        there = await uow.families.add_child(village.family, other, NewChild("Bo", date(2026, 10, 1), Sex.MALE))
        grown = await uow.families.add_child(village.family, other, NewChild("Cả", date(2019, 1, 1), Sex.MALE))
        known = [ChildForecast(one, "1", None, None, None) for one in (village.an, there, grown)]
        await uow.forecasts.keep(known, NOW)

    async def count(here: Stale, at_other: Stale) -> list[int]:
        async with database.look() as uow:
            counts = await uow.forecasts.count_stale({village.station: here, other: at_other})
            return [counts[village.station], counts[other]]

    first, second = Stale("1", BEFORE, NOW), Stale("2", BEFORE, NOW)
    assert await count(first, first) == [0, 0]
    assert await count(second, second) == [1, 1]
    assert await count(first, second) == [0, 1]
    assert await count(second, first) == [1, 0]
    too_old = replace(first, computed_since=NOW + timedelta(days=1))
    assert await count(too_old, too_old) == [1, 1]
    async with database.begin() as uow:
        await uow.forecasts.forget([there])
    assert await count(first, first) == [0, 1]


async def test_an_is_in_the_index_with_the_first_day_on_which_something_is_due(
    database: Database, village: Village
) -> None:
    assert not await not_due(database, village, TODAY)  # nothing is known of whom nobody computed
    assert await refresh_forecasts(database, VIETNAM, MOMENT) == 1
    assert not await not_due(database, village, TODAY)  # BCG was due at birth
    async with database.begin() as uow:
        at_birth = [
            Vaccination(village.an, one, date(2026, 10, 1), VaccinationSource.RECORD) for one in ("BCG", "HEPB0")
        ]
        await uow.visits.record(at_birth, at=NOW)
        await uow.forecasts.forget([village.an])
    assert await refresh_forecasts(database, replace(VIETNAM, care_plans=()), MOMENT) == 1
    assert await not_due(database, village, date(2026, 11, 30))
    assert not await not_due(database, village, date(2026, 12, 1))  # two months


async def test_what_was_computed_is_not_computed_again_until_it_is_old_or_the_rules_change(
    database: Database, village: Village
) -> None:
    assert await refresh_forecasts(database, VIETNAM, MOMENT) == 1
    assert await refresh_forecasts(database, VIETNAM, MOMENT) == 0
    later = NOW + GOOD_FOR + timedelta(hours=1)
    assert await refresh_forecasts(database, VIETNAM, Moment(later, later)) == 1
    async with database.begin() as uow:
        await uow.rules.set_gate(QUANG_NINH.code, GateWord("pcv", TODAY, True), by=village.minh, at=NOW)
    assert await refresh_forecasts(database, VIETNAM, Moment(later, later)) == 1


async def test_the_job_goes_on_where_it_was_stopped_and_says_how_far_it_is(
    database: Database, village: Village
) -> None:
    class Stopped(Exception):
        pass

    def stop_after_a_batch(done: int, total: int) -> None:
        assert (done, total) == (BATCH, BATCH + 51)
        raise Stopped

    async with database.begin() as uow:
        await add_children(uow, village, BATCH + 50)
    with contextlib.suppress(Stopped):
        await refresh_forecasts(database, VIETNAM, MOMENT, stop_after_a_batch)
    heard: list[tuple[int, int]] = []
    assert await refresh_forecasts(database, VIETNAM, MOMENT, lambda done, total: heard.append((done, total))) == 51
    assert heard == [(51, 51)]


async def test_before_a_version_counts_it_is_seen_who_changes_and_nothing_is_kept(
    database: Database, village: Village
) -> None:
    comparison = await compare_versions(database, VIETNAM, MOMENT, COMING)
    assert comparison.children == 1
    (an,) = comparison.changed
    assert an.child == village.an
    assert [(change.group, change.shift, change.after) for change in an.changes] == [("bcg", "gone", None)]
    assert "bcg" in await groups_of(database, village, VIETNAM)


async def test_an_activated_version_counts_for_everybody_and_the_index_follows(
    database: Database, village: Village
) -> None:
    await refresh_forecasts(database, VIETNAM, MOMENT)
    await activate_version(database, MOMENT, COMING)
    assert "bcg" not in await groups_of(database, village, VIETNAM)
    assert await refresh_forecasts(database, VIETNAM, MOMENT) == 1
    await activate_version(database, MOMENT, NOW_IN_FORCE)
    assert "bcg" in await groups_of(database, village, VIETNAM)


async def groups_of(database: Database, village: Village, programme: Programme) -> set[str]:
    async with database.look() as uow:
        an = await uow.families.child(village.an)
        station = await uow.area.facility(village.station)
        assert an is not None
        assert station is not None
        work = Work(uow, programme, MOMENT)
        needs = (await find_child_needs(work, await place_of(work, station), [an]))[an.id]
    return {dose.group for dose in needs.doses}
