"""My consents: taken back and given again by tap; given on paper or aloud before a witness; and the file to keep."""

from datetime import date

import pytest

from domain.people import ActorRole
from domain.reader import Role
from tests.trips.journeys import SPOKEN, enrol, enrol_and_join, join
from tests.trips.letters import at_home
from tests.trips.traces import add_caregiver, paper_of, words_on
from tests.trips.village import Person, Village

BORN = "5/10/2026"
HOSTILE = "<b>#import</b> \\u{1F4A3} $x$ {{ 7*7 }}"


async def reasons(village: Village, lane: int) -> set[str]:
    """Why rows of a lane were closed."""
    rows = await village.rows("SELECT reason FROM outbox WHERE lane = :lane AND state = 'closed'", lane=lane)
    return {row[0] for row in rows}


async def sent_since(village: Village, lane: int, count: int = 0) -> int:
    rows = await village.rows("SELECT 1 FROM outbox WHERE lane = :lane AND state = 'sent'", lane=lane)
    return len(rows) - count


async def ledger(village: Village, purpose: str) -> list[tuple[bool, bool, str, str, str, bool]]:
    """The answers about a purpose: (given, withdrawn, way, language, version, witnessed), in order."""
    rows = await village.rows(
        "SELECT given, withdrawn_at, way, language, text_version, witness_id FROM consents"
        " WHERE purpose = :purpose ORDER BY id",
        purpose=purpose,
    )
    return [(bool(given), bool(back), way, tag, text, bool(who)) for given, back, way, tag, text, who in rows]


async def open_consents(lan: Person) -> str:
    await lan.presses("menu.known")
    return await lan.taps("known.choice.consents")


async def family_page(village: Village, minh: Person) -> str:
    family = (await village.rows("SELECT id FROM families ORDER BY id LIMIT 1"))[0][0]
    return await minh.forges(f"v1:family_page:{family}")


async def record(minh: Person, role: str, way: str, language: str, answer: str) -> str:
    """From the family's page: who, how, in which language, and what was answered."""
    await minh.taps("family_page.choice.family_consent")
    for tap in (f"choice.role.{role}", f"choice.consent_way.{way}", language):
        await minh.taps(tap)
    return await minh.taps(f"choice.consent_answer.{answer}")


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_lan_takes_messages_back_and_gives_them_again(village: Village, minh: Person, language: str) -> None:
    lan = await village.person("Lan", language=language)
    await enrol(minh)
    await lan.scans(minh)
    await join(lan, language=SPOKEN[language])
    purpose = lan.words("purpose.messages")
    assert purpose in await open_consents(lan)
    asked = await lan.taps(lan.words("consent.choice.withdraw", purpose=purpose))
    assert asked == lan.words("consent.ask_withdraw", purpose=purpose)
    assert await lan.taps("consent.choice.withdraw_yes") == lan.words("consent.withdrawn", purpose=purpose)
    hers = await village.caregiver_of(lan)
    assert await lan.forges(f"v1:consent_set:{hers}:messages:no") == lan.words("consent.withdrawn", purpose=purpose)
    before = len(await lan.has_read())
    await village.pass_time(to=at_home(date(2026, 11, 23), "20:30"))
    assert len(await lan.has_read()) == before
    assert "no_consent" in await reasons(village, 2)

    again = await lan.taps("known.choice.consents")
    assert lan.words("known.consent.withdrawn", purpose=purpose, on=date(2026, 11, 22), version="2026-11") in again
    asked = await lan.taps(lan.words("consent.choice.give", purpose=purpose))
    assert "2026-12" in asked
    assert "Suối Mơ" in asked
    assert await lan.taps("choice.yes") == lan.as_mother.words("consent.given", purpose=purpose)
    await lan.forges(f"v1:consent_set:{hers}:messages:yes")
    tag = {"vi": "vi", "zh": "zh", "en": "en"}[language]
    joined, renewed = await ledger(village, "messages")
    assert joined == (True, True, "tap", tag, "2026-11", False)
    assert renewed == (True, False, "tap", tag, "2026-12", False)
    before = len(await lan.has_read())
    await village.pass_time(to=at_home(date(2026, 11, 25), "20:30"))
    assert len(await lan.has_read()) > before


async def test_without_the_childs_file_no_visit_is_shown_or_reminded_of(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    vaccines = lan.words("vaccine.penta.short")
    assert vaccines in await lan.presses("menu.child")
    await open_consents(lan)
    await lan.taps(lan.words("consent.choice.withdraw", purpose=lan.words("purpose.file")))
    await lan.taps("consent.choice.withdraw_yes")
    assert vaccines not in await lan.presses("menu.child")
    await village.pass_time(to=at_home(date(2026, 11, 28), "21:00"))
    assert await sent_since(village, 1) == 0
    await open_consents(lan)
    await lan.taps(lan.words("consent.choice.give", purpose=lan.words("purpose.file")))
    await lan.taps("choice.yes")
    assert vaccines in await lan.presses("menu.child")


async def test_a_grandmother_is_not_asked_about_the_child(village: Village, minh: Person) -> None:
    ba = await village.person("Bà Nội")
    await enrol(minh, role="grandmother")
    await ba.scans(minh)
    for answer in (SPOKEN["vi"], "choice.yes", "19:00", "choice.amount.3"):
        await ba.taps(answer)
    listed = await open_consents(ba)
    hers = await village.caregiver_of(ba)
    assert ba.words("purpose.messages") in listed
    assert ba.words("purpose.file") not in str((await ba.messages())[-1])
    assert await ba.forges(f"v1:consent_set:{hers}:file:yes") == ba.words("refused")
    assert await ledger(village, "file") == []


async def test_minh_keeps_the_far_fathers_paper_and_the_grandmother_is_reminded(village: Village, minh: Person) -> None:
    ba = await village.person("Bà Nội")
    await enrol(minh, role="grandmother", born=BORN)
    await ba.scans(minh)
    for answer in (SPOKEN["vi"], "choice.yes", "19:00", "choice.amount.3"):
        await ba.taps(answer)
    vaccines = ba.words("vaccine.penta.short")
    assert vaccines not in await ba.presses("menu.child")
    await family_page(village, minh)
    done = await record(minh, "father", "paper", SPOKEN["vi"], "yes")
    assert done == minh.words("consent_on_paper.given", role=minh.words("choice.role.father"))
    assert await ledger(village, "file") == [(True, False, "paper", "vi", "2026-12", True)]
    assert await village.rows(
        "SELECT 1 FROM caregivers c JOIN care_roles r ON r.caregiver_id = c.id WHERE c.role = 'father'"
    )
    await village.pass_time(to=at_home(date(2026, 11, 28), "21:00"))
    assert await sent_since(village, 1) == 1
    await ba.taps("visit.choice.coming")
    await ba.presses("menu.known")
    await ba.taps("known.choice.known_file")
    kept = words_on(await paper_of(ba))
    answered = ba.words("known_file.line.answer_coming", visit_on=date(2026, 12, 5), on=date(2026, 11, 28))
    assert [words for words in (answered, ba.words("known_file.subject.visit")) if words not in kept] == []

    await family_page(village, minh)
    await record(minh, "father", "paper", SPOKEN["vi"], "no")
    assert [row[:2] for row in await ledger(village, "file")] == [(True, True), (False, False)]
    assert vaccines not in await ba.presses("menu.child")
    assert len(await village.rows("SELECT 1 FROM caregivers WHERE role = 'father'")) == 1
    assert len(await village.audited("record_consent")) == 2


async def test_what_a_mother_said_aloud_in_tay_is_kept_with_its_witness(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan)
    await family_page(village, hoa)
    await hoa.taps("family_page.choice.family_consent")
    assert "Trạm Y tế Suối Mơ" in "\n".join((await hoa.has_read())[-2:])
    for tap in ("choice.role.mother", "choice.consent_way.spoken"):
        await hoa.taps(tap)
    assert await hoa.taps("Tày") == hoa.words("form.consent_on_paper.aloud")
    last = (await hoa.messages())[-1]
    await hoa.taps("choice.consent_answer.yes")
    await hoa.taps_in(last, "choice.consent_answer.yes")
    *_, kept = await ledger(village, "file")
    assert kept == (True, False, "spoken", "tyz", "2026-12", True)
    assert len(await ledger(village, "file")) == 2
    known = await open_consents(lan)
    assert lan.words("consent.way.spoken") in known
    await lan.presses("menu.known")
    await lan.taps("known.choice.known_file")
    assert lan.words("known_file.no_witness") in words_on(await paper_of(lan))
    assert "Hoa" in words_on(await paper_of(lan))


async def test_a_volunteer_of_another_commune_records_nothing(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)
    other = await village.actor("Thảo", ActorRole.VOLUNTEER, communes=("Đảo Sao",))
    family = (await village.rows("SELECT id FROM families"))[0][0]
    for stranger in (other, lan):
        assert await stranger.forges(f"v1:family_consent:{family}") == stranger.words("refused")
        answered = await stranger.forges("v1:form:consent_on_paper:who:mother")
        assert answered in (stranger.words("refused"), stranger.words("form.gone"))
    assert len(await ledger(village, "file")) == 1


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_the_file_holds_all_of_lans_data_in_her_language_and_nothing_of_tuan(
    village: Village, minh: Person, language: str
) -> None:
    lan = await village.person("Lan", language=language)
    await enrol(minh, born=BORN, name=HOSTILE)
    await lan.scans(minh)
    await join(lan, language=SPOKEN[language])
    await lan.shares("+84987650123", of=lan.phone)
    tuan = await village.person("Tuấn")
    await add_caregiver(village, lan, tuan, Role.FATHER)
    await tuan.shares("+84911222333", of=tuan.phone)
    await village.pass_time(to=at_home(date(2026, 11, 22), "20:30"))
    await lan.presses("menu.known")
    assert await lan.taps("known.choice.known_file") == lan.as_mother.words("known_file.caption")
    message = [one for one in await lan.messages() if "document" in one][-1]
    assert message["document"]["mime_type"] == "application/pdf"
    assert not message.get("has_protected_content")
    words = "".join(words_on(await paper_of(lan)).split())
    told = (
        lan.words("known_file.title", on=date(2026, 11, 22)),
        "+84987650123",
        SPOKEN[language],
        "Telegram",
        "{{ 7*7 }}",
        lan.words("purpose.file"),
    )
    assert [one for one in told if "".join(one.split()) not in words] == []
    headings = [lan.words(f"known_file.{name}") for name in ("you", "chats", "consents", "children", "answers")]
    assert [one for one in headings if "".join(one.split()) not in words] == []
    assert str(lan.phone) not in words
    assert "911222333" not in words


async def test_on_a_shared_phone_the_file_and_the_list_say_whose_they_are(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan)
    await add_caregiver(village, lan, lan, Role.GRANDMOTHER)
    await lan.presses("menu.known")
    whose = lan.words("known.choice.whose", role=lan.words("choice.role.mother"))
    whom = lan.words("common.whom", role=lan.words("choice.role.mother"), children=("An",))
    assert (await lan.taps(whose)).startswith(whom)
    assert (await lan.taps("known.choice.known_file")).startswith(whom)
    assert (await lan.taps("known.choice.consents")).startswith(whom)
