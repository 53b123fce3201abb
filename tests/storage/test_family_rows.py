"""Families as they are enrolled, and the lists on which Minh finds them."""

from dataclasses import replace
from datetime import date, timedelta

from domain.absence import Beat
from domain.consent import Consent, ConsentWay, Purpose
from domain.identifiers import CaregiverId, ChildId, FacilityId, FamilyId
from domain.journey import Amount
from domain.moment import local_day
from domain.people import AddressState
from domain.reader import Role
from domain.sex import Sex
from services.ports.families import NewChild
from storage.engine import Database
from tests.storage.village import NOW, ZONE, Village, add_caregiver, add_station, arrive, minutes


async def test_a_family_is_kept_as_it_was_enrolled(database: Database, village: Village) -> None:
    async with database.look() as uow:
        family = await uow.families.family(village.family)
        lan = await uow.families.caregiver(village.lan)
        an = await uow.families.child(village.an)
        assert family is not None
        assert lan is not None
        assert an is not None
        assert await uow.families.caregivers_of_child(village.an) == (lan,)
        assert await uow.families.children_of(village.lan) == (an,)
    assert (family.facility, family.zone, family.enrolled_by, family.enrolled_at) == (
        village.station,
        ZONE,
        village.minh,
        NOW,
    )
    assert (lan.role, lan.language, lan.phone, lan.tip_hour, lan.amount) == (
        Role.MOTHER,
        "vi",
        "+84912345678",
        19,
        Amount.SOME,
    )
    assert (an.name, an.birth_date, an.sex, an.birth_weight_g, an.gestation_weeks) == (
        "An",
        date(2026, 10, 1),
        Sex.FEMALE,
        3100,
        39,
    )


async def test_nobody_is_made_up(database: Database) -> None:
    async with database.look() as uow:
        assert await uow.families.family(FamilyId(1)) is None
        assert await uow.families.caregiver(CaregiverId(1)) is None
        assert await uow.families.child(ChildId(1)) is None
        assert await uow.families.children_of(CaregiverId(1)) == ()


async def test_twins_come_in_the_order_of_enrolment_and_after_the_elder(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        for name, born in (("Bình", date(2026, 11, 1)), ("Anh", date(2026, 11, 1)), ("Cúc", date(2024, 1, 1))):
            child = await uow.families.add_child(village.family, village.station, NewChild(name, born, Sex.MALE))
            await uow.families.add_care(village.lan, Role.MOTHER, child=child)
            await uow.families.add_care(village.lan, Role.MOTHER, child=child)
        assert [child.name for child in await uow.families.children_of(village.lan)] == ["Cúc", "An", "Bình", "Anh"]


async def test_an_awaited_child_is_a_pregnancy(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        due = date(2027, 3, 1)
        pregnancy = await uow.families.add_pregnancy(village.family, village.station, due)
        await uow.families.add_care(village.lan, Role.MOTHER, pregnancy=pregnancy)
        (kept,) = await uow.families.pregnancies_of(village.lan)
        assert (kept.id, kept.due_on, kept.facility) == (pregnancy, due, village.station)


async def test_who_shares_a_chat_is_listed_in_the_order_of_linking(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hung = await add_caregiver(uow, village)
        await uow.people.link_caregiver(hung, village.chat, NOW - minutes(1))
        assert [one.id for one in await uow.families.caregivers_at(village.chat)] == [hung, village.lan]


async def test_lan_changes_only_what_she_chose(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        before = await uow.families.caregiver(village.lan)
        await uow.families.change_caregiver(village.lan)
        await uow.families.change_caregiver(village.lan, tip_hour=9, amount=Amount.ALL, phone="+84900000000")
        await uow.families.change_caregiver(village.lan, language="tyz")
        assert before is not None
        changed = replace(before, tip_hour=9, amount=Amount.ALL, language="tyz", phone="+84900000000")
        assert await uow.families.caregiver(village.lan) == changed


async def test_agreeing_twice_does_not_make_her_join_anew(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        later = NOW + timedelta(days=30)
        await uow.families.join_caregiver(village.lan, at=later, on=later.date())
        await uow.families.stop_caregiver(village.lan, later)
        lan = await uow.families.caregiver(village.lan)
        assert lan is not None
        assert (lan.joined_at, lan.joined_on, lan.stopped_at) == (NOW, NOW.date(), later)
        await uow.families.stop_caregiver(village.lan, None)
        lan = await uow.families.caregiver(village.lan)
        assert lan is not None
        assert lan.stopped_at is None


async def test_the_latest_answer_counts_for_each_purpose(database: Database, village: Village) -> None:
    yes = Consent(village.lan, Purpose.MESSAGES, True, "2026-11", "vi", ConsentWay.TAP, NOW)
    no = replace(yes, given=False, at=NOW + minutes(1))
    paper = replace(yes, purpose=Purpose.FILE, way=ConsentWay.PAPER)
    async with database.begin() as uow:
        for answer in (no, yes, paper):
            await uow.consents.add(answer)
        assert set(await uow.consents.of(village.lan)) == {no, paper}


async def test_a_station_sees_its_own_small_children_by_name(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        other = await add_station(uow, village.commune, "Trạm Y tế Quan Lạn")
        for name, station in (("Bé", village.station), ("Xa", other)):
            await uow.families.add_child(village.family, station, NewChild(name, date(2026, 11, 1), Sex.MALE))
        found = uow.families.children_at
        assert [child.name for child in await found(village.station, date(2026, 9, 30))] == ["An", "Bé"]
        assert [child.name for child in await found(village.station, date(2026, 10, 1))] == ["Bé"]


async def test_minh_sees_who_has_not_joined_the_longest_waiting_first(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        older = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW - timedelta(days=3))
        first = await uow.families.add_caregiver(older, Role.MOTHER, "vi", None)
        pregnancy = await uow.families.add_pregnancy(older, village.station, date(2027, 3, 1))
        await uow.families.add_care(first, Role.MOTHER, pregnancy=pregnancy)
        second = await add_caregiver(uow, village)
        await uow.families.add_care(second, Role.FATHER, child=village.an)
        gone = await add_caregiver(uow, village)
        await uow.families.stop_caregiver(gone, NOW)
        listed = await uow.families.not_joined(Beat([village.station]))
        assert [(one.caregiver.id, one.child_names, one.awaiting) for one in listed] == [
            (first, (), True),
            (second, ("An",), False),
        ]
        assert listed[0].enrolled_on == local_day(NOW - timedelta(days=3), "Asia/Ho_Chi_Minh")
        assert await uow.families.not_joined(Beat([FacilityId(99)])) == ()
        assert await uow.families.not_joined(Beat([])) == ()


async def test_minh_sees_who_can_no_longer_be_reached(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        assert await uow.families.unreachable(Beat([village.station])) == ()
        await uow.people.mark_address(village.chat, state=AddressState.UNREACHABLE, reason="blocked", at=NOW)
        (lan,) = await uow.families.unreachable(Beat([village.station]))
        assert (lan.caregiver.id, lan.child_names) == (village.lan, ("An",))
        await uow.people.link_caregiver(village.lan, (await arrive(uow, "new phone")).id, NOW)
        assert await uow.families.unreachable(Beat([village.station])) == ()


async def test_who_asked_us_to_stop_is_nobodys_call(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.people.mark_address(village.chat, state=AddressState.UNREACHABLE, reason="blocked", at=NOW)
        await uow.families.stop_caregiver(village.lan, NOW)
        assert await uow.families.unreachable(Beat([village.station])) == ()
