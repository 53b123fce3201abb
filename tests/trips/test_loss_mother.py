"""A mother dies: her chat is silent, somebody is asked to call, and the family goes on with its next caregiver."""

import re

import pytest

from domain.message import Text
from domain.people import ActorRole
from domain.reader import Role
from domain.sending.outbox import Reason
from tests.trips.grieving import add_caregiver, enrol_mother, joins_too, opens_loss, payloads_of
from tests.trips.letters import sent
from tests.trips.village import Person, Village

MOTHER = {
    "vi": re.compile(r"\bmẹ\b|bú mẹ|sữa mẹ", re.IGNORECASE),
    "zh": re.compile("妈妈|母亲|母乳|娘"),
    "en": re.compile(r"\bmothers?\b|\bmum|breast|womb", re.IGNORECASE),
}
TRACKS = "SELECT kept_tracks FROM children ORDER BY id"
LINKS = "SELECT count(*) FROM caregiver_addresses WHERE revoked_at IS NULL"


async def with_father(village: Village, minh: Person, lan: Person, *, language: str = "vi", born: str = "") -> Person:
    """Lan with An, and Tuấn, who has joined too."""
    tuan = await village.person("Tuấn", language=language)
    await enrol_mother(minh, lan, born=born or "10/11/2026")
    father = await add_caregiver(village, lan, Role.FATHER, phone="+84912345678")
    await joins_too(minh, tuan, father)
    return tuan


async def mother_dies(person: Person) -> str:
    """He tells it by buttons; gives the words after it."""
    await opens_loss(person)
    await person.taps("loss.choice.mother")
    return await person.taps("loss.choice.confirm")


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_tuan_tells_it_and_no_text_speaks_of_a_mother(
    village: Village, minh: Person, hoa: Person, lan: Person, language: str
) -> None:
    tuan = await with_father(village, minh, lan, language=language)
    theirs = len(await lan.messages())
    said = await mother_dies(tuan)

    assert "Hoa" in said
    assert "An" in said
    asked = await hoa.reads()
    assert asked.startswith(hoa.words("loss.please_call_next", who="", phone="").split("\n")[0])
    assert "An" in asked
    assert "912" in asked
    assert [row[0] for row in await village.rows(TRACKS)] == ["bereaved mother_absent replacement_feeding"]
    before = len(await tuan.has_read())
    await village.pass_time(days=12 if language == "vi" else 5)
    for command in ("/child", "/tip", "/settings", "/menu"):
        await tuan.types(command)
    after = (await tuan.has_read())[before:]
    assert len(after) > 4
    assert [words for words in after if MOTHER[language].search(words)] == []
    assert len(await lan.messages()) == theirs
    assert lan.words("loss.by_mistake").split("\n")[0] == (await lan.starts()).split("\n")[0]


async def test_what_was_planned_for_her_is_closed(village: Village, minh: Person, lan: Person) -> None:
    tuan = await with_father(village, minh, lan)
    await village.pass_time(to="2026-11-25T01:00:00+00:00")
    ledger = await village.ledger(lan)
    planned = {row.id for row in ledger if row.state == "planned"}
    mother = await village.caregiver_of(lan)
    await mother_dies(tuan)
    rows = await village.rows("SELECT id, state, reason FROM outbox WHERE caregiver_id = :id", id=mother)
    assert {(state, reason) for number, state, reason in rows if number in planned} <= {
        ("closed", Reason.CONTACT_ENDED.value)
    }
    await village.pass_time(days=7)
    assert not [
        row
        for row in await village.rows("SELECT state FROM outbox WHERE lane > 0 AND caregiver_id = 1")
        if row[0] == "planned"
    ]
    assert sent(await village.ledger(tuan))


async def test_it_is_written_on_her_own_phone(village: Village, minh: Person, lan: Person) -> None:
    await enrol_mother(minh, lan)
    await lan.types("mẹ cháu mất rồi")
    await lan.taps("loss.choice.tell")
    await lan.taps("loss.choice.mother")
    question = (await lan.messages())[-1]
    await lan.taps("loss.choice.confirm")

    said = (await lan.has_read())[-2]
    assert lan.words("loss.stops_here") in said
    assert await lan.keys() == []
    assert (await village.rows(LINKS))[0][0] == 0
    await lan.taps_in(question, "loss.choice.confirm")
    assert lan.words("refused") not in await lan.has_read()
    tasks = await village.rows("SELECT kind, caregiver_id FROM tasks WHERE kind IN ('call', 'reach') ORDER BY kind")
    assert [tuple(row) for row in tasks] == [("call", None), ("reach", None)]
    before = len(await lan.messages())
    await village.pass_time(days=14)
    assert len(await lan.messages()) == before


async def test_minh_tells_it_and_the_father_who_has_not_joined_is_to_be_reached(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_mother(minh, lan)
    father = await add_caregiver(village, lan, Role.FATHER)
    theirs = len(await lan.messages())
    await minh.forges("v1:family_page:1")
    assert "v1:family_loss:1" in payloads_of((await minh.messages())[-1])
    await minh.forges("v1:family_loss:1")
    await minh.taps("loss.choice.mother")
    await minh.taps("loss.choice.confirm")
    assert minh.words("family_loss.done") in await minh.has_read()

    assert len(await lan.messages()) == theirs
    rows = await village.rows("SELECT kind, caregiver_id FROM tasks WHERE kind IN ('call', 'reach') ORDER BY kind")
    assert [tuple(row) for row in rows] == [("call", father), ("reach", father)]
    await minh.forges("v1:family_page:1")
    page = (await minh.messages())[-1]
    assert f"v1:family:{father}" in payloads_of(page)
    assert "v1:family:1" not in payloads_of(page)


async def test_on_a_shared_phone_his_messages_go_on(village: Village, minh: Person, lan: Person) -> None:
    await enrol_mother(minh, lan)
    father = await add_caregiver(village, lan, Role.FATHER)
    await joins_too(minh, lan, father)
    assert await opens_loss(lan) == lan.words("loss.whose")
    await lan.forges(f"v1:loss:{father}")
    await lan.taps("loss.choice.mother")
    said = await lan.taps("loss.choice.confirm")

    assert lan.words("common.whom_alone", role=Text("choice.role.father")) not in said
    assert lan.words("loss.stops_mother") in said
    assert lan.words("menu.child") in await lan.keys()
    assert (await village.rows(LINKS))[0][0] == 1


async def test_a_father_alone_tells_of_a_mother_who_was_never_with_us(village: Village, minh: Person) -> None:
    tuan = await village.person("Tuấn")
    await enrol_mother(minh, tuan)
    async with village.parts.database.transaction() as connection:
        await connection.exec_driver_sql("UPDATE caregivers SET role = 'father'")
    await opens_loss(tuan)
    assert "v1:loss_of:1:mother:0" in payloads_of((await tuan.messages())[-1])
    await tuan.taps("loss.choice.mother")
    question = (await tuan.messages())[-1]
    said = await tuan.taps("loss.choice.confirm")
    await tuan.taps_in(question, "loss.choice.confirm")

    assert tuan.words("loss.stops_mother") in said
    assert [row[0] for row in await village.rows(TRACKS)] == ["bereaved mother_absent replacement_feeding"]
    assert len(await village.rows("SELECT 1 FROM caregivers WHERE ended_as = 'died'")) == 1
    assert len(await village.rows("SELECT 1 FROM tasks WHERE kind = 'call'")) == 1


async def test_hoa_undoes_it_and_lans_chat_knows_her_again(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    tuan = await with_father(village, minh, lan)
    staff = await village.actor("Thu", ActorRole.STAFF)
    await mother_dies(tuan)
    await hoa.presses("menu.ended")
    await hoa.taps(hoa.words("choice.role.mother"))
    await hoa.taps("ended.choice.begin_again")
    await hoa.taps("ended.choice.yes")

    assert "An" in await lan.types("/child")
    assert [row[0] for row in await village.rows(TRACKS)] == [None]
    assert (await village.rows("SELECT count(*) FROM caregivers WHERE bereaved_at IS NOT NULL"))[0][0] == 0
    assert await village.rows("SELECT 1 FROM tasks WHERE kind = 'reach' AND closed_at IS NULL") == []
    assert await staff.presses("menu.ended") == staff.words("ended.none")
