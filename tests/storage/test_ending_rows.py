"""About whom contact has ended, in rows: one list, begun again by a person; and who at a station calls families."""

from datetime import date, timedelta

from domain.ends import CaregiverEnd, ChildEnd, PregnancyEnd
from domain.invite import ActorPlace
from domain.loss import LossOf, Subject
from domain.people import ActorRole
from domain.reader import Role
from domain.sending.outbox import Lane, Reason
from domain.tracks import Track
from storage.engine import Database
from tests.storage.village import NOW, Village, add_caregiver, add_station, tip

AN = Subject(LossOf.CHILD, 1)


async def test_everything_that_ended_stands_in_one_list_the_newest_first(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        mother = await add_caregiver(uow, village, Role.MOTHER)
        awaited = await uow.families.add_pregnancy(village.family, village.station, date(2027, 3, 1))
        await uow.lives.end_child(village.an, ChildEnd.GRADUATED, NOW)
        await uow.lives.end_pregnancy(awaited, PregnancyEnd.LOST, NOW + timedelta(days=1))
        await uow.lives.end_caregiver(mother, CaregiverEnd.DIED, NOW + timedelta(days=2))
        found = await uow.endings.ended_in([village.station], skip=0, limit=10)
        assert [(str(one.subject), one.since, one.name) for one in found] == [
            (f"mother:{mother}", date(2026, 11, 22), ""),
            (f"pregnancy:{awaited}", date(2026, 11, 21), ""),
            ("child:1", date(2026, 11, 20), "An"),
        ]
        assert {(one.family, one.facility) for one in found} == {(village.family, village.station)}
        assert [str(one.subject) for one in await uow.endings.ended_in([village.station], skip=2, limit=10)] == [
            "child:1"
        ]
        other = await add_station(uow, village.commune, "Trạm Y tế khác")
        assert await uow.endings.ended_in([other], skip=0, limit=10) == ()


async def test_births_merges_removals_and_erasures_are_no_part_of_it(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        awaited = await uow.families.add_pregnancy(village.family, village.station, date(2027, 3, 1))
        await uow.lives.end_pregnancy(awaited, PregnancyEnd.BORN, NOW)
        await uow.lives.end_child(village.an, ChildEnd.MERGED, NOW)
        for end in (CaregiverEnd.REMOVED, CaregiverEnd.ERASED):
            await uow.lives.end_caregiver(await add_caregiver(uow, village), end, NOW)
        assert await uow.endings.ended_in([village.station], skip=0, limit=10) == ()
        assert await uow.endings.ended(AN) is None
        assert not await uow.endings.has_loss(village.lan)


async def test_a_loss_is_hers_until_it_is_taken_back(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.lives.end_child(village.an, ChildEnd.DIED, NOW)
        father = await add_caregiver(uow, village)
        assert await uow.endings.has_loss(village.lan)
        assert not await uow.endings.has_loss(father)
        assert await uow.endings.ended(AN) is not None
        await uow.lives.end_child(village.an, None, NOW)
        assert not await uow.endings.has_loss(village.lan)
        await uow.lives.end_caregiver(village.lan, CaregiverEnd.DIED, NOW)
        assert await uow.endings.has_loss(father)


async def test_the_chats_of_a_mother_who_died_are_remembered(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.people.unlink_caregiver(village.lan, NOW, as_=CaregiverEnd.DIED)
        assert await uow.endings.chats_of_dead(village.lan) == (village.chat,)
        assert await uow.endings.chats_of_dead(await add_caregiver(uow, village)) == ()


async def test_a_track_is_kept_and_left(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.lives.keep_track(village.an, Track.REPLACEMENT_FEEDING)
        await uow.lives.keep_track(village.an, Track.REPLACEMENT_FEEDING)
        assert [one.kept_tracks for one in await uow.lives.children_in(village.family)] == [
            frozenset({Track.REPLACEMENT_FEEDING})
        ]
        await uow.lives.leave_track(village.an, Track.REPLACEMENT_FEEDING)
        await uow.lives.leave_track(village.an, Track.PRETERM)
        assert [one.kept_tracks for one in await uow.lives.children_in(village.family)] == [frozenset()]


async def test_only_what_is_still_to_come_is_opened_again(database: Database, village: Village) -> None:
    past, coming = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    async with database.begin() as uow:
        await uow.outbox.plan(
            [
                tip(village.lan, "past.tip", send_from=past),
                tip(village.lan, "coming.tip", send_from=coming),
                tip(village.lan, "coming.visit", lane=Lane.VISIT, send_from=coming),
            ],
            NOW,
        )
        await uow.outbox.close_about(village.lan, [village.an], Reason.CONTACT_ENDED)
        assert await uow.outbox.reopen(village.lan, NOW) == 0
        assert await uow.outbox.reopen_ended(village.lan, NOW) == 2
        rows = {row.message_key: row.state for row in await uow.outbox.timeline(village.lan)}
    assert rows == {"past.tip": "closed", "coming.tip": "planned", "coming.visit": "planned"}


async def test_the_station_has_somebody_who_calls(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        contacts = uow.contacts
        assert await contacts.named_at(village.station) is None
        hoa = await uow.people.add_actor(
            ActorPlace("Hoa", ActorRole.HEALTH_WORKER, facility=village.station), by=None, at=NOW
        )
        staff = await uow.people.add_actor(ActorPlace("Thu", ActorRole.STAFF), by=None, at=NOW)
        assert [one.name for one in await contacts.workers_at(village.station)] == ["Hoa", "Minh"]
        await contacts.name(village.station, hoa)
        named = await contacts.named_at(village.station)
        assert named is not None
        assert named.name == "Hoa"
        assert await contacts.colleague(staff) is not None
        await add_station(uow, village.commune, "Trạm Y tế Minh Châu")
        assert await contacts.named_at(village.station) == named
