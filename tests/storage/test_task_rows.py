"""Tasks, absences, hand-overs and moves in rows: Minh, Thu who takes over, and Lan's family."""

from datetime import timedelta

from domain.absence import Absence, Beat, Presence
from domain.forms.enrolment import ENROLMENT
from domain.identifiers import ActorId, TaskId
from domain.invite import ActorPlace
from domain.people import ActorRole
from domain.tasks import TaskKind, TaskOutcome
from services.ports import Draft, UnitOfWork
from services.ports.tasks import NewTask
from storage.engine import Database
from tests.storage.village import NOW, ZONE, Village, arrive

TODAY = NOW.date()


async def volunteer(uow: UnitOfWork, village: Village, name: str) -> ActorId:
    place = ActorPlace(name, ActorRole.VOLUNTEER, communes=(village.commune,))
    actor = await uow.people.add_actor(place, by=None, at=NOW)
    await uow.people.link_actor(actor, (await arrive(uow, name)).id, NOW)
    return actor


async def add(uow: UnitOfWork, village: Village, word: str, *, actor: ActorId | None = None) -> TaskId:
    new = NewTask(TaskKind.CALL, word, village.family, due_on=TODAY, caregiver=village.lan, actor=actor)
    assert await uow.tasks.add(new, at=NOW)
    due = await uow.tasks.open_in([village.family], TODAY)
    return due[-1].id


async def words_on_list(uow: UnitOfWork, village: Village, actor: ActorId, *carried: ActorId) -> int:
    beat = Beat([village.station], {village.station: frozenset()})
    return len(await uow.tasks.on_list(beat, actor=actor, carried=carried, due_by=TODAY))


async def test_a_task_by_name_is_on_one_list_until_she_leaves(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        thu, mai = await volunteer(uow, village, "Thu"), await volunteer(uow, village, "Mai")
        await add(uow, village, "call:1", actor=thu)
        assert await words_on_list(uow, village, thu) == 1
        assert await words_on_list(uow, village, mai) == 0
        assert await words_on_list(uow, village, mai, thu) == 1
        assert await uow.absences.revoke(thu, by=mai, at=NOW)
        assert await words_on_list(uow, village, mai) == 1


async def test_families_kept_by_another_are_on_nobody_elses_list(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await add(uow, village, "call:1")
        thu = await volunteer(uow, village, "Thu")
        kept = Beat([village.station], {village.station: frozenset({village.minh})})
        assert await uow.tasks.on_list(kept, actor=thu, carried=(), due_by=TODAY) == ()
        assert await uow.families.unreachable(kept) == ()
        await uow.moves.give_family(village.family, None)
        assert len(await uow.tasks.on_list(kept, actor=thu, carried=(), due_by=TODAY)) == 1
        assert await uow.tasks.on_list(kept, actor=thu, carried=(), due_by=TODAY - timedelta(days=1)) == ()


async def test_what_was_told_is_kept_with_its_day(database: Database, village: Village) -> None:
    beat = Beat([village.station])
    async with database.begin() as uow:
        task = await add(uow, village, "call:1", actor=village.minh)
        assert await uow.tasks.close(task, TaskOutcome.REFUSED, by=village.minh, at=NOW)
        assert not await uow.tasks.close(task, TaskOutcome.REACHED, by=village.minh, at=NOW)
        (told,) = await uow.tasks.told(beat, today=TODAY)
        assert (told.caregiver, told.outcome, told.on) == (village.lan, TaskOutcome.REFUSED, TODAY)
        assert await uow.tasks.told(beat, today=TODAY + timedelta(days=200)) == ()
        found = await uow.tasks.find(task)
        assert found is not None
        assert (found.outcome, found.dropped) == (TaskOutcome.REFUSED, False)


async def test_what_was_dropped_without_a_person_lets_nobody_rest(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        task = await add(uow, village, "reach:1")
        await uow.tasks.put_off(task, TaskOutcome.NOT_HOME, TODAY + timedelta(days=3))
        (told,) = await uow.tasks.told(Beat([village.station]), today=TODAY)
        assert told.on == TODAY
        assert await uow.tasks.drop_family(village.family, NOW) == 1
        assert await uow.tasks.told(Beat([village.station]), today=TODAY) == ()
        assert await uow.tasks.find(TaskId(99)) is None


async def test_an_absence_ends_on_its_day_and_a_newer_one_takes_its_place(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        thu, mai = await volunteer(uow, village, "Thu"), await volunteer(uow, village, "Mai")
        await uow.absences.note(Absence(thu, village.minh, TODAY + timedelta(days=14)), from_on=TODAY, at=NOW)
        await uow.absences.note(Absence(thu, mai, TODAY + timedelta(days=7)), from_on=TODAY, at=NOW)
        absence = await uow.absences.current(thu, TODAY)
        assert absence == Absence(thu, mai, TODAY + timedelta(days=7))
        assert await uow.absences.current(thu, TODAY + timedelta(days=7)) is None
        duties = {one.actor: one for one in await uow.absences.duties([village.commune], now=NOW, today=TODAY)}
        assert (duties[thu].presence, duties[thu].stand_in) == (Presence.AWAY, mai)
        assert duties[mai].presence is Presence.HERE
        assert await uow.absences.end(thu, NOW) == 1
        assert await uow.absences.current(thu, TODAY) is None


async def test_after_a_long_absence_nobody_is_silent_at_once(database: Database, village: Village) -> None:
    later, day = NOW + timedelta(days=29), TODAY + timedelta(days=29)
    async with database.begin() as uow:
        thu, mai = await volunteer(uow, village, "Thu"), await volunteer(uow, village, "Mai")
        await uow.absences.note(Absence(thu, None, TODAY + timedelta(days=28)), from_on=TODAY, at=NOW)
        duties = {one.actor: one for one in await uow.absences.duties([village.commune], now=later, today=day)}
        assert duties[thu].presence is Presence.HERE
        assert duties[mai].presence is Presence.SILENT


async def test_who_is_revoked_speaks_from_no_chat_and_cannot_revoke(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        thu, mai = await volunteer(uow, village, "Thu"), await volunteer(uow, village, "Mai")
        chat = await uow.people.find_address(channel="telegram", bot="cradle", external_id="Thu")
        assert chat is not None
        assert not await uow.absences.revoke(thu, by=thu, at=NOW)
        assert await uow.absences.revoke(thu, by=mai, at=NOW)
        assert not await uow.absences.revoke(thu, by=mai, at=NOW)
        assert await uow.people.actor_at(chat.id) is None
        assert not await uow.absences.revoke(mai, by=thu, at=NOW)
        assert await uow.absences.chats_of_leaver(thu) == (chat.id,)


async def test_all_of_hers_goes_to_another_with_what_she_began(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        thu = await volunteer(uow, village, "Thu")
        await uow.people.link_actor(village.minh, (await arrive(uow, "Minh")).id, NOW)
        minhs, thus = (
            (await uow.people.addresses_of_actor(village.minh))[0].id,
            (await uow.people.addresses_of_actor(thu))[0].id,
        )
        await uow.drafts.keep(minhs, Draft(ENROLMENT.name, 1, {"role": "mother"}, None, NOW))
        await uow.drafts.keep(minhs, Draft("inviting", 1, {}, None, NOW))
        await add(uow, village, "call:1", actor=village.minh)
        assert await uow.absences.revoke(village.minh, by=thu, at=NOW)
        await uow.moves.set_drafts_aside(minhs)
        assert await uow.drafts.latest(minhs) is None or await uow.drafts.find(minhs, ENROLMENT.name) is None
        assert await uow.moves.drafts_aside(village.minh) == 1
        left = next(one for one in await uow.absences.everybody() if one.actor.id == village.minh)
        assert (left.left_at, left.families, left.tasks) == (NOW, 1, 1)

        assert await uow.moves.give_families(village.minh, thu, [village.station]) == 1
        assert await uow.moves.give_families(village.minh, thu, [village.station]) == 0
        assert await uow.moves.give_tasks(village.minh, thu, [village.station]) == 1
        assert await uow.moves.give_draft(minhs, thus)
        assert not await uow.moves.give_draft(minhs, thus)
        draft = await uow.drafts.find(thus, ENROLMENT.name)
        assert draft is not None
        assert draft.answers == {"role": "mother"}
        assert village.minh not in [one.actor.id for one in await uow.absences.everybody()]


async def test_a_move_is_answered_once_and_a_newer_question_closes_the_older(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        first = await uow.moves.ask(village.family, village.station, None, by=village.minh, at=NOW)
        second = await uow.moves.ask(village.family, village.station, None, by=village.minh, at=NOW)
        assert not await uow.moves.answer(first, agreed=True, by=village.lan, at=NOW)
        waiting = await uow.moves.waiting(village.family)
        assert waiting is not None
        assert (waiting.id, waiting.agreed) == (second, None)
        assert await uow.moves.answer(second, agreed=True, by=village.lan, at=NOW)
        answered = await uow.moves.move(second)
        assert answered is not None
        assert (answered.agreed, answered.answered_by, answered.to) == (True, village.lan, None)
        await uow.moves.settle_in(village.family, ZONE)
        family = await uow.families.family(village.family)
        assert family is not None
        assert family.volunteer is None
