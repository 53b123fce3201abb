"""Staff settle what a province offers and until which age; a visit follows from it, and nobody else may."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from content.schedules.care_loading import load_campaign_kinds
from domain.area import FacilityKind, FacilitySettings, Province
from domain.care.rounds import CampaignRound
from domain.identifiers import ActorId, ChildId, CommuneId, FacilityId
from domain.invite import ActorPlace
from domain.people import ActorRole
from domain.province_rules import GateWord, Outbreak
from domain.vaccination.ages import Age
from domain.vaccination.forecast import SeriesStatus
from services.access import Refused, Speaker, anew
from services.campaigns.texts import phones_of_site
from services.ports import UnitOfWork
from services.staff.area_rules.change_rules import (
    add_round,
    cancel_round,
    declare_outbreak,
    end_outbreak,
    set_gate,
    set_upper_age,
)
from services.staff.area_rules.show_rules import (
    count_by_age,
    count_by_gate,
    count_by_group,
    count_by_round,
    list_provinces,
    show_gate,
    show_item,
    show_province,
)
from services.staff.change_facility import (
    list_facilities,
    set_capacity,
    set_emergency_route,
    set_morning_reminder,
    set_on_call,
    set_reminder_days,
    show_facility,
)
from services.staff.import_area import FacilityRow, import_area
from services.turn import Turn
from services.visits.find_needs import assess_children, place_of
from services.visits.find_visits import SubjectVisit, find_child_visits
from storage.engine import Database
from tests.storage.session_village import add_nurse, open_station
from tests.storage.sessions import WITHOUT_CARE, add_sibling, at
from tests.storage.village import QUANG_NINH, Village, add_station, arrive

PROGRAMME = replace(WITHOUT_CARE, campaign_kinds=tuple(load_campaign_kinds().values()))
TODAY, JANUARY = date(2026, 11, 20), date(2027, 1, 1)
JUNE = CampaignRound("vitamin_a", date(2026, 12, 1), date(2026, 12, 31), Age(6), Age(36))


async def are_refused(*wishes: Callable[[], Awaitable[object]]) -> None:
    """None of them is granted."""
    for wish in wishes:
        with pytest.raises(Refused):
            await wish()


async def turn_of(uow: UnitOfWork, chat: str, day: date = TODAY) -> Turn:
    """Somebody taps something."""
    moment = at(day, 9)
    speaker = await anew(uow, Speaker(await arrive(uow, chat, moment.now), None, ()))
    return Turn(uow, PROGRAMME, moment, speaker, f"update:{moment.now.isoformat()}")


async def staff_turn(uow: UnitOfWork, day: date = TODAY) -> Turn:
    """Hạnh, who works for the health department, taps something."""
    if (await turn_of(uow, "hanh")).speaker.actor is None:
        hanh = await uow.people.add_actor(ActorPlace("Hạnh", ActorRole.STAFF), by=None, at=at(TODAY, 8).now)
        await uow.people.link_actor(hanh, (await arrive(uow, "hanh")).id, at(TODAY, 8).now)
    return await turn_of(uow, "hanh", day)


async def visit_on(uow: UnitOfWork, village: Village, day: date, child: ChildId | None = None) -> SubjectVisit:
    """The next visit of one child, seen from a day."""
    turn = await turn_of(uow, "lan", day)
    subject = await uow.families.child(child or village.an)
    facility = await uow.area.facility(village.station)
    assert subject is not None
    assert facility is not None
    (found,) = await find_child_visits(turn, facility, [subject])
    return found


def vaccines_of(one: SubjectVisit) -> set[str]:
    return {dose.vaccine for dose in one.visit.needs.doses} if one.visit else set()


async def test_a_vaccine_that_is_offered_from_january_on_belongs_to_a_visit_from_that_day(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await open_station(uow, village)
        turn = await staff_turn(uow)
        assert "PCV" not in vaccines_of(await visit_on(uow, village, JANUARY))
        _page, gate = await show_gate(turn, village.commune, "pcv")
        assert (gate.is_open, gate.last, gate.following) == (False, None, None)
        page = await set_gate(turn, village.commune, GateWord("pcv", JANUARY, True))
        (pcv,) = (one for one in page.gates if one.key == "pcv")
        assert (pcv.is_open, pcv.following) == (False, GateWord("pcv", JANUARY, True))
        assert "PCV" not in vaccines_of(await visit_on(uow, village, JANUARY - timedelta(days=1)))
        assert "PCV" in vaccines_of(await visit_on(uow, village, JANUARY))
        await set_gate(await staff_turn(uow, JANUARY), village.commune, GateWord("pcv", JANUARY, False))
        assert "PCV" not in vaccines_of(await visit_on(uow, village, JANUARY))


async def test_an_upper_age_that_is_lowered_makes_a_dose_aged_out_and_as_in_the_schedule_brings_it_back(
    database: Database, village: Village
) -> None:
    async def status(uow: UnitOfWork, item: str, day: date) -> SeriesStatus:
        work = await turn_of(uow, "lan", day)
        facility = await uow.area.facility(village.station)
        assert facility is not None
        child = await uow.families.child(village.an)
        assert child is not None
        found = (await assess_children(work, await place_of(work, facility), [child]))[child.id]
        return next(one.status for one in found.forecasts if one.group == item)

    async with database.begin() as uow:
        await open_station(uow, village)
        turn, day = await staff_turn(uow), date(2027, 12, 1)  # An is fourteen months old
        assert await status(uow, "mcv", day) is SeriesStatus.NOT_COMPLETE
        await set_upper_age(turn, village.commune, "mcv", Age(12))
        assert await status(uow, "mcv", day) is SeriesStatus.AGED_OUT
        await set_upper_age(turn, village.commune, "mcv", None)
        assert await status(uow, "mcv", day) is SeriesStatus.NOT_COMPLETE
        await set_gate(turn, village.commune, GateWord("rota", TODAY, True))
        assert await status(uow, "rota", day) is SeriesStatus.AGED_OUT
        await set_upper_age(turn, village.commune, "rota", Age(24))
        assert await status(uow, "rota", day) is SeriesStatus.NOT_COMPLETE


async def test_a_round_reaches_a_child_of_seven_months_and_not_one_of_five(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await open_station(uow, village)
        seven = await add_sibling(uow, village, "Bảy", date(2026, 5, 1))
        five = await add_sibling(uow, village, "Năm", date(2026, 7, 2))
        turn = await staff_turn(uow)
        page = await show_province(turn, village.commune)
        assert await count_by_round(turn, page, JUNE) == 1
        await add_round(turn, village.commune, JUNE)

        def care(one: SubjectVisit) -> set[str]:
            return {care.key for care in one.visit.needs.care} if one.visit else set()

        assert "vitamin_a" in care(await visit_on(uow, village, date(2026, 12, 1), seven))
        assert "vitamin_a" not in care(await visit_on(uow, village, date(2026, 12, 1), five))
        await cancel_round(turn, village.commune, "vitamin_a", JUNE.from_on)
        assert "vitamin_a" not in care(await visit_on(uow, village, date(2026, 12, 1), seven))


async def test_before_anything_is_changed_it_is_counted_whom_it_concerns(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await add_sibling(uow, village, "Lớn", date(2024, 11, 20))  # two years old today
        turn = await staff_turn(uow)
        page = await show_province(turn, village.commune)
        assert await count_by_gate(turn, page, "pcv", TODAY) == 2
        assert await count_by_gate(turn, page, "rota", TODAY) == 1
        assert await count_by_gate(turn, page, "rota", date(2027, 4, 1)) == 0  # An is six months old
        assert await count_by_gate(turn, page, "hpv", TODAY) == 0  # only from eleven years on
        assert await count_by_group(turn, page, "mcv") == 2
        assert await count_by_age(turn, page, "mcv", Age(24)) == 1
        assert await count_by_age(turn, page, "mcv", Age(25)) == 0
        assert await count_by_age(turn, page, "vitamin_a", Age(24)) == 1
        assert await count_by_age(turn, page, "rota", Age(36)) == 1
        await set_upper_age(turn, village.commune, "vitamin_a", Age(24))
        changed = await show_province(turn, village.commune)
        assert changed.proposed_ages("vitamin_a") == (Age(6), Age(24))
        assert await count_by_age(turn, changed, "vitamin_a", None) == 1


async def test_an_outbreak_is_declared_once_and_over_at_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        turn = await staff_turn(uow)
        for _tap in range(2):
            page = await declare_outbreak(turn, village.commune, "mcv")
        assert page.outbreaks == (Outbreak("mcv", TODAY),)
        assert len(page.rules.outbreaks) == 1
        for _tap in range(2):
            page = await end_outbreak(turn, village.commune, "mcv")
        assert page.outbreaks == ()
        assert await uow.programme.audited("change_rule") == 2


async def test_the_same_wish_twice_is_written_once_and_every_change_is_in_the_log(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        turn = await staff_turn(uow)
        for _tap in range(2):
            await set_gate(turn, village.commune, GateWord("pcv", JANUARY, True))
            await set_upper_age(turn, village.commune, "mcv", Age(36))
            await add_round(turn, village.commune, JUNE)
        assert await uow.programme.audited("change_rule") == 3
        other = replace(JUNE, max_age=Age(60))
        page = await add_round(turn, village.commune, other)
        assert page.rounds == (other,)
        for _tap in range(2):
            await cancel_round(turn, village.commune, "vitamin_a", JUNE.from_on)
        assert await uow.programme.audited("change_rule") == 5


async def test_what_staff_never_see_a_button_for_is_refused(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        turn = await staff_turn(uow)
        here, stranger = village.commune, CommuneId(99)
        await are_refused(
            lambda: show_province(turn, stranger),
            lambda: show_item(turn, here, "luck"),
            lambda: set_gate(turn, here, GateWord("luck", JANUARY, True)),
            lambda: set_gate(turn, stranger, GateWord("pcv", JANUARY, True)),
            lambda: set_gate(turn, here, GateWord("pcv", date(1999, 1, 1), True)),
            lambda: set_gate(turn, here, GateWord("pcv", date(2999, 1, 1), True)),
            lambda: set_upper_age(turn, here, "luck", Age(12)),
            lambda: set_upper_age(turn, here, "mcv", Age(9)),
            lambda: set_upper_age(turn, here, "mcv", Age(217)),
            lambda: add_round(turn, here, replace(JUNE, key="luck")),
            lambda: add_round(turn, here, replace(JUNE, from_on=date(2026, 1, 1), until_on=date(2026, 1, 9))),
            lambda: add_round(turn, here, replace(JUNE, until_on=date(2028, 1, 9))),
            lambda: declare_outbreak(turn, here, "luck"),
        )
        assert await uow.programme.audited("change_rule") == 0


@pytest.mark.parametrize("chat", ["minh", "hoa", "lan", "binh"])
async def test_nobody_but_staff_changes_a_province(database: Database, village: Village, chat: str) -> None:
    async with database.begin() as uow:
        await open_station(uow, village)
        turn, here = await turn_of(uow, chat), village.commune
        await are_refused(
            lambda: list_provinces(turn),
            lambda: show_province(turn, here),
            lambda: set_gate(turn, here, GateWord("pcv", JANUARY, True)),
            lambda: set_upper_age(turn, here, "mcv", Age(36)),
            lambda: add_round(turn, here, JUNE),
            lambda: cancel_round(turn, here, "vitamin_a", JUNE.from_on),
            lambda: declare_outbreak(turn, here, "mcv"),
            lambda: end_outbreak(turn, here, "mcv"),
        )


async def test_a_nurse_settles_her_own_station_and_everything_is_in_the_log(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        hoa = await open_station(uow, village)
        turn, station = await turn_of(uow, "hoa"), village.station
        assert [one.id for one in await list_facilities(turn)] == [station]
        for _tap in range(2):
            await set_reminder_days(turn, station, 3)
            await set_morning_reminder(turn, station, wanted=True)
            await set_capacity(turn, station, 60)
            await set_emergency_route(turn, station, "Gọi xuồng, 0203 555 0102")
            await set_on_call(turn, station, hoa)
        page = await show_facility(turn, station)
        settings = page.facility.settings
        assert (settings.reminder_days, settings.morning_reminder, settings.capacity) == (3, True, 60)
        assert (settings.emergency_route, settings.on_call) == ("Gọi xuồng, 0203 555 0102", hoa)
        assert page.on_call == "Hoa"
        assert await uow.programme.audited("change_facility") == 5
        page = await set_on_call(await staff_turn(uow), station, None)
        page = await set_capacity(turn, station, None)
        assert (page.facility.settings.on_call, page.facility.settings.capacity, page.on_call) == (None, None, "")
        assert page.facility.settings.reminder_days == 3


async def test_a_file_changes_the_settings_of_which_it_speaks_and_no_others(
    database: Database, village: Village
) -> None:
    row = FacilityRow(
        province_code="quang-ninh",
        commune="Minh Châu",
        name="Trạm Y tế Minh Châu",
        kind=FacilityKind.HEALTH_STATION,
        phone="115",
        hours="7:00",
        session_rule="day 5",
    )
    async with database.begin() as uow:
        hoa = await open_station(uow, village)
        await set_on_call(await turn_of(uow, "hoa"), village.station, hoa)
    for one in (replace(row, capacity=60, morning_reminder=True), row, replace(row, morning_reminder=False)):
        await import_area(database, [QUANG_NINH], [one], at(TODAY, 9))
    async with database.look() as uow:
        found = await uow.area.facility(village.station)
        assert found is not None
        assert found.settings == FacilitySettings(capacity=60, on_call=hoa)


@pytest.mark.parametrize(
    ("in_file", "kept"),
    [
        (replace(QUANG_NINH, phones_verified_on=None), TODAY),
        (replace(QUANG_NINH, phones_verified_on=TODAY - timedelta(days=9)), TODAY),
        (replace(QUANG_NINH, phones_verified_on=TODAY + timedelta(days=1)), TODAY + timedelta(days=1)),
        (replace(QUANG_NINH, phones_verified_on=None, protection_phone="18001567"), None),
    ],
)
async def test_a_file_takes_back_no_later_word_about_the_same_numbers(
    database: Database, village: Village, in_file: Province, kept: date | None
) -> None:
    async with database.begin() as uow:
        await uow.area.save_province(replace(QUANG_NINH, phones_verified_on=TODAY))
    await import_area(database, [in_file], [], at(TODAY, 9))
    async with database.look() as uow:
        (province,) = await uow.area.provinces()
    assert province == replace(in_file, phones_verified_on=kept)


async def test_a_campaign_may_name_the_numbers_of_the_provinces_and_no_others(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.area.save_province(replace(QUANG_NINH, code="huaian", emergency_phone="120"))
        assert await phones_of_site(await turn_of(uow, "hoa")) == ("111", "115", "120")


async def test_nobody_else_settles_a_station(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa = await open_station(uow, village)
        other = await add_station(uow, village.commune, "Trạm Y tế Bình Dân")
        elsewhere = replace(village, station=other)
        thao = await add_nurse(uow, elsewhere, "Thảo")
        await refuses(await turn_of(uow, "thảo"), village.station, hoa)
        for chat in ("minh", "lan", "binh"):
            await refuses(await turn_of(uow, chat), village.station, hoa)
        turn = await turn_of(uow, "hoa")
        for someone in (thao, village.minh, ActorId(99)):
            with pytest.raises(Refused):
                await set_on_call(turn, village.station, someone)
        await are_refused(
            lambda: set_reminder_days(turn, village.station, 2),
            lambda: set_capacity(turn, village.station, 0),
            lambda: set_capacity(turn, village.station, 1001),
            lambda: set_emergency_route(turn, village.station, "x" * 301),
            lambda: show_facility(turn, FacilityId(99)),
        )
        assert await uow.programme.audited("change_facility") == 0


async def refuses(turn: Turn, station: FacilityId, hoa: ActorId) -> None:
    """None of these wishes is granted to her."""
    await are_refused(
        lambda: show_facility(turn, station),
        lambda: set_reminder_days(turn, station, 3),
        lambda: set_morning_reminder(turn, station, wanted=True),
        lambda: set_capacity(turn, station, 60),
        lambda: set_emergency_route(turn, station, "Gọi xuồng, 0203"),
        lambda: set_on_call(turn, station, hoa),
    )
