"""Volunteers come and go: Minh leaves or is away, Thu takes over, and nobody's family is lost on the way."""

from datetime import date

import pytest

from domain.identifiers import ActorId, CaregiverId, FacilityId, FamilyId
from domain.people import ActorRole
from domain.reader import Role
from domain.sex import Sex
from domain.tasks import TaskKind
from services.ports.families import NewChild
from services.ports.tasks import NewTask
from tests.trips.journeys import address_of, enrol_and_join, up_to_birth_date
from tests.trips.village import Person, Village, link_in

AN = "An Nhiên"  # "An" alone stands in many a word
NOT_URGENT = "15/10/2026"  # too late for the dose at birth, early enough for all others
# What no line of a list may speak of, in any language.
CLINICAL = (
    *("birth", "overdue", "vaccin", "loss", "died", "death", "pregnan", "preterm", "grief", "weight", "stopped"),
    *("sinh", "quá hạn", "tiêm", "chủng", "mất", "qua đời", "thai", "non", "tang", "cân nặng"),
    *("出生", "预产", "逾期", "接种", "疫苗", "流产", "去世", "怀孕", "早产", "体重"),
)


async def thu_of(village: Village, *, communes: tuple[str, ...] = ("Suối Mơ",), language: str = "vi") -> Person:
    """A second volunteer."""
    return await village.actor("Thu", ActorRole.VOLUNTEER, communes=communes, language=language)


async def staff_of(village: Village) -> Person:
    return await village.actor("Hạnh", ActorRole.STAFF)


async def list_of(person: Person) -> str:
    """Her list as she reads it, with its buttons."""
    return await person.presses("menu.families")


async def lets_go(hanh: Person, name: str) -> str:
    """Staff end somebody's access."""
    await hanh.presses("menu.colleagues")
    await hanh.taps(name)
    await hanh.taps("colleagues.choice.left")
    return await hanh.taps("colleagues.choice.yes")


async def actor_id(village: Village, name: str) -> int:
    return int((await village.rows("SELECT id FROM actors WHERE name = :name", name=name))[0][0])


async def families_of(minh: Person, *names: str, phone: str | None = None, station: int = 1) -> None:
    """Families whom Minh enrolled and who have not joined yet, as enrolment leaves their rows."""
    async with minh.village.parts.database.begin() as uow:
        now = await minh.village.now()
        actor = await uow.people.actor_at((await address_of(uow, minh)).id)
        assert actor is not None
        for name in names:
            family = await uow.families.add_family(FacilityId(station), "Asia/Ho_Chi_Minh", by=actor.id, at=now)
            caregiver = await uow.families.add_caregiver(family, Role.MOTHER, "vi", phone)
            born = NewChild(name, date(2026, 10, 15), Sex.FEMALE)
            child = await uow.families.add_child(family, FacilityId(station), born)
            await uow.families.add_care(caregiver, Role.MOTHER, child=child)


async def add_task(village: Village, kind: str, *, caregiver: int = 1, actor: int | None = None) -> int:
    """Something that is to be done, as other parts of the programme make it."""
    (family,) = (await village.rows("SELECT family_id FROM caregivers WHERE id = :id", id=caregiver))[0]
    async with village.parts.database.begin() as uow:
        new = NewTask(
            TaskKind(kind),
            f"{kind}:{caregiver}:{actor}",
            FamilyId(family),
            due_on=(await village.now()).date(),
            caregiver=CaregiverId(caregiver),
            actor=ActorId(actor) if actor else None,
        )
        await uow.tasks.add(new, at=await village.now())
    return int((await village.rows("SELECT max(id) FROM tasks"))[0][0])


async def test_minh_leaves_in_the_middle_of_an_enrolment_and_thu_goes_on_with_it(
    village: Village, minh: Person
) -> None:
    thu, hanh = await thu_of(village), await staff_of(village)
    await families_of(minh, AN)
    await up_to_birth_date(minh)
    assert await list_of(thu) == thu.words("families.nobody")

    left = await lets_go(hanh, "Minh")
    assert "Minh" in left
    said = len(await minh.has_read())
    assert (await minh.types("hôm qua")).startswith(minh.words("public.nobody_reads_stranger")[:60])
    for data in ("v1:family:1", "v1:families:0", "v1:form:enrolment:1:role:mother", "v1:renew:1", "v1:enrol"):
        assert await minh.forges(data) == minh.words("refused"), data
    assert await minh.types("/enrol") == minh.words("refused")
    assert await minh.types(minh.words("menu.families")) == minh.words("refused")
    assert not any(AN in words for words in (await minh.has_read())[said:])

    taken = await hanh.taps("Thu")
    assert "Thu" in taken
    assert "Minh" in taken
    told = await thu.reads()
    assert thu.words("colleagues.yours.families", count=1) in told
    assert thu.words("colleagues.yours.draft") in told
    assert AN not in told
    assert AN in await list_of(thu)
    await thu.presses("menu.enrol")
    assert await thu.taps("choice.resume") == thu.words("form.enrolment.birth_date")
    for words in ("hôm qua", "Bi"):
        await thu.types(words)
    for answer in ("choice.sex.male", "choice.skip", "choice.skip", "choice.save"):
        await thu.taps(answer)
    held = await village.rows("SELECT DISTINCT volunteer_id FROM families")
    assert held == [(await actor_id(village, "Thu"),)]
    assert [row[2] for row in await village.audited("revoke_actor")] == [f"actor:{await actor_id(village, 'Minh')}"]
    assert len(await village.audited("hand_over")) == 1


async def test_families_that_nobody_took_over_stand_before_everybody_of_the_commune(
    village: Village, minh: Person, hoa: Person
) -> None:
    thu, hanh = await thu_of(village), await staff_of(village)
    far = await village.actor("Hương", ActorRole.VOLUNTEER, communes=("Đảo Sao",))
    await families_of(minh, AN)
    await lets_go(hanh, "Minh")
    assert hanh.words("colleagues.choice.nobody_yet") in str((await hanh.messages())[-1])

    await hanh.taps("colleagues.choice.nobody_yet")
    assert hanh.words("colleagues.state.left") in await hanh.reads()
    for person in (thu, hoa, hanh):
        assert AN in await list_of(person), person.name
    assert AN not in await list_of(far)
    await hanh.presses("menu.colleagues")
    await hanh.taps("Minh")
    await hanh.taps("Thu")
    await hanh.presses("menu.colleagues")
    assert "Minh" not in await hanh.reads()


async def test_who_is_revoked_takes_no_invited_colleague_along(village: Village) -> None:
    hanh, dung = await staff_of(village), await village.actor("Dung", ActorRole.STAFF)
    guest = await village.person("Quân")
    await dung.presses("menu.invite")
    await dung.taps("choice.actor_role.staff")
    link = link_in(await dung.types("Quân"))
    await lets_go(hanh, "Dung")
    assert await guest.opens(link) == guest.words("claim.link_used")
    assert await dung.types("/colleagues") != ""
    assert await dung.types("/invite") == dung.words("refused")


async def test_nobody_lets_herself_go_and_no_volunteer_lets_anybody_go(village: Village, minh: Person) -> None:
    hanh = await staff_of(village)
    hers, his = await actor_id(village, "Hạnh"), await actor_id(village, "Minh")

    for data in (f"v1:revoke_yes:{hers}", f"v1:colleague:{hers}", "v1:colleagues:0", f"v1:hand_all:{hers}:{his}"):
        assert await minh.forges(data) == minh.words("refused"), data
    assert await hanh.forges(f"v1:revoke_yes:{hers}") == hanh.words("refused")
    assert await hanh.forges(f"v1:hand_all:{his}:{his}") == hanh.words("refused")
    await hanh.presses("menu.colleagues")
    await hanh.taps("Hạnh")
    assert hanh.words("colleagues.choice.left") not in str((await hanh.messages())[-1])
    assert await village.rows("SELECT id FROM actors WHERE revoked_at IS NOT NULL") == []
    assert len(await village.audited()) == 6


async def test_minhs_list_passes_to_thu_while_he_is_away_and_comes_back_by_itself(
    village: Village, minh: Person
) -> None:
    thu = await thu_of(village)
    other = await village.actor("Mai", ActorRole.VOLUNTEER)
    await families_of(minh, AN)
    await list_of(minh)
    await minh.taps("families.choice.away")
    await minh.taps("absence.choice.14")
    noted = await minh.taps("Thu")
    assert "Thu" in noted
    assert "Minh" in await thu.reads()

    assert AN in await list_of(thu)
    assert AN not in await list_of(other)
    assert "🏖" in await list_of(minh)
    await village.pass_time(days=14)
    assert AN not in await list_of(thu)
    assert AN in await list_of(minh)
    assert minh.words("families.choice.away") in str((await minh.messages())[-1])


async def test_minh_types_the_day_and_is_back_earlier(village: Village, minh: Person) -> None:
    thu = await thu_of(village)
    await families_of(minh, AN)
    await list_of(minh)
    await minh.taps("families.choice.away")
    await minh.taps("absence.choice.date")
    assert minh.words("problem.back_on") in await minh.types("hôm qua")
    await minh.types("20/12")
    await minh.taps("absence.choice.all")
    assert AN in await list_of(thu)
    await list_of(minh)
    await minh.taps("families.choice.back")
    assert AN not in await list_of(thu)
    assert len(await village.audited("end_absence")) == 1


async def test_after_fifteen_silent_days_minhs_list_is_everybodys_until_he_is_seen(
    village: Village, minh: Person
) -> None:
    thu, hanh = await thu_of(village), await staff_of(village)
    await families_of(minh, AN)
    assert AN not in await list_of(thu)
    await village.pass_time(days=15)
    assert AN in await list_of(thu)
    assert "🔕" in await hanh.presses("menu.colleagues")

    await list_of(minh)
    assert AN not in await list_of(thu)
    assert "🔕" not in await hanh.presses("menu.colleagues")


async def test_a_volunteer_of_two_communes_reads_where_each_family_lives(village: Village) -> None:
    thu = await thu_of(village, communes=("Suối Mơ", "Đảo Sao"))
    await families_of(thu, AN, station=1)
    await families_of(thu, "Bi", station=2)
    lines = (await list_of(thu)).splitlines()
    assert any(AN in line and "Suối Mơ" in line for line in lines)
    assert any("Bi" in line and "Đảo Sao" in line for line in lines)


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_the_list_says_what_to_do_and_how_in_every_language_and_never_why(
    village: Village, lan: Person, language: str
) -> None:
    minh = await village.actor("Minh", ActorRole.VOLUNTEER, language=language)
    hoa = await village.actor("Hoa", ActorRole.HEALTH_WORKER, language=language)
    await enrol_and_join(minh, lan, name=AN, born=NOT_URGENT)
    await families_of(minh, "Bi", phone="+84912000111")
    await families_of(minh, "Cú")
    await lan.blocks()
    await add_task(village, "ask_birth", caregiver=3)
    await add_task(village, "call", caregiver=1, actor=await actor_id(village, "Hoa"))

    words = await list_of(minh)
    for key in ("not_joined", "unreachable", "ask_birth"):
        assert minh.words(f"families.action.{key}") in words, key
    assert minh.words("families.action.call") not in words
    assert "+84912000111" in words
    assert minh.words("families.how.visit") in words
    opened = await minh.taps("☎️")
    assert minh.words("families.action.call") in await list_of(hoa)
    called = await hoa.taps("☎️")
    await minh.taps("menu.families")
    waiting = await minh.taps("⏳")
    await minh.taps("menu.families")
    for said in (words, opened, called, waiting, await minh.taps("📵"), await hoa.reads()):
        assert [word for word in CLINICAL if word in said.lower()] == [], said


async def test_an_entry_is_done_with_in_two_taps_and_rests(village: Village, minh: Person, binh: Person) -> None:
    await families_of(minh, AN, "Bi", "Cú")
    await add_task(village, "reach", caregiver=3)
    await list_of(minh)
    await minh.taps("☎️ 1")
    await minh.taps("tasks.choice.not_home")
    await minh.taps("menu.families")
    await minh.taps("⏳ 1")
    assert AN in await minh.taps("tasks.choice.not_home")
    left = await list_of(minh)
    assert (AN in left, "Bi" in left, "Cú" in left) == (False, True, False)
    await village.pass_time(days=3)
    back = await list_of(minh)
    assert (AN in back, "Bi" in back, "Cú" in back) == (True, True, True)
    await minh.taps("☎️ 1")
    await minh.taps("tasks.choice.reached")
    await minh.taps("menu.families")

    await minh.taps("⏳ 1")
    await minh.taps("tasks.choice.refused")
    assert AN not in await minh.taps("menu.families")
    await minh.taps("⏳ 1")
    moved = await minh.taps("tasks.choice.moved")
    assert "Bi" in moved
    await minh.taps("family_page.choice.family_move")
    assert minh.words("moves.where", station="Trạm Y tế Suối Mơ") == await minh.reads()
    await binh.starts()
    for data in ("v1:family_done:1:reached", "v1:families:0", "v1:task:1", "v1:task_done:1:reached", "v1:away:14"):
        assert await binh.forges(data) == binh.words("refused"), data


async def test_a_wrong_number_goes_and_the_entry_says_visit_at_home(village: Village, minh: Person) -> None:
    await families_of(minh, AN, phone="+84912000111")
    task = await add_task(village, "reach")
    assert "+84912000111" in await list_of(minh)
    opened = await minh.taps("☎️")
    assert "+84912000111" in opened
    gone = await minh.taps("tasks.choice.wrong_number")
    assert minh.words("families.how.visit") in gone.lower()
    assert "+84912000111" not in await list_of(minh)
    assert await village.rows("SELECT phone FROM caregivers") == [(None,)]
    await minh.taps("☎️")
    await minh.taps("tasks.choice.reached")
    assert await list_of(minh) == minh.words("families.nobody")
    first = await minh.forges(f"v1:task_done:{task}:reached")
    assert first == await minh.forges(f"v1:task_done:{task}:reached")
    assert len(await village.rows("SELECT id FROM tasks WHERE outcome = 'reached'")) == 1


async def test_a_call_stands_on_the_named_workers_list_and_on_nobody_elses(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    thu = await thu_of(village)
    await enrol_and_join(minh, lan, name=AN, born=NOT_URGENT)
    task = await add_task(village, "call", actor=await actor_id(village, "Hoa"))
    nobody = minh.words("families.nobody")
    assert await list_of(minh) == nobody
    assert await list_of(thu) == nobody
    assert await thu.forges(f"v1:task:{task}") == thu.words("refused")
    assert AN in await list_of(hoa)
    await hoa.taps("☎️")
    await hoa.taps("tasks.choice.reached")
    assert await list_of(hoa) == nobody


async def test_sixty_families_are_read_thirty_at_a_time(village: Village, minh: Person) -> None:
    names = [f"Nguyễn Thị Hoàng Anh Thư {number:02d}" for number in range(62)]
    await families_of(minh, *names, phone="+84912000111")
    words = await list_of(minh)
    assert "30. " in words
    assert "31. " not in words
    words = await minh.taps("families.choice.next")
    assert "31. " in words
    assert "62. " in await minh.taps("families.choice.next")
    assert await minh.forges("v1:families:99") != minh.words("refused")


async def test_one_family_is_handed_over_by_its_volunteer_and_by_nobody_elses(
    village: Village, minh: Person, hoa: Person, binh: Person
) -> None:
    thu = await thu_of(village)
    far = await village.actor("Hương", ActorRole.VOLUNTEER, communes=("Đảo Sao",))
    await families_of(minh, AN)
    thus, hers = await actor_id(village, "Thu"), await actor_id(village, "Hương")
    await binh.starts()
    for person in (binh, far):
        assert await person.forges(f"v1:hand_one:1:{thus}") == person.words("refused")
    assert await thu.forges(f"v1:hand_one:1:{thus}") == thu.words("refused")
    assert await minh.forges(f"v1:hand_one:1:{hers}") == minh.words("refused")
    assert "Minh" in await thu.forges("v1:family_hand_over:1")

    await list_of(minh)
    await minh.taps("⏳")
    await minh.taps("families.choice.whole_family")
    await minh.taps("family_page.choice.family_hand_over")
    assert await minh.taps("Thu") == minh.words("colleagues.family_handed_over", name="Thu")
    assert thu.words("colleagues.yours.families", count=1) in await thu.reads()
    assert AN in await list_of(thu)
    assert AN not in await list_of(minh)
    assert await hoa.forges(f"v1:hand_one:1:{await actor_id(village, 'Minh')}") != hoa.words("refused")
    assert AN in await list_of(minh)


async def test_a_family_that_is_reached_again_says_so(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, name=AN)
    await lan.blocks()
    assert "📵" in await list_of(minh)
    old = (await minh.messages())[-1]
    await minh.taps("📵")
    assert "✅" not in await minh.reads()
    await lan.unblocks()
    again = await minh.taps_in(old, "📵")
    assert "✅" in again
