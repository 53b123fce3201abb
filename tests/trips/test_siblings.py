"""Another child comes into a family: a sibling, twins, a third one, a child at another station; and a home with 25."""

import asyncio
from datetime import date

from domain.identifiers import FamilyId
from domain.people import ActorRole
from domain.reader import Role
from domain.sending.outbox import Lane
from domain.sex import Sex
from services.ports.families import NewChild
from tests.trips.families import add_family
from tests.trips.journeys import enrol, enrol_and_join, join
from tests.trips.letters import at_home, sent
from tests.trips.village import Json, Person, Village, words_of

# Suối Mơ vaccinates on the 5th and the 20th, Đảo Sao on the second Wednesday.
BORN = "5/10/2026"
WEEK_BEFORE = date(2026, 11, 28)
HOSTILE = '<b>Bo</b>&lt; "Bo" {{ 7*7 }}{% raw %}\''


async def adds(who: Person, *names: str, born: str = BORN) -> str:
    """From the family's page: one child or two, up to the summary; gives the summary."""
    await who.forges("v1:family_page:1")
    await who.taps("family_page.choice.family_child")
    await who.taps("choice.stage.born")
    await who.taps(f"choice.number.{len(names)}")
    await who.types(born)
    for name in names:
        await who.types(name)
        await who.taps("choice.sex.male")
        await who.taps("choice.skip")
    return await who.taps("choice.skip")


async def reminders(lan: Person) -> list[Json]:
    """The reminders that stand on her phone."""
    return [one for one in await lan.messages() if lan.words("visit.choice.cannot") in str(one.get("reply_markup"))]


async def test_siblings_are_added_in_every_language_and_lans_next_reminder_holds_all(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    hua, emma = [await village.actor(tag, ActorRole.VOLUNTEER, language=tag) for tag in ("zh", "en")]
    said = len(await lan.messages())

    for who, name, born in ((minh, HOSTILE, "1/8/2026"), (hua, "小明", "1/9/2026"), (emma, "Bee", BORN)):
        summary = await adds(who, name, born=born)
        assert name in summary
        assert who.words("field.facility") in summary
        assert await who.taps("choice.save") == who.words("adding.done", children="=").replace("=", name)
        assert name in await who.taps("families.choice.whole_family")
    assert len(await lan.messages()) == said

    await village.pass_time(to=at_home(WEEK_BEFORE, "21:00"))
    assert len(sent(await village.ledger(lan), Lane.VISIT)) == 1
    words = words_of((await reminders(lan))[-1])
    assert all(name in words for name in ("An", HOSTILE, "小明", "Bee"))
    assert len(await village.audited("add_child")) == 3


async def test_twins_at_another_station_have_a_reminder_of_their_own(village: Village, lan: Person) -> None:
    thu = await village.actor("Thu", ActorRole.VOLUNTEER, communes=("Suối Mơ", "Đảo Sao"))
    await enrol_at_first_station(thu)
    await lan.scans(thu)
    await join(lan)

    assert "Trạm Y tế Suối Mơ" in await adds(thu, "Tí", "Tèo")
    await thu.taps(thu.words("choice.correct", field=thu.words("field.facility")))
    summary = await thu.taps("Trạm Y tế Đảo Sao")
    assert all(words in summary for words in ("Tí", "Tèo", "Đảo Sao"))
    await thu.taps("choice.save")

    homes = await village.rows("SELECT name, facility_id FROM children ORDER BY id")
    assert [(name, home) for name, home in homes] == [("An", 1), ("Tí", 2), ("Tèo", 2)]
    await village.pass_time(to=at_home(date(2026, 12, 8), "21:00"))
    places = {row.occasion.split(":")[1] for row in sent(await village.ledger(lan), Lane.VISIT)}
    assert places == {"1", "2"}
    assert all("An" not in words_of(one) for one in await reminders(lan) if "Tèo" in words_of(one))


async def enrol_at_first_station(thu: Person) -> None:
    """Thu of two communes enrols An at Suối Mơ."""
    await thu.presses("menu.enrol")
    for answer in ("choice.role.mother", "Tiếng Việt", "choice.skip", "choice.stage.born", "choice.number.1"):
        await thu.taps(answer)
    await thu.types(BORN)
    await thu.types("An")
    for answer in ("choice.sex.female", "choice.skip", "choice.skip", "Trạm Y tế Suối Mơ", "choice.save"):
        await thu.taps(answer)


async def test_the_third_of_triplets_shares_the_birth_of_the_other_two(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    for name in ("Bi", "Cu"):
        await adds(minh, name)
        await minh.taps("choice.save")

    await village.pass_time(to=at_home(WEEK_BEFORE, "21:00"))
    tips = sent(await village.ledger(lan), Lane.TIP)
    assert tips
    assert {row.occasion for row in tips} == {"child:1"}
    visit = words_of((await reminders(lan))[-1])
    assert all(name in visit for name in ("An", "Bi", "Cu"))


async def test_everybody_of_the_family_cares_for_the_new_child(village: Village, minh: Person) -> None:
    await add_family(village, "An")
    async with village.parts.database.begin() as uow:
        await uow.families.add_caregiver(FamilyId(1), Role.FATHER, "vi", None)
    await adds(minh, "Bi")
    await minh.taps("choice.save")

    cares = await village.rows("SELECT caregiver_id, role FROM care_roles WHERE child_id = 2 ORDER BY caregiver_id")
    assert [tuple(one) for one in cares] == [(1, "mother"), (2, "father")]


async def test_an_awaited_child_is_added_and_not_twice(village: Village, minh: Person) -> None:
    await add_family(village, "An")
    for due, saved in (("15/3/2027", True), ("1/4/2027", False)):
        await minh.forges("v1:family_page:1")
        asked = await minh.taps("family_page.choice.family_child")
        if not saved:
            assert asked == minh.words("adding.awaits")
            await minh.taps("adding.choice.other")
        await minh.taps("choice.stage.pregnant")
        summary = await minh.types(due)
        assert minh.words("field.sex") not in summary
        await minh.taps("choice.save")
        child = minh.words("common.awaited_child")
        told = minh.words("adding.done", children=child) if saved else minh.words("adding.already", child=child)
        assert told in (await minh.has_read())[-2:]
    assert len(await village.rows("SELECT id FROM pregnancies")) == 1
    assert len(await village.rows("SELECT id FROM care_roles WHERE pregnancy_id IS NOT NULL")) == 1


async def test_a_child_is_not_added_twice_by_a_double_tap_or_by_two_people(
    village: Village, minh: Person, hoa: Person
) -> None:
    await add_family(village, "An")
    await adds(minh, "Bi")
    summary = (await minh.messages())[-1]
    await asyncio.gather(minh.taps_in(summary, "choice.save"), minh.taps_in(summary, "choice.save"))

    await adds(hoa, "Bí")
    again = await hoa.taps("choice.save")
    assert hoa.words("adding.already", child="Bí") in (await hoa.has_read())[-2]
    assert "Bí" in again
    await hoa.taps("choice.cancel")
    assert len(await village.rows("SELECT id FROM children")) == 2


async def test_a_child_is_added_only_where_minh_works_and_only_until_the_sixth_birthday(
    village: Village, minh: Person
) -> None:
    thu = await village.actor("Thu", ActorRole.VOLUNTEER, communes=("Đảo Sao",))
    await add_family(village, "An")
    assert thu.words("refused") in await thu.forges("v1:family_child:1:other")
    assert thu.words("form.gone") == await thu.forges("v1:form_save:adding:1")

    await minh.forges("v1:family_child:1")
    await minh.taps("choice.stage.born")
    await minh.taps("choice.number.1")
    assert minh.words("problem.birth_date.too_old") in await minh.types("22/11/2020")
    assert minh.words("problem.birth_date.in_future") in await minh.types("1/1/2027")
    await minh.taps("choice.cancel")
    assert len(await village.rows("SELECT id FROM children")) == 1


async def test_a_home_with_25_children_has_pages_that_can_be_read(village: Village, minh: Person, hoa: Person) -> None:
    anh = await village.person("Anh")
    await enrol(minh, role="institution", born=BORN)
    await anh.scans(minh)
    await join(anh)
    async with village.parts.database.begin() as uow:
        (an,) = await uow.lives.children_in(FamilyId(1))
        (home,) = [one.id for one in await uow.families.caregivers_of_family(an.family)]
        for number in range(23):
            new = NewChild(f"Bé {number} {'N' * 34}", date(2021 + number % 6, 1 + number % 10, 5), Sex.FEMALE)
            child = await uow.families.add_child(an.family, an.facility, new)
            await uow.families.add_care(home, Role.INSTITUTION, child=child)
    assert HOSTILE in await adds(minh, HOSTILE)
    await minh.taps("choice.save")

    for page in ("menu.child", "menu.known"):
        assert len(await anh.presses(page)) <= 4096
        assert HOSTILE in await anh.reads()
    await minh.presses("menu.find")
    assert minh.words("find.found", count=1) == await minh.types("bo")
    label = (await minh.messages())[-1]["reply_markup"]["inline_keyboard"][0][0]["text"]
    assert label.endswith(minh.words("find.born", on=date(2026, 10, 5)))
    assert HOSTILE in label
    assert "22" in label
    assert HOSTILE in await minh.taps(label)
    assert len(await hoa.presses("menu.session")) <= 4096
    await village.pass_time(to=at_home(date(2026, 12, 5), "07:30"))
    assert await village.rows("SELECT result FROM attempts") == []
    assert await reminders(anh)
    assert len(await hoa.presses("menu.session")) <= 4096
