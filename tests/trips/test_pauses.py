"""Pauses: a draft waits until tomorrow and through a restart, and nothing that was answered is asked again."""

from tests.trips.journeys import enrol, join, up_to_birth_date
from tests.trips.village import Person, Village


async def test_minh_goes_on_tomorrow_where_he_stopped(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    await minh.types("hôm qua")
    await village.stop_bot()
    await village.start_bot()
    await village.pass_time(days=1)

    assert await minh.presses("menu.enrol") == minh.words("form.enrolment.resume")
    assert await minh.taps("choice.resume") == minh.words("form.enrolment.name")
    await minh.types("An")
    for answer in ("choice.sex.female", "choice.skip", "choice.skip", "choice.save"):
        await minh.taps(answer)
    born = await village.rows("SELECT CAST(birth_date AS TEXT) FROM children")
    assert [day for (day,) in born] == ["2026-11-21"]


async def test_minh_may_begin_anew_instead(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    await minh.presses("menu.enrol")
    await minh.taps("choice.begin_anew")
    await minh.taps("choice.role.father")

    assert [row[0] for row in await village.rows("SELECT CAST(answers AS TEXT) FROM drafts")] == ['{"role": "father"}']


async def test_what_is_answered_while_the_bot_is_away_counts(village: Village, minh: Person, lan: Person) -> None:
    await up_to_birth_date(minh)
    question = (await minh.messages())[-1]["message_id"]
    await village.stop_bot()
    await village.stage.tap(minh.phone, question)
    typed = await village.stage.text(minh.phone, "An")
    await village.start_bot()
    await village.answered(typed["update_id"])

    assert minh.words("form.enrolment.sex") in await minh.has_read()
    for answer in ("choice.sex.female", "choice.skip", "choice.skip", "choice.save"):
        await minh.taps(answer)
    await lan.scans(minh)
    assert "An" in await join(lan)


async def test_the_summary_waits_too_and_a_look_at_the_list_disturbs_nothing(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    await minh.types("15/3")
    await minh.types("An")
    for answer in ("choice.sex.female", "choice.skip", "choice.skip"):
        summary = await minh.taps(answer)

    await minh.presses("menu.families")
    await minh.types("/help")
    await village.pass_time(days=2)
    await minh.presses("menu.enrol")
    assert await minh.taps("choice.resume") == summary
    await minh.taps("choice.save")
    assert len(await village.rows("SELECT id FROM families")) == 1


async def test_two_drafts_wait_side_by_side(village: Village, minh: Person) -> None:
    await enrol(minh)
    await up_to_birth_date(minh)
    await minh.presses("menu.families")
    await minh.taps("⏳")
    await minh.taps("choice.confirm_number")
    assert minh.words("problem.number") in await minh.types("An")
    await minh.taps("choice.cancel")

    await minh.presses("menu.enrol")
    assert await minh.taps("choice.resume") == minh.words("form.enrolment.birth_date")
    assert await minh.types("15/3") == minh.words("form.enrolment.name")
