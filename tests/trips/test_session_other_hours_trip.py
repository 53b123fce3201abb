"""Hoa gives one vaccination day other hours or another place, and Lan hears of it at once."""

from datetime import date

import pytest

from tests.trips.journeys import enrol_and_join
from tests.trips.letters import told
from tests.trips.village import Person, Village

FIRST, SECOND = date(2026, 12, 5), date(2026, 12, 20)
BORN = "5/10/2026"
KHE_SIM = "Nhà văn hóa Khe Sím"


@pytest.fixture
async def family(village: Village, minh: Person, hoa: Person, lan: Person) -> Person:
    """Lan, whose An is expected on the 5th of December; Hoa works at the station."""
    await enrol_and_join(minh, lan, born=BORN)
    return lan


def label(hoa: Person, key: str, on: date) -> str:
    return hoa.words(f"session_days.choice.{key}", on=on)


async def opens(hoa: Person, on: date = FIRST) -> None:
    await hoa.types("/session_days")
    await hoa.taps(label(hoa, "day", on))


async def changes(village: Village) -> list[tuple[str, str, str, str]]:
    rows = await village.rows("SELECT session_on, kind, place, hours FROM session_changes WHERE undone_at IS NULL")
    return [(str(on), kind, place, hours) for on, kind, place, hours in rows]


async def test_hoa_types_place_and_hours_confirms_and_takes_it_back(
    village: Village, hoa: Person, family: Person
) -> None:
    await opens(hoa)
    await hoa.taps("session_days.choice.other")
    assert hoa.words("problem.place_and_hours") in await hoa.types("buổi sáng")
    sure = await hoa.types(f"【{KHE_SIM}】 8:00-10:00")
    assert f"{KHE_SIM}, 08:00-10:00" in sure
    assert hoa.words("session_days.concerns", count=1) in sure
    assert await changes(village) == []

    await hoa.taps("session_days.choice.other_again")
    await hoa.types("8:00-10:00")
    confirmed = (await hoa.messages())[-1]
    done = await hoa.taps("session_days.choice.other_yes")
    assert "08:00-10:00" in done
    assert hoa.words("session_days.told", count=1) in done
    assert await changes(village) == [(str(FIRST), "changed", "", "08:00-10:00")]
    said = told(family, "session_change.changed", who="", on=FIRST, where="", hours="08:00-10:00")
    assert said.split("\n")[1] in await family.reads()
    read = len(await family.has_read())
    await hoa.taps_in(confirmed, "session_days.choice.other_yes")
    assert len(await family.has_read()) == read

    page = await hoa.forges(f"v1:session_day:1:{FIRST}")
    assert hoa.words("session_days.remark.changed") in page
    await hoa.taps("session_days.choice.undo")
    assert await changes(village) == []
    assert "07:30-10:30" in await family.reads()


async def test_two_days_that_would_become_one_are_spoken_of_before_anything_changes(
    village: Village, hoa: Person, family: Person
) -> None:
    await opens(hoa)
    await hoa.taps("session_days.choice.move")
    await hoa.taps("session_days.choice.other_day")
    said = len(await family.has_read())
    asked = await hoa.types("20/12")
    assert asked == hoa.words(
        "session_days.trouble.both_there",
        on=FIRST,
        to=SECOND,
        where="Trạm Y tế Suối Mơ, 07:30-10:30",
        reach=hoa.words("session_days.concerns", count=1),
    )
    assert await changes(village) == []
    await hoa.taps(label(hoa, "together", SECOND))
    assert [one[:2] for one in await changes(village)] == [(str(FIRST), "moved")]
    assert len(await family.has_read()) == said + 1


async def test_nobody_else_gives_a_day_other_hours(village: Village, minh: Person, family: Person) -> None:
    for person in (minh, family):
        assert await person.forges(f"v1:session_other:1:{FIRST}") == person.words("refused")
    assert await changes(village) == []
