"""After a vaccination: what a family hears at once, who is told of a danger sign, and what the nurse reads."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.aftercare import Answer, Need, Watch
from domain.ends import ChildEnd
from domain.identifiers import CaregiverId
from domain.people import ActorRole, AddressState
from domain.sending.outbox import Reason
from domain.sex import Sex
from services.access import Refused
from services.ports.families import NewChild
from services.visits.aftercare.alarm import pass_on, raise_alarm
from services.visits.aftercare.answer_aftercare import Asked, Follows, answer_aftercare
from services.visits.aftercare.morning_digest import see_reactions, send_digests
from storage.engine import Database, open_database
from tests.fakes.databases import migrated_sqlite
from tests.services.aftercare_home import (
    BORN,
    DAY,
    add_twin,
    answer,
    at,
    claim,
    colleague,
    give,
    later,
    station,
    told,
    turn_of,
    words_to,
    work_at,
)
from tests.storage.village import ZONE, Village, settle

__all__ = ["migrated_sqlite"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def database(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Database]:
    opened = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    yield opened
    await opened.close()


@pytest.fixture
async def village(database: Database) -> Village:
    return await settle(database)


async def test_each_answer_is_answered_at_once_and_twice_the_same(database: Database, village: Village) -> None:
    expected = {
        Answer.WELL: Follows.WELL,
        Answer.FEVER: Follows.FEVER,
        Answer.NONE: Follows.NOTED,
        Answer.ELSE: Follows.SIGNS,
        Answer.SORE: Follows.NOTED,
        Answer.BREATHING: Follows.GO_NOW,
        Answer.DANGER: Follows.GO_NOW,
    }
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9))
        for said, follows in expected.items():
            assert [await answer(uow, village, said, at(19)) for _twice in range(2)] == [follows, follows]
        assert await answer(uow, village, Answer.WELL, at(19)) is Follows.WELL_AFTER_DANGER
        (kept,) = await uow.reactions.of_children([village.an], DAY)
        assert (kept.answer, kept.need) == (Answer.BREATHING, Need.ALARM)


async def test_a_fever_of_a_newborn_rings_at_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        _hoa, chat = await colleague(uow, village, "Hoa", ActorRole.HEALTH_WORKER)
        baby = await add_twin(uow, village, born=later(-3))
        await give(uow, village, "BCG", moment=at(9), child=baby)
        asked = Asked(village.lan, baby, DAY, Watch.EVENING)
        answered = await answer_aftercare(await turn_of(uow, "lan", at(19)), asked, Answer.FEVER)
        assert (answered.follows, answered.young) == (Follows.GO_NOW, True)
        assert answered.told is not None
        assert answered.told.name == "Hoa"
    assert [key for key, _occasion in await told(database, chat)] == ["after.alarm"]


async def test_a_newborns_alarm_stands_when_it_turns_two_months_overnight(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        baby = await add_twin(uow, village, born=date(2026, 10, 6))
        await give(uow, village, "PENTA", moment=at(9), child=baby)
        asked = Asked(village.lan, baby, DAY, Watch.EVENING)
        for day, said, follows in (
            (0, Answer.FEVER, Follows.GO_NOW),
            (1, Answer.WELL, Follows.WELL_AFTER_DANGER),
            (1, Answer.FEVER, Follows.FEVER),
        ):
            answered = await answer_aftercare(await turn_of(uow, "lan", at(19, day=later(day))), asked, said)
            assert answered.follows is follows
        assert [one.need for one in await uow.reactions.of_children([baby], DAY)] == [Need.ALARM]


async def test_a_late_tap_keeps_nothing_but_danger(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9))
        late = at(9, day=later(3))
        for said in (Answer.WELL, Answer.FEVER, Answer.ELSE, Answer.NONE):
            assert await answer(uow, village, said, late) is Follows.LATE
        assert await uow.reactions.of_children([village.an], DAY) == []
        assert await answer(uow, village, Answer.DANGER, late) is Follows.GO_NOW
        assert [one.need for one in await uow.reactions.of_children([village.an], DAY)] == [Need.ALARM]


async def test_nobody_answers_for_another_mother_or_about_another_child(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9))
        foreign = await uow.families.add_family(village.station, ZONE, by=village.minh, at=at(1).now)
        theirs = await uow.families.add_child(foreign, village.station, NewChild("Cúc", BORN, Sex.FEMALE))
        asked = Asked(village.lan, village.an, DAY, Watch.EVENING)
        for chat, one in (
            ("binh", asked),
            ("lan", replace(asked, child=theirs)),
            ("lan", replace(asked, caregiver=CaregiverId(99))),
            ("lan", replace(asked, watch=Watch.ILL)),
        ):
            with pytest.raises(Refused):
                await answer_aftercare(await turn_of(uow, chat, at(19)), one, Answer.DANGER)
        await uow.lives.end_child(village.an, ChildEnd.DIED, at(19).now)
        with pytest.raises(Refused):
            await answer_aftercare(await turn_of(uow, "lan", at(19)), asked, Answer.WELL)
        assert await uow.reactions.of_children([village.an, theirs], DAY) == []


async def test_the_alarm_goes_to_who_is_on_call_once_an_hour_and_never_to_a_volunteer(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        doctor, on_call = await colleague(uow, village, "Bác sĩ Đức", ActorRole.HEALTH_WORKER)
        _hoa, hoas = await colleague(uow, village, "Hoa", ActorRole.HEALTH_WORKER)
        _minh, minhs = await colleague(uow, village, "Minh", ActorRole.VOLUNTEER)
        place = await station(uow, village, on_call=doctor)
        (lan,) = await uow.families.caregivers_of_child(village.an)
        (an,) = await uow.families.children_of(village.lan)
        for moment in (at(2, 40), at(3, 10), at(3, 41), at(4, 40)):
            who = await raise_alarm(work_at(uow, moment), lan, [an], place)
            assert who is not None
            assert who.name == "Bác sĩ Đức"
    assert len(await told(database, on_call)) == 2
    assert await told(database, hoas) == await told(database, minhs) == []
    words = await words_to(database, on_call)
    assert "+84912345678" in words
    assert "choice.role.mother" in words


async def test_who_is_next_when_a_chat_is_closed(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        doctor, on_call = await colleague(uow, village, "Đức", ActorRole.HEALTH_WORKER)
        hoa, hoas = await colleague(uow, village, "Hoa", ActorRole.HEALTH_WORKER)
        _thu, thus = await colleague(uow, village, "Thu", ActorRole.STAFF)
        await colleague(uow, village, "Minh", ActorRole.VOLUNTEER)
        place = await station(uow, village, on_call=doctor)
        await uow.contacts.name(village.station, hoa)
        (lan,) = await uow.families.caregivers_of_child(village.an)
        (an,) = await uow.families.children_of(village.lan)
        names = []
        for hour, chat in enumerate((None, on_call, hoas, thus)):
            if chat is not None:
                blocked = {"state": AddressState.UNREACHABLE, "reason": "blocked", "at": at(1).now}
                await uow.people.mark_address(chat.id, **blocked)  # type: ignore[arg-type]
            who = await raise_alarm(work_at(uow, at(2 * hour)), lan, [an], place)
            names.append(who.name if who else None)
        assert names == ["Đức", "Hoa", "Thu", None]


async def test_an_alarm_whose_chat_turns_out_to_be_closed_is_passed_on(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        _duc, first = await colleague(uow, village, "Đức", ActorRole.HEALTH_WORKER)
        _hoa, second = await colleague(uow, village, "Hoa", ActorRole.HEALTH_WORKER)
        place = await station(uow, village)
        (lan,) = await uow.families.caregivers_of_child(village.an)
        (an,) = await uow.families.children_of(village.lan)
        await raise_alarm(work_at(uow, at(2)), lan, [an], place)
        (row,) = await claim(uow, at(2))
        assert row.planned.address == first.id
        gone = {"state": AddressState.UNREACHABLE, "reason": "blocked", "at": at(2).now}
        await uow.people.mark_address(first.id, **gone)  # type: ignore[arg-type]
        await uow.outbox.record_closed(row.id, Reason.UNREACHABLE)
        assert await pass_on(uow, row, at(2))
        assert not await pass_on(uow, row, at(2))
        (other,) = await claim(uow, at(2, 1))
        assert (other.planned.address, other.planned.message) == (second.id, row.planned.message)
        tip = replace(row, planned=replace(row.planned, occasion="update:1:2:0"))
        assert not await pass_on(uow, tip, at(2))


async def test_a_fever_stands_once_in_the_nurses_morning(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        _hoa, chat = await colleague(uow, village, "Hoa", ActorRole.HEALTH_WORKER)
        await give(uow, village, "PENTA", moment=at(9))
        await answer(uow, village, Answer.FEVER, at(19))
        for hour in (20, 1, 6):
            await send_digests(work_at(uow, at(hour, day=later(1) if hour < 20 else DAY)), ZONE)
    assert await told(database, chat) == []
    async with database.begin() as uow:
        for day in (1, 2):
            for hour in (7, 8, 13):
                await send_digests(work_at(uow, at(hour, day=later(day))), ZONE)
    assert await told(database, chat) == [("after.digest", "after_digest:1:2026-12-06")]


async def test_a_morning_with_nothing_to_say_is_silent_and_what_came_after_the_digest_waits(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        _hoa, chat = await colleague(uow, village, "Hoa", ActorRole.HEALTH_WORKER)
        await give(uow, village, "PENTA", moment=at(9))
        await answer(uow, village, Answer.WELL, at(19))
        await send_digests(work_at(uow, at(7, day=later(1))), ZONE)
    assert await told(database, chat) == []
    async with database.begin() as uow:
        await answer(uow, village, Answer.FEVER, at(6, day=later(1)))
        await send_digests(work_at(uow, at(7, day=later(1))), ZONE)
        await answer(uow, village, Answer.SORE, at(8, day=later(1)), Watch.NEXT_DAY)
        await send_digests(work_at(uow, at(9, day=later(1))), ZONE)
        await send_digests(work_at(uow, at(7, day=later(2))), ZONE)
    days = [occasion.rpartition(":")[2] for _key, occasion in await told(database, chat)]
    assert days == ["2026-12-06", "2026-12-07"]


async def test_while_nobody_of_the_station_can_be_reached_the_fever_waits(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9))
        await answer(uow, village, Answer.FEVER, at(19))
        await send_digests(work_at(uow, at(7, day=later(1))), ZONE)
        _hoa, chat = await colleague(uow, village, "Hoa", ActorRole.HEALTH_WORKER)
        await send_digests(work_at(uow, at(7, day=later(2))), ZONE)
    assert len(await told(database, chat)) == 1


async def test_a_fever_of_more_than_a_week_ago_is_no_news(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9))
        await answer(uow, village, Answer.FEVER, at(19))
        _hoa, chat = await colleague(uow, village, "Hoa", ActorRole.HEALTH_WORKER)
        await send_digests(work_at(uow, at(7, day=later(9))), ZONE)
    assert await told(database, chat) == []


async def test_seen_is_one_tap_and_only_for_the_station(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await colleague(uow, village, "Hoa", ActorRole.HEALTH_WORKER)
        await colleague(uow, village, "Minh", ActorRole.VOLUNTEER)
        await give(uow, village, "PENTA", moment=at(9))
        await answer(uow, village, Answer.FEVER, at(19))
        morning = at(7, day=later(1))
        for stranger in ("Minh", "lan", "binh"):
            with pytest.raises(Refused):
                await see_reactions(await turn_of(uow, stranger, morning), village.station, None, morning.now)
        hoas = await turn_of(uow, "Hoa", morning)
        early = await see_reactions(hoas, village.station, village.an, at(18).now)
        assert early.body.key == "after.digest"
        done = await see_reactions(hoas, village.station, village.an, morning.now)
        assert done.body.key == "after.digest.nothing"
        assert await see_reactions(hoas, village.station, None, morning.now) == done


async def test_an_alarm_about_one_twin_does_not_silence_the_other(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        doctor, on_call = await colleague(uow, village, "Bác sĩ Đức", ActorRole.HEALTH_WORKER)
        place = await station(uow, village, on_call=doctor)
        await add_twin(uow, village)
        (lan,) = await uow.families.caregivers_of_child(village.an)
        both = await uow.families.children_of(village.lan)
        await raise_alarm(work_at(uow, at(10, 5)), lan, [both[0]], place)
        await raise_alarm(work_at(uow, at(10, 15)), lan, both, place)
        await raise_alarm(work_at(uow, at(10, 25)), lan, both, place)
    assert len(await told(database, on_call)) == 2
    assert '["An", "B' in await words_to(database, on_call)


async def test_nobody_tells_of_a_day_that_is_still_to_come(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        tomorrow = Asked(village.lan, village.an, later(1), Watch.EVENING)
        for said in (Answer.WELL, Answer.FIT):
            with pytest.raises(Refused):
                await answer_aftercare(await turn_of(uow, "lan", at(19)), tomorrow, said)
        assert await uow.reactions.of_children([village.an], later(1)) == []
