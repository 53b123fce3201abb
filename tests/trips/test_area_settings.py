"""Hạnh of the health department settles what is offered in Quảng Ninh, Hoa how her station reminds; nobody else can."""

from dataclasses import replace

import pytest

from domain.message import Text
from domain.people import ActorRole
from tests.trips.journeys import enrol_and_join
from tests.trips.village import Person, Village

VITAMIN_A = "care.vitamin_a.short"
FORGED = (
    *("v1:area", "v1:area_phones:1:115:111"),
    *("v1:area_province:1", "v1:area_gates:1", "v1:area_gate:1:pcv", "v1:area_gate_ask:1:pcv:open:20270101"),
    *("v1:area_gate_yes:1:pcv:open:20270101", "v1:area_gate_day:1:pcv:open", "v1:area_ages:1", "v1:area_age:1:mcv"),
    *("v1:area_age_type:1:mcv", "v1:area_age_ask:1:mcv:12m", "v1:area_age_yes:1:mcv:12m", "v1:area_rounds:1"),
    *("v1:area_round_add:1:vitamin_a", "v1:area_round_yes:1:vitamin_a:20270601:20270610:6m:36m"),
    *("v1:area_round_drop:1:vitamin_a:20270601", "v1:area_round_gone:1:vitamin_a:20270601", "v1:area_outbreaks:1"),
    *("v1:area_outbreak:1:mcv", "v1:area_outbreak_yes:1:mcv", "v1:area_outbreak_end:1:mcv"),
)
FORGED_STATION = (
    *("v1:station:1", "v1:station_days:1:3", "v1:station_morning:1:on", "v1:station_capacity:1", "v1:station_route:1"),
    *("v1:station_duty:1", "v1:station_on_call:1:1"),
)
NONSENSE = (
    *("v1:area_province", "v1:area_province:x", "v1:area_province:99", "v1:area_gate:1:luck", "v1:area_gate:1"),
    *("v1:area_gate_yes:1:pcv:perhaps:20270101", "v1:area_gate_yes:1:pcv:open:someday", "v1:area_gate_yes:1:pcv:open"),
    *("v1:area_gate_yes:1:pcv:open:19990101", "v1:area_age_yes:1:mcv:old", "v1:area_age_yes:1:mcv:9999m"),
    *("v1:area_age_yes:1:mcv:1m", "v1:area_age_yes:1:luck:12m", "v1:area_outbreak_yes:1:luck", "v1:station_days:1:2"),
    *(f"v1:area_round_yes:1:vitamin_a:{end}" for end in ("20270610:20270601:6m:36m", "20270601:20270610:36m:6m")),
    *("v1:area_round_yes:1:vitamin_a:20270601:20270610:6m:none", "v1:area_round_yes:1:luck:20270601:20270610:6m:36m"),
    *("v1:station_days:1:x", "v1:station_morning:1:maybe", "v1:station_on_call:1:99", "v1:station:99", "v1:station"),
)


@pytest.fixture
async def hanh(village: Village) -> Person:
    """Staff of the health department."""
    return await village.actor("Hạnh", ActorRole.STAFF)


def name_of(hanh: Person, key: str, before: str = "") -> str:
    """How a vaccine or a campaign stands on a button."""
    return before + hanh.words("area.choice.one", name=Text(key))


async def to_province(hanh: Person) -> str:
    await hanh.presses("menu.area")
    return await hanh.taps("🗺 Quảng Ninh")


async def test_hanh_opens_a_vaccine_from_january_on_after_she_saw_whom_it_concerns(
    village: Village, minh: Person, lan: Person, hanh: Person
) -> None:
    await enrol_and_join(minh, lan, born="5/10/2026")
    await to_province(hanh)
    await hanh.taps("area.choice.gates")
    assert hanh.words("area.gate.closed") in await hanh.taps(name_of(hanh, "vaccine.pcv.short"))
    question = await hanh.taps("✅ Có từ 1/1/2027")
    assert "2027" in question
    assert "Số bé liên quan: 1" in question
    kept = await hanh.taps("area.choice.yes")
    assert "sẽ có từ" in kept
    assert len(await village.audited("change_rule")) == 1
    assert await village.rows("SELECT gate, from_on, is_open FROM gates") != []
    assert "sẽ có từ" in await to_province(hanh)


async def test_hanh_makes_sure_of_the_numbers_families_call_and_says_that_they_are_right(
    village: Village, hanh: Person
) -> None:
    page = await to_province(hanh)
    assert hanh.words("area.numbers_to_check", emergency="115", protection="111") in page
    confirmed = await hanh.taps("area.choice.phones")
    assert hanh.words("area.numbers", emergency="115", protection="111", on=(await village.now()).date()) in confirmed
    assert len(await village.audited("confirm_phones")) == 1
    assert hanh.words("area.choice.phones") not in await to_province(hanh)


async def test_numbers_that_changed_since_the_page_was_drawn_are_not_taken_for_right(
    village: Village, hanh: Person
) -> None:
    await to_province(hanh)
    async with village.parts.database.begin() as uow:
        (quang_ninh,) = await uow.area.provinces()
        await uow.area.save_province(replace(quang_ninh, protection_phone="18001567"))
    shown = await hanh.taps("area.choice.phones")
    assert hanh.words("area.numbers_to_check", emergency="115", protection="18001567") in shown
    assert await village.audited("confirm_phones") == []


async def test_hanh_types_ages_and_a_round_and_nonsense_is_asked_again(village: Village, hanh: Person) -> None:
    await to_province(hanh)
    await hanh.taps("area.choice.ages")
    await hanh.taps(name_of(hanh, VITAMIN_A))
    await hanh.taps("area.choice.type_age")
    assert hanh.words("problem.rule_age") in await hanh.types("khi nào lớn")
    assert hanh.words("problem.rule_age_too_low") in await hanh.types("6 tháng")
    question = await hanh.types("5 tuổi")
    assert "60" in question
    assert "⚠️" in question
    assert "60" in await hanh.taps("area.choice.yes")

    await hanh.taps("🗺 Quảng Ninh")
    await hanh.taps("area.choice.rounds")
    await hanh.taps(name_of(hanh, VITAMIN_A, "➕ "))
    assert hanh.words("problem.rule_day") in await hanh.types("mai mốt")
    await hanh.types("1/12")
    assert hanh.words("problem.round_until") in await hanh.types("30/11/2026")
    await hanh.types("10/12/2026")
    await hanh.taps("6 tháng tuổi")
    assert "Số bé ở tuổi này: 0" in await hanh.taps("Dưới 60 tháng tuổi")
    await hanh.taps("area.choice.yes")
    assert await village.rows("SELECT kind, min_age, max_age FROM care_rounds") == [
        ("vitamin_a", "6 months", "60 months")
    ]
    await hanh.taps("area.choice.rounds")
    await hanh.taps(name_of(hanh, VITAMIN_A, "❌ "))
    assert hanh.words("area.no_rounds", name="Quảng Ninh") == await hanh.taps("area.choice.yes")
    assert len(await village.audited("change_rule")) == 3


async def test_hanh_declares_an_outbreak_and_ends_it(village: Village, hanh: Person) -> None:
    await to_province(hanh)
    await hanh.taps("area.choice.outbreaks")
    await hanh.taps(name_of(hanh, "vaccine.measles.short"))
    assert "🚨" in await hanh.taps("area.choice.yes")
    over = await hanh.taps(name_of(hanh, "vaccine.measles.short", "✅ "))
    assert over == hanh.words("area.no_outbreaks", name="Quảng Ninh")
    assert len(await village.audited("change_rule")) == 2


async def test_hoa_settles_her_station_from_the_page_of_the_session(village: Village, hoa: Person) -> None:
    await hoa.presses("menu.session")
    await hoa.taps("station.choice.settings")
    await hoa.taps("station.choice.reminder.3")
    await hoa.taps("station.choice.morning.on")
    await hoa.taps("station.choice.capacity")
    assert hoa.words("problem.session_capacity") in await hoa.types("nhiều lắm")
    assert "60" in await hoa.types("60")
    await hoa.taps("station.choice.route")
    assert hoa.words("problem.emergency_route") in await hoa.types("115")
    assert "Gọi xuồng <b>của trạm</b>" in await hoa.types("Gọi xuồng <b>của trạm</b>, 0203 555 0102")
    await hoa.taps("station.choice.on_call")
    page = await hoa.taps("📞 Hoa")
    assert "📞 Người trực: Hoa" in page
    assert page == await hoa.types("/station")
    assert page == await hoa.types("/area")
    rows = "SELECT reminder_days, capacity, emergency_route FROM facilities WHERE id = 1"
    assert await village.rows(rows) == [(3, 60, "Gọi xuồng <b>của trạm</b>, 0203 555 0102")]
    assert len(await village.audited("change_facility")) == 5


async def test_nobody_else_settles_anything(
    village: Village, minh: Person, hoa: Person, lan: Person, binh: Person
) -> None:
    await enrol_and_join(minh, lan)
    nurse = await village.actor("Thảo", ActorRole.HEALTH_WORKER, communes=("Đảo Sao",))
    await binh.starts()
    for someone, taps in (
        (minh, (*FORGED, *FORGED_STATION)),
        (hoa, FORGED[1:]),  # to her the first one shows her own station
        (nurse, (*FORGED[1:], *FORGED_STATION)),
        (lan, (FORGED[0], FORGED[5], FORGED_STATION[0])),
        (binh, (FORGED[0], FORGED[5], FORGED_STATION[0])),
    ):
        for tap in taps:
            assert await someone.forges(tap) == someone.words("refused"), (someone.name, tap)
    assert await minh.types("/area") == await minh.types("/station") == minh.words("refused")
    assert await village.audited("change_rule") == await village.audited("change_facility") == []


async def test_a_button_that_makes_no_sense_changes_nothing(village: Village, hanh: Person) -> None:
    await hanh.starts()
    for tap in NONSENSE:
        await hanh.forges(tap)
    assert await village.audited("change_rule") == await village.audited("change_facility") == []
    assert hanh.words("area.gate.closed") in await to_province(hanh)
