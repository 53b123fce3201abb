"""What Lan's reminder says of An's visit in its own words: which, when, in whose language, and when it says nothing."""

from dataclasses import replace
from datetime import date, timedelta

from domain.area import FacilitySettings
from domain.message import OutgoingMessage, Text
from domain.reader import Role
from domain.sending.retry import Delivered
from domain.visit_texts import NO_VISIT_TEXTS
from services.messages.plan_day import plan_day
from services.ports.visits import VisitAnswer
from services.programme import Programme
from services.sending.claim_outbox import Ready
from services.visits.answer_reminder import answer_reminder
from storage.engine import Database
from tests.fakes.sending import claim_due, record_result
from tests.fakes.visit_words import visit_texts
from tests.storage.sessions import (
    FIRST,
    VIETNAM,
    WITHOUT_CARE,
    add_sibling,
    at,
    consents,
    give,
    holds_sessions,
    turn_of,
)
from tests.storage.village import NOW, Village, arrive

WEEK_BEFORE, EVE = FIRST - timedelta(days=7), FIRST - timedelta(days=1)
WORDED = replace(WITHOUT_CARE, visit_texts=visit_texts())


async def begin(database: Database, village: Village, *, morning: bool = False) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village, settings=FacilitySettings(morning_reminder=morning))
        await consents(uow, village.lan)


async def reminded(database: Database, day: date, known: Programme = WORDED) -> list[Ready]:
    """The reminders that leave on a day, planned in its small hours."""
    await plan_day(database, known, at(day, 1))
    left: list[Ready] = []
    for hour in (7, 20):
        while (batch := await claim_due(database, known, at(day, hour))).handled:
            for ready in batch.ready:
                await record_result(database, ready, Delivered("1"), moment=at(day, hour))
            left += batch.ready
    return [one for one in left if one.row.planned.occasion.startswith("visit:")]


def words(message: OutgoingMessage) -> str:
    """The key of the paragraph; empty where there is none."""
    found = message.body.values["words"]
    assert isinstance(found, tuple)
    assert found == () or (found[0], found[2], len(found)) == ("", "", 3)
    return found[1].key if found and isinstance(found[1], Text) else ""


def why(message: OutgoingMessage) -> list[str]:
    return [choice.payload for row in message.choices for choice in row if choice.payload.startswith("v1:why:")]


async def test_lans_reminders_of_ans_two_month_visit_say_what_goes_with_it(
    database: Database, village: Village
) -> None:
    await begin(database, village, morning=True)
    said = [words(one.message) for day in (WEEK_BEFORE, EVE, FIRST) for one in await reminded(database, day)]
    assert said == ["visits.vn.month02.before", "visits.vn.month02.day", "visits.vn.month02.day"]


async def test_who_said_that_she_comes_reads_how_to_make_it_easier(database: Database, village: Village) -> None:
    await begin(database, village)
    await reminded(database, WEEK_BEFORE)
    async with database.begin() as uow:
        turn = await turn_of(uow, village, at(WEEK_BEFORE, 21))
        await answer_reminder(turn, village.lan, village.station, FIRST, VisitAnswer.COMING)
    (eve,) = await reminded(database, EVE)
    assert (eve.message.body.key, words(eve.message)) == ("visit.reminder.coming", "visits.vn.month02.day")
    assert why(eve.message) == []


async def test_a_button_asks_what_it_is_for_one_a_child(database: Database, village: Village) -> None:
    await begin(database, village)
    (alone,) = await reminded(database, WEEK_BEFORE)
    assert why(alone.message) == ["v1:why:1:1"]
    assert alone.message.choices[-1][0].label == Text("visit.choice.why")
    async with database.begin() as uow:
        await add_sibling(uow, village, "Bình", date(2026, 10, 1))
    (both,) = await reminded(database, EVE)
    assert why(both.message) == ["v1:why:1:1", "v1:why:1:2"]
    assert both.message.choices[-1][0].label == Text("visit.choice.why_child", {"who": "Bình"})


async def test_siblings_at_one_visit_read_the_words_of_the_youngest_once(database: Database, village: Village) -> None:
    await begin(database, village)
    async with database.begin() as uow:
        elder = await add_sibling(uow, village, "Bảo", date(2026, 2, 20))
        for months, vaccines in enumerate((("PENTA", "OPV"), ("PENTA", "OPV"), ("PENTA", "OPV"), ("IPV",)), start=4):
            await give(uow, elder, vaccines, date(2026, months, 20))
    (both,) = await reminded(database, WEEK_BEFORE)
    assert set(both.reader.children) == {"An", "Bảo"}
    assert "vaccine.measles.short" in str(both.message.body.values["due"])
    assert words(both.message) == "visits.vn.month02.before"


async def test_who_catches_up_at_seven_months_reads_the_words_of_the_first_doses(
    database: Database, village: Village
) -> None:
    await begin(database, village)
    async with database.begin() as uow:
        await give(uow, village.an, ("PENTA", "OPV", "ROTA2", "PCV"), FIRST - timedelta(days=60))
        await add_sibling(uow, village, "Bảo", date(2026, 4, 25))
    (late,) = await reminded(database, WEEK_BEFORE)
    assert "Bảo" in late.reader.children
    assert words(late.message) == "visits.vn.month02.before"


async def test_a_check_up_alone_is_spoken_of_as_its_visit(database: Database, village: Village) -> None:
    await begin(database, village)
    async with database.begin() as uow:
        await give(uow, village.an, ("PENTA", "OPV"), WEEK_BEFORE - timedelta(days=2))
    known = replace(VIETNAM, visit_texts=visit_texts())
    said = [one for one in await reminded(database, WEEK_BEFORE, known) if one.row.planned.caregiver == village.lan]
    assert [words(one.message) for one in said] == ["visits.vn.month02.before"]
    assert said[0].message.body.values["title"] == Text("visit.title.checkup")


async def test_a_pregnancy_alone_has_no_words(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        family = await uow.families.add_family(village.station, "Asia/Ho_Chi_Minh", by=village.minh, at=NOW)
        mother = await uow.families.add_caregiver(family, Role.MOTHER, "vi", None)
        pregnancy = await uow.families.add_pregnancy(family, village.station, FIRST + timedelta(days=100))
        await uow.families.add_care(mother, Role.MOTHER, pregnancy=pregnancy)
        await uow.people.link_caregiver(mother, (await arrive(uow, "hanh")).id, NOW)
        await uow.families.join_caregiver(mother, at=NOW, on=NOW.date())
        await consents(uow, mother)
    known = replace(VIETNAM, visit_texts=visit_texts())
    (hers,) = [one for one in await reminded(database, WEEK_BEFORE, known) if one.row.planned.caregiver == mother]
    assert hers.message.body.values["title"] == Text("visit.title.pregnancy")
    assert (words(hers.message), why(hers.message)) == ("", [])


async def test_without_words_the_reminder_goes_as_ever(database: Database, village: Village) -> None:
    await begin(database, village)
    bare = replace(WORDED, visit_texts=NO_VISIT_TEXTS)
    (reminder,) = await reminded(database, WEEK_BEFORE, bare)
    assert (words(reminder.message), why(reminder.message)) == ("", [])
    assert len(reminder.message.choices) == len(VisitAnswer)
