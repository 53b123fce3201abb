"""Lan's next visit, her calendar, the card, and why: the same truth for her and for Hoa, and for nobody else."""

from datetime import date

import pytest

from domain.message import Text
from domain.people import ActorRole
from domain.reader import Role
from tests.trips.grieving import add_caregiver, joins_too, opens_loss
from tests.trips.journeys import Beginning, are_with_us
from tests.trips.letters import told
from tests.trips.village import Person, Village

BORN = "5/9/2026"  # two months old: the first doses are due since 5 November
FIRST = date(2026, 12, 5)
STATION_PHONE = "0203 555 0101"


async def newest_file(person: Person) -> str:
    return str((await person.messages())[-1]["document"]["file_name"])


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_lan_reads_her_next_visit_and_takes_it_into_her_calendar(
    village: Village, minh: Person, language: str
) -> None:
    lan = await village.person("Lan", language=language)
    await are_with_us(minh, lan, Beginning(BORN))
    page = await lan.presses("menu.child")
    for key in ("vaccine.penta.short", "vaccine.opv.short", "child.bring.card"):
        assert told(lan, key) in page
    assert "07:30-10:30" in page
    assert "Trạm Y tế Suối Mơ" in page

    assert await lan.taps("record.choice.calendar") == told(lan, "calendar.caption")
    assert await newest_file(lan) == "cradle-visit.ics"


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_lan_sees_what_was_given_keeps_it_as_a_file_and_asks_why(
    village: Village, minh: Person, hoa: Person, language: str
) -> None:
    lan = await village.person("Lan", language=language)
    await are_with_us(minh, lan, Beginning(BORN))
    await minh.forges("v1:doses_had_of:1")
    for answer in ("choice.doses_had.dates", "choice.told_from.card"):
        await minh.taps(answer)
    await minh.types("5/9/2026")  # of birth
    await minh.types("14/10/2026")  # three days before six weeks
    await minh.taps("choice.save")

    await lan.presses("menu.child")
    card = await lan.taps("record.choice.card")
    values: dict[str, Text | int | date] = {"days": 3, "from_day": date(2026, 10, 17)}
    too_young = told(lan, "reason.too_young", **values)
    assert told(lan, "reason.and_ask", reason=too_young) in card
    assert told(lan, "record.source.card") in card
    assert "BCG" in card or told(lan, "vaccine.bcg.short") in card
    for message in await lan.has_read():
        assert "repeat" not in message.lower()

    await lan.taps("record.choice.file")
    assert (await newest_file(lan)).endswith(".pdf")
    next_and_why = await lan.taps("record.choice.why")
    assert told(lan, "why.visit.due_since", on=date(2026, 11, 5)) in next_and_why
    assert told(lan, "schedule.vn_epi") in next_and_why
    assert told(lan, "why.certainty.verified") in next_and_why
    read = told(lan, "source.vn_circular_10_2024")
    assert next_and_why.count(read) == next_and_why.count(told(lan, "why.replaced", document=read)) > 0
    in_force = Text("source.vn_circular_13_2026")
    assert next_and_why.count(told(lan, "why.in_force", document=in_force)) == 1
    given = (await lan.has_read())[-2]
    assert told(lan, "reason.and_ask", reason=too_young) in given

    await hoa.forges("v1:child_why:1")
    given, following = (await hoa.has_read())[-2:]
    assert hoa.words("reason.too_young", **values) in given
    assert hoa.words("reason.and_ask", reason="").strip(" .") not in given
    assert hoa.words("schedule.vn_epi") in following


async def test_a_day_on_which_she_cannot_come_is_named_as_the_reason(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await are_with_us(minh, lan, Beginning(BORN))
    await lan.forges(f"v1:visit:1:1:{FIRST}:cannot")
    assert told(lan, "why.passed.cannot", on=FIRST) in await lan.forges("v1:why:1:1")
    assert hoa.words("why.passed.cannot", on=FIRST) in await hoa.forges("v1:child_why:1")


async def test_health_workers_of_the_station_see_why_and_nobody_else_does(
    village: Village, minh: Person, hoa: Person, lan: Person, binh: Person
) -> None:
    await are_with_us(minh, lan, Beginning(BORN))
    other = await village.actor("Mai", ActorRole.HEALTH_WORKER, communes=("Đảo Sao",))
    await binh.starts()
    for stranger in (minh, other, lan, binh):
        for tap in ("child_why:1", "family_why:1", "child_why:999", "child_why:x"):
            assert await stranger.forges(f"v1:{tap}") == stranger.words("refused")
    for stranger in (minh, hoa, binh):
        for tap in ("why:1:1", "card:1", "card_file:1", "visit_file:1"):
            assert await stranger.forges(f"v1:{tap}") == stranger.words("refused")
    assert await lan.forges("v1:why:1:999") == lan.words("refused")

    await minh.forges("v1:family_page:1")
    assert minh.words("family_page.choice.family_why") not in str((await minh.messages())[-1]["reply_markup"])
    await hoa.forges("v1:family_page:1")
    await hoa.taps("family_page.choice.family_why")
    assert hoa.words("schedule.vn_epi") in await hoa.reads()


async def test_a_mother_who_awaits_a_child_sees_her_own_contacts_and_no_card(village: Village, minh: Person) -> None:
    mai = await village.person("Mai")
    await are_with_us(minh, mai, Beginning(due="1/3/2027"))
    page = await mai.presses("menu.child")
    assert told(mai, "child.bring.book") in page
    markup = str((await mai.messages())[-1]["reply_markup"])
    assert mai.words("record.choice.card") not in markup
    assert await mai.taps("record.choice.calendar") == told(mai, "calendar.caption")


async def test_after_a_loss_the_old_buttons_say_nothing_of_visits(village: Village, minh: Person, lan: Person) -> None:
    await are_with_us(minh, lan, Beginning(BORN))
    await opens_loss(lan)
    await lan.taps("loss.choice.confirm")
    for tap in ("why:1:1", "card:1", "card_file:1", "visit_file:1"):
        said = await lan.forges(f"v1:{tap}")
        assert "An" not in said
        assert said == told(lan, "quiet.nobody", station="Trạm Y tế Suối Mơ", station_phone=STATION_PHONE)


async def test_on_a_shared_telephone_each_answer_says_for_whom_it_is(
    village: Village, minh: Person, lan: Person
) -> None:
    await are_with_us(minh, lan, Beginning(BORN))
    father = await add_caregiver(village, lan, Role.FATHER)
    await joins_too(minh, lan, father)
    for tap, role in (("card:1", "mother"), (f"card:{father}", "father"), (f"why:{father}:1", "father")):
        await lan.forges(f"v1:{tap}")
        header = lan.words("common.whom", role=Text(f"choice.role.{role}"), children=("An",))
        assert (await lan.reads()).startswith(header)
    caption = await lan.forges(f"v1:visit_file:{father}")
    assert caption.startswith(lan.words("common.whom", role=Text("choice.role.father"), children=("An",)))


async def test_without_her_consent_the_station_tells_her(village: Village, minh: Person, lan: Person) -> None:
    await are_with_us(minh, lan, Beginning(BORN))
    await lan.forges("v1:consent_set:1:file:no")
    for tap in ("why:1:1", "card:1", "card_file:1", "visit_file:1"):
        said = await lan.forges(f"v1:{tap}")
        assert said == told(lan, "child.visit_by_station", station="Trạm Y tế Suối Mơ", station_phone=STATION_PHONE)
