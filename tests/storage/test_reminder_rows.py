"""A reminder from its planning to its sending: who shares it, what closes it, and what opens it again."""

from dataclasses import replace
from datetime import date, timedelta

from domain.area import FacilitySettings
from domain.message import Text
from domain.moment import Moment
from domain.people import Child
from domain.reader import Role
from domain.sending.outbox import OutboxState, Reason
from domain.sending.retry import Delivered
from domain.session_calendar import ChangeKind, SessionChange, StockOut
from domain.visits import MOVED_HOLDS
from services.messages.plan_day import plan_day
from services.ports.visits import VaccinationSource, VisitAnswer
from services.sending.claim_outbox import Ready
from services.visits.answer_reminder import Stands, answer_reminder
from services.visits.find_visits import find_family_visits, left_facilities
from storage.engine import Database
from tests.fakes.sending import claim_due, record_result
from tests.storage.sessions import (
    FIRST,
    SECOND,
    VIETNAM,
    WITHOUT_CARE,
    add_sibling,
    at,
    consents,
    give,
    holds_sessions,
    turn_of,
    work_at,
)
from tests.storage.village import NOW, Village, arrive

WEEK_BEFORE, EVE = FIRST - timedelta(days=7), FIRST - timedelta(days=1)
OF_TWO_MONTHS = ("PENTA", "OPV", "ROTA2", "PCV")
MORNING = FacilitySettings(morning_reminder=True)


async def begin(database: Database, village: Village, settings: FacilitySettings | None = None) -> None:
    """Lan agreed to everything; the station holds sessions on the 5th and the 20th."""
    async with database.begin() as uow:
        await holds_sessions(uow, village, settings=settings)
        await consents(uow, village.lan)


async def sent(database: Database, moment: Moment) -> list[Ready]:
    """The reminders of a visit that leave at that moment, one after another."""
    left: list[Ready] = []
    while (batch := await claim_due(database, WITHOUT_CARE, moment)).handled:
        for ready in batch.ready:
            await record_result(database, ready, Delivered("1"), moment=moment)
        left += batch.ready
    return [one for one in left if one.row.planned.occasion.startswith("visit:")]


async def reminded(database: Database, day: date) -> list[Ready]:
    """What leaves on a day, planned in its small hours."""
    await plan_day(database, WITHOUT_CARE, at(day, 1))
    return [*await sent(database, at(day, 7)), *await sent(database, at(day, 20))]


async def closed(database: Database, village: Village) -> dict[str, Reason | None]:
    async with database.look() as uow:
        rows = await uow.outbox.timeline(village.lan)
        return {row.occasion: row.reason for row in rows if row.state is OutboxState.CLOSED}


async def answers(database: Database, village: Village, answer: VisitAnswer, moment: Moment) -> Stands:
    async with database.begin() as uow:
        turn = await turn_of(uow, village, moment)
        return (await answer_reminder(turn, village.lan, village.station, FIRST, answer)).stands


async def test_a_sibling_who_becomes_due_later_is_reminded_though_the_row_was_closed(
    database: Database, village: Village
) -> None:
    await begin(database, village)
    await plan_day(database, WITHOUT_CARE, at(WEEK_BEFORE, 7))
    async with database.begin() as uow:
        await give(uow, village.an, OF_TWO_MONTHS, WEEK_BEFORE, moment=at(WEEK_BEFORE, 9))
    assert await sent(database, at(WEEK_BEFORE, 20)) == []
    assert (await closed(database, village))[f"visit:1:{FIRST}:7"] is Reason.VACCINATED

    async with database.begin() as uow:
        await add_sibling(uow, village, "Bảo", date(2026, 9, 20))
    (reminder,) = await reminded(database, WEEK_BEFORE + timedelta(days=2))
    assert reminder.message.body.key == "visit.reminder.7"
    assert reminder.reader.children == ("Bảo",)
    (eve,) = await reminded(database, EVE)
    assert eve.reader.children == ("Bảo",)


async def test_a_sibling_is_reminded_though_she_said_that_all_was_done_for_the_other(
    database: Database, village: Village
) -> None:
    await begin(database, village)
    assert len(await reminded(database, WEEK_BEFORE)) == 1
    assert await answers(database, village, VisitAnswer.VACCINATED, at(WEEK_BEFORE, 21)) is Stands.KEPT
    assert await reminded(database, EVE - timedelta(days=1)) == []
    async with database.begin() as uow:
        await add_sibling(uow, village, "Bảo", date(2026, 9, 20))
    (eve,) = await reminded(database, EVE)
    assert (eve.message.body.key, eve.reader.children) == ("visit.reminder.1", ("Bảo",))


async def test_nothing_opens_again_while_nobody_is_due(database: Database, village: Village) -> None:
    await begin(database, village)
    await plan_day(database, WITHOUT_CARE, at(WEEK_BEFORE, 7))
    async with database.begin() as uow:
        await give(uow, village.an, OF_TWO_MONTHS, WEEK_BEFORE, moment=at(WEEK_BEFORE, 9))
    for days in range(8):
        assert await reminded(database, WEEK_BEFORE + timedelta(days=days)) == []


async def test_the_morning_is_the_third_word_and_only_to_who_has_not_answered(
    database: Database, village: Village
) -> None:
    await begin(database, village, MORNING)
    keys = [one.message.body.key for day in (WEEK_BEFORE, EVE, FIRST) for one in await reminded(database, day)]
    assert keys == ["visit.reminder.7", "visit.reminder.1", "visit.reminder.0"]


async def test_who_answered_is_not_asked_on_the_morning(database: Database, village: Village) -> None:
    await begin(database, village, MORNING)
    await reminded(database, WEEK_BEFORE)
    await answers(database, village, VisitAnswer.COMING, at(WEEK_BEFORE, 21))
    keys = [one.message.body.key for day in (EVE, FIRST) for one in await reminded(database, day)]
    assert keys == ["visit.reminder.coming"]
    assert (await closed(database, village))[f"visit:1:{FIRST}:0"] is Reason.ANSWERED


async def test_a_session_cancelled_between_the_reminders_is_not_spoken_of_again(
    database: Database, village: Village
) -> None:
    await begin(database, village)
    await reminded(database, WEEK_BEFORE)
    await plan_day(database, WITHOUT_CARE, at(EVE, 1))
    async with database.begin() as uow:
        cancelled = SessionChange(FIRST, ChangeKind.CANCELLED)
        await uow.sessions.change(village.station, cancelled, by=village.minh, at=at(EVE, 9).now)
    assert await sent(database, at(EVE, 20)) == []
    assert await answers(database, village, VisitAnswer.COMING, at(EVE, 21)) is Stands.NO_SESSION
    (reminder,) = await reminded(database, SECOND - timedelta(days=7))
    assert reminder.message.body.values["on"] == SECOND


async def test_what_is_out_of_stock_that_day_is_not_promised(database: Database, village: Village) -> None:
    await begin(database, village)
    async with database.begin() as uow:
        out = StockOut("PENTA", FIRST, FIRST)
        await uow.sessions.add_stock_out(village.station, out, by=village.minh, at=NOW)
    (reminder,) = await reminded(database, WEEK_BEFORE)
    due = str(reminder.message.body.values["due"])
    assert "vaccine.opv.short" in due
    assert "vaccine.penta.short" not in due


async def test_twins_are_one_reminder_for_each_of_two_who_care_for_them(database: Database, village: Village) -> None:
    await begin(database, village)
    async with database.begin() as uow:
        twin = await add_sibling(uow, village, "Bình", date(2026, 10, 1))
        tuan = await uow.families.add_caregiver(village.family, Role.FATHER, "vi", None)
        for child in (village.an, twin):
            await uow.families.add_care(tuan, Role.FATHER, child=child)
        await uow.people.link_caregiver(tuan, (await arrive(uow, "tuan")).id, NOW)
        await uow.families.join_caregiver(tuan, at=NOW, on=NOW.date())
        await consents(uow, tuan)
    told = await reminded(database, WEEK_BEFORE)
    assert {one.row.planned.caregiver for one in told} == {village.lan, tuan}
    assert [one.reader.children for one in told] == [("An", "Bình")] * 2
    # Lan cannot come; her husband still may, and she is asked to another day.
    await answers(database, village, VisitAnswer.CANNOT, at(WEEK_BEFORE, 21))
    (eve,) = await reminded(database, EVE)
    assert eve.row.planned.caregiver == tuan


async def test_on_a_telephone_that_two_share_each_reminder_says_for_whom_it_is(
    database: Database, village: Village
) -> None:
    await begin(database, village)
    async with database.begin() as uow:
        grandmother = await uow.families.add_caregiver(village.family, Role.GRANDMOTHER, "vi", None)
        await uow.families.add_care(grandmother, Role.GRANDMOTHER, child=village.an)
        await uow.people.link_caregiver(grandmother, village.chat, NOW)
        await uow.families.join_caregiver(grandmother, at=NOW, on=NOW.date())
        await consents(uow, grandmother)
    await plan_day(database, WITHOUT_CARE, at(WEEK_BEFORE, 1))
    told = await sent(database, at(WEEK_BEFORE, 20))
    whom = [one.message.whom.values["role"] for one in told if one.message.whom is not None]
    assert whom == [Text("choice.role.mother"), Text("choice.role.grandmother")]


async def test_a_mother_who_awaits_a_birth_is_reminded_of_her_checkup_and_says_that_it_is_done(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        family = await uow.families.add_family(village.station, "Asia/Ho_Chi_Minh", by=village.minh, at=NOW)
        mother = await uow.families.add_caregiver(family, Role.MOTHER, "vi", None)
        pregnancy = await uow.families.add_pregnancy(family, village.station, FIRST + timedelta(days=100))
        await uow.families.add_care(mother, Role.MOTHER, pregnancy=pregnancy)
        await uow.people.link_caregiver(mother, (await arrive(uow, "hanh")).id, NOW)
        await uow.families.join_caregiver(mother, at=NOW, on=NOW.date())
        await consents(uow, mother)
    await plan_day(database, VIETNAM, at(WEEK_BEFORE, 1))
    batch = await claim_due(database, VIETNAM, at(WEEK_BEFORE, 20))
    (reminder,) = [one for one in batch.ready if one.row.planned.caregiver == mother]
    assert reminder.message.body.values["title"] == Text("visit.title.pregnancy")

    async with database.begin() as uow:
        village_of_hers = replace(village, chat=reminder.address, lan=mother)
        for answer in (VisitAnswer.COMING, VisitAnswer.VACCINATED, VisitAnswer.VACCINATED):
            turn = replace(await turn_of(uow, village_of_hers, at(WEEK_BEFORE, 21)), programme=VIETNAM)
            assert (await answer_reminder(turn, mother, village.station, FIRST, answer)).stands is Stands.KEPT
        done = (await uow.care.done_in_pregnancies([pregnancy]))[pregnancy]
        assert "antenatal_2" in done
        work = replace(work_at(uow, WEEK_BEFORE, 21), programme=VIETNAM)
        visits = await find_family_visits(work, mother, (), await uow.families.pregnancies_of(mother))
        assert FIRST not in [visit.on for visit in visits]
        # She had tapped the wrong one: what she told no longer stands.
        turn = replace(await turn_of(uow, village_of_hers, at(EVE, 9)), programme=VIETNAM)
        await answer_reminder(turn, mother, village.station, FIRST, VisitAnswer.COMING)
        assert (await uow.care.done_in_pregnancies([pregnancy]))[pregnancy] == {}


async def test_after_a_wrong_tap_on_already_vaccinated_an_is_expected_again(
    database: Database, village: Village
) -> None:
    await begin(database, village)
    await reminded(database, WEEK_BEFORE)
    await answers(database, village, VisitAnswer.VACCINATED, at(WEEK_BEFORE, 20, 30))
    await answers(database, village, VisitAnswer.VACCINATED, at(WEEK_BEFORE, 21))
    await answers(database, village, VisitAnswer.COMING, at(WEEK_BEFORE + timedelta(days=2), 8))
    async with database.look() as uow:
        given = (await uow.visits.vaccinations_of([village.an]))[village.an]
        assert {one.source for one in given} == {VaccinationSource.RECORD}
    (eve,) = await reminded(database, EVE)
    assert eve.message.body.key == "visit.reminder.coming"


async def test_who_moved_away_is_reminded_of_nothing_there_until_she_says_otherwise(
    database: Database, village: Village
) -> None:
    await begin(database, village)
    await reminded(database, WEEK_BEFORE)
    await answers(database, village, VisitAnswer.MOVED, at(WEEK_BEFORE, 21))
    for day in (EVE, SECOND - timedelta(days=7), SECOND - timedelta(days=1)):
        assert await reminded(database, day) == []
    async with database.begin() as uow:
        (call,) = await uow.tasks.about("moved:", still_open=True)
        assert (call.task.caregiver, call.task.actor) == (village.lan, None)


async def test_who_has_not_moved_after_all_is_reminded_again(database: Database, village: Village) -> None:
    await begin(database, village)
    await reminded(database, WEEK_BEFORE)
    await answers(database, village, VisitAnswer.MOVED, at(WEEK_BEFORE, 21))
    await answers(database, village, VisitAnswer.COMING, at(WEEK_BEFORE, 21, 5))
    assert len(await reminded(database, EVE)) == 1
    async with database.look() as uow:
        assert await uow.tasks.about("moved:", still_open=True) == ()


async def test_a_session_of_today_is_not_offered_once_its_hours_are_over(database: Database, village: Village) -> None:
    await begin(database, village)
    async with database.begin() as uow:
        for hour, expected in ((10, FIRST), (20, SECOND)):
            children: tuple[Child, ...] = await uow.families.children_of(village.lan)
            (visit,) = await find_family_visits(work_at(uow, FIRST, hour), village.lan, children)
            assert visit.on == expected
    assert await answers(database, village, VisitAnswer.COMING, at(FIRST, 20)) is Stands.PAST


async def test_an_answer_about_what_was_recorded_meanwhile_says_so(database: Database, village: Village) -> None:
    await begin(database, village)
    await reminded(database, WEEK_BEFORE)
    async with database.begin() as uow:
        await give(uow, village.an, OF_TWO_MONTHS, WEEK_BEFORE, moment=at(WEEK_BEFORE, 21))
    assert await answers(database, village, VisitAnswer.COMING, at(EVE, 9)) is Stands.NOTHING_DUE


async def test_the_word_that_they_moved_away_ends_with_a_day_of_their_own_clock(
    database: Database, village: Village
) -> None:
    last = FIRST + MOVED_HOLDS
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        await uow.visits.answer(village.lan, village.station, FIRST, VisitAnswer.MOVED, NOW)
        # In Quảng Ninh the next day has begun, while Greenwich still counts the last one.
        for day, hour, holds in ((last, 6, True), (last, 23, True), (last + timedelta(days=1), 1, False)):
            left = await left_facilities(work_at(uow, day, hour), village.lan)
            assert (village.station in left) is holds, (day, hour)
