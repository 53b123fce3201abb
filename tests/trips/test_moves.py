"""Lan's family moves: to Đảo Sao when she agrees, or to another province with An's file; never over her head."""

from datetime import date

import pytest

from domain.people import ActorRole
from domain.sending.outbox import Lane, OutboxState, Reason
from tests.trips.journeys import enrol_and_join
from tests.trips.letters import at_home, told
from tests.trips.village import Person, Village

AN = "An Nhiên"  # "An" alone stands in many a word
HOME, AWAY = "Trạm Y tế Suối Mơ", "Trạm Y tế Đảo Sao"


async def page_of(worker: Person, family: int = 1) -> None:
    """The worker opens the family's page and says that it moves."""
    await worker.forges(f"v1:family_page:{family}")
    await worker.taps("family_page.choice.family_move")


async def ask(worker: Person, place: str = AWAY) -> str:
    """She asks the family in its chat."""
    await page_of(worker)
    await worker.taps(place)
    return await worker.taps("moves.choice.ask")


async def place_of(village: Village) -> list[int]:
    """Where the family and its children are cared for."""
    rows = await village.rows("SELECT facility_id FROM families UNION ALL SELECT facility_id FROM children")
    return [row[0] for row in rows]


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_lan_is_asked_in_her_language_and_agrees(village: Village, minh: Person, language: str) -> None:
    lan = await village.person("Lan", language=language)
    await lan.starts()
    await lan.forges(f"v1:language:{language}")
    await enrol_and_join(minh, lan, name=AN)
    assert minh.words("choice.role.mother") in await ask(minh)
    assert await lan.reads() == told(lan, "moves.question", station=HOME, to=AWAY)
    assert await place_of(village) == [1, 1]

    assert await lan.taps("moves.choice.yes") == told(lan, "moves.welcome", to=AWAY)
    assert await place_of(village) == [2, 2]
    assert await minh.reads() == minh.words("moves.told_yes", to=AWAY)


async def test_after_the_move_visits_are_those_of_the_new_station_and_its_volunteers_see_the_family(
    village: Village, minh: Person, lan: Person
) -> None:
    thu = await village.actor("Thu", ActorRole.VOLUNTEER, communes=("Đảo Sao",))
    await enrol_and_join(minh, lan, born="15/9/2026", name=AN)
    await village.pass_time(to=at_home(date(2026, 11, 28), "10:00"))
    await ask(minh)
    await lan.taps("moves.choice.yes")
    assert await village.rows("SELECT volunteer_id, zone FROM families") == [(None, "Asia/Ho_Chi_Minh")]
    assert len(await village.audited("ask_to_move")) == len(await village.audited("answer_move")) == 1
    visits = [row for row in await village.ledger(lan) if row.lane is Lane.VISIT and row.sent_at is None]
    old = [row for row in visits if row.occasion.startswith("visit:1:")]
    assert old
    assert {row.reason for row in old} == {Reason.NOT_SO_NOW}
    assert all(row.occasion.startswith("visit:2:") for row in visits if row.state is OutboxState.PLANNED)
    assert AWAY in await lan.presses("menu.child")
    assert await minh.forges("v1:family_page:1") == minh.words("refused")
    await lan.blocks()
    assert AN in await thu.presses("menu.families")


async def test_lan_says_no_and_everything_stays(village: Village, minh: Person, lan: Person, binh: Person) -> None:
    await enrol_and_join(minh, lan, name=AN)
    await ask(minh)
    question = (await lan.messages())[-1]
    await binh.starts()
    for data in ("v1:move:1:1:yes", "v1:move_paper:1:2", "v1:move_ask:1:2", "v1:family_move:1", "v1:move_to:1:0"):
        assert await binh.forges(data) == binh.words("refused"), data
    assert await minh.forges("v1:move:1:1:yes") == minh.words("refused")

    stays = await lan.taps("moves.choice.no")
    assert stays == told(lan, "moves.stays", station=HOME)
    assert await minh.reads() == minh.words("moves.told_no", station=HOME)
    assert await lan.taps_in(question, "moves.choice.no") == stays
    assert await lan.taps_in(question, "moves.choice.yes") == told(lan, "moves.no_longer_asked")
    assert await place_of(village) == [1, 1]
    assert await village.rows("SELECT volunteer_id FROM families") != [(None,)]


async def test_a_newer_question_takes_the_place_of_an_older_one_and_a_second_tap_asks_once(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, name=AN)
    await ask(minh)
    said = len(await lan.has_read())
    await minh.forges("v1:move_ask:1:2")
    assert len(await lan.has_read()) == said
    await village.pass_time(days=1)
    first = next(one for one in await lan.messages() if "v1:move:1:" in str(one))
    await minh.forges("v1:move_ask:1:2")
    await lan.taps_in(first, "moves.choice.yes")
    assert told(lan, "moves.no_longer_asked") in await lan.has_read()
    assert await place_of(village) == [1, 1]


async def test_nobody_is_asked_at_night_and_paper_needs_no_chat(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, name=AN)
    await village.pass_time(to=at_home(date(2026, 11, 22), "22:00"))
    said = len(await lan.has_read())
    await page_of(minh)
    how = await minh.taps(AWAY)
    assert minh.words("moves.how.night") in how
    assert await minh.forges("v1:move_ask:1:2") == minh.words("refused")
    assert len(await lan.has_read()) == said

    await page_of(minh)
    await minh.taps(AWAY)
    assert await minh.taps("moves.choice.paper") == minh.words("moves.moved", to=AWAY)
    assert await place_of(village) == [2, 2]
    assert await village.rows("SELECT answered_by, agreed FROM moves") in ([(None, 1)], [(None, True)])
    assert len(await village.audited("move_on_paper")) == 1


async def test_the_station_is_found_by_a_part_of_its_name(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, name=AN)
    await page_of(minh)
    assert minh.words("moves.where_none", station=HOME) == await minh.types("Quảng Trị")
    await minh.types("DAO SAO")
    await minh.taps(AWAY)
    assert AWAY in await minh.reads()


async def test_a_family_that_leaves_the_province_takes_its_file_along_and_hears_nothing_more(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026", name=AN)
    await page_of(minh)
    await minh.taps("moves.choice.away")
    assert minh.words("moves.choice.paper") not in str((await minh.messages())[-1])
    assert await minh.forges("v1:move_paper:1:0") == minh.words("refused")
    await minh.forges("v1:move_ask:1:0")
    file = (await lan.messages())[-1]
    assert file["document"]["file_name"].endswith(".pdf")
    assert file["caption"] == told(lan, "moves.question_away", station=HOME)

    assert await lan.taps("moves.choice.yes") == told(lan, "moves.farewell", station=HOME)
    said = len(await lan.has_read())
    assert await village.rows("SELECT ended_as FROM children") == [("moved",)]
    await village.pass_time(days=2)
    assert len(await lan.has_read()) == said
    open_ones = [row for row in await village.ledger(lan) if row.state is OutboxState.PLANNED]
    assert open_ones == []
    assert {row.reason for row in await village.ledger(lan) if row.sent_at is None} <= {Reason.CONTACT_ENDED}
    assert await minh.presses("menu.families") == minh.words("families.nobody")
    await hoa.presses("menu.ended")
    assert AN in str((await hoa.messages())[-1])


async def test_where_nobody_reads_the_station_keeps_the_word_on_paper(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, name=AN)
    await lan.blocks()
    await page_of(hoa)
    how = await hoa.taps("moves.choice.away")
    assert hoa.words("moves.how.nobody_reads") in how
    assert await hoa.taps("moves.choice.paper") == hoa.words("moves.left")
    assert await village.rows("SELECT ended_as FROM children") == [("moved",)]
