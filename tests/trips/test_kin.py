"""Several caregivers: each with an own link, language, amount and hour; a shared telephone; and one who is removed."""

from datetime import date

import pytest

from domain.people import ActorRole
from domain.reader import Role
from domain.sending.outbox import Lane, Reason
from tests.trips.journeys import SPOKEN, enrol, enrol_and_join, join
from tests.trips.letters import at_home, sent
from tests.trips.village import Person, Village, code_in, link_in

KINDS = ("menu.child", "menu.tip", "menu.settings", "menu.kin", "menu.stop")


async def invite(lan: Person, role: str, language: str = "Tiếng Việt") -> str:
    """Lan invites somebody of her family; gives the words with link and code."""
    await lan.presses("menu.kin")
    await lan.taps("kin.choice.invite")
    await lan.taps(f"choice.role.{role}")
    await lan.taps(language)
    return (await lan.has_read())[-2]


async def join_for_herself(person: Person, *, hour: str = "19:00", amount: int = 3) -> None:
    """Who does not speak for the children is asked about her own messages only."""
    for answer in (SPOKEN[person.language], "choice.yes", hour, f"choice.amount.{amount}"):
        await person.taps(answer)


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_lan_invites_tuan_and_his_mother_and_each_is_spoken_to_as_such(
    village: Village, minh: Person, lan: Person, language: str
) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    tuan, grandmother = await village.person("Tuấn", language=language), await village.person("Bà", language=language)
    await tuan.opens(link_in(await invite(lan, "father", SPOKEN[language])))
    await join(tuan, language=SPOKEN[language], hour="08:00")
    await grandmother.starts()
    await grandmother.types(code_in(await invite(lan, "grandmother", SPOKEN[language])))
    await join_for_herself(grandmother, amount=1)

    assert "An" in await tuan.presses("menu.child")
    assert "08:00" in await tuan.presses("menu.settings")
    assert "19:00" in await lan.presses("menu.settings")
    await village.pass_time(to=at_home(date(2026, 12, 6), "21:00"))
    roles = {one.key: one.audience for one in village.parts.programme.journey}
    for person, role in ((lan, Role.MOTHER), (tuan, Role.FATHER), (grandmother, Role.GRANDMOTHER)):
        gone = sent(await village.ledger(person), Lane.TIP)
        assert gone
        assert {roles[row.message_key] for row in gone} <= {None, role}
        assert sent(await village.ledger(person), Lane.VISIT)


async def test_visits_go_to_all_who_want_them_and_tips_by_choice(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    tuan = await village.person("Tuấn")
    await tuan.opens(link_in(await invite(lan, "father")))
    await join(tuan, amount=0)
    await lan.presses("menu.settings")
    await lan.taps("settings.choice.visits_off")
    await village.pass_time(to=at_home(date(2026, 12, 6), "21:00"))

    assert sent(await village.ledger(tuan), Lane.TIP) == []
    assert sent(await village.ledger(tuan), Lane.VISIT)
    assert sent(await village.ledger(lan), Lane.VISIT) == []
    assert {row.reason for row in await village.ledger(lan) if row.lane is Lane.VISIT} == {Reason.NOT_WANTED}
    assert sent(await village.ledger(lan), Lane.TIP)


async def test_a_grandmother_cannot_agree_for_the_child_and_hears_of_visits_when_the_mother_far_away_has(
    village: Village, minh: Person
) -> None:
    await enrol(minh, born="1/11/2026", role="grandmother")
    grandmother, mai = await village.person("Bà"), await village.person("Mai")
    await grandmother.scans(minh)
    await join_for_herself(grandmother)
    assert await village.rows("SELECT purpose FROM consents") == [("messages",)]
    told_by_station = grandmother.words("child.visit_by_station").splitlines()[1].split(",")[0]
    assert told_by_station in await grandmother.presses("menu.child")

    await mai.opens(link_in(await invite(grandmother, "mother")))
    await join(mai, amount=0)
    assert "Trạm Y tế Suối Mơ" in await grandmother.presses("menu.child")
    await village.pass_time(to=at_home(date(2026, 12, 6), "21:00"))
    assert sent(await village.ledger(grandmother), Lane.VISIT)


async def test_on_a_shared_telephone_each_message_says_whom_it_concerns_and_nothing_private_appears(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="15/10/2026")
    await lan.opens(link_in(await invite(lan, "grandmother")))
    await join_for_herself(lan, hour="08:00")
    for_mother = lan.words("common.whom", role=lan.words("choice.role.mother"), children=("An",))
    for_grandmother = lan.words("common.whom", role=lan.words("choice.role.grandmother"), children=("An",))
    before = len(await lan.has_read())
    for key in KINDS:
        await lan.presses(key)
    await village.pass_time(to=at_home(date(2026, 12, 20), "21:00"))

    said = (await lan.has_read())[before:]
    assert [one for one in said if not one.startswith((for_mother, for_grandmother))] == []
    assert {one.split("\n")[0] for one in said} == {for_mother, for_grandmother}
    private = {one.key for one in village.parts.programme.journey if one.private}
    rows = await village.rows("SELECT message_key, reason, state FROM outbox WHERE lane > 0")
    assert [row for row in rows if row[0] in private and row[2] == "sent"] == []
    assert {reason for key, reason, _state in rows if key in private} == {"shared_chat"}


async def test_on_a_shared_telephone_one_stops_and_the_other_goes_on(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    await lan.opens(link_in(await invite(lan, "grandmother")))
    await join_for_herself(lan, hour="08:00")
    await lan.presses("menu.stop")
    await lan.taps("stop.choice.yes")  # the newest question is the grandmother's
    await village.pass_time(to=at_home(date(2026, 12, 6), "21:00"))

    rows = await village.rows(
        "SELECT role, count(outbox.id) FROM caregivers JOIN outbox ON outbox.caregiver_id = caregivers.id"
        " WHERE lane > 0 AND state = 'sent' GROUP BY role"
    )
    assert [role for role, _count in rows] == ["mother"]
    await lan.presses("menu.come_back")
    assert await village.rows("SELECT id FROM caregivers WHERE stopped_at IS NOT NULL") == []


async def test_two_who_join_on_one_telephone_are_asked_one_after_the_other(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol(minh, name="An")
    first = link_in((await minh.has_read())[-2])
    await enrol(minh, name="Bình")
    second = link_in((await minh.has_read())[-2])
    await lan.opens(first)
    await lan.taps("Tiếng Việt")
    await lan.opens(second)
    assert "An" in await lan.reads()
    for answer in ("choice.yes", "choice.yes", "19:00", "choice.amount.3"):
        await lan.taps(answer)
    assert "Bình" in await lan.reads()
    await join(lan, hour="08:00")

    hours = await village.rows("SELECT tip_hour FROM caregivers ORDER BY id")
    assert hours == [(19,), (8,)]


async def test_tuan_is_removed_at_once_without_notice_and_without_a_trace(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    tuan = await village.person("Tuấn")
    await tuan.opens(link_in(await invite(lan, "father")))
    await join(tuan)
    keys, has_read = await tuan.keys(), await tuan.has_read()
    lan_has_read = await lan.has_read()
    await village.stop_bot()
    await village.pass_time(days=1)
    await village.start_bot()
    await tuan.blocks()
    await tuan.unblocks()

    await remove(minh, "father")
    has_read = await tuan.has_read()
    await village.pass_time(to=at_home(date(2026, 12, 21), "21:00"))
    assert await tuan.has_read() == has_read
    assert await tuan.keys() == keys
    assert lan_has_read == (await lan.has_read())[: len(lan_has_read)]
    nothing = tuan.words("quiet.nothing")
    for key in ("menu.child", "menu.tip", "menu.settings", "menu.known", "menu.stop", "menu.kin"):
        said = await tuan.presses(key)
        assert "An" not in said
        assert said.split("\n")[0] == nothing.split("\n")[0]
    assert await tuan.keys() == keys
    assert sent(await village.ledger(lan), Lane.VISIT)
    waits = "SELECT outbox.id FROM outbox JOIN caregivers ON caregivers.id = caregiver_id"
    assert await village.rows(f"{waits} WHERE ended_at IS NOT NULL AND state = 'planned'") == []


async def remove(minh: Person, role: str) -> str:
    """Minh is asked for help: a caregiver of the newest family gets nothing more."""
    rows = await minh.village.rows("SELECT max(family_id) FROM caregivers")
    await minh.forges(f"v1:family_page:{rows[0][0]}")
    await minh.taps("family_page.choice.kin_remove")
    await minh.taps(f"👤 {minh.words(f'choice.role.{role}')}")
    return await minh.taps("kin.choice.remove_now")


async def test_a_removed_father_can_do_nothing_with_what_he_kept(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    tuan = await village.person("Tuấn")
    link = link_in(await invite(lan, "father"))
    await tuan.opens(link)
    await join(tuan)
    await tuan.presses("menu.settings")
    kept = (await tuan.messages())[-1]
    other = link_in(await invite(lan, "father"))
    await remove(minh, "father")

    before = await village.rows("SELECT tip_hour, amount, wants_visits FROM caregivers ORDER BY id")
    await tuan.taps_in(kept, "settings.choice.visits_off")
    assert await village.rows("SELECT tip_hour, amount, wants_visits FROM caregivers ORDER BY id") == before
    assert "An" not in await tuan.opens(link)
    assert other != link
    assert "An" not in await tuan.presses("menu.child")


async def test_binh_of_another_commune_can_remove_nobody(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)
    binh = await village.actor("Bình", ActorRole.VOLUNTEER, communes=("Đảo Sao",))
    mother = await village.caregiver_of(lan)
    for forged in (f"v1:remove:{mother}:now", "v1:kin_remove:1", "v1:kin_invite:1", f"v1:kin_phone:{mother}"):
        assert await binh.forges(forged) == binh.words("refused")
    assert await village.rows("SELECT id FROM caregivers WHERE ended_at IS NOT NULL") == []
    assert len(await village.audited()) == 4


async def test_a_removed_father_cannot_come_back_by_a_link_that_he_made_before(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    tuan = await village.person("Tuấn")
    await tuan.opens(link_in(await invite(lan, "father")))
    await join(tuan)
    kept = link_in(await invite(tuan, "grandmother"))
    await tuan.presses("menu.kin")
    await tuan.taps("📱 Mẹ")
    hers = link_in((await tuan.has_read())[-2])
    await remove(minh, "father")

    for link in (kept, hers):
        assert "An" not in await tuan.opens(link)
    assert "An" not in await tuan.presses("menu.child")
    links = "SELECT count(*) FROM caregiver_addresses WHERE revoked_at IS NULL"
    assert await village.rows(links) == [(1,)]


async def test_nobody_of_the_family_takes_over_her_chat_and_she_is_told_of_another_telephone(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    tuan, tablet = await village.person("Tuấn"), await village.person("a tablet")
    await tuan.opens(link_in(await invite(lan, "father")))
    await join(tuan)
    for taker in (tuan, tablet):
        await tuan.presses("menu.kin")
        await tuan.taps("📱 Mẹ")
        await taker.opens(link_in((await tuan.has_read())[-2]))

    assert tuan.words("refused") in await tuan.has_read()
    assert lan.as_mother.words("relink.added").split("\n")[0] in (await lan.reads())
    mother = await village.caregiver_of(lan)
    assert await tablet.forges(f"v1:relink:{mother}:only") == tablet.words("refused")
    assert "An" in await lan.presses("menu.child")
