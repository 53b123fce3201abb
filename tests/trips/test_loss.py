"""A loss is told once, gently; everything about it stops at once, for everybody, and nothing comes after it."""

from datetime import date, timedelta

import pytest

from domain.message import Text
from domain.reader import Role
from domain.sending.outbox import Lane, Reason
from tests.trips.grieving import (
    add_caregiver,
    after_loss,
    enrol_mother,
    joins_too,
    loses,
    opens_loss,
    payloads_of,
    sorry,
)
from tests.trips.journeys import enrol, enrol_and_join, up_to_birth_date
from tests.trips.letters import at_home, sent
from tests.trips.village import Person, Village

BEREAVED = "SELECT count(*) FROM caregivers WHERE bereaved_at IS NOT NULL"
CHEERFUL = ("!", "！", "🎉", "💚", "👶", "chúc mừng", "恭喜", "congratulat")
TYPED = {"vi": "em bị sảy thai rồi", "zh": "我流产了", "en": "I had a miscarriage"}


TOMORROW = date(2026, 11, 23)


def before_a_tip(village: Village) -> str:
    """A birth date on which a tip for everybody is due tomorrow."""
    steps = (step for step in village.parts.programme.journey if step.from_day > 7 and not step.tracks)
    step = next(step for step in steps if step.audience is None and not step.private)
    born = TOMORROW - timedelta(days=step.from_day)
    return f"{born.day}/{born.month}/{born.year}"


async def unasked(village: Village, person: Person) -> list[str]:
    """What was sent to her without being asked."""
    return [row.message_key for row in sent(await village.ledger(person))]


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_lan_tells_in_words_that_the_pregnancy_ended(village: Village, minh: Person, language: str) -> None:
    lan = await village.person("Lan", language=language)
    await enrol_mother(minh, lan, due="30/11/2026")
    asked = await lan.types(TYPED[language])

    assert asked.split("\n")[0] == lan.words("loss.ask_typed").split("\n")[0]
    assert "115" in asked
    assert await village.rows("SELECT 1 FROM pregnancies WHERE ended_at IS NOT NULL") == []
    assert await lan.taps("loss.choice.tell") == lan.words("loss.confirm.pregnancy")
    await lan.taps("loss.choice.confirm")

    said = await after_loss(lan)
    assert lan.words("loss.stops") in said
    assert not any(word in said.casefold() for word in CHEERFUL)
    assert lan.words("menu.child") not in await lan.keys()
    assert lan.words("menu.tip") not in await lan.keys()
    assert (await village.rows(BEREAVED))[0][0] == 1
    stale = await lan.forges("v1:birth:born:1")
    assert not any(word in stale.casefold() for word in CHEERFUL[2:])
    before = len(await lan.messages())
    await village.pass_time(to="2026-12-02T01:00:00+00:00")
    assert len(await lan.messages()) == before
    assert await unasked(village, lan) == []


async def test_the_tip_of_tonight_never_goes_and_nothing_after_it(village: Village, minh: Person, lan: Person) -> None:
    await enrol_mother(minh, lan, born=before_a_tip(village))
    await village.pass_time(to=at_home(TOMORROW, "18:30"))
    waiting = [row for row in await village.ledger(lan) if row.state == "planned"]
    said = await loses(lan)

    assert "An" not in said.split()
    ledger = await village.ledger(lan)
    assert [row.lane for row in waiting] == [Lane.TIP]
    assert {row.id for row in waiting} <= {row.id for row in ledger if row.reason is Reason.CONTACT_ENDED}
    before = len(await lan.messages())
    await village.pass_time(months=1)
    assert len(await lan.messages()) == before
    assert not [row for row in await village.ledger(lan) if row.state == "planned"]
    said = await lan.types("/child")
    assert "0203 555 0101" in said
    assert "An" not in said.split()
    assert [row[2] for row in await village.audited("contact_ended")] == ["child:1"]


async def test_a_reminder_of_tomorrow_is_closed(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born="5/10/2026")
    await village.pass_time(to="2026-12-04T01:00:00+00:00")
    eve = [row for row in await village.ledger(lan) if row.lane is Lane.VISIT and row.occasion.endswith(":1")]
    assert [row.state for row in eve] == ["planned"]
    await loses(lan)

    closed = [row for row in await village.ledger(lan) if row.id == eve[0].id]
    assert [(row.state, row.reason) for row in closed] == [("closed", Reason.CONTACT_ENDED)]
    await village.pass_time(days=3)
    assert [row.occasion[-1] for row in sent(await village.ledger(lan), Lane.VISIT)] == ["7"]


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_the_other_twin_goes_on_and_nobody_speaks_of_two(village: Village, minh: Person, language: str) -> None:
    lan = await village.person("Lan", language=language)
    await enrol_mother(minh, lan, children=("An", "Bé"), born="28/9/2026")
    said = await loses(lan)
    assert "Bé" in said
    assert "An" not in said.split()
    assert any(payload.startswith("v1:pause:") for payload in payloads_of((await lan.messages())[-1]))

    before = len(await lan.has_read())
    await village.pass_time(days=8 if language == "vi" else 3)
    await lan.types("/child")
    await lan.types("/known")
    after = "\n".join((await lan.has_read())[before:])
    assert len((await lan.has_read())[before:]) > 2
    assert "Bé" in after
    for two in ("An ", "An,", " An", "sinh đôi", "双胞胎", "twin", "hai bé", "两个宝宝"):
        assert two not in after, two


async def test_taps_of_others_are_refused(village: Village, minh: Person, lan: Person, binh: Person) -> None:
    await enrol_and_join(minh, lan)
    huong = await village.person("Hương")
    await enrol_mother(minh, huong, children=("Chi",))
    await binh.starts()
    for somebody in (binh, huong):
        for tap in ("v1:loss:1", "v1:loss_of:1:child:1", "v1:loss_yes:1:child:1", "v1:loss_call:1:child:1"):
            assert await somebody.forges(tap) == somebody.words("refused")
    for tap in ("v1:loss_yes:2:child:1", "v1:loss_yes:2:mother:1", "v1:loss_yes:2:pregnancy:1", "v1:loss_yes:2:cat:1"):
        assert await huong.forges(tap) == huong.words("refused")
    assert await huong.forges("v1:loss_care:2:child:2:grief") == huong.words("refused")
    assert await binh.forges("v1:ended") == binh.words("refused")

    assert await village.rows("SELECT 1 FROM children WHERE ended_at IS NOT NULL") == []
    assert await village.rows("SELECT 1 FROM caregivers WHERE ended_at IS NOT NULL OR bereaved_at IS NOT NULL") == []
    assert len(await village.audited()) >= 13


async def test_the_same_confirmation_twice_gives_the_same_words(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)
    await opens_loss(lan)
    question = (await lan.messages())[-1]
    await lan.taps("loss.choice.confirm")
    first = await after_loss(lan)
    await lan.taps_in(question, "loss.choice.confirm")

    assert await after_loss(lan) == first
    assert len(await village.audited("contact_ended")) == 1
    assert await lan.forges("v1:loss") != lan.words("loss.whom")


async def test_no_changes_nothing(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)
    await lan.types("con mất rồi")
    assert await lan.taps("loss.choice.no_loss") == lan.words("loss.no")
    await opens_loss(lan)
    assert await lan.taps("loss.choice.go_back") == lan.words("loss.no")

    assert (await village.rows(BEREAVED))[0][0] == 0
    await village.pass_time(days=3)
    assert await unasked(village, lan)


async def test_words_that_are_no_loss_ask_nothing(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)
    for typed in ("em mất điện thoại rồi", "con tôi mất ngủ", "em sợ mất con", "宝宝会走了", "累死了", "my phone died"):
        assert "115" in await lan.types(typed), typed
    assert "v1:loss" not in str(await lan.messages())


async def test_a_loss_is_heard_above_an_open_question(village: Village, minh: Person, lan: Person) -> None:
    await enrol(minh)
    await lan.scans(minh)
    question = await lan.taps("Tiếng Việt")
    assert await lan.types("bé mất rồi") != question
    assert "v1:loss" in payloads_of((await lan.messages())[-1])
    await lan.taps("loss.choice.no_loss")
    assert await lan.types("/menu") == question

    await up_to_birth_date(minh)
    await minh.types("bé mất rồi")
    assert "v1:loss" not in str(await minh.messages())


async def test_on_a_shared_phone_it_is_asked_who_writes(village: Village, minh: Person, lan: Person) -> None:
    await enrol_mother(minh, lan)
    await enrol_mother(minh, lan, children=("Chi",))
    assert await opens_loss(lan) == lan.words("loss.whose")
    await lan.taps("Mẹ · An")
    await lan.taps("loss.choice.confirm")

    said = [words for words in await lan.has_read() if sorry(lan) in words][-1]
    assert said.startswith(lan.words("common.whom_alone", role=Text("choice.role.mother")))
    assert "An" not in said.split()
    assert lan.words("menu.child") in await lan.keys()
    await village.pass_time(days=7)
    rows = await village.rows("SELECT caregiver_id, state FROM outbox WHERE lane > 0 AND state = 'sent'")
    assert {row[0] for row in rows} == {2}


async def test_the_father_gets_no_message_and_simply_nothing_more(village: Village, minh: Person, lan: Person) -> None:
    tuan = await village.person("Tuấn")
    await enrol_mother(minh, lan)
    father = await add_caregiver(village, lan, Role.FATHER)
    await joins_too(minh, tuan, father)
    before = len(await tuan.messages())
    await loses(lan)
    await village.pass_time(days=14)

    assert len(await tuan.messages()) == before
    assert (await village.rows(BEREAVED))[0][0] == 2
    for key in ("menu.child", "menu.tip"):
        if tuan.words(key) in await tuan.keys():
            said = await tuan.presses(key)
            assert "An" not in said.split()
            assert "0203 555 0101" in said


async def test_what_is_confirmed_while_the_bot_is_down_counts_when_it_is_back(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_mother(minh, lan, born=before_a_tip(village))
    await opens_loss(lan)
    question = (await lan.messages())[-1]
    await village.stop_bot()
    row = next(n for n, data in enumerate(payloads_of(question)) if data.startswith("v1:loss_yes"))
    tapped = await village.stage.tap(lan.phone, question["message_id"], row=row)
    await village.start_bot()
    await village.answered(tapped["update_id"])
    before = len(await lan.messages())
    await village.pass_time(days=2)

    assert len(await lan.messages()) == before
    assert await unasked(village, lan) == []
