"""A button of an older form answers nothing in a newer one: it says so, and the open question stands below."""

from tests.trips.journeys import up_to_birth_date
from tests.trips.village import Json, Person, Village


async def answers(village: Village) -> str:
    """What the only draft holds."""
    return str((await village.rows("SELECT CAST(answers AS TEXT) FROM drafts"))[0][0])


async def up_to_summary(minh: Person, name: str) -> Json:
    """Minh enrols a child up to the summary; gives the summary as it stands on his phone."""
    await up_to_birth_date(minh)
    await minh.types("15/3")
    await minh.types(name)
    for answer in ("choice.sex.female", "choice.skip", "choice.skip"):
        await minh.taps(answer)
    return (await minh.messages())[-1]


async def test_an_answered_question_of_a_newer_draft_is_not_written_over(village: Village, minh: Person) -> None:
    await minh.presses("menu.enrol")
    old = (await minh.messages())[-1]
    await up_to_summary(minh, "An")
    await minh.taps("choice.save")
    asked = await up_to_birth_date(minh)
    kept = await answers(village)

    assert await minh.taps_in(old, "choice.role.father") == asked
    assert minh.words("form.earlier") == (await minh.has_read())[-2]
    assert await answers(village) == kept
    assert '"role": "mother"' in kept


async def test_an_old_summary_saves_corrects_and_cancels_nothing_of_a_newer_one(village: Village, minh: Person) -> None:
    old = await up_to_summary(minh, "An")
    await minh.taps_in(old, "choice.save")
    await up_to_summary(minh, "Bi")
    new, kept = await minh.reads(), await answers(village)

    correct = minh.words("choice.correct", field=minh.words("field.birth_date"))
    for label in ("choice.save", correct, "choice.cancel"):
        assert await minh.taps_in(old, label) == new, label
        assert minh.words("form.earlier") == (await minh.has_read())[-2], label
    assert await answers(village) == kept
    assert len(await village.rows("SELECT id FROM families")) == 1
    await minh.taps("choice.save")
    assert len(await village.rows("SELECT id FROM families")) == 2


async def test_begin_again_of_weeks_ago_does_not_wipe_what_was_begun_since(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    await minh.presses("menu.enrol")
    offer = (await minh.messages())[-1]
    await minh.taps("choice.begin_anew")
    assert await minh.taps_in(offer, "choice.begin_anew") == minh.words("form.enrolment.role")
    await minh.taps("choice.role.father")
    await village.pass_time(days=20)

    assert await minh.taps_in(offer, "choice.begin_anew") == minh.words("form.enrolment.language")
    assert '"role": "father"' in await answers(village)


async def test_buttons_made_before_there_were_stamps_are_of_an_older_form(village: Village, minh: Person) -> None:
    asked = await up_to_birth_date(minh)
    kept = await answers(village)

    for data in (
        "v1:form:enrolment:birth_date:today",
        "v1:form:enrolment:role:father",
        "v1:form_skip:enrolment:phone",
        "v1:form_back:enrolment:number",
        "v1:form_correct:enrolment:role",
        "v1:form_cancel:enrolment:birth_date",
        "v1:form_save:enrolment",
        "v1:form_anew:enrolment",
        "v1:form:enrolment:999999999999:role:father",
    ):
        assert await minh.forges(data) == asked, data
    assert await answers(village) == kept
    await minh.taps("choice.cancel")
    assert await minh.forges("v1:form:enrolment:role:father") == minh.words("form.gone")


async def test_a_correction_keeps_the_form_and_its_older_buttons(village: Village, minh: Person) -> None:
    await minh.presses("menu.enrol")
    first = (await minh.messages())[-1]
    await minh.taps("choice.role.mother")
    await minh.taps("choice.back")

    assert await minh.taps_in(first, "choice.role.father") == minh.words("form.enrolment.language")
    assert '"role": "father"' in await answers(village)
