"""Files that may be one, in rows: what is compared of them, and the register of those that were joined."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, select, update

from domain.duplicates import FamilyTraits
from domain.identifiers import (
    ActorId,
    CaregiverId,
    ChildId,
    CommuneId,
    FacilityId,
    FamilyId,
    MergeId,
    PregnancyId,
)
from domain.merging import Joined
from domain.reader import Role
from domain.sex import Sex
from services.ports.merges import KnownChild, Merge, Moved, Occasions, Undoing
from storage.repositories.merging import join_files, rename_occasions
from storage.repositories.row_moves import RowMover, give_back
from storage.repositories.stale_forecasts import forget_forecasts_where
from storage.statements import Statements
from storage.tables import caregivers, children, erasures, facilities, families, merges, moves, pregnancies


class MergeRows:
    """Nothing is copied and nothing removed: rows change hands, and can change back."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def near(
        self, commune: CommuneId, *, born_on: Collection[date], due_on: Collection[date], with_ended: bool = False
    ) -> Sequence[KnownChild]:
        """Children born, and births expected, on one of these days in a commune."""
        here = facilities.c.commune_id == commune
        return await self._known(
            here & children.c.birth_date.in_(born_on), here & pregnancies.c.due_on.in_(due_on), with_ended=with_ended
        )

    async def newest(self, limit: int) -> Sequence[KnownChild]:
        """The children of the families that were enrolled last."""
        ids = [row[families.c.id] for row in await self._statements.all(_newest(limit))]
        return await self._known(children.c.family_id.in_(ids), pregnancies.c.family_id.in_(ids))

    async def of_family(self, family: FamilyId) -> Sequence[KnownChild]:
        """The children of a family of whom we speak."""
        return await self._known(children.c.family_id == family, pregnancies.c.family_id == family)

    async def first_caregiver(self, family: FamilyId) -> CaregiverId | None:
        """Who was enrolled first and is still spoken to."""
        living = (caregivers.c.family_id == family, caregivers.c.ended_at.is_(None))
        found = await self._statements.value(select(caregivers.c.id).where(*living).order_by(caregivers.c.id).limit(1))
        return CaregiverId(found) if found is not None else None

    async def has_open_wishes(self, families_: Collection[FamilyId]) -> bool:
        """Whether somebody there waits to be forgotten or to move."""
        erased = select(erasures.c.id).join(caregivers).where(caregivers.c.family_id.in_(families_))
        still = (erasures.c.cancelled_at.is_(None), erasures.c.done_at.is_(None))
        moving = select(moves.c.id).where(moves.c.family_id.in_(families_), moves.c.answered_at.is_(None))
        return any([await self._statements.first(one) is not None for one in (erased.where(*still), moving)])

    async def join(self, joined: Joined, at: datetime) -> Sequence[Moved]:
        """Move everything of the merged family to the kept one."""
        mover = RowMover(self._statements)
        await join_files(mover, joined, at)
        await forget_forecasts_where(self._statements, children.c.family_id.in_([joined.kept, joined.merged]))
        return mover.moved

    async def keep_occasions(self, occasions: Sequence[Occasions]) -> Sequence[Moved]:
        """What was said on one occasion counts as said on the other."""
        mover = RowMover(self._statements)
        for one in occasions:
            await rename_occasions(mover, one)
        return mover.moved

    async def keep(self, joined: Joined, moved: Sequence[Moved], *, by: ActorId, at: datetime) -> MergeId:
        """Note what was done, so that it can be undone."""
        values = {
            "kept_family_id": joined.kept,
            "merged_family_id": joined.merged,
            "merged_by": by,
            "merged_at": at,
            "moved": [asdict(one) for one in moved],
        }
        insert = self._statements.insert(merges).values(values).returning(merges.c.id)
        return MergeId(await self._statements.value(insert))

    async def merge(self, merge: MergeId) -> Merge | None:
        """One merge, with everything that was moved."""
        row = await self._statements.first(select(merges).where(merges.c.id == merge))
        return _merge(row) if row else None

    async def latest(self, limit: int) -> Sequence[Merge]:
        """The merges that stand, the newest first."""
        found = select(merges).where(merges.c.undone_at.is_(None)).order_by(merges.c.id.desc()).limit(limit)
        return tuple(_merge(row) for row in await self._statements.all(found))

    async def is_merged(self, family: FamilyId) -> bool:
        """Whether this file went into another one."""
        found = select(merges.c.id).where(merges.c.merged_family_id == family, merges.c.undone_at.is_(None))
        return await self._statements.first(found) is not None

    async def undo(self, merge: Merge, *, by: ActorId, at: datetime) -> Undoing:
        """Give back what was moved and has not changed since."""
        undone = await give_back(self._statements, merge.moved)
        await forget_forecasts_where(self._statements, children.c.family_id.in_([merge.kept, merge.merged]))
        change = update(merges).where(merges.c.id == merge.id, merges.c.undone_at.is_(None))
        await self._statements.run(change.values(undone_by=by, undone_at=at))
        return undone

    async def _known(
        self, which: ColumnElement[bool], awaited: ColumnElement[bool], *, with_ended: bool = False
    ) -> Sequence[KnownChild]:
        if not with_ended:
            which, awaited = which & children.c.ended_at.is_(None), awaited & pregnancies.c.ended_at.is_(None)
        born = await self._statements.all(_with_places(children).where(which).order_by(children.c.id))
        due = await self._statements.all(_with_places(pregnancies).where(awaited).order_by(pregnancies.c.id))
        phones = await self._phones({row[families.c.id] for row in (*born, *due)})
        return (*(_born(row, phones) for row in born), *(_awaited(row, phones) for row in due))

    async def _phones(self, of: Collection[int]) -> Mapping[int, Sequence[tuple[Role, str]]]:
        columns = (caregivers.c.family_id, caregivers.c.role, caregivers.c.phone)
        with_phone = (caregivers.c.family_id.in_(of), caregivers.c.phone.is_not(None), caregivers.c.ended_at.is_(None))
        phones: defaultdict[int, list[tuple[Role, str]]] = defaultdict(list)
        for row in await self._statements.all(select(*columns).where(*with_phone).order_by(caregivers.c.id)):
            phones[row[caregivers.c.family_id]].append((Role(row[caregivers.c.role]), row[caregivers.c.phone]))
        return phones


def _newest(limit: int) -> Select[tuple[int]]:
    return select(families.c.id).order_by(families.c.id.desc()).limit(limit)


def _with_places(table: Any) -> Select[*tuple[object, ...]]:
    found = select(table, families, facilities.c.commune_id).join_from(table, families)
    return found.join(facilities, facilities.c.id == table.c.facility_id)


def _born(row: RowMapping, phones: Mapping[int, Sequence[tuple[Role, str]]]) -> KnownChild:
    traits = FamilyTraits(
        FamilyId(row[families.c.id]),
        CommuneId(row[facilities.c.commune_id]),
        birth_date=row[children.c.birth_date],
        child_name=row[children.c.name],
        sex=Sex(row[children.c.sex]),
        **_phones_of(row, phones),
    )
    return _known_child(row, traits, child=ChildId(row[children.c.id]))


def _awaited(row: RowMapping, phones: Mapping[int, Sequence[tuple[Role, str]]]) -> KnownChild:
    traits = FamilyTraits(
        FamilyId(row[families.c.id]),
        CommuneId(row[facilities.c.commune_id]),
        due_on=row[pregnancies.c.due_on],
        **_phones_of(row, phones),
    )
    return _known_child(row, traits, pregnancy=PregnancyId(row[pregnancies.c.id]))


def _phones_of(row: RowMapping, phones: Mapping[int, Sequence[tuple[Role, str]]]) -> dict[str, Any]:
    known = phones.get(row[families.c.id], ())
    mothers = next((phone for role, phone in known if role is Role.MOTHER), "")
    return {"phones": frozenset(phone for _role, phone in known), "mother_phone": mothers}


def _known_child(
    row: RowMapping, traits: FamilyTraits, *, child: ChildId | None = None, pregnancy: PregnancyId | None = None
) -> KnownChild:
    return KnownChild(
        traits=traits,
        child=child,
        pregnancy=pregnancy,
        facility=FacilityId(row[families.c.facility_id]),
        enrolled_at=row[families.c.enrolled_at],
        zone=row[families.c.zone],
    )


def _merge(row: RowMapping) -> Merge:
    return Merge(
        id=MergeId(row[merges.c.id]),
        kept=FamilyId(row[merges.c.kept_family_id]),
        merged=FamilyId(row[merges.c.merged_family_id]),
        merged_at=row[merges.c.merged_at],
        moved=tuple(Moved(**one) for one in row[merges.c.moved]),
        undone_at=row[merges.c.undone_at],
    )
