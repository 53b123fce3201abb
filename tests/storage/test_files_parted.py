"""Files that became one: parting them, or joining them, never begins a contact again that somebody had ended."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from domain.duplicates import FamilyTraits, Likeness, likeness
from domain.ends import CaregiverEnd, ChildEnd
from domain.identifiers import CaregiverId, FamilyId
from domain.invite import ActorPlace
from domain.moment import Moment
from domain.pause import Pause, PauseScope
from domain.people import ActorRole
from domain.reader import Role
from domain.sex import Sex
from services.access import Speaker, anew
from services.enrolment.merge_families import (
    Blocked,
    list_merges,
    list_pairs,
    merge_families,
    show_pair,
    undo_merge,
)
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.ports.merges import Undoing
from services.privacy.erase_due import erase_due
from services.programme import Programme
from services.turn import Turn
from storage.engine import Database
from storage.tables import caregivers, merges
from tests.storage.test_merge_rows import BORN, enrol_again
from tests.storage.village import NOW, ZONE, Village, add_caregiver, arrive

LATER = NOW + timedelta(hours=1)
PHONE = "+84912345678"


class NothingApproved:
    """No text is sent here."""

    def is_approved(self, key: str, language: str) -> bool:
        del key, language
        return False


def always_vietnamese(_tag: str | None) -> str:
    return "vi"


def no_phone(_typed: str, _country: str) -> str | None:
    return None


PROGRAMME = Programme((), {}, NothingApproved(), (), (), always_vietnamese, no_phone, b"x" * 32, rehearsal=True)


async def of_staff(uow: UnitOfWork) -> Turn:
    chat = await arrive(uow, "thao")
    if await uow.people.actor_at(chat.id) is None:
        thao = await uow.people.add_actor(ActorPlace("Thảo", ActorRole.STAFF), by=None, at=NOW)
        await uow.people.link_actor(thao, chat.id, NOW)
    return Turn(uow, PROGRAMME, Moment(LATER, LATER), await anew(uow, Speaker(chat, None, ())), "update:1")


async def joined(database: Database, village: Village) -> tuple[FamilyId, CaregiverId]:
    """Lan's two files as one; gives the newer file and its double of her."""
    async with database.begin() as uow:
        family, double, child = await enrol_again(uow, village)
        await uow.families.join_caregiver(double, at=NOW, on=NOW.date())
        await uow.people.link_caregiver(double, village.chat, NOW)
        assert child != village.an
        assert await merge_families(await of_staff(uow), village.family, family)
    return family, double


async def end(uow: UnitOfWork, village: Village, what: str) -> None:
    silent = {
        "died": lambda: uow.lives.end_child(village.an, ChildEnd.DIED, LATER),
        "bereaved": lambda: uow.lives.bereave(village.lan, LATER),
        "stopped": lambda: uow.families.stop_caregiver(village.lan, LATER),
        "paused": lambda: uow.lives.pause(village.lan, Pause(PauseScope.ALL)),
        "removed": lambda: uow.lives.end_caregiver(village.lan, CaregiverEnd.REMOVED, LATER),
    }
    await silent[what]()


@pytest.mark.parametrize("what", ["died", "bereaved", "stopped", "paused", "removed"])
async def test_files_stay_one_when_parting_them_would_end_a_silence(
    database: Database, village: Village, what: str
) -> None:
    _family, double = await joined(database, village)
    async with database.begin() as uow:
        await end(uow, village, what)
        turn = await of_staff(uow)
        (done,) = await list_merges(turn)
        assert await undo_merge(turn, done.merge) is Blocked.QUIETER
        twin = await uow.families.caregiver(double)
        assert twin is not None
        assert twin.ended_as is CaregiverEnd.MERGED


async def test_files_can_be_parted_while_nobody_fell_silent(database: Database, village: Village) -> None:
    await joined(database, village)
    async with database.begin() as uow:
        await uow.lives.bereave(village.lan, NOW - timedelta(days=1))
        await uow.lives.bereave(village.lan, None)
        turn = await of_staff(uow)
        (done,) = await list_merges(turn)
        undone = await undo_merge(turn, done.merge)
        assert isinstance(undone, Undoing)
        assert undone.stayed == 0


async def test_whoever_is_forgotten_is_forgotten_in_the_file_that_went_into_hers(
    database: Database, village: Village
) -> None:
    await joined(database, village)
    async with database.begin() as uow:
        await uow.privacy.ask(village.lan, at=NOW, due_at=LATER, receipt="CR-1")
        turn = await of_staff(uow)
        (done,) = await list_merges(turn)
        assert await undo_merge(turn, done.merge) is Blocked.UNSETTLED
    assert await erase_due(database, PROGRAMME, Moment(LATER, LATER)) == 1
    async with database.transaction() as connection:
        left = [str(row) for table in (caregivers, merges) for row in await connection.execute(select(table))]
    assert [row for row in left if PHONE in row] == []
    async with database.begin() as uow:
        turn = await of_staff(uow)
        assert await list_merges(turn) == ()
        assert await undo_merge(turn, done.merge) is Blocked.QUIETER


async def test_a_removed_father_is_not_let_in_again_by_a_file_that_he_began(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        family, _lan, an = await enrol_again(uow, village)
        father = await uow.families.add_caregiver(family, Role.FATHER, "vi", "+84987654321")
        await uow.families.add_care(father, Role.FATHER, child=an)
        removed = await add_caregiver(uow, village)
        turn = await of_staff(uow)
        assert (await show_pair(turn, village.family, family)).blocked is None
        await uow.lives.end_caregiver(removed, CaregiverEnd.REMOVED, NOW)
        assert (await show_pair(turn, village.family, family)).blocked is Blocked.REMOVED
        assert await merge_families(turn, village.family, family) is None


async def test_only_children_near_one_another_are_compared(
    database: Database, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[date | None, date | None]] = []

    def noted(one: FamilyTraits, other: FamilyTraits) -> Likeness | None:
        compared.append((one.birth_date, other.birth_date))
        return likeness(one, other)

    monkeypatch.setattr("services.enrolment.merge_families.likeness", noted)
    async with database.begin() as uow:
        family, _lan, _an = await enrol_again(uow, village)
        for days in range(2, 12):
            other = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW)
            new = NewChild("Bình", BORN + timedelta(days=days), Sex.MALE)
            await uow.families.add_child(other, village.station, new)
        ((kept, merged),) = await list_pairs(await of_staff(uow))
    assert (kept.family, merged.family) == (village.family, family)
    assert compared
    assert all(one and other and abs((one - other).days) <= 1 for one, other in compared)
