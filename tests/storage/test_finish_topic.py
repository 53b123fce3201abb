"""Hoa speaks about a topic while families wait: who was there gets one thing to try, and a week later one question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.attendance import AttendanceSource, Outcome
from domain.ends import ChildEnd
from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId
from domain.invite import ActorPlace
from domain.moment import Moment
from domain.people import ActorRole
from domain.reader import Role
from domain.sending.outbox import Lane, OutboxState, Reason
from domain.session_calendar import ChangeKind, SessionChange
from domain.sex import Sex
from domain.topics import Band, Curriculum, Topic, TopicAnswer, TopicOccasion, TopicStep
from services.access import Refused, Speaker, anew
from services.ports import UnitOfWork
from services.ports.attendances import Attendance
from services.ports.families import NewChild
from services.ports.outbox import OutboxEntry
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Turn
from services.visits.after_closing import AFTER_CLOSING
from services.visits.topics.answer_topic import answer_topic
from services.visits.topics.choose_topic import choose_topic
from services.visits.topics.find_topic import list_topics, show_topic
from services.visits.topics.finish_topic import finish_topic, take_back_topic
from services.visits.topics.follow_topic import follow_topics, settled_topic
from services.visits.topics.report_topics import Coverage, report_topics
from storage.engine import Database
from tests.fakes.sending import taken
from tests.storage.test_grief_and_work import PROGRAMME
from tests.storage.village import NOW, ZONE, Village, add_caregiver, add_station, arrive

TODAY = NOW.date()
TOPICS = tuple(Topic(f"topic{month}", month) for month in range(1, 13))
BANDS = (Band("under6", 0, 6), Band("from6", 6, 18), Band("from18", 18, 36))
OURS = replace(PROGRAMME, topics=Curriculum(BANDS, TOPICS))
TRY = "topics.topic11.under6"
ASK = "topics.topic11.question"


async def turn_in(uow: UnitOfWork, chat: str, at: datetime = NOW) -> Turn:
    speaker = await anew(uow, Speaker(await arrive(uow, chat, at), None, ()))
    return Turn(uow, OURS, Moment(at, at), speaker, "update:1")


async def works_here(
    uow: UnitOfWork, village: Village, name: str = "Hoa", station: FacilityId | None = None
) -> ActorId:
    place = ActorPlace(name, ActorRole.HEALTH_WORKER, facility=station or village.station)
    hoa = await uow.people.add_actor(place, by=None, at=NOW)
    await uow.people.link_actor(hoa, (await arrive(uow, name)).id, NOW)
    return hoa


async def on_a_session_day(uow: UnitOfWork, village: Village) -> Turn:
    """Hoa's turn, on a day with a session."""
    hoa = await works_here(uow, village)
    await uow.sessions.change(village.station, SessionChange(TODAY, ChangeKind.ADDED), by=hoa, at=NOW)
    return await turn_in(uow, "Hoa")


async def is_vaccinated(uow: UnitOfWork, village: Village, child: ChildId, source: str = "record") -> None:
    dose = Vaccination(child, "PENTA", TODAY, VaccinationSource(source))
    await uow.visits.record([dose], at=NOW, facility=village.station)


async def said_of(uow: UnitOfWork, village: Village, outcome: Outcome, source: AttendanceSource) -> None:
    await uow.attendances.note([Attendance(village.station, TODAY, outcome, source, child=village.an)], NOW)


async def sibling(uow: UnitOfWork, village: Village, born: date) -> ChildId:
    child = await uow.families.add_child(village.family, village.station, NewChild("Bi", born, Sex.MALE))
    await uow.families.add_care(village.lan, Role.MOTHER, child=child)
    return child


async def planned(uow: UnitOfWork, caregiver: CaregiverId) -> Sequence[OutboxEntry]:
    return [row for row in await uow.outbox.timeline(caregiver) if row.occasion.startswith("topic:")]


async def keys(uow: UnitOfWork, caregiver: CaregiverId) -> list[str]:
    return [row.message_key for row in await planned(uow, caregiver) if row.state is not OutboxState.CLOSED]


async def is_sent(uow: UnitOfWork, village: Village, at: datetime) -> None:
    """Everything that is due by then goes out."""
    for row in await uow.outbox.claim(now=at, wall=at, lease_until=at + timedelta(minutes=1), limit=50):
        await uow.outbox.record_sent(taken(row.id, village.chat), at)


def evening(days: int = 0) -> datetime:
    """Twenty o'clock in Quảng Ninh, so many days later."""
    return datetime(2026, 11, 20, 13, 0, tzinfo=UTC) + timedelta(days=days)


async def follow(uow: UnitOfWork, at: datetime) -> None:
    await follow_topics(await turn_in(uow, "Hoa", at), ZONE)


async def test_lan_who_was_there_gets_one_thing_to_try_at_her_own_hour(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await is_vaccinated(uow, village, village.an)
        before = await show_topic(hoa, village.station)
        assert (before.on, before.topic.key, before.done, before.may_note) == (TODAY, "topic11", False, True)
        for _tap in range(2):
            assert (await finish_topic(hoa, village.station, TODAY, "topic11")).done
        (row,) = await planned(uow, village.lan)
        local = row.send_from.astimezone(ZoneInfo(ZONE))
        assert (row.lane, row.message_key, local.date(), local.hour) == (Lane.TIP, TRY, TODAY, 19)
        assert row.occasion == f"topic:{village.station}:{TODAY}:topic11:try"
        assert await uow.programme.audited("finish_topic") == 1


async def test_her_hour_that_has_passed_is_that_of_tomorrow_and_never_the_night(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await on_a_session_day(uow, village)
        await is_vaccinated(uow, village, village.an)
        await uow.families.change_caregiver(village.lan, tip_hour=8)
        await finish_topic(await turn_in(uow, "Hoa", evening()), village.station, TODAY, "topic11")
        (row,) = await planned(uow, village.lan)
        local = row.send_from.astimezone(ZoneInfo(ZONE))
        assert (local.date(), local.hour) == (TODAY + timedelta(days=1), 8)


async def test_who_is_recorded_after_the_tap_gets_it_too_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await finish_topic(hoa, village.station, TODAY, "topic11")
        assert await keys(uow, village.lan) == []
        station = await uow.area.facility(village.station)
        assert station is not None
        await said_of(uow, village, Outcome.CAME, AttendanceSource.RECORD)
        for _closed in range(2):
            for hook in AFTER_CLOSING:
                await hook(hoa, station, TODAY)
            await follow(uow, evening())
        assert await keys(uow, village.lan) == [TRY]


@pytest.mark.parametrize(
    ("outcome", "source"),
    [
        (Outcome.NOT_COME, AttendanceSource.RECORD),
        (Outcome.POSTPONED, AttendanceSource.RECORD),
        (Outcome.CAME, AttendanceSource.REPORTED),
    ],
)
async def test_who_was_not_there_by_the_stations_own_word_gets_nothing(
    database: Database, village: Village, outcome: Outcome, source: AttendanceSource
) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await said_of(uow, village, outcome, source)
        await is_vaccinated(uow, village, village.an, "reported")
        await finish_topic(hoa, village.station, TODAY, "topic11")
        assert await planned(uow, village.lan) == []


async def test_a_register_that_is_read_a_week_later_tells_nobody_any_more(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await finish_topic(hoa, village.station, TODAY, "topic11")
        await is_vaccinated(uow, village, village.an, "register")
        await follow(uow, evening(7))
        assert await planned(uow, village.lan) == []
        await follow(uow, evening(6))
        assert await keys(uow, village.lan) == [TRY]


async def test_siblings_share_one_message_also_when_one_is_recorded_later(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        bi = await sibling(uow, village, date(2025, 1, 1))
        await is_vaccinated(uow, village, bi)
        await finish_topic(hoa, village.station, TODAY, "topic11")
        await is_vaccinated(uow, village, village.an)
        await follow(uow, evening())
        assert await keys(uow, village.lan) == ["topics.topic11.from18"]


async def test_both_who_care_for_her_get_it_but_not_who_stopped_or_never_joined(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await is_vaccinated(uow, village, village.an)
        father, stopped, waiting = [await add_caregiver(uow, village) for _ in range(3)]
        for one in (father, stopped, waiting):
            await uow.families.add_care(one, Role.FATHER, child=village.an)
        for one in (father, stopped):
            await uow.families.join_caregiver(one, at=NOW, on=TODAY)
        await uow.families.stop_caregiver(stopped, NOW)
        await finish_topic(hoa, village.station, TODAY, "topic11")
        told = [await keys(uow, one) for one in (village.lan, father, stopped, waiting)]
        assert told == [[TRY], [TRY], [], []]


async def test_a_child_of_three_or_one_of_whom_nothing_is_said_any_more_is_left_out(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        big = await sibling(uow, village, date(2023, 11, 20))
        for child in (big, village.an):
            await is_vaccinated(uow, village, child)
        await uow.lives.end_child(village.an, ChildEnd.DIED, NOW)
        await finish_topic(hoa, village.station, TODAY, "topic11")
        assert await planned(uow, village.lan) == []


async def test_another_topic_is_chosen_beforehand_and_that_is_the_one_that_counts(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await is_vaccinated(uow, village, village.an)
        chosen = await choose_topic(hoa, village.station, TODAY, "topic3")
        assert (chosen.topic.key, chosen.done) == ("topic3", False)
        await finish_topic(hoa, village.station, TODAY, "topic3")
        assert (await choose_topic(hoa, village.station, TODAY, "topic4")).topic.key == "topic3"
        offered = await list_topics(hoa, village.station, TODAY)
        assert (offered.month.key, offered.held, len(offered.topics)) == ("topic11", frozenset({"topic3"}), 12)
        assert await keys(uow, village.lan) == ["topics.topic3.under6"]


async def test_a_tap_by_mistake_is_taken_back_before_anybody_reads_it(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await is_vaccinated(uow, village, village.an)
        await finish_topic(hoa, village.station, TODAY, "topic11")
        for _tap in range(2):
            assert not (await take_back_topic(hoa, village.station, TODAY)).done
        assert await planned(uow, village.lan) == []
        await finish_topic(hoa, village.station, TODAY, "topic3")
        assert await keys(uow, village.lan) == ["topics.topic3.under6"]


async def test_nobody_gets_two_for_one_session_though_the_topic_was_changed_too_late(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await is_vaccinated(uow, village, village.an)
        await finish_topic(hoa, village.station, TODAY, "topic11")
        await is_sent(uow, village, evening())
        later = await turn_in(uow, "Hoa", evening(1))
        await take_back_topic(later, village.station, TODAY)
        await finish_topic(later, village.station, TODAY, "topic3")
        assert await keys(uow, village.lan) == [TRY]


async def test_what_was_claimed_while_she_took_it_back_is_not_sent(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await is_vaccinated(uow, village, village.an)
        await finish_topic(hoa, village.station, TODAY, "topic11")
        lan = await uow.families.caregiver(village.lan)
        at = evening()
        (row,) = await uow.outbox.claim(now=at, wall=at, lease_until=at + timedelta(minutes=1), limit=5)
        assert lan is not None
        assert await settled_topic(hoa, row, lan) is None
        await take_back_topic(hoa, village.station, TODAY)
        assert await settled_topic(hoa, row, lan) is Reason.SUPERSEDED


async def test_a_week_after_she_got_it_lan_is_asked_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await is_vaccinated(uow, village, village.an)
        await finish_topic(hoa, village.station, TODAY, "topic11")
        await follow(uow, evening(1))
        await is_sent(uow, village, evening(2))  # a message about the visit went before it
        morning = evening(9) - timedelta(hours=12)
        await follow(uow, morning - timedelta(days=1))
        assert await keys(uow, village.lan) == [TRY]
        for _run in range(2):
            await follow(uow, morning)
        (_told, asked) = await planned(uow, village.lan)
        assert (asked.message_key, asked.lane) == (ASK, Lane.TIP)
        assert asked.send_from.astimezone(ZoneInfo(ZONE)).date() == TODAY + timedelta(days=9)


async def test_who_never_got_it_is_not_asked(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await is_vaccinated(uow, village, village.an)
        await finish_topic(hoa, village.station, TODAY, "topic11")
        for days in range(1, 19):
            await follow(uow, evening(days))
        assert await keys(uow, village.lan) == [TRY]


async def asked(uow: UnitOfWork, village: Village) -> TopicOccasion:
    """Lan was asked about the topic of today."""
    hoa = await on_a_session_day(uow, village)
    await is_vaccinated(uow, village, village.an)
    await finish_topic(hoa, village.station, TODAY, "topic11")
    await is_sent(uow, village, evening())
    await follow(uow, evening(7) - timedelta(hours=12))
    await is_sent(uow, village, evening(7))
    return TopicOccasion(village.station, TODAY, "topic11", TopicStep.ASK)


async def test_her_last_answer_counts_and_the_report_counts_her_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        about = await asked(uow, village)
        lan = await turn_in(uow, "lan", evening(8))
        for said in (TopicAnswer.NOT_YET, TopicAnswer.LITTLE, TopicAnswer.LITTLE):
            answered = await answer_topic(lan, village.lan, village.station, TODAY, said)
            assert (answered.answer, answered.children) == (said, (village.an,))
        assert await uow.topics.answer_of(village.lan, about) is TopicAnswer.LITTLE
        report = await report_topics(await turn_in(uow, "Hoa", evening(8)))
        assert report.total == Coverage(held=1, done=1, reached=1, little=1)
        assert report.topics == (("topic11", report.total),)


async def test_an_answer_after_a_loss_is_thanked_for_without_a_child(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await asked(uow, village)
        await uow.lives.end_child(village.an, ChildEnd.DIED, NOW)
        lan = await turn_in(uow, "lan", evening(8))
        answered = await answer_topic(lan, village.lan, village.station, TODAY, TopicAnswer.DID)
        assert answered.children == ()


async def test_nobody_answers_for_her_and_who_was_not_asked_cannot(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await is_vaccinated(uow, village, village.an)
        await finish_topic(hoa, village.station, TODAY, "topic11")
        for who in ("Hoa", "binh", "lan"):
            with pytest.raises(Refused):
                await answer_topic(await turn_in(uow, who), village.lan, village.station, TODAY, TopicAnswer.DID)
        assert await uow.topics.answered(TODAY, TODAY) == []


async def test_only_those_who_vaccinate_there_see_and_change_the_topic(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await on_a_session_day(uow, village)
        other = await add_station(uow, village.commune, "Trạm Y tế Đảo Sao")
        await works_here(uow, village, "Mai", other)
        await uow.people.link_actor(village.minh, (await arrive(uow, "minh")).id, NOW)
        for who in ("Mai", "minh", "lan", "binh"):
            turn = await turn_in(uow, who)
            for act in (show_topic, list_topics, take_back_topic):
                with pytest.raises(Refused):
                    await act(turn, village.station, TODAY)
            for change in (choose_topic, finish_topic):
                with pytest.raises(Refused):
                    await change(turn, village.station, TODAY, "topic3")
            with pytest.raises(Refused):
                await report_topics(turn, village.station)
        with pytest.raises(Refused):
            await finish_topic(await turn_in(uow, "Hoa"), village.station, TODAY, "dance")


@pytest.mark.parametrize(("days", "done"), [(-1, False), (0, True), (2, True), (3, False)])
async def test_a_topic_is_noted_on_its_day_or_two_days_later(
    database: Database, village: Village, days: int, done: bool
) -> None:
    async with database.begin() as uow:
        await on_a_session_day(uow, village)
        hoa = await turn_in(uow, "Hoa", NOW + timedelta(days=days))
        assert (await finish_topic(hoa, village.station, TODAY, "topic11")).done is done
        assert (await take_back_topic(hoa, village.station, TODAY)).done is False


async def test_a_day_without_a_session_carries_no_topic_unless_somebody_was_vaccinated_then(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await works_here(uow, village)
        hoa = await turn_in(uow, "Hoa")
        assert not (await finish_topic(hoa, village.station, TODAY, "topic11")).is_held
        await is_vaccinated(uow, village, village.an)
        assert (await finish_topic(hoa, village.station, TODAY, "topic11")).done


async def test_a_session_closed_without_a_topic_is_counted_against_the_month(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        hoa = await works_here(uow, village)
        await uow.sessions.close(village.station, TODAY, by=hoa, at=NOW)
        await uow.sessions.close(village.station, TODAY - timedelta(days=400), by=hoa, at=NOW)
        report = await report_topics(await turn_in(uow, "Hoa"))
        assert report.place is not None
        assert (report.topics, report.total) == ((("topic11", Coverage(held=1)),), Coverage(held=1))
