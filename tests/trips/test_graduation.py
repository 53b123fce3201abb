"""At six years a farewell that thanks, once; the file stays at the station, and it is silent about the child."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.ends import ChildEnd
from domain.identifiers import ChildId
from domain.moment import Moment
from domain.reader import Role
from domain.sending.outbox import Lane, OutboxState, Reason
from domain.sex import Sex
from services.messages.plan_day import plan_day
from services.ports.families import NewChild
from tests.trips.births import is_with_us, joins
from tests.trips.letters import at_home, local, sent
from tests.trips.village import Person, Village

SIXTH_BIRTHDAY = date(2026, 11, 24)
BORN = date(2020, 11, 24)
LONG_AFTER = date(2027, 11, 24)


async def brings_up(village: Village, lan: Person, *born: tuple[str, date], hour: int = 19) -> list[ChildId]:
    """Lan is with us, with these children."""
    home = await is_with_us(village, lan, hour=hour)
    added = []
    async with village.parts.database.begin() as uow:
        for name, day in born:
            child = await uow.families.add_child(home.family, home.station, NewChild(name, day, Sex.FEMALE))
            await uow.families.add_care(home.mother, Role.MOTHER, child=child)
            added.append(child)
    return added


async def ends(village: Village) -> list[str | None]:
    """How contact ended, for each child."""
    return [row[0] for row in await village.rows("SELECT ended_as FROM children ORDER BY id")]


async def farewells(village: Village, lan: Person) -> list[tuple[str, str | None]]:
    """Every farewell: its state, and why it was not said."""
    rows = [row for row in await village.ledger(lan) if row.message_key == "farewell.six_years"]
    return [(row.state, row.reason) for row in rows]


async def plans(village: Village, first: date, last: date) -> int:
    """The planning of every day between two days, at eight in the morning; gives how many rows were new."""
    added = 0
    for days in range((last - first).days):
        at = datetime(first.year, first.month, first.day, 1, tzinfo=UTC) + timedelta(days=days)
        added += await plan_day(village.parts.database, village.parts.programme, Moment(at, at))
    return added


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_lan_is_thanked_at_her_hour_on_the_sixth_birthday_and_then_it_is_silent(
    village: Village, language: str
) -> None:
    lan = await village.person("Lan", language=language)
    await brings_up(village, lan, ("An", BORN))
    await village.pass_time(to=at_home(SIXTH_BIRTHDAY, "18:59"))
    assert sent(await village.ledger(lan), Lane.TIP) == []

    await village.pass_time(to=at_home(SIXTH_BIRTHDAY, "20:00"))
    (said,) = sent(await village.ledger(lan), Lane.TIP)
    assert (said.message_key, local(said).date(), local(said).hour) == ("farewell.six_years", SIXTH_BIRTHDAY, 19)
    words = await lan.reads()
    assert "An" in words
    assert "Suối Mơ" in words
    assert "0203 555 0101" in words
    await village.pass_time(days=1)
    assert await ends(village) == [ChildEnd.GRADUATED]
    if language == "vi":
        assert await plans(village, SIXTH_BIRTHDAY, LONG_AFTER) == 0
    assert [state for state, _why in await farewells(village, lan)] == [OutboxState.SENT]
    assert "An" not in await lan.types("/child")


async def test_a_small_sister_goes_on(village: Village, lan: Person) -> None:
    await brings_up(village, lan, ("An", BORN), ("Bé", date(2026, 11, 1)))
    await village.pass_time(to=at_home(SIXTH_BIRTHDAY + timedelta(days=4), "21:00"))
    assert await ends(village) == [ChildEnd.GRADUATED, None]
    later = [row for row in sent(await village.ledger(lan), Lane.TIP) if local(row).date() > SIXTH_BIRTHDAY]
    assert later
    assert {row.occasion for row in later} == {"child:2"}
    overview = await lan.types("/child")
    assert "Bé" in overview
    assert "An" not in overview


async def test_twins_get_one_farewell_with_both_names(village: Village, lan: Person) -> None:
    await brings_up(village, lan, ("An", BORN), ("Bình", BORN))
    await village.pass_time(to=at_home(SIXTH_BIRTHDAY + timedelta(days=1), "08:00"))
    assert len(await farewells(village, lan)) == 1
    said = next(one for one in await lan.has_read() if "0203 555 0101" in one)
    assert "An" in said
    assert "Bình" in said
    assert await ends(village) == [ChildEnd.GRADUATED] * 2


async def test_a_mother_who_lost_one_twin_reads_of_the_other_only(village: Village, lan: Person) -> None:
    an, _binh = await brings_up(village, lan, ("An", BORN), ("Bình", BORN))
    async with village.parts.database.begin() as uow:
        await uow.lives.end_child(an, ChildEnd.DIED, await village.now())
        await uow.lives.bereave(await village.caregiver_of(lan), await village.now())
    await village.pass_time(to=at_home(SIXTH_BIRTHDAY + timedelta(days=1), "08:00"))
    said = next(one for one in await lan.has_read() if "0203 555 0101" in one)
    assert "An" not in said
    assert await ends(village) == [ChildEnd.DIED, ChildEnd.GRADUATED]


async def test_nothing_is_ever_said_at_six_about_a_child_that_died(village: Village, lan: Person) -> None:
    (an,) = await brings_up(village, lan, ("An", BORN))
    async with village.parts.database.begin() as uow:
        await uow.lives.end_child(an, ChildEnd.DIED, await village.now())
    await plans(village, SIXTH_BIRTHDAY - timedelta(days=2), SIXTH_BIRTHDAY + timedelta(days=40))
    assert await farewells(village, lan) == []
    assert await ends(village) == [ChildEnd.DIED]


async def test_both_parents_are_thanked_each_at_an_own_hour(village: Village, lan: Person) -> None:
    (an,) = await brings_up(village, lan, ("An", BORN), hour=9)
    tuan = await village.person("Tuấn", language="en")
    async with village.parts.database.look() as uow:
        mother = await uow.families.caregiver(await village.caregiver_of(lan))
    assert mother is not None
    father = await joins(village, tuan, mother.family, Role.FATHER)
    async with village.parts.database.begin() as uow:
        await uow.families.add_care(father, Role.FATHER, child=an)
        await uow.families.change_caregiver(father, amount=0)
    await village.pass_time(to=at_home(SIXTH_BIRTHDAY, "14:00"))
    assert await ends(village) == [None]
    await village.pass_time(to=at_home(SIXTH_BIRTHDAY + timedelta(days=1), "08:00"))
    assert [(state, why) for who in (lan, tuan) for state, why in await farewells(village, who)] == [
        (OutboxState.SENT, None)
    ] * 2
    assert await ends(village) == [ChildEnd.GRADUATED]


async def test_one_who_stopped_gets_none_and_the_child_grows_up_all_the_same(village: Village, lan: Person) -> None:
    await brings_up(village, lan, ("An", BORN))
    async with village.parts.database.begin() as uow:
        await uow.families.stop_caregiver(await village.caregiver_of(lan), await village.now())
    await plans(village, SIXTH_BIRTHDAY, SIXTH_BIRTHDAY + timedelta(days=30))
    assert await ends(village) == [None]
    await plans(village, SIXTH_BIRTHDAY + timedelta(days=30), SIXTH_BIRTHDAY + timedelta(days=31))
    assert await ends(village) == [ChildEnd.GRADUATED]
    assert await farewells(village, lan) == []


async def test_no_vaccination_is_brought_to_mind_after_six_years(village: Village, lan: Person) -> None:
    await brings_up(village, lan, ("An", BORN))
    await plans(village, SIXTH_BIRTHDAY, SIXTH_BIRTHDAY + timedelta(days=29))
    rows = await village.ledger(lan)
    assert [row for row in rows if row.lane is Lane.VISIT] == []
    assert {row.message_key for row in rows} == {"farewell.six_years"}


async def test_a_farewell_that_waited_too_long_is_not_said(village: Village, lan: Person) -> None:
    await brings_up(village, lan, ("An", BORN))
    await village.stop_bot()
    await village.stage.follow(0)
    await village.stage.move(to=at_home(SIXTH_BIRTHDAY + timedelta(days=31), "12:00"))
    await village.start_bot()
    await village.settled()
    assert [row for row in await farewells(village, lan) if row[1] is not Reason.EXPIRED] == []
    assert await ends(village) == [ChildEnd.GRADUATED]
