"""Minh looks for a family by a name or a number, and finds nobody outside his own places."""

from domain.ends import ChildEnd
from domain.identifiers import FamilyId
from domain.people import ActorRole
from domain.sex import Sex
from services.ports.families import NewChild
from tests.trips.families import add_family
from tests.trips.journeys import up_to_birth_date
from tests.trips.village import Person, Village

HOSTILE = '<b>An</b>&lt; "Bo" {{ 7*7 }}{% raw %}\''
PHONE = "0912 345 678"


async def enrol_with_phone(minh: Person, name: str, phone: str = PHONE) -> None:
    """Minh enrols a mother with a telephone and a child born yesterday."""
    await minh.presses("menu.enrol")
    await minh.taps("choice.role.mother")
    await minh.taps("Tiếng Việt")
    await minh.types(phone)
    for answer in ("choice.stage.born", "choice.number.1", "choice.yesterday"):
        await minh.taps(answer)
    await minh.types(name)
    for answer in ("choice.sex.female", "choice.skip", "choice.skip", "choice.save"):
        await minh.taps(answer)


async def looks_for(who: Person, words: str) -> str:
    """She opens the search and types; gives the answer."""
    await who.presses("menu.find")
    return await who.types(words)


async def labels(who: Person) -> list[str]:
    """The buttons of the newest message that lead to a family."""
    rows = (await who.messages())[-1].get("reply_markup", {}).get("inline_keyboard", [])
    return [one["text"] for row in rows for one in row if one["callback_data"].startswith("v1:family_page:")]


async def test_an_is_found_by_her_name_and_by_the_telephone_in_every_language(village: Village) -> None:
    people = [await village.actor(f"Minh {tag}", ActorRole.VOLUNTEER, language=tag) for tag in ("vi", "zh", "en")]
    await enrol_with_phone(people[0], "Nguyễn Thị An")

    for minh in people:
        assert await minh.presses("menu.find") == minh.words("form.finding.sought")
        assert await minh.types("nguyen an") == minh.words("find.found", count=1)
        (label,) = await labels(minh)
        assert minh.words("choice.role.mother").casefold() in label.casefold()
        assert "Nguyễn Thị An" in label
        assert "Nguyễn Thị An" in await minh.taps(label)
        assert minh.words("family_page.choice.family_child") in str((await minh.messages())[-1])
    for words in ("an", "An Nguyễn", "5678", "0912.345.678", "+84 (0) 912 345 678"):
        assert await looks_for(minh, words) == minh.words("find.found", count=1), words
    assert await village.rows("SELECT id FROM drafts WHERE form = 'finding'") == []
    said = await village.audited("find_families")
    assert len(said) == 8
    assert "An" not in str(said)


async def test_nobody_of_another_commune_finds_an(village: Village, binh: Person) -> None:
    thu = await village.actor("Thu", ActorRole.VOLUNTEER, communes=("Đảo Sao",))
    await add_family(village, "Nguyễn Thị An")

    for words in ("an", PHONE):
        assert await looks_for(thu, words) == thu.words("find.none"), words
        assert await labels(thu) == []
    for data in ("v1:family_page:1", "v1:family_child:1", "v1:family_child:1:other"):
        assert thu.words("refused") in await thu.forges(data), data
    await binh.starts()
    for data in ("v1:find", "v1:family_child:1", "v1:form:finding:1:sought:an"):
        assert binh.words("refused") in await binh.forges(data), data
    assert binh.words("menu.find") not in await binh.keys()


async def test_thu_of_two_communes_reads_which_one_it_is(village: Village) -> None:
    thu = await village.actor("Thu", ActorRole.VOLUNTEER, communes=("Suối Mơ", "Đảo Sao"))
    await add_family(village, "An")

    await looks_for(thu, "an")
    assert [label.rpartition(" · ")[2] for label in await labels(thu)] == ["Suối Mơ"]


async def test_when_too_many_fit_minh_types_more(village: Village, minh: Person) -> None:
    await add_family(village, "An Nhiên")
    for number in range(11):
        await add_family(village, f"An {'ABCDEGHKLMN'[number]}", f"+8490000{number:04d}")

    assert await looks_for(minh, "an") == minh.words("find.more", count=10)
    assert len(await labels(minh)) == 10
    assert await minh.types("nhien an") == minh.words("find.found", count=1)
    assert ["An Nhiên" in label for label in await labels(minh)] == [True]
    assert await minh.taps("find.choice.again") == minh.words("form.finding.sought")
    assert await minh.types("000007") == minh.words("find.found", count=1)


async def test_where_contact_ended_volunteers_find_nobody_and_nurses_a_family_without_a_reason(
    village: Village, minh: Person, hoa: Person
) -> None:
    an = await add_family(village, "An")
    async with village.parts.database.begin() as uow:
        await uow.lives.end_child(an, ChildEnd.DIED, await village.now())

    for words in ("an", "5678"):
        assert await looks_for(minh, words) == minh.words("find.none")
        assert await looks_for(hoa, words) == hoa.words("find.found", count=1)
        (label,) = await labels(hoa)
        assert "An" in label
    assert hoa.words("family_page.nobody") in await hoa.taps(label)


async def test_of_a_family_that_lost_a_child_only_the_living_one_is_found(village: Village, minh: Person) -> None:
    await add_family(village, "An")
    async with village.parts.database.begin() as uow:
        (an,) = await uow.lives.children_in(FamilyId(1))
        na = NewChild("Na", an.birth_date, Sex.FEMALE)
        await uow.families.add_child(an.family, an.facility, na)
        await uow.lives.end_child(an.id, ChildEnd.DIED, await village.now())

    assert await looks_for(minh, "an") == minh.words("find.none")
    assert await looks_for(minh, "na") == minh.words("find.found", count=1)
    assert [" An" in label for label in await labels(minh)] == [False]


async def test_a_family_that_awaits_a_child_is_found_by_its_number(minh: Person) -> None:
    await minh.presses("menu.enrol")
    await minh.taps("choice.role.mother")
    await minh.taps("Tiếng Việt")
    await minh.types(PHONE)
    await minh.taps("choice.stage.pregnant")
    await minh.types("15/3/2027")
    await minh.taps("choice.save")

    assert await looks_for(minh, "345678") == minh.words("find.found", count=1)
    (label,) = await labels(minh)
    assert "2027" in label
    assert minh.words("common.awaited_child") in label.casefold()


async def test_hostile_words_find_nothing_that_they_should_not(village: Village, minh: Person) -> None:
    await add_family(village, HOSTILE)
    await add_family(village, "Bình")

    await minh.presses("menu.find")
    for words in ("%", "{{ 7*7 }}", "👶", "678", "x" * 4000):
        assert minh.words("problem.sought") in await minh.types(words), words
    assert minh.words("problem.sought") in await minh.sends("voice")
    assert await minh.types("' OR 1=1 --") == minh.words("find.none")
    for words in ("bo", HOSTILE):
        assert await looks_for(minh, words) == minh.words("find.found", count=1)
        assert [HOSTILE in label for label in await labels(minh)] == [True]
    assert HOSTILE in await minh.taps((await labels(minh))[0])


async def test_a_search_does_not_take_the_words_of_an_enrolment(minh: Person) -> None:
    asked = await up_to_birth_date(minh)
    assert await looks_for(minh, "an") == minh.words("find.none")
    await minh.taps("choice.cancel")

    await minh.presses("menu.enrol")
    assert await minh.taps("choice.resume") == asked
    assert await minh.types("15/3") == minh.words("form.enrolment.name")
