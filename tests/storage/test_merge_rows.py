"""Two files become one and two again: nothing is doubled, nothing is said twice, and undoing leaves no trace."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from domain.consent import Consent, ConsentWay, Purpose
from domain.identifiers import CaregiverId, ChildId, FamilyId
from domain.merging import Joined, child, pregnancy
from domain.reader import Role
from domain.sending.outbox import OutboxState
from domain.sex import Sex
from domain.tasks import TaskKind
from services.messages.plan_births import birth_task
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.ports.merges import Occasions
from services.ports.tasks import NewTask
from services.ports.visits import Vaccination, VaccinationSource
from storage.engine import Database
from storage.tables import metadata
from tests.fakes.sending import taken
from tests.storage.village import NOW, ZONE, Village, tip

BORN = date(2026, 10, 1)


async def enrol_again(uow: UnitOfWork, village: Village) -> tuple[FamilyId, CaregiverId, ChildId]:
    """Lan's family a second time, with a caregiver of her own phone."""
    family = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW)
    lan = await uow.families.add_caregiver(family, Role.MOTHER, "vi", "+84912345678")
    an = await uow.families.add_child(family, village.station, NewChild("An", BORN, Sex.FEMALE))
    await uow.families.add_care(lan, Role.MOTHER, child=an)
    return family, lan, an


def dose(of: ChildId, vaccine: str) -> Vaccination:
    return Vaccination(of, vaccine, BORN, VaccinationSource.RECORD)


async def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the register of merges."""
    async with database.transaction() as connection:
        return {
            table.name: [tuple(row) for row in await connection.execute(select(table).order_by(table.c.id))]
            for table in metadata.sorted_tables
            if table.name != "merges" and "id" in table.c
        }


async def merge(database: Database, village: Village, again: tuple[FamilyId, CaregiverId, ChildId]) -> Any:
    family, lan, an = again
    joined = Joined(village.family, family, {child(an): child(village.an)}, {lan: village.lan})
    async with database.begin() as uow:
        moved = list(await uow.merges.join(joined, NOW))
        moved += await uow.merges.keep_occasions([Occasions(village.lan, {f"child:{an}": f"child:{village.an}"})])
        return await uow.merges.keep(joined, moved, by=village.minh, at=NOW)


async def test_doses_move_without_doubling_and_undoing_leaves_no_trace(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        again = await enrol_again(uow, village)
        await uow.visits.record([dose(village.an, "BCG")], at=NOW, actor=village.minh)
        await uow.visits.record([dose(again[2], "BCG"), dose(again[2], "HepB")], at=NOW, actor=village.minh)
        message = f"child:{again[2]}"
        await uow.outbox.plan([tip(village.lan, occasion=f"child:{village.an}"), tip(again[1], occasion=message)], NOW)
        await uow.outbox.plan([tip(again[1], "feeding.cup", occasion=message)], NOW)
    before = await everything(database)

    number = await merge(database, village, again)
    async with database.begin() as uow:
        given = (await uow.visits.vaccinations_of([village.an]))[village.an]
        assert sorted(one.vaccine for one in given) == ["BCG", "HepB"]
        assert [one.id for one in await uow.families.children_of(village.lan)] == [village.an]
        assert [one.id for one in await uow.families.caregivers_of_family(village.family)] == [village.lan]
        assert await uow.merges.is_merged(again[0])
        planned = [one for one in await uow.outbox.timeline(village.lan) if one.state is OutboxState.PLANNED]
        assert sorted((one.message_key, one.occasion) for one in planned) == [
            ("feeding.breast", f"child:{village.an}"),
            ("feeding.cup", f"child:{village.an}"),
        ]

        kept = await uow.merges.merge(number)
        assert kept is not None
        undone = await uow.merges.undo(kept, by=village.minh, at=NOW)
        assert (undone.stayed, await uow.merges.is_merged(again[0])) == (0, False)
    assert await everything(database) == before


async def test_what_was_sent_of_one_child_is_not_sent_again_of_the_other(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        again = await enrol_again(uow, village)
        await uow.outbox.plan([tip(again[1], occasion=f"child:{again[2]}")], NOW)
        (row,) = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=NOW, limit=1)
        await uow.outbox.record_sent(taken(row.id, village.chat), NOW)
        await uow.outbox.plan([tip(village.lan, occasion=f"child:{village.an}")], NOW)

    await merge(database, village, again)
    async with database.begin() as uow:
        assert await uow.outbox.plan([tip(village.lan, occasion=f"child:{village.an}")], NOW) == 0
        assert await uow.outbox.claim(now=NOW, wall=NOW, lease_until=NOW, limit=5) == ()


async def test_a_no_in_either_file_goes_on(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        again = await enrol_again(uow, village)
        for whose, at in ((again[1], NOW), (village.lan, NOW + timedelta(hours=1))):
            await uow.consents.add(_yes(whose, at))
        await uow.consents.withdraw(again[1], Purpose.MESSAGES, NOW + timedelta(hours=2))
        await uow.families.stop_caregiver(again[1], NOW)

    await merge(database, village, again)
    async with database.begin() as uow:
        lan = await uow.families.caregiver(village.lan)
        assert lan is not None
        assert lan.stopped_at == NOW
        assert [one.stands for one in await uow.consents.of(village.lan)] == [False]


def _yes(whose: CaregiverId, at: Any) -> Consent:
    return Consent(whose, Purpose.MESSAGES, True, "2026-11", "vi", ConsentWay.TAP, at)


async def test_what_was_changed_after_a_merge_stays_and_is_told(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        again = await enrol_again(uow, village)
        await uow.visits.record([dose(again[2], "HepB")], at=NOW, actor=village.minh)
    number = await merge(database, village, again)
    third = FamilyId(0)
    async with database.begin() as uow:
        third = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW)
    async with database.transaction() as connection:
        children = metadata.tables["children"]
        await connection.execute(children.update().where(children.c.id == again[2]).values(family_id=third))
    async with database.begin() as uow:
        kept = await uow.merges.merge(number)
        assert kept is not None
        assert (await uow.merges.undo(kept, by=village.minh, at=NOW)).stayed == 1
        moved_back = (await uow.visits.vaccinations_of([again[2]]))[again[2]]
        assert [one.vaccine for one in moved_back] == ["HepB"]


async def test_a_birth_goes_on_for_the_pregnancy_that_it_ended(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        family = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW)
        father = await uow.families.add_caregiver(family, Role.FATHER, "vi", None)
        awaited = await uow.families.add_pregnancy(family, village.station, BORN)
        await uow.families.add_care(father, Role.FATHER, pregnancy=awaited)
        asking = NewTask(TaskKind.ASK_BIRTH, birth_task(awaited), family, BORN, father)
        await uow.tasks.add(asking, at=NOW)
        joined = Joined(village.family, family, {pregnancy(awaited): child(village.an)}, {})
        await uow.merges.join(joined, NOW)
        assert await uow.tasks.open_in([village.family, family], BORN) == ()
        assert [one.id for one in await uow.families.children_of(father)] == [village.an]
        assert await uow.families.pregnancies_of(father) == ()


async def test_only_children_near_the_day_in_the_same_commune_are_compared(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await enrol_again(uow, village)
        other = await uow.area.save_commune("quang-ninh", "Đồng Bến")
        near = await uow.merges.near(village.commune, born_on=[BORN], due_on=[])
        assert len(near) == 2
        assert near[0].traits.phones == frozenset({"+84912345678"})
        assert await uow.merges.near(village.commune, born_on=[BORN + timedelta(days=2)], due_on=[]) == ()
        assert await uow.merges.near(other, born_on=[BORN], due_on=[]) == ()
        assert len(await uow.merges.newest(1)) == 1
