"""Hoa finds a wrong birth date on a child's record: what it changes is shown, then visits and tips follow."""

from datetime import date

from tests.trips.journeys import Beginning, are_with_us, enrol_and_join
from tests.trips.letters import at_home
from tests.trips.village import Person, Village

BORN = "5/10/2026"
A_WEDNESDAY = date(2026, 12, 9)


async def birth_dates(village: Village) -> list[tuple[str, str]]:
    found = await village.rows("SELECT name, birth_date FROM children ORDER BY id")
    return [(row[0], str(row[1])) for row in found]


async def find_record(hoa: Person, name: str = "An") -> str:
    await hoa.presses("menu.find")
    await hoa.types(name)
    await hoa.taps("Mẹ")
    return await hoa.taps("family_page.choice.family_doses")


async def test_an_is_younger_than_she_was_written_down_and_comes_later(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(A_WEDNESDAY, "08:00"))
    assert "5 trong 1" in await find_record(hoa)
    await hoa.taps("birth_date.choice.correct")
    assert hoa.words("problem.told_birth.in_future") in await hoa.types("10/12/2026")
    preview = await hoa.types("25/10/2026")
    assert "5 trong 1" in preview.casefold()
    assert "25/12/2026" in preview
    assert await birth_dates(village) == [("An", "2026-10-05")]
    page = await hoa.taps("birth_date.choice.yes")
    assert "5 trong 1" not in page.split("\n")[1]
    assert await birth_dates(village) == [("An", "2026-10-25")]
    hers = await lan.presses("menu.child")
    assert "45 ngày tuổi" in hers
    assert "5 trong 1" not in hers
    await hoa.forges("v1:born_yes:1:2026-10-05:2026-10-01:one")
    assert await birth_dates(village) == [("An", "2026-10-25")]


async def test_twins_are_put_right_with_one_tap_and_lan_and_minh_cannot(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await are_with_us(minh, lan, Beginning(born=BORN, children=("An", "Bình")))
    await village.pass_time(to=at_home(A_WEDNESDAY, "08:00"))
    await find_record(hoa)
    await hoa.taps("An")
    await hoa.taps("birth_date.choice.correct")
    await hoa.types("1/10/2026")
    await hoa.taps("✅ Đúng, sửa cho An")
    assert await birth_dates(village) == [("An", "2026-10-01"), ("Bình", "2026-10-01")]
    await minh.presses("menu.find")
    for person in (minh, lan):
        await person.forges("v1:born_yes:1:2026-10-01:2026-09-01:both")
        await person.forges("v1:born:1")
    assert await birth_dates(village) == [("An", "2026-10-01"), ("Bình", "2026-10-01")]
