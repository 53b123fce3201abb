"""The evening after: Lan is told what is usual, answers in one tap, and whoever is on call hears of danger at once."""

from datetime import date

import pytest
from sqlalchemy import update

from domain.people import ActorRole
from domain.sending.outbox import Lane
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Work
from services.visits.keep_doses import Teller, keep_doses
from storage.tables import facilities
from tests.trips.journeys import Beginning, are_with_us, enrol_and_join
from tests.trips.letters import at_home, local, sent
from tests.trips.village import Json, Person, Village

BORN = "5/10/2026"
DAY, NEXT, THIRD = date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 7)
WELL, FEVER, ELSE = "after.choice.well", "after.choice.fever", "after.choice.else"
ISLAND = "Gọi thuyền cấp cứu <0203>"


async def given(village: Village, lan: Person, *vaccines: str) -> None:
    """The station writes down what her children were given now."""
    caregiver = await village.caregiver_of(lan)
    moment = await village.parts.clock.moment()
    async with village.parts.database.begin() as uow:
        children = await uow.families.children_of(caregiver)
        today = moment.today("Asia/Ho_Chi_Minh")
        doses = [Vaccination(one.id, code, today, VaccinationSource.RECORD) for one in children for code in vaccines]
        work = Work(uow, village.parts.programme, moment)
        await keep_doses(work, doses, Teller(facility=children[0].facility))


async def question(lan: Person) -> Json:
    """The newest message with the three answers."""
    return [one for one in await lan.messages() if lan.words(WELL) in str(one.get("reply_markup"))][-1]


async def lives_on_an_island(village: Village) -> None:
    async with village.parts.database.transaction() as connection:
        await connection.execute(update(facilities).values(emergency_route=ISLAND))


@pytest.fixture
async def vaccinated(village: Village, minh: Person, lan: Person) -> Person:
    """Lan, in the evening of the day on which An was vaccinated: the question has come."""
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(DAY, "09:00"))
    await given(village, lan, "PENTA", "OPV")
    await village.pass_time(to=at_home(DAY, "20:30"))
    return lan.as_mother


async def aftercare(village: Village, person: Person) -> list[tuple[str, date]]:
    rows = sent(await village.ledger(person), Lane.VISIT)
    return [(row.message_key, local(row).date()) for row in rows if row.occasion.startswith("after:")]


async def test_all_is_well_in_the_evening_and_lan_is_asked_once_more_the_next_day(
    village: Village, vaccinated: Person
) -> None:
    asked = await question(vaccinated)
    assert "38,5" in asked["text"]
    assert "115" in asked["text"]
    thanks = await vaccinated.taps(WELL)
    assert await vaccinated.taps_in(asked, WELL) == thanks

    await village.pass_time(to=at_home(THIRD, "21:00"))
    assert await aftercare(village, vaccinated) == [("after.evening", DAY), ("after.next_day", NEXT)]
    await village.pass_time(to=at_home(date(2026, 12, 12), "09:00"))
    late = await vaccinated.taps_in(asked, FEVER)
    assert vaccinated.words("after.choice.fit") in late
    assert "115" in late
    assert await village.rows("SELECT answer FROM reactions") == [("well",)]


async def test_an_ordinary_fever_stands_in_hoas_morning_and_one_tap_clears_it(
    village: Village, hoa: Person, vaccinated: Person
) -> None:
    advice = await vaccinated.taps(FEVER)
    assert vaccinated.words("after.choice.breathing") in advice
    assert "115" in await vaccinated.taps("after.choice.none")
    read = await hoa.has_read()

    await village.pass_time(to=at_home(NEXT, "08:30"))
    (digest,) = (await hoa.has_read())[len(read) :]
    assert "An" in digest
    assert hoa.words(FEVER) in digest
    cleared = await hoa.taps("✅ Đã xem: An")
    assert cleared == hoa.words("after.digest.nothing", facility="Trạm Y tế Suối Mơ")

    await village.pass_time(to=at_home(THIRD, "08:30"))
    assert hoa.words(FEVER) not in "\n".join((await hoa.has_read())[len(read) + 2 :])


async def test_a_danger_sign_at_night_sends_lan_for_help_and_rings_at_the_station(
    village: Village, hoa: Person, minh: Person, vaccinated: Person, binh: Person
) -> None:
    await lives_on_an_island(village)
    before = await minh.has_read()
    asked = await question(vaccinated)
    await village.pass_time(to=at_home(DAY, "23:30"))
    await vaccinated.taps_in(asked, ELSE)
    go = await vaccinated.taps("after.choice.fit")
    assert go.rstrip().endswith(ISLAND)
    assert "Hoa" in go
    alarm = await hoa.reads()
    assert hoa.words("after.choice.fit") in alarm
    assert "An" in alarm
    assert await vaccinated.taps("after.choice.fit") == go
    assert [one for one in await hoa.has_read() if "🚨" in one] == [alarm]
    assert await minh.has_read() == before

    await binh.starts()
    for data in (f"v1:after:1:1:{DAY}:evening:well", "v1:after_seen:1:1:9999999999"):
        for stranger in (binh, minh):
            assert stranger.words("refused") in await stranger.forges(data)
    assert vaccinated.words("refused") in await vaccinated.forges(f"v1:after:1:1:{DAY}:evening:never")
    await hoa.taps("after.choice.on_it")
    await village.pass_time(to=at_home(THIRD, "21:00"))
    assert await aftercare(village, vaccinated) == [("after.evening", DAY)]


async def test_twins_are_named_in_one_message_and_a_pause_is_respected(
    village: Village, minh: Person, lan: Person
) -> None:
    await are_with_us(minh, lan, Beginning(BORN, ("An", "Bình <b>")))
    await village.pass_time(to=at_home(DAY, "09:00"))
    await given(village, lan, "PENTA")
    await village.pass_time(to=at_home(DAY, "20:30"))
    asked = (await question(lan))["text"]
    assert "An" in asked
    assert "Bình <b>" in asked
    await lan.taps(FEVER)
    assert len(await village.rows("SELECT 1 FROM reactions")) == 2

    caregiver = await village.caregiver_of(lan)
    async with village.parts.database.begin() as uow:
        await uow.families.change_caregiver(caregiver, wants_visits=False)
    await village.pass_time(to=at_home(THIRD, "21:00"))
    assert await aftercare(village, lan) == [("after.evening", DAY)]


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_two_weeks_after_bcg_the_sore_is_spoken_of_in_her_language(village: Village, language: str) -> None:
    volunteer = await village.actor("Minh", ActorRole.VOLUNTEER)
    mai = await village.person("Mai", language=language)
    await enrol_and_join(volunteer, mai, born="hôm qua")
    await given(village, mai, "BCG")
    await village.pass_time(to=at_home(date(2026, 12, 6), "21:00"))
    keys = [row.message_key for row in sent(await village.ledger(mai), Lane.VISIT)]
    assert keys[-1] == "after.bcg"
    asked = (await question(mai))["text"]
    assert "1 cm" in asked or "1厘米" in asked
    await mai.taps(ELSE)
    assert "115" in await mai.taps("after.choice.lump")
