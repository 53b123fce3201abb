"""Reminders of a visit: two of them, five answers, and each answer has its effect. Buttons live for ever."""

from datetime import date

import pytest

from domain.area import FacilitySettings
from domain.identifiers import ChildId, FacilityId
from domain.sending.outbox import Lane
from domain.sex import Sex
from services.ports.families import NewChild
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Work
from services.visits.find_needs import find_child_needs, place_of
from services.visits.keep_doses import Teller, keep_doses
from tests.trips.journeys import enrol_and_join
from tests.trips.letters import at_home, local, sent, told
from tests.trips.village import Json, Person, Village

# Suối Mơ vaccinates on the 5th and the 20th; two months after this birth is a vaccination day.
BORN = "5/10/2026"
FIRST, SECOND = date(2026, 12, 5), date(2026, 12, 20)
WEEK_BEFORE = date(2026, 11, 28)
STATION = "Trạm Y tế Suối Mơ"
COMING, CANNOT, VACCINATED = "visit.choice.coming", "visit.choice.cannot", "visit.choice.vaccinated"
ILL = "visit.choice.ill"


@pytest.fixture
async def reminded(village: Village, minh: Person, lan: Person) -> Person:
    """Lan, a week before An's vaccination day: the reminder has come."""
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(WEEK_BEFORE, "21:00"))
    return lan


async def reminder(lan: Person) -> Json:
    """The newest reminder, as it stands on her phone before she answers."""
    return [one for one in await lan.messages() if lan.words(VACCINATED) in str(one.get("reply_markup"))][-1]


async def occasions(village: Village, lan: Person) -> list[str]:
    """The reminders that were sent, as `DATE:STEP`."""
    told = sent(await village.ledger(lan), Lane.VISIT)
    return [row.occasion.split(":", 2)[2] for row in told if row.occasion.startswith("visit:")]


async def doses(village: Village) -> list[tuple[str, str]]:
    """Vaccinations that are kept, as (source, day)."""
    rows = await village.rows("SELECT source, given_on FROM vaccinations WHERE withdrawn_at IS NULL ORDER BY id")
    return [(source, str(day)) for source, day in rows]


async def test_lan_comes_and_is_reminded_again_on_the_eve(village: Village, reminded: Person) -> None:
    thanks = told(reminded, "visit.answered.coming", facility=STATION, children=("An",), on=FIRST)
    question = await reminder(reminded)
    assert await reminded.taps(COMING) == thanks
    assert await reminded.taps_in(question, COMING) == thanks

    await village.pass_time(to=at_home(FIRST, "12:00"))
    reminders = sent(await village.ledger(reminded), Lane.VISIT)
    assert [local(row).date() for row in reminders] == [WEEK_BEFORE, date(2026, 12, 4)]
    assert all(17 <= local(row).hour < 20 for row in reminders)
    assert len(await village.rows("SELECT 1 FROM visit_answers")) == 1


async def test_lan_cannot_come_and_is_reminded_of_the_next_day_instead(village: Village, reminded: Person) -> None:
    instead = told(reminded, "visit.answered.instead", facility=STATION, children=("An",), on=FIRST, instead=SECOND)
    question = await reminder(reminded)
    assert await reminded.taps(CANNOT) == instead
    assert await reminded.taps_in(question, CANNOT) == instead
    assert "20" in await reminded.presses("menu.child")

    await village.pass_time(to=at_home(SECOND, "12:00"))
    assert await occasions(village, reminded) == ["2026-12-05:7", "2026-12-20:7", "2026-12-20:1"]


async def test_an_is_vaccinated_already_and_nobody_reminds_of_it_again(village: Village, reminded: Person) -> None:
    thanks = told(reminded, "visit.answered.vaccinated", facility=STATION, children=("An",), on=FIRST)
    question = await reminder(reminded)
    assert await reminded.taps(VACCINATED) == thanks
    kept = await doses(village)
    assert {source for source, _day in kept} == {"reported"}
    assert await reminded.taps_in(question, VACCINATED) == thanks
    assert await doses(village) == kept
    known = await reminded.presses("menu.known")
    assert reminded.words("known.dose.reported", vaccine="", on=date(2026, 11, 28)).split(",")[-1] in known

    await village.pass_time(to=at_home(date(2026, 12, 21), "12:00"))
    assert await occasions(village, reminded) == ["2026-12-05:7"]


async def test_lan_changes_her_mind_and_her_last_word_counts(village: Village, reminded: Person) -> None:
    await reminded.taps(CANNOT)
    await reminded.taps("visit.choice.change")
    thanks = told(reminded, "visit.answered.vaccinated", facility=STATION, children=("An",), on=FIRST)
    assert await reminded.taps(VACCINATED) == thanks
    assert {source for source, _day in await doses(village)} == {"reported"}


async def test_after_the_day_lan_says_that_an_was_vaccinated_and_it_is_kept(village: Village, reminded: Person) -> None:
    await village.pass_time(to=at_home(date(2026, 12, 7), "09:00"))
    thanks = told(reminded, "visit.answered.vaccinated", facility=STATION, children=("An",), on=FIRST)

    assert await reminded.taps(VACCINATED) == thanks
    assert set(await doses(village)) == {("reported", "2026-12-05")}
    await village.pass_time(to=at_home(SECOND, "12:00"))
    assert await occasions(village, reminded) == ["2026-12-05:7", "2026-12-05:1"]


async def test_an_old_button_adds_nothing_to_what_the_nurse_wrote(village: Village, reminded: Person) -> None:
    question = await reminder(reminded)
    await village.pass_time(to=at_home(SECOND, "09:00"))
    await nurse_records(village)
    written = await doses(village)
    await village.pass_time(to=at_home(date(2026, 12, 23), "09:00"))

    await reminded.taps_in(question, VACCINATED)
    assert await doses(village) == written
    assert {source for source, _day in written} == {"record"}


async def test_nobody_answers_for_lan(village: Village, reminded: Person, minh: Person, binh: Person) -> None:
    await binh.types("/start")
    for stranger in (binh, minh):
        assert stranger.words("refused") in await stranger.forges(f"v1:visit:1:1:{FIRST}:vaccinated")
    assert reminded.words("refused") in await reminded.forges("v1:visit:1:1:2026-13-45:coming")
    assert reminded.words("refused") in await reminded.forges(f"v1:visit:1:1:{FIRST}:never")
    assert await village.rows("SELECT 1 FROM visit_answers") == []
    assert await doses(village) == []


async def test_who_says_after_the_day_that_she_comes_is_told_that_it_is_over(
    village: Village, reminded: Person
) -> None:
    question = await reminder(reminded)
    await village.pass_time(to=at_home(date(2026, 12, 7), "09:00"))
    for answer in (COMING, CANNOT):
        await reminded.taps_in(question, answer)
        assert told(reminded, "visit.answered.past", on=FIRST, visit="").strip() in await reminded.reads()
    assert await village.rows("SELECT 1 FROM visit_answers") == []


async def test_siblings_and_twins_are_named_in_one_reminder(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await add_sibling(village, lan, "Bảo <b>", date(2026, 10, 5))
    await add_sibling(village, lan, "Chi {{ 7*7 }}", date(2026, 8, 1))
    await village.pass_time(to=at_home(WEEK_BEFORE, "21:00"))

    stay = told(lan, "visit.advice.stay")
    reminders = [one for one in await lan.has_read() if stay in one]
    assert await occasions(village, lan) == ["2026-12-05:7"]
    assert all(name in reminders[-1] for name in ("An", "Bảo <b>", "Chi {{ 7*7 }}"))
    tips = sent(await village.ledger(lan), Lane.TIP)
    assert len({(row.message_key, row.occasion) for row in tips}) == len(tips)
    of_twins = [row for row in await village.ledger(lan) if row.lane is Lane.TIP and row.occasion == "child:2"]
    assert of_twins == []


async def test_a_sign_of_danger_sends_them_for_help_at_once_and_the_station_hears_of_it(
    village: Village, minh: Person, hoa: Person, reminded: Person
) -> None:
    question = await reminder(reminded)
    asked = await reminded.taps(ILL)
    assert told(reminded, "after.choice.drinking") in asked
    go_now = told(reminded, "after.go_now.number", emergency_phone="115")
    answer = await reminded.taps("visit.ill.choice.yes")
    assert answer.splitlines()[-1] == go_now
    assert "Hoa" in answer

    assert "An" in await hoa.reads()
    listed = await minh.presses("menu.families")
    assert minh.words("families.action.call") in listed
    page = await minh.taps("☎️ 1")
    for reason in ("after.choice.drinking", "visit.choice.ill"):
        assert minh.words(reason) not in page
    # The same button weeks later: the signs come first, whatever the day.
    await village.pass_time(to=at_home(SECOND, "21:00"))
    assert told(reminded, "after.choice.drinking") in await reminded.taps_in(question, ILL)


async def test_an_island_without_an_ambulance_has_its_own_way(village: Village, reminded: Person) -> None:
    async with village.parts.database.begin() as uow:
        await uow.area.set_settings(FacilityId(1), FacilitySettings(emergency_route="Gọi ca nô anh Tư 0203 555 999"))
    await reminded.taps(ILL)
    assert "ca nô anh Tư 0203 555 999" in (await reminded.taps("visit.ill.choice.yes")).splitlines()[-1]


async def test_a_cold_is_no_reason_to_stay_away_and_she_still_says_whether_she_comes(
    village: Village, reminded: Person
) -> None:
    await reminded.taps(ILL)
    come = await reminded.taps("visit.ill.choice.no")
    assert told(reminded, "visit.ill.no", on=FIRST, in_danger="").splitlines()[0].split("{{")[0][:40] in come
    thanks = told(reminded, "visit.answered.coming", facility=STATION, children=("An",), on=FIRST)
    assert await reminded.taps(COMING) == thanks


async def test_who_moved_away_is_asked_where_and_hears_no_more_of_the_old_station(
    village: Village, minh: Person, reminded: Person
) -> None:
    moved = await reminded.taps("visit.choice.moved")
    assert moved == told(reminded, "visit.answered.moved", facility=STATION)
    near = told(reminded, "visit.moved.near", facility=STATION, station_phone=await station_phone(village))
    assert await reminded.taps("visit.choice.moved_near") == near
    assert minh.words("families.action.call") in await minh.presses("menu.families")
    await village.pass_time(to=at_home(SECOND, "12:00"))
    assert await occasions(village, reminded) == ["2026-12-05:7"]


async def test_nobody_else_says_that_a_child_of_hers_is_ill_or_that_she_moved(
    village: Village, reminded: Person, minh: Person, binh: Person
) -> None:
    await binh.types("/start")
    for stranger in (binh, minh):
        for forged in (f"v1:ill:1:1:{FIRST}:yes", f"v1:moved:1:1:{FIRST}:near", f"v1:visit:1:1:{FIRST}:ill"):
            assert stranger.words("refused") in await stranger.forges(forged)
    assert reminded.words("refused") in await reminded.forges(f"v1:ill:1:1:{FIRST}:perhaps")
    assert await village.rows("SELECT 1 FROM tasks") == []
    assert await village.rows("SELECT 1 FROM visit_answers") == []


async def station_phone(village: Village) -> str:
    """What families ring."""
    async with village.parts.database.look() as uow:
        facility = await uow.area.facility(FacilityId(1))
        assert facility is not None
        return facility.phone


async def nurse_records(village: Village) -> None:
    """Everything that An lacks is given today, and the station has written it down."""
    async with village.parts.database.begin() as uow:
        work = Work(uow, village.parts.programme, await village.parts.clock.moment())
        facility, an = await uow.area.facility(FacilityId(1)), await uow.families.child(ChildId(1))
        assert facility is not None
        assert an is not None
        today = work.moment.today(facility.zone)
        needs = (await find_child_needs(work, await place_of(work, facility), [an]))[an.id].due(today)
        given = [Vaccination(an.id, dose.vaccine, today, VaccinationSource.RECORD) for dose in needs.doses]
        await keep_doses(work, given, Teller(facility=facility.id))


async def add_sibling(village: Village, lan: Person, name: str, born: date) -> None:
    """One more child in her family."""
    caregiver = await village.caregiver_of(lan)
    async with village.parts.database.begin() as uow:
        found = await uow.families.caregiver(caregiver)
        assert found is not None
        family = await uow.families.family(found.family)
        assert family is not None
        child = await uow.families.add_child(family.id, family.facility, NewChild(name, born, Sex.MALE))
        await uow.families.add_care(caregiver, found.role, child=child)
