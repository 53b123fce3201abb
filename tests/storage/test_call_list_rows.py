"""Before a session day somebody calls the families whom no message reaches, and nobody else."""

from collections import Counter
from datetime import date, timedelta

import pytest

from domain.consent import TEXT_VERSION, Consent, ConsentWay, Purpose
from domain.identifiers import ActorId, FamilyId
from domain.invite import ActorPlace
from domain.moment import Moment
from domain.people import ActorRole, AddressState
from domain.reader import Role
from domain.session_calendar import ChangeKind, SessionChange
from domain.sex import Sex
from domain.tasks import TaskKind, TaskOutcome
from services.access import Speaker, anew
from services.messages.plan_day import plan_one
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.ports.tasks import FoundTask
from services.ports.visits import VisitAnswer
from services.turn import Turn
from services.visits.call_list import make_call_lists
from services.visits.list_calls import list_calls
from storage.engine import Database
from tests.storage.sessions import (
    AT_BIRTH,
    FIRST,
    SECOND,
    VIETNAM,
    WITHOUT_CARE,
    at,
    consents,
    give,
    holds_sessions,
    work_at,
)
from tests.storage.village import NOW, ZONE, Village, arrive

THREE_BEFORE = FIRST - timedelta(days=3)
BORN = date(2026, 10, 1)


async def colleagues(uow: UnitOfWork, village: Village) -> tuple[ActorId, ActorId]:
    """Minh and Mai look after the commune, Hoa works at the station; all were seen lately."""
    mai = await uow.people.add_actor(
        ActorPlace("Mai", ActorRole.VOLUNTEER, communes=(village.commune,)), by=None, at=NOW
    )
    place = ActorPlace("Hoa", ActorRole.HEALTH_WORKER, facility=village.station)
    hoa = await uow.people.add_actor(place, by=None, at=NOW)
    for actor, chat in ((village.minh, "minh"), (mai, "mai"), (hoa, "hoa")):
        await uow.people.link_actor(actor, (await arrive(uow, chat)).id, NOW)
    return mai, hoa


async def add_families(uow: UnitOfWork, village: Village, count: int) -> list[FamilyId]:
    """Families of Minh's who never joined, each with a child of An's age."""
    families = []
    for number in range(count):
        family = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW)
        mother = await uow.families.add_caregiver(family, Role.MOTHER, "vi", f"+849123400{number:02d}")
        child = await uow.families.add_child(family, village.station, NewChild(f"Bé {number}", BORN, Sex.MALE))
        await uow.families.add_care(mother, Role.MOTHER, child=child)
        await give(uow, child, AT_BIRTH, BORN)
        families.append(family)
    return families


async def calls(uow: UnitOfWork, *, still_open: bool = True) -> list[FoundTask]:
    return list(await uow.tasks.about("remind:", still_open=still_open))


@pytest.mark.parametrize(("count", "shares"), [(0, (0, 0, 0)), (10, (10, 0, 0)), (11, (10, 1, 0)), (25, (10, 10, 5))])
async def test_two_volunteers_get_ten_names_each_at_most_and_the_nurse_the_rest(
    database: Database, village: Village, count: int, shares: tuple[int, int, int]
) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        other, nurse = await colleagues(uow, village)
        await add_families(uow, village, count)
        for hour in (1, 7, 13):
            await make_call_lists(work_at(uow, THREE_BEFORE, hour), ZONE)
        asked = Counter(one.task.actor for one in await calls(uow))
        assert (asked[village.minh], asked[other], asked[nurse]) == shares
        assert {one.task.kind for one in await calls(uow)} <= {TaskKind.REMIND_VISIT}
        assert all(one.task.due_on == THREE_BEFORE for one in await calls(uow))


async def test_it_is_made_three_days_before_and_not_earlier(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        (family,) = await add_families(uow, village, 1)
        await make_call_lists(work_at(uow, THREE_BEFORE - timedelta(days=1)), ZONE)
        assert await calls(uow) == []
        await make_call_lists(work_at(uow, THREE_BEFORE), ZONE)
        assert [one.task.occasion for one in await calls(uow)] == [f"remind:1:2026-12-05:{family}"]


async def test_who_becomes_due_later_is_added_and_nobody_gets_more_than_ten(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        mai, _hoa = await colleagues(uow, village)
        await add_families(uow, village, 10)
        await make_call_lists(work_at(uow, THREE_BEFORE), ZONE)
        await add_families(uow, village, 1)
        await make_call_lists(work_at(uow, THREE_BEFORE + timedelta(days=1)), ZONE)
        asked = Counter(one.task.actor for one in await calls(uow))
        assert (asked[village.minh], asked[mai]) == (10, 1)


async def test_without_anybody_else_the_station_calls(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        hoa = await uow.people.add_actor(
            ActorPlace("Hoa", ActorRole.HEALTH_WORKER, facility=village.station), by=None, at=NOW
        )
        await add_families(uow, village, 1)
        await make_call_lists(work_at(uow, THREE_BEFORE), ZONE)
        assert [one.task.actor for one in await calls(uow)] == [hoa]


async def test_lan_who_reads_is_not_called_until_her_chat_is_gone(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        await consents(uow, village.lan)
        await make_call_lists(work_at(uow, THREE_BEFORE), ZONE)
        assert await calls(uow) == []
        unreachable = AddressState.UNREACHABLE
        await uow.people.mark_address(village.chat, state=unreachable, reason="blocked", at=NOW)
        await make_call_lists(work_at(uow, THREE_BEFORE, 13), ZONE)
        (call,) = await calls(uow)
        assert call.task.caregiver == village.lan


async def test_who_asked_for_silence_cannot_come_or_keeps_the_file_closed_is_not_called(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        families = await add_families(uow, village, 4)
        (stopped,), (unwilling,), (absent,), (refusing,) = [
            await uow.families.caregivers_of_family(one) for one in families
        ]
        await uow.families.join_caregiver(stopped.id, at=NOW, on=NOW.date())
        await uow.families.stop_caregiver(stopped.id, NOW)
        await uow.families.change_caregiver(unwilling.id, wants_visits=False)
        await uow.visits.answer(absent.id, village.station, FIRST, VisitAnswer.CANNOT, NOW)
        no = Consent(refusing.id, Purpose.FILE, False, TEXT_VERSION, "vi", ConsentWay.PAPER, NOW)
        await uow.consents.add(no)
        await make_call_lists(work_at(uow, THREE_BEFORE), ZONE)
        assert await calls(uow) == []


async def test_a_mother_in_pregnancy_whom_nothing_reaches_is_called_too(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        family = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW)
        mother = await uow.families.add_caregiver(family, Role.MOTHER, "vi", "+84912340099")
        awaited = await uow.families.add_pregnancy(family, village.station, FIRST + timedelta(days=80))
        await uow.families.add_care(mother, Role.MOTHER, pregnancy=awaited)
        work = work_at(uow, THREE_BEFORE)
        await make_call_lists(type(work)(uow, VIETNAM, work.moment), ZONE)
        assert [one.task.family for one in await calls(uow)] == [family]


async def test_the_printed_list_is_of_the_next_session_once_todays_was_closed(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        _mai, hoa = await colleagues(uow, village)
        (family,) = await add_families(uow, village, 1)
        turn = await turn_of_nurse(uow, at(FIRST, 9))
        listed = await list_calls(turn, village.station)
        assert listed.day is not None
        assert (listed.day.on, [one.family for one in listed.entries]) == (FIRST, [family])
        await uow.sessions.close(village.station, FIRST, by=hoa, at=at(FIRST, 9).now)
        listed = await list_calls(turn, village.station)
        assert listed.day is not None
        assert (listed.day.on, [one.family for one in listed.entries]) == (SECOND, [family])


async def turn_of_nurse(uow: UnitOfWork, moment: Moment) -> Turn:
    """Hoa says something from her chat."""
    chat = await arrive(uow, "hoa", moment.now)
    return Turn(uow, WITHOUT_CARE, moment, await anew(uow, Speaker(chat, None, ())), "update:1")


async def called(uow: UnitOfWork, village: Village) -> FamilyId:
    """One family is on the list."""
    await holds_sessions(uow, village)
    (family,) = await add_families(uow, village, 1)
    await make_call_lists(work_at(uow, THREE_BEFORE), ZONE)
    assert len(await calls(uow)) == 1
    return family


async def test_a_call_is_dropped_when_the_session_is_cancelled_and_comes_back_with_it(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await called(uow, village)
        cancelled = SessionChange(FIRST, ChangeKind.CANCELLED)
        await uow.sessions.change(village.station, cancelled, by=village.minh, at=NOW)
        await make_call_lists(work_at(uow, THREE_BEFORE, 13), ZONE)
        assert await calls(uow) == []
        await uow.sessions.undo_change(village.station, FIRST, NOW)
        await make_call_lists(work_at(uow, THREE_BEFORE, 19), ZONE)
        assert len(await calls(uow)) == 1


async def test_a_call_that_a_person_made_is_not_asked_for_again(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await called(uow, village)
        (call,) = await calls(uow)
        await uow.tasks.close(call.task.id, TaskOutcome.REACHED, by=village.minh, at=NOW)
        await make_call_lists(work_at(uow, THREE_BEFORE + timedelta(days=1)), ZONE)
        assert await calls(uow) == []


async def test_a_call_is_dropped_when_the_session_is_over(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await called(uow, village)
        await make_call_lists(work_at(uow, FIRST, 7), ZONE)
        assert len(await calls(uow)) == 1
        await make_call_lists(work_at(uow, FIRST, 13), ZONE)
        assert await calls(uow) == []


async def test_a_call_is_dropped_at_once_when_the_child_got_its_doses(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        family = await called(uow, village)
        (child,) = await uow.lives.children_in(family)
        needed = ("PENTA", "OPV", "ROTA2", "PCV")
        await give(uow, child.id, needed, THREE_BEFORE, moment=at(THREE_BEFORE, 9))
        assert await calls(uow) == []


async def test_a_call_is_dropped_at_once_when_the_family_joins(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        family = await called(uow, village)
        (mother,) = await uow.families.caregivers_of_family(family)
        await uow.people.link_caregiver(mother.id, (await arrive(uow, "new", at(THREE_BEFORE, 9).now)).id, NOW)
        await uow.families.join_caregiver(mother.id, at=NOW, on=THREE_BEFORE)
        await consents(uow, mother.id)
        (joined,) = await uow.families.caregivers_of_family(family)
        await plan_one(work_at(uow, THREE_BEFORE, 9), joined)
        assert await calls(uow) == []


async def test_each_session_has_a_list_of_its_own(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        family = await called(uow, village)
        await make_call_lists(work_at(uow, SECOND - timedelta(days=3)), ZONE)
        assert [one.task.occasion for one in await calls(uow)] == [f"remind:1:2026-12-20:{family}"]
