"""Hoa opens a child's record: a walk-in, a dose of the district hospital, a wrong date, and what must not be given."""

from datetime import date

from tests.trips.journeys import Beginning, are_with_us, enrol_and_join
from tests.trips.letters import at_home
from tests.trips.village import Person, Village

BORN = "5/10/2026"
A_WEDNESDAY = date(2026, 12, 9)


async def rows(village: Village) -> list[tuple[str, str, str, str]]:
    found = await village.rows(
        "SELECT vaccine, given_on, source, coalesce(withdrawn_as, '') FROM vaccinations ORDER BY id"
    )
    return [(row[0], str(row[1]), row[2], row[3]) for row in found]


async def find_record(hoa: Person, name: str = "An") -> str:
    """She looks for the family by the child's name and opens the record."""
    await hoa.presses("menu.find")
    await hoa.types(name)
    await hoa.taps("Mẹ")
    return await hoa.taps("family_page.choice.family_doses")


async def test_a_child_who_comes_without_being_expected_is_found_and_recorded(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(A_WEDNESDAY, "08:00"))
    assert "5 trong 1" in await find_record(hoa)
    await hoa.taps("doses.choice.record")
    assert {(vaccine, day) for vaccine, day, _source, _gone in await rows(village)} >= {("PENTA", "2026-12-09")}
    assert await village.rows("SELECT 1 FROM attendances") == []


async def test_a_dose_of_the_district_hospital_gets_its_true_date_and_a_wrong_date_is_put_right(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(A_WEDNESDAY, "08:00"))
    await find_record(hoa)
    await hoa.taps("doses.choice.late")
    assert hoa.words("problem.dose_day.before_birth") in await hoa.types("4/10/2026")
    assert hoa.words("problem.dose_day.in_future") in await hoa.types("10/12/2026")
    await hoa.types("7/12/2026")
    await hoa.taps("doses.choice.elsewhere")
    await hoa.taps("5 trong 1")
    first = (await rows(village))[0]
    assert first == ("PENTA", "2026-12-07", "card", "")

    await hoa.taps("doses.choice.all")
    await hoa.taps("✏️ 5 trong 1")
    await hoa.taps("doses.choice.day")
    page = await hoa.types("6/12/2026")
    assert (await rows(village))[0][3] == "corrected"
    assert ("PENTA", "2026-12-06", "card", "") in await rows(village)
    assert page.count("5 trong 1") == 2  # the row that stands and the one that was corrected

    await hoa.taps("✏️ 5 trong 1")
    await hoa.taps("doses.choice.gone")
    await hoa.taps("doses.choice.gone_yes")
    assert "PENTA" not in {vaccine for vaccine, _day, _source, gone in await rows(village) if not gone}


async def test_a_dose_of_unknown_date_is_not_asked_for_again(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(A_WEDNESDAY, "08:00"))
    await find_record(hoa)
    for label in ("doses.choice.late", "choice.day_unknown", "doses.choice.elsewhere", "5 trong 1"):
        await hoa.taps(label)
    record = await hoa.taps("doses.choice.all")
    assert hoa.words("doses.day_unknown") in record
    assert "5 trong 1" not in record.split("\n")[1]


async def test_what_an_must_not_get_is_on_no_list_and_lan_never_reads_why(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(A_WEDNESDAY, "08:00"))
    await find_record(hoa)
    for label in ("doses.choice.exempt", "5 trong 1", "doses.choice.contraindicated", "doses.choice.for_good"):
        page = await hoa.taps(label)
    assert hoa.words("doses.exempt.contraindicated", group="5 trong 1") in page
    assert "5 trong 1" not in await lan.presses("menu.child")
    assert not any("Không được tiêm" in words for words in await lan.has_read())
    await hoa.taps("doses.choice.exempt")
    await hoa.taps("↩️ 5 trong 1")
    assert "5 trong 1" in await lan.presses("menu.child")


async def test_of_twins_the_one_who_got_the_dose_gets_the_row(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await are_with_us(minh, lan, Beginning(born=BORN, children=("An", "Bình")))
    await village.pass_time(to=at_home(A_WEDNESDAY, "08:00"))
    await find_record(hoa)
    await hoa.taps("An")
    for label in ("doses.choice.late", "choice.today", "doses.choice.here", "5 trong 1", "doses.choice.all"):
        await hoa.taps(label)
    await hoa.taps("✏️ 5 trong 1")
    await hoa.taps("👶 Là của Bình")
    names = await village.rows(
        "SELECT name FROM vaccinations JOIN children ON children.id = child_id WHERE withdrawn_at IS NULL"
    )
    assert [row[0] for row in names] == ["Bình"]


async def test_what_lan_reported_is_confirmed_with_one_tap(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(date(2026, 12, 4), "21:00"))
    await lan.taps("visit.choice.vaccinated")
    await village.pass_time(to=at_home(A_WEDNESDAY, "08:00"))
    page = await find_record(hoa)
    assert hoa.words("doses.source.reported") in page
    await hoa.taps("✅ Có trong sổ: 5 trong 1")
    assert {source for vaccine, _day, source, _gone in await rows(village) if vaccine == "PENTA"} == {
        "record",
        "reported",
    }


async def test_a_volunteer_has_no_button_for_records(village: Village, minh: Person, hoa: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await minh.presses("menu.find")
    await minh.types("An")
    await minh.taps("Mẹ")
    assert minh.words("family_page.choice.family_doses") not in str((await minh.messages())[-1])
