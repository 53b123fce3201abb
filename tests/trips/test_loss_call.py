"""After a loss, only if she wants: signs of danger, relief, and a call from somebody with a name."""

import pytest

from domain.people import ActorRole
from domain.reader import Role
from tests.trips.grieving import add_caregiver, enrol_mother, joins_too, loses, payloads_of
from tests.trips.village import Person, Village

PHONE = "0912345678"
CALLS = "SELECT kind, actor_id FROM tasks WHERE kind = 'call'"


async def loses_an(minh: Person, lan: Person, *, phone: str = PHONE, born: str = "hôm qua") -> None:
    """An, who was born on that day, has died, and Lan has told it."""
    await enrol_mother(minh, lan, phone=phone, born=born)
    await loses(lan)


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_what_may_help_comes_only_when_it_is_asked_for(village: Village, minh: Person, language: str) -> None:
    lan = await village.person("Lan", language=language)
    await loses_an(minh, lan)
    told = len(await lan.messages())
    await village.pass_time(days=1)
    assert len(await lan.messages()) == told

    for choice, key in (("after_birth", "loss.danger_after_birth"), ("milk_relief", "loss.milk_relief")):
        said = await lan.taps(f"loss.choice.{choice}")
        assert said.split("\n")[0] == lan.words(key).split("\n")[0]
        assert "An" not in said.split()
    assert len(await lan.messages()) == told + 2


async def test_each_reader_is_offered_what_fits(village: Village, minh: Person, lan: Person) -> None:
    tuan = await village.person("Tuấn")
    await enrol_mother(minh, lan, children=("An", "Bé"), born="1/10/2025")
    father = await add_caregiver(village, lan, Role.FATHER)
    await joins_too(minh, tuan, father)
    await loses(lan, "An")
    offered = [payload.rpartition(":")[2] for payload in payloads_of((await lan.messages())[-1])]
    assert "grief" in offered
    assert not {"milk_relief", "milk_later", "after_birth"} & set(offered)

    await loses(tuan, "Bé")
    last = [one for one in await tuan.messages() if "v1:loss_call" in str(payloads_of(one))][-1]
    assert "v1:loss_care:2:child:2:helping_her" in payloads_of(last)
    assert "v1:loss_care:2:child:2:grief" not in payloads_of(last)


async def test_hoa_is_asked_to_call_once_and_never_why(
    village: Village, minh: Person, lan: Person, hoa: Person
) -> None:
    await loses_an(minh, lan)
    before = len(await hoa.messages())
    promised = await lan.taps("loss.choice.call")

    assert promised == lan.words("loss.will_call", name="Hoa", facility="Trạm Y tế Suối Mơ")
    asked = (await hoa.has_read())[before:]
    assert len(asked) == 1
    assert "912 345 678" in asked[0] or "912345678" in asked[0]
    assert "An" in asked[0]
    assert not any(word in asked[0].casefold() for word in ("mất", "qua đời", "sảy"))
    await lan.taps("loss.choice.call")
    assert len(await hoa.messages()) == before + 1
    assert len(await village.rows(CALLS)) == 1


async def test_without_a_number_she_is_told_whom_to_ring(village: Village, minh: Person, lan: Person) -> None:
    await loses_an(minh, lan, phone="")
    said = await lan.taps("loss.choice.call")
    assert "0203 555 0101" in said
    assert "Minh" in said
    assert len(await village.rows(CALLS)) == 1


async def test_staff_name_who_calls(village: Village, minh: Person, lan: Person, hoa: Person) -> None:
    nga = await village.actor("Nga", ActorRole.HEALTH_WORKER)
    thu = await village.actor("Thu", ActorRole.STAFF)
    await enrol_mother(minh, lan, phone=PHONE)
    assert "Nga" in str((await thu.forges("v1:contact_person:1"), await thu.messages()))
    await thu.taps("Nga")
    assert await thu.reads() == thu.words("contact.kept", name="Nga", facility="Trạm Y tế Suối Mơ")
    for somebody in (minh, hoa, lan):
        assert await somebody.forges("v1:name_contact:1:2") == somebody.words("refused")
    assert await thu.forges("v1:name_contact:1:99") == thu.words("refused")

    await loses(lan)
    before = len(await hoa.messages())
    assert "Nga" in await lan.taps("loss.choice.call")
    assert len(await hoa.messages()) == before
    assert nga.words("loss.please_call", who="", phone="").split("\n")[0] in await nga.reads()
    assert len(await village.audited("name_contact")) == 1
