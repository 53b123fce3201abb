"""Links and codes: wrong ones, old ones, used ones, and two people who race for one."""

import asyncio
import re
from datetime import timedelta

from tests.trips.journeys import enrol, join, newest_invite
from tests.trips.village import Person, Village, code_in, link_in

LINKED = "SELECT external_id FROM caregiver_addresses JOIN addresses ON addresses.id = address_id"


def other_than(code: str) -> str:
    """Six digits that are not this code."""
    return "111111" if "".join(code.split()) != "111111" else "222222"


async def linked(village: Village) -> list[str]:
    return [row[0] for row in await village.rows(LINKED)]


async def test_after_five_wrong_codes_minh_lets_lan_in_by_the_number_on_her_screen(
    village: Village, minh: Person, lan: Person
) -> None:
    code = code_in(await enrol(minh))
    await lan.starts()
    for left in (4, 3, 2, 1):
        assert await lan.types(other_than(code)) == lan.words("claim.code_wrong", tries_left=left)
    asked = await lan.types(other_than(code))
    assert lan.words("claim.ask_volunteer", number="0000").split("\n")[0] in asked

    asked = await lan.types(code)  # the right one comes too late
    assert await linked(village) == []
    number = re.search(r"\b\d{4}\b", asked)
    assert number is not None
    await minh.presses("menu.families")
    await minh.taps("⏳")
    await minh.taps("choice.confirm_number")
    assert await minh.types("hai ba") != minh.words("confirm.done")
    wrong = "1000" if number.group() != "1000" else "1001"
    assert await minh.types(wrong) == minh.words("form.confirming.number")
    assert minh.words("confirm.nobody_waits") in await minh.has_read()
    assert await minh.types(number.group()) == minh.words("confirm.done")

    assert await lan.reads() == lan.as_mother.words("form.joining.language")
    assert "An" in await join(lan)
    assert len(await village.audited("claim_code_unknown")) == 5
    assert len(await village.audited("confirm_number")) == 1
    assert minh.words("families.nobody") == await minh.presses("menu.families")


async def test_who_was_let_in_and_lost_the_question_finds_it_with_start(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol(minh)
    await lan.scans(minh)
    await lan.forges("v1:form_cancel:joining")

    assert await lan.starts() == lan.as_mother.words("form.joining.language")
    assert "An" in await join(lan)


async def test_a_code_is_read_however_it_is_typed(village: Village, minh: Person, lan: Person) -> None:
    code = "".join(code_in(await enrol(minh)).split())
    await lan.starts()
    assert await lan.types(f" {code[:2]}-{code[2:4]}.{code[4:]} ") == lan.as_mother.words("form.joining.language")

    code = "".join(code_in(await enrol(minh, name="Bi")).split())
    mei = await village.person("Mei", language="zh")
    await mei.starts()
    wide = code.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    assert await mei.types(wide) == mei.as_mother.words("form.joining.language")


async def test_a_code_of_yesterday_is_too_old_and_her_link_is_still_good(
    village: Village, minh: Person, lan: Person
) -> None:
    saved = await enrol(minh)
    await lan.starts()
    await village.pass_time(to=(await village.now() + timedelta(hours=25)).isoformat())

    assert await lan.types(code_in(saved)) == lan.words("claim.code_expired", tries_left=4)
    assert len(await village.audited("claim_code_expired")) == 1
    assert await lan.opens(link_in(saved)) == lan.as_mother.words("form.joining.language")


async def test_a_link_of_last_month_is_too_old_and_minh_makes_a_new_one(
    village: Village, minh: Person, lan: Person
) -> None:
    saved = await enrol(minh)
    await village.pass_time(days=31)

    assert await lan.opens(link_in(saved)) == lan.words("claim.link_expired")
    assert len(await village.audited("claim_link_expired")) == 1
    await minh.presses("menu.families")
    await minh.taps("⏳")
    await minh.taps("choice.new_link")
    await lan.scans(minh)
    assert "An" in await join(lan)


async def test_a_used_link_is_worth_nothing_to_somebody_else(
    village: Village, minh: Person, lan: Person, binh: Person
) -> None:
    saved = await enrol(minh)
    await lan.opens(link_in(saved))
    await join(lan)

    assert await binh.opens(link_in(saved)) == binh.words("claim.link_used")
    assert await binh.types(code_in(saved)) == binh.words("claim.code_wrong", tries_left=4)
    assert await binh.opens(link_in(saved)[:-3]) == binh.words("claim.link_unknown")
    assert [len(await village.audited(f"claim_{what}")) for what in ("link_used", "code_used", "link_unknown")] == [
        1
    ] * 3
    assert await linked(village) == [str(lan.phone)]
    assert "An" not in " ".join(await binh.has_read())


async def test_two_who_race_for_one_link_get_it_once(village: Village, minh: Person, lan: Person, binh: Person) -> None:
    link = link_in(await enrol(minh))

    answers = await asyncio.gather(lan.opens(link), binh.opens(link))
    assert sorted(answers) == sorted([lan.as_mother.words("form.joining.language"), lan.words("claim.link_used")])
    assert len(await linked(village)) == 1
    assert len(await village.audited("claim_link_used")) == 1


async def test_a_new_link_makes_the_old_one_worthless(village: Village, minh: Person, lan: Person) -> None:
    old = await enrol(minh)
    await minh.presses("menu.families")
    await minh.taps("⏳")
    await minh.taps("choice.new_link")
    new = await newest_invite(minh)

    assert await lan.opens(link_in(old)) == lan.words("claim.link_used")
    assert lan.words("claim.code_wrong", tries_left=4) == await lan.types(code_in(old))
    assert await lan.opens(link_in(new)) == lan.as_mother.words("form.joining.language")
    assert await linked(village) == [str(lan.phone)]
