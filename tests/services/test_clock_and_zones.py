"""A clock that jumps, a zone whose rules change, Tết: messages go at her hour on the clock in her kitchen, and once."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.identifiers import CaregiverId
from domain.sending.outbox import Lane
from tests.services.street import Street, at_a_strange_hour, open_street

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEW_YORK = "America/New_York"  # its rules change on 14 March 2027
TET = date(2027, 2, 6)


def tips_on(street: Street, day: date) -> list[datetime]:
    """When tips left on a day of the street."""
    return [street.local(one) for one in street.letters(Lane.TIP) if street.local(one).date() == day]


@pytest.mark.parametrize("back", [HOUR, DAY])
async def test_when_the_clock_is_set_back_nothing_is_said_twice(tmp_path: Path, back: timedelta) -> None:
    async with open_street(tmp_path) as street:
        await street.house.live(2)
        await street.clock_says(street.house.now - back)
        await street.house.live(3)
        assert await street.faults() == []
        assert await at_a_strange_hour(street, street.letters()) == []


@pytest.mark.parametrize("forth", [DAY, 31 * DAY])
async def test_a_clock_that_jumps_forth_and_is_set_right_again_floods_nobody(tmp_path: Path, forth: timedelta) -> None:
    async with open_street(tmp_path) as street:
        await street.house.live(1)
        right = street.house.now
        await street.clock_says(right + forth)
        wrong = len(street.house.wire.letters)
        await street.clock_says(right)
        assert await street.missing() == []
        of_use = "SELECT message_key FROM outbox WHERE lane = 2 AND reason = 'expired' AND expires_at > :tomorrow"
        assert await street.house.rows(of_use, tomorrow=str((right + DAY).replace(tzinfo=None))) == []
        await street.house.live(4)
        assert await street.faults() == []
        assert len(street.house.wire.letters) > wrong


async def test_on_the_day_on_which_the_clocks_change_every_tip_comes_at_her_own_hour(tmp_path: Path) -> None:
    eve = datetime(2027, 3, 12, 14, 0, tzinfo=UTC)
    async with open_street(tmp_path, zone=NEW_YORK, now=eve) as street:
        await street.house.live(4)
        assert await street.faults() == []
        assert await at_a_strange_hour(street, street.letters()) == []
        offsets = {street.local(one).utcoffset() for one in street.letters(Lane.TIP)}
        assert offsets == {timedelta(hours=-5), timedelta(hours=-4)}


async def test_when_a_zone_gets_other_rules_what_was_planned_before_goes_at_her_hour_and_spread(tmp_path: Path) -> None:
    async with open_street(tmp_path) as street:
        planned = await street.house.rows("SELECT count(*) FROM outbox WHERE lane = 2 AND state = 'planned'")
        assert planned != [(0,)]
        await street.house.rows("UPDATE families SET zone = 'Asia/Tokyo' RETURNING id")
        await street.house.live(3)
        street.zone = "Asia/Tokyo"
        assert await street.faults() == []
        assert await at_a_strange_hour(street, street.letters()) == []
        assert len({street.local(one).minute for one in street.letters(Lane.TIP)}) > 1


async def test_at_tet_the_advice_comes_as_on_any_other_day(tmp_path: Path) -> None:
    async with open_street(tmp_path, now=datetime(2027, 2, 4, 2, 0, tzinfo=UTC)) as street:
        await street.house.live(6)
        assert await street.faults() == []
        assert [day for day in (TET - DAY, TET, TET + DAY) if tips_on(street, day)]


async def test_a_family_that_moves_to_another_zone_is_never_spoken_to_at_night(tmp_path: Path) -> None:
    async with open_street(tmp_path) as street:
        await street.house.live(1)
        mother = CaregiverId(street.mothers[0].id)
        await street.house.rows("UPDATE families SET zone = :zone WHERE id = 1 RETURNING id", zone=NEW_YORK)
        seen = len(street.house.wire.letters)
        await street.house.live(3)
        later = street.house.wire.letters[seen:]
        hers = [one for one in later if one.caregiver == mother and one.lane is Lane.TIP]
        assert {one.at.astimezone(ZoneInfo(NEW_YORK)).hour for one in hers} == {street.mothers[0].hour}
