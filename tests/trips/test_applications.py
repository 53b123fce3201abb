"""Joining without a volunteer's minute: a printed card or a poster, her own answers, and a person who confirms."""

import re
from pathlib import Path

import pytest

from domain.people import ActorRole
from tests.documents.paper import Paper
from tests.trips.journeys import SPOKEN
from tests.trips.paper_trail import answers_for_herself, make_cards, make_poster
from tests.trips.village import Person, Village

STATION = "Trạm Y tế Suối Mơ"


async def confirm(minh: Person, number: str) -> str:
    """Minh types a number; gives what he sees."""
    await minh.presses("menu.applications")
    return await minh.types(number)


def number_in(words: str) -> str:
    found = re.search(r"\b\d{4}(?: \d{4})?\b", words.split("\n\n")[1])
    assert found is not None, words
    return found.group()


@pytest.mark.parametrize("language", SPOKEN)
async def test_lan_scans_one_of_two_hundred_cards_and_minh_confirms_it_by_its_number(
    village: Village, minh: Person, tmp_path: Path, language: str
) -> None:
    count = 200 if language == "vi" else 8
    paper = Paper(await make_cards(village, STATION, count, tmp_path))
    assert paper.pages == count // 8
    link = paper.codes(page=paper.pages - 1)[3].link
    lan = await village.person("Lan", language=language)

    assert await lan.opens(link) == lan.words("form.joining.language")
    assert STATION in (await lan.has_read())[-2]
    waiting = await answers_for_herself(lan, SPOKEN[language])
    number = number_in(waiting)
    assert number.replace(" ", "") in paper.words(page=paper.pages - 1).replace(" ", "")
    assert waiting == lan.words("apply.waiting", number=number)
    assert await lan.starts() == waiting
    assert await village.outbox() == []
    assert await village.rows("SELECT id FROM families") == []

    assert "1" in (await minh.presses("menu.families"))
    page = await confirm(minh, number)
    assert "An" in page
    assert await minh.taps("application.choice.right") == minh.words("application.confirmed")

    done, digest = (await lan.has_read())[-2:]
    assert done == lan.as_mother.words("apply.done", hour="19:00")
    assert "An" in digest
    assert lan.words("menu.child") in await lan.keys()
    consents = await village.rows("SELECT purpose, given, language, way, witness_id FROM consents ORDER BY id")
    assert [tuple(row) for row in consents] == [
        ("messages", 1, language, "tap", None),
        ("file", 1, language, "tap", None),
    ]
    assert await village.rows("SELECT id FROM applications WHERE answers IS NOT NULL") == []
    await village.pass_time(days=2)
    assert any(row[2] == "sent" for row in await village.outbox())


async def test_confirming_twice_makes_one_family(village: Village, minh: Person, lan: Person, tmp_path: Path) -> None:
    number = await apply_by_poster(village, lan, tmp_path)
    await confirm(minh, number)
    page = (await minh.messages())[-1]
    await minh.taps("application.choice.right")
    said = len(await lan.has_read())

    assert await minh.taps_in(page, "application.choice.right") == minh.words("application.confirmed")
    assert await minh.taps_in(page, "application.choice.refuse") == minh.words("application.confirmed")
    assert await minh.taps_in(page, "application.choice.correct") == minh.words("application.confirmed")
    assert len(await village.rows("SELECT id FROM families")) == 1
    assert len(await lan.has_read()) == said


async def apply_by_poster(village: Village, person: Person, folder: Path, **answers: str) -> str:
    await person.opens(await make_poster(village, STATION, folder))
    return number_in(await answers_for_herself(person, SPOKEN[person.language], **answers))


async def test_the_poster_gives_everybody_a_number_of_four_digits(
    village: Village, minh: Person, lan: Person, tmp_path: Path
) -> None:
    number = await apply_by_poster(village, lan, tmp_path)
    assert len(number) == 4
    tuan = await village.person("Tuấn")
    other = await apply_by_poster(village, tuan, tmp_path, role="choice.role.father", name="Bi")
    assert other != number
    assert minh.words("applications.waiting", count=2) == await minh.presses("menu.families")

    await confirm(minh, other)
    assert "Bi" in await minh.reads()
    await minh.taps("application.choice.right")
    assert await lan.reads() == lan.words("apply.waiting", number=number)


async def test_a_card_that_binh_finds_afterwards_is_worth_nothing(
    village: Village, minh: Person, lan: Person, binh: Person, tmp_path: Path
) -> None:
    (code, *_) = Paper(await make_cards(village, STATION, 2, tmp_path)).codes()
    await lan.opens(code.link)
    number = number_in(await answers_for_herself(lan, "Tiếng Việt"))

    assert await binh.opens(code.link) == binh.words("apply.card.used")
    assert await binh.types(number) == binh.words("apply.card.used")
    assert await lan.opens(code.link) == await lan.starts() == lan.words("apply.waiting", number=number)
    assert await minh.opens(code.link) == minh.words("apply.card.worker")
    await confirm(minh, number)
    await minh.taps("application.choice.right")
    assert await lan.opens(code.link) == lan.as_mother.words("apply.card.known")
    assert await binh.opens(code.link) == binh.words("apply.card.used")
    assert "An" not in " ".join(await binh.has_read())


async def test_whoever_cannot_scan_types_the_cards_number(
    village: Village, lan: Person, binh: Person, tmp_path: Path
) -> None:
    paper = Paper(await make_cards(village, STATION, 1, tmp_path))
    found = re.search(r"(?:\d ){7}\d", paper.words())
    assert found is not None, paper.words()
    await lan.starts()
    assert await lan.types(found.group()) == lan.words("form.joining.language")

    await binh.starts()
    wrong = "9999 0000"
    for left in (4, 3, 2, 1):
        assert await binh.types(wrong) == binh.words("apply.number_wrong", tries_left=left)
    assert await binh.types(wrong) == binh.words("apply.number_wrong_too_often")
    assert await binh.types(found.group()) == binh.words("apply.number_wrong_too_often")
    assert len(await village.audited("card_number_unknown")) == 5


async def test_who_says_no_is_not_kept(village: Village, lan: Person, tmp_path: Path) -> None:
    link = await make_poster(village, STATION, tmp_path)
    await lan.opens(link)
    await lan.taps("Tiếng Việt")
    assert await lan.taps("choice.no") == lan.words("apply.declined")

    await lan.opens(link)
    for answer in ("Tiếng Việt", "choice.yes", "choice.role.mother"):
        await lan.taps(answer)
    assert await lan.taps("choice.no") == lan.words("apply.declined")
    assert await village.rows("SELECT id FROM applications WHERE answers IS NOT NULL OR settled_at IS NULL") == []
    assert await village.rows("SELECT id FROM drafts") == []


async def test_what_nobody_confirms_within_thirty_days_is_let_go(
    village: Village, minh: Person, lan: Person, tmp_path: Path
) -> None:
    (code, *_) = Paper(await make_cards(village, STATION, 1, tmp_path)).codes()
    await lan.opens(code.link)
    number = number_in(await answers_for_herself(lan, "Tiếng Việt"))
    said = len(await lan.has_read())
    await village.pass_time(days=31)

    assert len(await lan.has_read()) == said
    assert await village.rows("SELECT id FROM applications WHERE answers IS NOT NULL") == []
    assert minh.words("application.number_wrong", tries_left=4) in (await confirm(minh, number), *await minh.has_read())
    assert await lan.opens(code.link) == lan.words("form.joining.language")


async def test_minh_corrects_what_she_mistyped_and_her_consent_stays_hers(
    village: Village, minh: Person, lan: Person, tmp_path: Path
) -> None:
    await confirm(minh, await apply_by_poster(village, lan, tmp_path))
    await minh.taps("application.choice.correct")
    await minh.taps("✏️ " + minh.words("field.role"))
    await minh.taps("choice.role.grandmother")
    assert minh.words("choice.role.grandmother") in await minh.reads()
    assert await minh.taps("choice.save") == minh.words("application.confirmed")
    rows = await village.rows("SELECT role, language, joined_at IS NOT NULL FROM caregivers")
    assert [tuple(row) for row in rows] == [("grandmother", "vi", 1)]
    assert [row[0] for row in await village.rows("SELECT purpose FROM consents")] == ["messages"]


async def test_who_is_not_from_here_is_let_go_and_her_card_is_free(
    village: Village, minh: Person, lan: Person, binh: Person, tmp_path: Path
) -> None:
    (code, *_) = Paper(await make_cards(village, STATION, 1, tmp_path)).codes()
    await lan.opens(code.link)
    number = number_in(await answers_for_herself(lan, "Tiếng Việt"))
    said = await lan.has_read()
    await confirm(minh, number)

    assert await minh.taps("application.choice.refuse") == minh.words("application.refused")
    assert await lan.has_read() == said
    assert await village.rows("SELECT id FROM families") == []
    assert await binh.opens(code.link) == binh.words("form.joining.language")


async def test_nobody_of_another_commune_sees_her(village: Village, lan: Person, binh: Person, tmp_path: Path) -> None:
    number = await apply_by_poster(village, lan, tmp_path)
    hung = await village.actor("Hùng", ActorRole.VOLUNTEER, communes=("Đồng Bến",))
    for left in (4, 3, 2, 1):
        await confirm(hung, number)
        assert hung.words("application.number_wrong", tries_left=left) in await hung.has_read()
    assert await confirm(hung, number) == hung.words("application.number_wrong_too_often")
    (application,) = (row[0] for row in await village.rows("SELECT id FROM applications"))
    await binh.starts()
    for person in (hung, binh, lan):
        for wish in ("yes", "no", "correct", ""):
            await person.forges(f"v1:application:{application}:{wish}")
            assert "An" not in (await person.reads()).split()
    assert await village.rows("SELECT id FROM families") == []
    assert "An" not in " ".join(await hung.has_read())


async def test_twins_in_the_middle_of_a_restart_and_names_that_are_hostile(
    village: Village, minh: Person, lan: Person, tmp_path: Path
) -> None:
    await lan.opens(await make_poster(village, STATION, tmp_path))
    for answer in ("Tiếng Việt", "choice.yes", "choice.role.mother", "choice.yes", "choice.yes", "choice.stage.born"):
        await lan.taps(answer)
    await lan.taps("choice.number.2")
    await lan.types("hôm qua")
    await village.stop_bot()
    await village.start_bot()
    assert await lan.starts() == lan.words("form.self_enrolment.name_first")
    await lan.types("<b>{{ 7*7 }}</b>")
    await lan.taps("choice.sex.female")
    assert await lan.reads() == lan.words("form.self_enrolment.name2")
    await lan.taps("choice.not_yet_named")
    await lan.taps("choice.sex.male")
    await lan.taps("choice.skip")
    await lan.taps("08:00")
    number = number_in(await lan.taps("choice.amount.1"))

    assert "<b>{{ 7*7 }}</b>" in await confirm(minh, number)
    await minh.taps("application.choice.right")
    assert len(await village.rows("SELECT id FROM children")) == 2


async def test_a_child_who_is_with_us_already_is_shown_by_initials_only(
    village: Village, minh: Person, lan: Person, tmp_path: Path
) -> None:
    await apply_and_confirm(village, minh, lan, tmp_path, name="Nguyễn Bảo An")
    mai = await village.person("Mai")
    page = await confirm(minh, await apply_by_poster(village, mai, tmp_path, name="Bảo An"))
    assert "N. B. A." in page
    assert "Nguyễn" not in page
    await minh.taps("👶")
    assert lan.words("choice.role.mother") in await minh.reads()
    assert await minh.taps("choice.new_link")
    assert len(await village.rows("SELECT id FROM families")) == 1


async def apply_and_confirm(village: Village, minh: Person, person: Person, folder: Path, **answers: str) -> None:
    await confirm(minh, await apply_by_poster(village, person, folder, **answers))
    await minh.taps("application.choice.right")
