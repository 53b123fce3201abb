"""What families told after a vaccination, who has seen it, and which children a day is about."""

from dataclasses import replace
from datetime import date, timedelta

from domain.aftercare import Answer, Need, Watch
from domain.ends import ChildEnd
from domain.reader import Role
from domain.sex import Sex
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.ports.reactions import Reaction
from services.ports.visits import Vaccination, VaccinationSource
from storage.engine import Database
from tests.storage.village import NOW, ZONE, Village, add_caregiver, add_station

DAY = date(2026, 11, 20)
LATER = NOW + timedelta(hours=2)


def told(village: Village, answer: Answer, need: Need, watch: Watch = Watch.EVENING) -> Reaction:
    return Reaction(village.an, village.lan, village.station, DAY, watch, answer, need, NOW)


async def needs(uow: UnitOfWork, village: Village) -> list[tuple[Answer, Need]]:
    return [(one.answer, one.need) for one in await uow.reactions.of_children([village.an], DAY)]


async def test_the_same_word_twice_is_one_and_a_new_one_takes_its_place_unseen(
    database: Database, village: Village
) -> None:
    fever = told(village, Answer.FEVER, Need.MORNING)
    async with database.begin() as uow:
        await uow.reactions.note([fever])
        assert await uow.reactions.see(village.station, until=NOW, by=village.minh, at=NOW) == 1
        await uow.reactions.note([replace(fever, at=LATER)])
        assert await uow.reactions.unseen(village.station, since=NOW - timedelta(days=7)) == []
        fit = replace(fever, answer=Answer.FIT, need=Need.ALARM, at=LATER)
        await uow.reactions.note([fit])
        assert await uow.reactions.of_children([village.an], DAY) == [fit]
        assert len(await uow.reactions.unseen(village.station, since=NOW - timedelta(days=7))) == 1
        assert await uow.reactions.of_children([village.an], DAY - timedelta(days=1)) == []


async def test_each_caregiver_has_a_word_of_her_own(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        father = await add_caregiver(uow, village)
        await uow.reactions.note([told(village, Answer.WELL, Need.NOTHING)])
        await uow.reactions.note([replace(told(village, Answer.FEVER, Need.MORNING), caregiver=father)])
        assert await needs(uow, village) == [(Answer.WELL, Need.NOTHING), (Answer.FEVER, Need.MORNING)]


async def test_an_alarm_is_known_for_as_long_as_is_asked(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.reactions.note([told(village, Answer.FEVER, Need.MORNING)])
        assert not await uow.reactions.alarmed_since([village.an], NOW - timedelta(hours=1))
        await uow.reactions.note([told(village, Answer.FIT, Need.ALARM)])
        assert await uow.reactions.alarmed_since([village.an], NOW - timedelta(minutes=1))
        assert not await uow.reactions.alarmed_since([village.an], NOW)
        assert not await uow.reactions.alarmed_since([], NOW - timedelta(hours=1))
        await uow.reactions.note([replace(told(village, Answer.FIT, Need.ALARM), at=LATER)])
        assert await uow.reactions.alarmed_since([village.an], NOW)


async def test_the_nurse_reads_who_told_what_and_whom_to_call(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.reactions.note([told(village, Answer.WELL, Need.NOTHING)])
        await uow.reactions.note([told(village, Answer.FEVER, Need.MORNING, Watch.NEXT_DAY)])
        (one,) = await uow.reactions.unseen(village.station, since=NOW - timedelta(days=7))
        assert (one.child_name, one.role, one.phone) == ("An", Role.MOTHER, "+84912345678")
        assert one.born_on == date(2026, 10, 1)
        assert await uow.reactions.unseen(village.station, since=NOW) == []
        other = await add_station(uow, village.commune, "Trạm Y tế Quan Lạn")
        assert await uow.reactions.unseen(other, since=NOW - timedelta(days=7)) == []


async def test_what_was_listed_waits_no_more_but_stays_unseen(database: Database, village: Village) -> None:
    day_ago = NOW - timedelta(days=1)
    async with database.begin() as uow:
        await uow.reactions.note([told(village, Answer.FEVER, Need.MORNING)])
        assert await uow.reactions.waiting("Asia/Shanghai", alarms_since=day_ago) == []
        assert await uow.reactions.waiting(ZONE, alarms_since=day_ago) == [village.station]
        assert await uow.reactions.list_all(village.station, NOW - timedelta(minutes=1)) == 0
        assert await uow.reactions.list_all(village.station, NOW) == 1
        assert await uow.reactions.waiting(ZONE, alarms_since=day_ago) == []
        assert await needs(uow, village) == [(Answer.FEVER, Need.LISTED)]
        assert len(await uow.reactions.unseen(village.station, since=day_ago)) == 1


async def test_an_alarm_that_nobody_saw_waits_for_the_next_morning(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.reactions.note([told(village, Answer.FIT, Need.ALARM)])
        assert await uow.reactions.waiting(ZONE, alarms_since=NOW - timedelta(days=1)) == [village.station]
        assert await uow.reactions.waiting(ZONE, alarms_since=NOW) == []
        await uow.reactions.see(village.station, until=NOW, by=village.minh, at=LATER, child=village.an)
        assert await uow.reactions.waiting(ZONE, alarms_since=NOW - timedelta(days=1)) == []


async def test_seen_is_only_what_was_told_until_then_and_of_that_child(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        twin = await uow.families.add_child(
            village.family, village.station, NewChild("Bình", date(2026, 10, 1), Sex.MALE)
        )
        await uow.reactions.note([told(village, Answer.FEVER, Need.MORNING)])
        await uow.reactions.note([replace(told(village, Answer.FEVER, Need.MORNING), child=twin, at=LATER)])
        see = uow.reactions.see
        assert await see(village.station, until=NOW, by=village.minh, at=LATER) == 1
        assert await see(village.station, until=LATER, by=village.minh, at=LATER, child=village.an) == 0
        assert await see(village.station, until=LATER, by=village.minh, at=LATER, child=twin) == 1


async def test_nothing_is_listed_of_a_child_whose_contact_ended(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.reactions.note([told(village, Answer.FEVER, Need.MORNING)])
        await uow.lives.end_child(village.an, ChildEnd.DIED, NOW)
        assert await uow.reactions.unseen(village.station, since=NOW - timedelta(days=7)) == []
        assert await uow.reactions.waiting(ZONE, alarms_since=NOW) == []


async def test_the_children_of_a_day_are_those_with_a_known_dose_of_it(database: Database, village: Village) -> None:
    bcg = Vaccination(village.an, "BCG", DAY, VaccinationSource.RECORD)
    guessed = replace(bcg, vaccine="OPV", given_on=DAY - timedelta(days=1), date_known=False)
    async with database.begin() as uow:
        await uow.visits.record([bcg, guessed, replace(bcg, source=VaccinationSource.REPORTED)], at=NOW)
        given = uow.reactions.children_given
        assert await given(ZONE, DAY, DAY) == [village.an]
        assert await given(ZONE, DAY, DAY, vaccines=["MR", "BCG"]) == [village.an]
        assert await given(ZONE, DAY, DAY, vaccines=["MR"]) == []
        assert await given(ZONE, DAY, DAY, vaccines=[]) == []
        assert await given(ZONE, DAY - timedelta(days=3), DAY - timedelta(days=1)) == []
        assert await given("Asia/Shanghai", DAY, DAY) == []
        await uow.lives.end_child(village.an, ChildEnd.DIED, NOW)
        assert await given(ZONE, DAY, DAY) == []
