"""Chats change: a lost telephone, a new account, two telephones, a recycled number, and ninety silent days."""

from datetime import date

import pytest

from domain.sending.outbox import Lane, Reason
from tests.trips.journeys import SPOKEN, enrol, enrol_and_join, join, newest_invite
from tests.trips.letters import at_home, sent
from tests.trips.village import Person, Village, code_in, link_in

BORN = "1/11/2026"
CHATS = (
    "SELECT external_id, revoked_as FROM caregiver_addresses"
    " JOIN addresses ON addresses.id = address_id ORDER BY caregiver_addresses.id"
)


async def help_to_new_phone(minh: Person, lan: Person) -> str:
    """Minh opens the family's entry and makes a new link."""
    caregiver = await minh.village.caregiver_of(lan)
    await minh.forges(f"v1:family:{caregiver}")
    await minh.taps("choice.new_link")
    return await newest_invite(minh)


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_lan_lost_her_telephone_and_minh_links_the_new_one(
    village: Village, minh: Person, lan: Person, language: str
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await lan.forges(f"v1:language:{language}")
    found = await lan.has_read()
    new = await village.person("Lan, new telephone", language=language)
    await new.starts()
    await new.types(code_in(await help_to_new_phone(minh, lan)))
    assert new.words("relink.ask").split("\n")[0] in await new.reads()
    await new.taps("relink.choice.only_here")

    await village.pass_time(to=at_home(date(2026, 12, 6), "21:00"))
    assert await lan.has_read() == found
    assert [one for one in await new.has_read() if "An" in one]
    assert await village.rows(CHATS) == [(str(lan.phone), "replaced"), (str(new.phone), None)]
    assert "An" not in await Person("Lan", lan.phone, village, language).presses("menu.child")
    assert len(await village.rows("SELECT id FROM consents")) == 2


async def test_on_two_telephones_messages_come_to_the_one_used_last(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    new = await village.person("Lan, tablet")
    await new.opens(link_in(await help_to_new_phone(minh, lan)))
    await new.taps("relink.choice.both")
    await village.pass_time(to=at_home(date(2026, 11, 25), "12:00"))
    before = len(await lan.has_read()), len(await new.has_read())
    await lan.presses("menu.child")
    await village.pass_time(to=at_home(date(2026, 11, 28), "21:00"))

    assert len(await lan.has_read()) > before[0] + 1
    assert len(await new.has_read()) == before[1]
    keys = [row.message_key for row in sent(await village.ledger(lan), Lane.TIP)]
    assert len(keys) == len(set(keys))


async def test_tuan_gets_his_wife_back_on_her_new_account(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await lan.presses("menu.kin")
    await lan.taps("kin.choice.invite")
    await lan.taps("choice.role.father")
    await lan.taps("Tiếng Việt")
    tuan, new = await village.person("Tuấn"), await village.person("Lan, new account")
    await tuan.opens(link_in((await lan.has_read())[-2]))
    for answer in ("Tiếng Việt", "choice.yes", "choice.yes", "08:00", "choice.amount.3"):
        await tuan.taps(answer)
    await lan.blocks()  # her old account is gone
    await tuan.presses("menu.kin")
    await tuan.taps("📱 Mẹ")
    await new.opens(link_in((await tuan.has_read())[-2]))
    await new.taps("relink.choice.only_here")
    assert "An" in await new.presses("menu.child")


async def test_after_ninety_silent_days_nothing_private_is_said_before_she_says_who_she_is(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(date(2027, 2, 19), "21:00"))
    known = len(await lan.has_read())
    await village.pass_time(to=at_home(date(2027, 3, 5), "21:00"))

    asked = (await lan.has_read())[known:]
    assert asked == [lan.words("still.ask")]
    waits = [row for row in await village.ledger(lan) if row.reason is Reason.UNCONFIRMED_CHAT]
    assert waits
    assert "📵" in str((await minh.messages())[-1]) or await minh.presses("menu.families")
    assert await lan.presses("menu.child") == lan.words("still.ask")
    assert await lan.types("con tôi bị sốt") == lan.words("still.ask")
    await lan.taps("still.choice.yes")
    assert "An" in await lan.reads()
    before = len(sent(await village.ledger(lan)))
    await village.pass_time(days=14)
    assert len(sent(await village.ledger(lan))) > before


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_who_got_a_recycled_account_learns_nothing_and_is_left_alone(
    village: Village, minh: Person, lan: Person, language: str
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await lan.forges(f"v1:language:{language}")
    somebody = Person("somebody", lan.phone, village, language)
    await village.pass_time(to=at_home(date(2027, 2, 25), "21:00"))
    known = len(await lan.has_read())
    assert await somebody.starts() == somebody.words("still.ask")
    await somebody.taps("still.choice.no")
    await village.pass_time(days=30)

    said = (await lan.has_read())[known:]
    assert [one for one in said if "An" in one or "Suối Mơ" in one] == []
    assert await village.rows(CHATS) == [(str(lan.phone), "not_hers")]
    assert "📵" in str([await minh.presses("menu.families"), (await minh.messages())[-1]])
    assert SPOKEN[language]


async def test_a_new_reader_who_opens_her_own_link_gets_nothing_of_the_old_family(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(date(2027, 2, 25), "21:00"))
    await minh.types("/menu")
    await enrol(minh, name="Khoai", born="20/2/2027")
    await lan.opens(link_in((await minh.has_read())[-2]))
    await join(lan)

    said = await lan.presses("menu.child")
    assert "Khoai" in said
    assert "An" not in said
    assert await village.rows(CHATS) == [(str(lan.phone), "not_hers"), (str(lan.phone), None)]


async def test_the_forgotten_telephone_does_not_silence_the_one_she_uses(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    new = await village.person("Lan, tablet")
    await new.opens(link_in(await help_to_new_phone(minh, lan)))
    await new.taps("relink.choice.both")
    await village.pass_time(to=at_home(date(2027, 2, 10), "12:00"))
    await new.presses("menu.child")
    await village.pass_time(to=at_home(date(2027, 2, 25), "12:00"))
    assert await lan.types("hi") == lan.words("still.ask")
    before = len(await new.has_read())
    await village.pass_time(days=14)
    assert len(await new.has_read()) > before
