"""Minh enrols families: in under a minute, with wrong answers, corrections, twins, pregnancies and hostile names."""

import asyncio
import unicodedata

from domain.people import ActorRole
from tests.trips.journeys import enrol, enrol_and_join_by_taps, join, newest_invite, up_to_birth_date
from tests.trips.village import Person, Village, code_in

IN_MARCH = (
    "15/3/2026",
    "15-3",
    unicodedata.normalize("NFD", "15 tháng 3"),
    "2026-03-15",
    "15.3.26",
    "March 15th, 2026",
    "2026年3月15号",
    "１５/３/２０２６",
)
REFUSED = (
    ("31/2", "no_such_day"),
    ("30/2/2026", "no_such_day"),
    ("23/11/2026", "in_future"),
    ("ngày mai", "in_future"),
    ("22/11/2020", "too_old"),
    ("1/1/1990", "too_old"),
    ("15/3 hay 16/3", "ambiguous"),
    ("15/3 âm lịch", "not_a_date"),
    ("bé An", "not_a_date"),
    ("👶👶", "not_a_date"),
    ("0", "not_a_date"),
    ("<b>15</b>", "not_a_date"),
    ("{{ 7*7 }}", "not_a_date"),
    ("x" * 4000, "not_a_date"),
)
HOSTILE = '<b>An</b>&lt; "Bo" {{ 7*7 }}{% raw %}\''


async def draft_of(village: Village) -> str:
    """The answers of the only draft, as they lie in the database."""
    return str((await village.rows("SELECT CAST(answers AS TEXT) FROM drafts"))[0][0])


async def test_lan_is_enrolled_scans_the_qr_and_gets_her_first_messages(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join_by_taps(minh, lan)

    assert "An" in await lan.reads()
    assert minh.words("menu.child") in await lan.keys()
    await village.pass_time(days=3)
    assert [key for key, _occasion, state, _reason in await village.outbox() if state == "sent"]


async def test_lan_joins_by_the_code_when_her_phone_cannot_scan(minh: Person, lan: Person) -> None:
    code = code_in(await enrol(minh))

    await lan.starts()
    await lan.types(code)
    assert "An" in await join(lan)


async def test_a_birth_date_is_understood_in_all_the_ways_people_write_it(village: Village, minh: Person) -> None:
    asked = await up_to_birth_date(minh)
    name = minh.words("form.enrolment.name")

    for written in IN_MARCH:
        assert await minh.types(written) == name, written
        assert '"birth_date": "2026-03-15"' in await draft_of(village), written
        assert await minh.taps("choice.back") == asked, written

    for written in ("hôm qua", "HÔM QUA", "yesterday", "昨天", "21/11"):
        assert await minh.types(written) == name, written
        assert '"birth_date": "2026-11-21"' in await draft_of(village), written
        await minh.taps("choice.back")

    await minh.taps("choice.today")
    assert '"birth_date": "2026-11-22"' in await draft_of(village)


async def test_a_wrong_birth_date_is_answered_with_what_is_wrong(village: Village, minh: Person) -> None:
    asked = await up_to_birth_date(minh)

    for written, problem in REFUSED:
        answer = await minh.types(written)
        assert minh.words(f"problem.birth_date.{problem}") in answer, written
        assert asked in answer, written
    assert "birth_date" not in await draft_of(village)

    assert await minh.types("15/3") == minh.words("form.enrolment.name")


async def test_a_wrong_telephone_number_is_refused_and_a_right_one_kept(village: Village, minh: Person) -> None:
    await minh.presses("menu.enrol")
    await minh.taps("choice.role.father")
    await minh.taps("Tiếng Việt")

    for written in ("12", "không có", "0912 345", "0912345678 0987654321", "☎️"):
        assert minh.words("problem.phone") in await minh.types(written), written
    assert await minh.types("０912.345.678") == minh.words("form.enrolment.stage")
    assert '"phone": "+84912345678"' in await draft_of(village)


async def test_twins_are_enrolled_together_and_each_has_a_name_of_its_own(
    village: Village, minh: Person, lan: Person
) -> None:
    await minh.presses("menu.enrol")
    for answer in ("choice.role.father", "Tiếng Việt", "choice.skip", "choice.stage.born", "choice.number.2"):
        await minh.taps(answer)
    for typed, sex, weight in (("Tí", "male", "2kg4"), ("Tèo", "female", "2.450 g")):
        if typed == "Tí":
            await minh.types("20/11/2026")
        await minh.types(typed)
        await minh.taps(f"choice.sex.{sex}")
        await minh.types(weight)
    summary = await minh.types("36 tuần 2 ngày")

    assert all(words in summary for words in ("Tí", "Tèo", "2400", "2450", "36"))
    await minh.taps("choice.save")
    saved = await newest_invite(minh)
    assert "Tí" in saved
    assert "Tèo" in saved
    twins = await village.rows("SELECT name, sex, birth_weight_g, gestation_weeks FROM children ORDER BY id")
    assert [tuple(twin) for twin in twins] == [("Tí", "male", 2400, 36), ("Tèo", "female", 2450, 36)]
    await lan.scans(minh)
    await join(lan)
    overview = await lan.presses("menu.child")
    assert "Tí" in overview
    assert "Tèo" in overview


async def test_a_pregnancy_is_enrolled_with_its_due_date_and_nobody_asks_for_a_sex(
    village: Village, minh: Person, lan: Person
) -> None:
    await minh.presses("menu.enrol")
    for answer in ("choice.role.mother", "Tiếng Việt", "choice.skip", "choice.stage.pregnant"):
        await minh.taps(answer)
    for written, problem in (("1/9/2026", "in_past"), ("15/3/2028", "too_far"), ("31/4", "no_such_day")):
        assert minh.words(f"problem.due_date.{problem}") in await minh.types(written), written
    summary = await minh.types("15/3")

    assert "2027" in summary
    for never in ("field.sex", "field.weight", "field.name"):
        assert minh.words(never) not in summary
    await minh.taps("choice.save")
    assert minh.words("common.awaited_child") in (await newest_invite(minh)).casefold()
    assert await village.rows("SELECT id FROM children") == []
    assert len(await village.rows("SELECT id FROM pregnancies")) == 1
    await lan.scans(minh)
    await join(lan)
    assert minh.words("tip.none.not_born", station_phone="x")[:20] not in await lan.presses("menu.tip")
    assert "2027" in await lan.presses("menu.child")


async def test_a_child_without_a_name_is_enrolled_as_not_yet_named(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    await minh.taps("choice.today")
    for nameless in ("👶", "12", "{{ 7*7 }}", "\u200b"):
        assert minh.words("problem.name") in await minh.types(nameless), nameless
    assert minh.words("problem.name_too_long") in await minh.types("An" * 2000)
    assert await minh.taps("choice.not_yet_named") == minh.words("form.enrolment.sex")
    for answer in ("choice.sex.female", "choice.skip", "choice.skip"):
        await minh.taps(answer)
    assert minh.words("choice.not_yet_named") in await minh.reads()
    await minh.taps("choice.save")
    assert minh.words("common.unnamed_child") in (await newest_invite(minh)).casefold()


async def test_who_types_instead_of_tapping_is_understood(village: Village, minh: Person) -> None:
    typed = [minh.words("menu.enrol").strip("📝 ").upper()]
    typed += [unicodedata.normalize("NFD", minh.words("choice.role.mother")), "tiếng việt"]
    typed += [minh.words("choice.skip"), "1", minh.words("choice.number.2"), minh.words("choice.back").strip("◀️ ")]
    typed += [minh.words("choice.number.1"), minh.words("choice.today")]
    typed += [minh.words("choice.not_yet_named"), "2", minh.words("choice.skip"), minh.words("choice.skip")]
    for words in typed:
        await minh.types(words)
    await minh.types(minh.words("choice.save"))

    assert "https://t.me/" in await newest_invite(minh)
    assert [row[0] for row in await village.rows("SELECT sex FROM children")] == ["male"]


async def test_minh_goes_back_and_corrects_and_loses_nothing(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    await minh.types("15/3")
    await minh.types("Am")
    assert await minh.taps("choice.back") == minh.words("form.enrolment.name")
    await minh.types("An")
    for answer in ("choice.sex.female", "choice.skip", "choice.skip"):
        summary = await minh.taps(answer)

    assert await minh.taps(minh.words("choice.correct", field=minh.words("field.birth_date")))
    corrected = await minh.types("16/3")
    assert "16" in corrected
    assert corrected != summary
    await minh.taps(minh.words("choice.correct", field=minh.words("field.stage")))
    assert await minh.taps("choice.stage.born") == corrected
    assert "An" in await minh.taps("choice.save")


async def test_a_cancelled_enrolment_leaves_nothing_behind(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)

    await minh.taps("choice.cancel")
    assert minh.words("form.cancelled") in await minh.has_read()
    assert await village.rows("SELECT id FROM families") == []
    assert await village.rows("SELECT id FROM drafts") == []
    await minh.presses("menu.enrol")
    await minh.taps("choice.role.mother")
    assert await minh.reads() == minh.words("form.enrolment.language")


async def test_save_tapped_twice_makes_one_family(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    await minh.types("15/3")
    await minh.types("An")
    for answer in ("choice.sex.female", "choice.skip", "choice.skip"):
        await minh.taps(answer)
    summary = (await minh.messages())[-1]

    await asyncio.gather(minh.taps_in(summary, "choice.save"), minh.taps_in(summary, "choice.save"))
    await minh.taps_in(summary, "choice.save")

    assert len(await village.rows("SELECT id FROM families")) == 1
    assert len([message for message in await minh.messages() if "photo" in message]) == 1


async def test_every_answer_tapped_twice_is_one_answer(village: Village, minh: Person) -> None:
    await minh.presses("menu.enrol")
    for answer in ("choice.role.mother", "Tiếng Việt", "choice.skip", "choice.stage.born", "choice.number.1"):
        question = (await minh.messages())[-1]
        await asyncio.gather(minh.taps_in(question, answer), minh.taps_in(question, answer))

    assert await minh.reads() == minh.words("form.enrolment.birth_date")


async def test_minh_of_one_station_is_not_asked_which_and_thu_of_two_communes_is(
    village: Village, minh: Person
) -> None:
    assert "Trạm Y tế Suối Mơ" not in await enrol(minh)
    thu = await village.actor("Thu", ActorRole.VOLUNTEER, communes=("Suối Mơ", "Đảo Sao"))

    await up_to_birth_date(thu)
    await thu.taps("choice.today")
    await thu.types("Bi")
    for answer in ("choice.sex.male", "choice.skip", "choice.skip"):
        question = await thu.taps(answer)
    assert question == thu.words("form.enrolment.facility")
    assert "Đảo Sao" in await thu.taps("Trạm Y tế Đảo Sao")
    await thu.taps("choice.save")

    homes = await village.rows(
        "SELECT f.name FROM families JOIN facilities f ON f.id = facility_id ORDER BY families.id"
    )
    assert [home for (home,) in homes] == ["Trạm Y tế Suối Mơ", "Trạm Y tế Đảo Sao"]


async def test_a_hostile_name_comes_out_unharmed_wherever_it_stands(minh: Person, lan: Person) -> None:
    assert HOSTILE in await enrol(minh, name=HOSTILE)
    await minh.presses("menu.families")
    assert HOSTILE[:12] in (await minh.messages())[-1]["reply_markup"]["inline_keyboard"][0][0]["text"]
    assert HOSTILE in await minh.taps("⏳")
    assert HOSTILE in await minh.taps("choice.new_link")
    await lan.scans(minh)
    await join(lan)

    assert HOSTILE in await lan.presses("menu.child")
    assert HOSTILE in await lan.presses("menu.known")


async def test_a_name_is_the_same_name_however_the_phone_spells_it(village: Village, minh: Person) -> None:
    await enrol(minh, name=unicodedata.normalize("NFD", "  Nguyễn\u202e Thị\n Hồng "))

    assert [name for (name,) in await village.rows("SELECT name FROM children")] == ["Nguyễn Thị Hồng"]


async def test_minh_changes_the_language_in_the_middle_and_goes_on(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    await minh.types("/language")
    asked = await minh.taps("中文")

    hua = Person("Minh", minh.phone, village, "zh")
    assert asked == hua.words("form.enrolment.birth_date")
    assert hua.words("menu.enrol") in await hua.keys()
    assert await hua.types("昨天") == hua.words("form.enrolment.name")


async def test_a_button_of_the_last_family_does_not_answer_for_the_next(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    old = (await minh.messages())[-1]
    await minh.types("15/3")
    await minh.types("An")
    for answer in ("choice.sex.female", "choice.skip", "choice.skip", "choice.save"):
        await minh.taps(answer)
    await minh.presses("menu.enrol")
    await minh.taps("choice.role.mother")

    assert await minh.taps_in(old, "choice.today") == minh.words("form.enrolment.language")
    assert "birth_date" not in await draft_of(village)


async def test_what_is_no_text_is_no_answer(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    await minh.types("15/3")

    assert minh.words("problem.name") in await minh.sends("voice")
    assert minh.words("problem.name") in await minh.sends("document", caption="An")
    sender = {"id": minh.phone, "is_bot": False, "first_name": "Minh"}
    chat = {"id": minh.phone, "type": "private", "first_name": "Minh"}
    said = len(await minh.messages())
    edited = {"message_id": 5, "date": 1, "edit_date": 2, "from": sender, "chat": chat, "text": "Bi"}
    await village.brings("edited_message", edited)
    assert len(await minh.messages()) == said
    assert await minh.types("An") == minh.words("form.enrolment.sex")


async def test_birth_weight_and_weeks_are_understood_as_people_say_them(village: Village, minh: Person) -> None:
    await up_to_birth_date(minh)
    await minh.types("15/3")
    await minh.types("An")
    await minh.taps("choice.sex.female")
    for wrong in ("32", "7 lb", "nặng", "90000"):
        assert minh.words("problem.weight") in await minh.types(wrong), wrong

    for written in ("3200", "3,2", "3.200 g", "3kg2", "3 cân 2 lạng", "6斤4两"):
        assert await minh.types(written) == minh.words("form.enrolment.gestation"), written
        assert '"weight": "3200"' in await draft_of(village), written
        await minh.taps("choice.back")
    await minh.types("3kg25")
    assert minh.words("problem.gestation") in await minh.types("9 tháng")
    assert "3250 g" in await minh.types("39+3")
