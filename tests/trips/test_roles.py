"""Who may see and do what: staff invite, volunteers and health workers keep to their places, and Bình gets nothing."""

from domain.people import ActorRole
from tests.trips.journeys import enrol, enrol_and_join
from tests.trips.village import Person, Village, link_in

OF_LANS_FAMILY = (
    *(
        "v1:family:1",
        "v1:renew:1",
        "v1:confirm:1",
        "v1:record:1:2026-12-05",
        "v1:take_back:1:2026-12-05",
        "v1:session:1",
    ),
    *("v1:visit:1:2026-12-05:coming", "v1:visit:1:2026-12-05:vaccinated"),
)
NONSENSE = (
    *("v2:family:1", "family:1", "v1:", "v1:drop_tables", "v1:family", "v1:family:x", "v1:family:-1", ":::", "🙂"),
    *("v1:family:" + "9" * 40, "v1:record:" + "9" * 19, "v1:take_back:1:31-02", "v1:visit:1:heute:coming"),
    *("v1:visit:1:2026-12-05:perhaps", "v1:form_anew:joining", "v1:form_anew:x", "v1:form:x:y:z", "v1:form_save"),
    *("v1:form:inviting:actor_role:staff", "v1:form_resume:enrolment", "v1:language:tlh", "v1:hour:3", "v1:amount:9"),
    *("v1:session:" + "9" * 30, "v1:tip:" + "9" * 30, "v1:settings:hour", "v1:stop:yes", "v1:enrol"),
)
OF_THE_FAMILY = ("An", "v1:family", "Suối Mơ", "0912")


async def address_of(village: Village, person: Person) -> int:
    found = await village.rows("SELECT id FROM addresses WHERE external_id = :phone", phone=str(person.phone))
    return int(found[0][0])


async def invite(staff: Person, role: ActorRole, *taps: str, name: str) -> str:
    """Staff invite a colleague; gives the link."""
    await staff.presses("menu.invite")
    await staff.taps(f"choice.actor_role.{role}")
    for label in taps:
        await staff.taps(label)
    return link_in(await staff.types(name))


async def test_staff_invite_a_volunteer_for_one_commune_and_no_other(village: Village) -> None:
    staff = await village.actor("Hạnh", ActorRole.STAFF)
    minh = await village.person("Minh")

    link = await invite(staff, ActorRole.VOLUNTEER, "Suối Mơ", "choice.skip", name="Minh <b>")
    assert "Minh <b>" in await minh.opens(link)
    assert await minh.keys() == [
        minh.words(key)
        for key in ("menu.enrol", "menu.families", "menu.find", "menu.applications", "menu.language", "menu.help")
    ]
    assert [row[0] for row in await village.rows("SELECT commune_id FROM actor_places")] == [1]
    assert "An" in await enrol(minh)

    assert await minh.types("/session") == minh.words("refused")
    assert await minh.types("/invite") == minh.words("refused")
    assert [row[3] for row in await village.audited()] != []


async def test_staff_invite_a_volunteer_for_two_communes(village: Village) -> None:
    staff = await village.actor("Hạnh", ActorRole.STAFF)
    thu = await village.person("Thu")

    await thu.opens(await invite(staff, ActorRole.VOLUNTEER, "Đảo Sao", "Suối Mơ", name="Thu"))
    places = await village.rows("SELECT commune_id FROM actor_places ORDER BY commune_id")
    assert [place[0] for place in places] == [1, 2]


async def test_staff_invite_a_health_worker_who_sees_her_own_station_only(village: Village, minh: Person) -> None:
    await enrol(minh)
    staff = await village.actor("Hạnh", ActorRole.STAFF)
    hoa, far = await village.person("Hoa"), await village.person("Hương")
    await hoa.opens(await invite(staff, ActorRole.HEALTH_WORKER, "Trạm Y tế Suối Mơ", name="Hoa"))
    await far.opens(await invite(staff, ActorRole.HEALTH_WORKER, "Trạm Y tế Đảo Sao", name="Hương"))

    assert "Trạm Y tế Suối Mơ" in await hoa.presses("menu.session")
    await hoa.presses("menu.families")
    assert "An" in await hoa.taps("⏳")
    assert "Đảo Sao" in await far.presses("menu.session")
    assert await far.presses("menu.families") == far.words("families.nobody")
    for data in OF_LANS_FAMILY:
        assert await far.forges(data) == far.words("refused"), data
    assert await hoa.types("/invite") == hoa.words("refused")


async def test_staff_invite_staff_who_invite_again(village: Village) -> None:
    first = await village.actor("Hạnh", ActorRole.STAFF)
    second, third = await village.person("Dung"), await village.person("Minh")

    await second.opens(await invite(first, ActorRole.STAFF, name="Dung"))
    link = await invite(second, ActorRole.VOLUNTEER, "Suối Mơ", "choice.skip", name="Minh")
    assert "Minh" in await third.opens(link)
    again = await village.person("Bình")
    assert await again.opens(link) == again.words("claim.link_used")
    assert (await village.audited("claim_link_used"))[0][0] == await address_of(village, again)


async def test_a_volunteer_of_another_commune_sees_and_does_nothing_of_lans_family(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan)
    await enrol(minh, name="Bi")
    far = await village.actor("Thu", ActorRole.VOLUNTEER, communes=("Đảo Sao",))

    assert await far.presses("menu.families") == far.words("families.nobody")
    for data in (*OF_LANS_FAMILY, "v1:family:2", "v1:renew:2", "v1:confirm:2"):
        assert await far.forges(data) == far.words("refused"), data
    refused = await village.audited()
    assert len(refused) == len(OF_LANS_FAMILY) + 3
    assert {row[0] for row in refused} == {await address_of(village, far)}
    read = " ".join(await far.has_read())
    assert not any(word in read for word in OF_THE_FAMILY)
    assert await village.rows("SELECT id FROM vaccinations") == []
    assert len(await village.rows("SELECT id FROM invites WHERE caregiver_id IS NOT NULL")) == 1


async def test_binh_gets_a_friendly_sentence_for_every_forged_tap_and_it_is_written_down(
    village: Village, minh: Person, lan: Person, binh: Person
) -> None:
    await enrol_and_join(minh, lan)
    await binh.starts()

    for data in (*OF_LANS_FAMILY, *NONSENSE):
        before = len(await village.audited())
        assert await binh.forges(data) == binh.words("refused"), data
        assert len(await village.audited()) == before + 1, data
    assert {row[0] for row in await village.audited()} == {await address_of(village, binh)}
    read = " ".join(await binh.has_read())
    assert not any(word in read for word in OF_THE_FAMILY)
    assert await village.rows("SELECT id FROM updates WHERE state <> 'done'") == []


async def test_those_who_belong_to_us_survive_nonsense_too(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)

    for data in NONSENSE[2:13]:
        assert await minh.forges(data) == minh.words("refused"), data
    for data in ("v1:visit:1:9999-12-31:cannot", "v1:visit:" + "9" * 30 + ":2026-12-05:coming", "v1:form_anew:joining"):
        assert await lan.forges(data) == lan.words("refused"), data
    assert await village.rows("SELECT id FROM updates WHERE state <> 'done'") == []
    assert minh.words("menu.enrol") in await minh.keys()
    assert lan.words("menu.child") in await lan.keys()


async def test_a_mother_cannot_do_the_work_of_those_who_invited_her(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan)

    for data in OF_LANS_FAMILY[:6]:
        assert await lan.forges(data) == lan.words("refused"), data
    for command in ("/enrol", "/families", "/session", "/invite"):
        assert await lan.types(command) == lan.words("refused"), command
    assert len(await village.audited()) == 10
