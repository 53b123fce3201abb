"""Lan joins: in her language, her consent for each purpose apart, her hour and amount; then her menu, stop and back."""

import pytest

from domain.people import ActorRole
from tests.trips.journeys import enrol, enrol_and_join, join
from tests.trips.village import Person, Village

CONSENTS = "SELECT purpose, given, text_version, language, way FROM consents ORDER BY id"
MENU = ("menu.child", "menu.tip", "menu.danger", "menu.kept", "menu.kin", "menu.settings", "menu.known", "menu.stop")


async def consents(village: Village) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await village.rows(CONSENTS)]


async def test_the_first_message_is_in_the_language_of_her_telegram(village: Village, minh: Person) -> None:
    mei = await village.person("Mei", language="zh-hans")
    await enrol(minh)

    await mei.scans(minh)
    hello, question = await mei.has_read()
    assert "Trạm Y tế Suối Mơ" in hello
    assert Person("Mei", mei.phone, village, "zh").words("form.joining.language") == question
    assert "您" in hello


async def test_consent_is_read_to_her_in_the_language_she_chose(village: Village, minh: Person, lan: Person) -> None:
    await enrol(minh)
    await lan.scans(minh)
    chinese, english = (Person("Lan", lan.phone, village, tag) for tag in ("zh", "en"))

    asked = await lan.taps("中文")
    assert asked.split("\n")[0] == chinese.words("form.joining.consent_messages").split("\n")[0]
    assert "2026-11" in asked
    await lan.types("/language")
    assert "May we send you messages?" in await lan.taps("English")
    await english.taps("choice.yes")
    assert "May we use them" in await english.reads()
    await english.taps("choice.no")
    await lan.taps("19:00")
    await english.taps("choice.amount.3")

    assert await consents(village) == [
        ("messages", True, "2026-11", "en", "tap"),
        ("file", False, "2026-11", "en", "tap"),
    ]
    assert english.words("menu.child") in await lan.keys()


async def test_nothing_is_kept_of_her_consent_before_she_has_answered_everything(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol(minh)
    await lan.scans(minh)
    await lan.taps("Tiếng Việt")
    await lan.taps("choice.yes")
    await village.pass_time(days=2)

    assert await consents(village) == []
    assert [row for row in await village.outbox() if row[2] == "sent"] == []
    assert "⏳" in await minh.presses("menu.families")
    assert minh.words("menu.child") not in await lan.keys()

    for answer in ("choice.yes", "08:00", "choice.amount.2"):
        await lan.taps(answer)
    assert [given for _purpose, given, *_rest in await consents(village)] == [True, True]
    assert minh.words("families.nobody") == await minh.presses("menu.families")


async def test_both_answers_about_consent_look_the_same(minh: Person, lan: Person) -> None:
    await enrol(minh)
    await lan.scans(minh)
    await lan.taps("Tiếng Việt")

    for _purpose in range(2):
        buttons = (await lan.messages())[-1]["reply_markup"]["inline_keyboard"][0]
        assert [button["text"] for button in buttons] == [lan.words("choice.yes"), lan.words("choice.no")]
        await lan.taps("choice.yes")
    hours = (await lan.messages())[-1]["reply_markup"]["inline_keyboard"]
    assert [button["text"] for row in hours for button in row][:2] == ["08:00", "09:00"]


async def test_a_refusal_is_kept_and_nothing_is_sent_to_her(village: Village, minh: Person, lan: Person) -> None:
    await enrol(minh)
    await lan.scans(minh)
    await lan.taps("Tiếng Việt")
    said = await lan.taps("choice.no")

    assert said == lan.as_mother.words("join.without_messages")
    assert [row[:2] for row in await consents(village)] == [("messages", False)]
    await village.pass_time(days=10)
    assert [row for row in await village.outbox() if row[2] == "sent"] == []
    known = await lan.presses("menu.known")
    assert f"{lan.words('purpose.messages')}: không" in known


async def test_she_goes_on_where_she_stopped_by_opening_her_link_again(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol(minh)
    await lan.scans(minh)
    await lan.taps("Tiếng Việt")
    question = await lan.taps("choice.yes")

    await village.stop_bot()
    await village.start_bot()
    assert await lan.scans(minh) == question
    assert await lan.starts() == question
    for answer in ("choice.yes", "19:00", "choice.amount.1"):
        await lan.taps(answer)
    assert await lan.scans(minh) == lan.as_mother.words("claim.already_yours")
    assert await village.audited("claim_link_used") == []
    assert len(await consents(village)) == 2


async def test_a_question_with_buttons_does_not_swallow_a_cry_for_help(minh: Person, lan: Person) -> None:
    await enrol(minh)
    await lan.scans(minh)
    question = await lan.taps("Tiếng Việt")

    assert await lan.types("con tôi co giật") == question
    card = (await lan.has_read())[-2]
    assert "115" in card
    assert "Co giật" in card
    for cry in ("cứu với", "🆘", "<b>", "x" * 4000):
        assert await lan.types(cry) == question
        nobody = (await lan.has_read())[-2]
        assert "115" in nobody
        assert "0203 555 0101" in nobody
        assert "7:30–16:30" in nobody


async def test_an_hour_typed_is_the_hour_meant(minh: Person, lan: Person) -> None:
    await enrol(minh)
    await lan.scans(minh)
    for answer in ("Tiếng Việt", "choice.yes", "choice.yes"):
        await lan.taps(answer)
    question = await lan.reads()

    assert await lan.types("7") == question
    assert await lan.types("19h") == lan.as_mother.words("form.joining.amount")
    await lan.taps("choice.amount.1")
    assert "19:00" in await lan.presses("menu.settings")


async def test_her_menu_answers_every_key_without_typing(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)
    assert await lan.keys() == [lan.words(key) for key in MENU]

    assert "An" in await lan.presses("menu.child")
    tip = await lan.presses("menu.tip")
    assert tip
    known = await lan.presses("menu.known")
    for fact in ("An", "Trạm Y tế Suối Mơ", "19:00", "2026-11", lan.words("choice.role.mother")):
        assert fact in known, fact
    settings = await lan.presses("menu.settings")
    assert "19:00" in settings
    await lan.taps("settings.choice.hour")
    assert await lan.taps("08:00") == lan.as_mother.words("settings.hour_kept", hour="08:00")
    await lan.presses("menu.settings")
    await lan.taps("settings.choice.amount")
    await lan.taps("choice.amount.1")
    changed = await lan.presses("menu.settings")
    assert "08:00" in changed
    assert lan.words("choice.amount.1") in changed
    await lan.taps("settings.choice.language")
    assert await lan.taps("English") == "From now on we write in English."
    assert Person("Lan", lan.phone, village, "en").words("menu.child") in await lan.keys()


async def test_she_stops_and_comes_back(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)
    await lan.presses("menu.stop")
    assert await lan.taps("stop.choice.no") == lan.as_mother.words("stop.kept")
    await lan.presses("menu.stop")
    old = (await lan.messages())[-1]
    assert await lan.taps("stop.choice.yes") == lan.as_mother.words("stop.done")
    assert await lan.keys() == [lan.words(key) for key in ("menu.come_back", "menu.danger", "menu.child", "menu.known")]

    sent = [row for row in await village.outbox() if row[2] == "sent"]
    await village.pass_time(days=7)
    assert [row for row in await village.outbox() if row[2] == "sent"] == sent
    assert "An" in await lan.presses("menu.child")

    await lan.presses("menu.come_back")
    assert lan.as_mother.words("stop.back") in await lan.has_read()
    await village.pass_time(days=3)
    assert len([row for row in await village.outbox() if row[2] == "sent"]) > len(sent)
    await lan.taps_in(old, "stop.choice.no")
    assert lan.as_mother.words("stop.kept") in await lan.has_read()


async def test_old_buttons_of_joining_change_nothing(village: Village, minh: Person, lan: Person) -> None:
    await enrol(minh)
    await lan.scans(minh)
    await lan.taps("Tiếng Việt")
    consent = (await lan.messages())[-1]
    for answer in ("choice.yes", "choice.yes", "19:00", "choice.amount.3"):
        await lan.taps(answer)
    await village.pass_time(days=1)

    assert await lan.taps_in(consent, "choice.no") == lan.words("form.gone")
    assert [row[1] for row in await consents(village)] == [True, True]


async def test_a_volunteer_who_is_a_mother_has_both_menus(village: Village, minh: Person) -> None:
    thu = await village.actor("Thu", ActorRole.VOLUNTEER)
    await enrol(minh)
    await thu.scans(minh)
    await join(thu)

    assert set(await thu.keys()) >= {thu.words(key) for key in (*MENU, "menu.enrol", "menu.families")}
    assert "An" in await thu.presses("menu.child")
    await enrol(thu, name="Bi")
    await thu.presses("menu.families")
    assert "Bi" in await thu.taps("⏳")


async def test_her_own_number_is_kept_and_a_forwarded_contact_is_not(
    village: Village, minh: Person, lan: Person, binh: Person
) -> None:
    await enrol_and_join(minh, lan)
    await lan.presses("menu.settings")
    await lan.taps("settings.choice.phone")

    assert await lan.shares("+84987654321", of=binh.phone) == lan.as_mother.words("refused.contact")
    assert await lan.shares("+84987654321", of=None) == lan.as_mother.words("refused.contact")
    assert len(await village.audited()) == 2
    assert "84987654321" not in await lan.presses("menu.known")

    assert await lan.shares("84912345678", of=lan.phone) == lan.as_mother.words("settings.phone_kept")
    assert "912" in await lan.presses("menu.known")
    await binh.starts()
    assert await binh.shares("+84987654321", of=binh.phone) == binh.words("settings.phone_not_kept")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_family_reads_everything_in_its_own_language(village: Village, minh: Person, language: str) -> None:
    mei = await village.person("Mei", language=language)
    await enrol(minh)
    await mei.scans(minh)
    await join(mei, language={"zh": "中文", "en": "English"}[language])

    for key in ("menu.child", "menu.tip", "menu.known", "menu.settings", "menu.stop"):
        said = await mei.presses(key)
        chinese = any("\u4e00" <= letter <= "\u9fff" for letter in said)
        assert chinese == (language == "zh") or "语言" in said, said
    assert [row[3] for row in await consents(village)] == [language, language]
