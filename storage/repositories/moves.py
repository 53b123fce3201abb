"""Families that change hands: to another volunteer, to another facility, to another province, in rows."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import RowMapping, delete, func, select, update

from domain.forms.enrolment import ENROLMENT
from domain.forms.joining import JOINING
from domain.identifiers import ActorId, AddressId, CaregiverId, FacilityId, FamilyId, MoveId
from services.ports.moves import Move
from storage.statements import Statements
from storage.tables import actor_addresses, drafts, families, moves, tasks

ASIDE = f"left:{ENROLMENT.name}"
"""A form that no chat knows: nobody goes on with it until it is handed over."""
_OPEN = tasks.c.closed_at.is_(None)


class MoveRows:
    """Hand-overs, and the consent to a move."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def give_family(self, family: FamilyId, to: ActorId | None) -> None:
        """She looks after this family from now on; None: nobody yet."""
        await self._statements.run(update(families).where(families.c.id == family).values(volunteer_id=to))

    async def give_families(self, of: ActorId, to: ActorId, facilities: Collection[FacilityId]) -> int:
        """The same for all families of these facilities that somebody looked after; how many they are."""
        there = (families.c.volunteer_id == of, families.c.facility_id.in_(facilities))
        return await self._statements.run(update(families).where(*there).values(volunteer_id=to))

    async def give_tasks(self, of: ActorId, to: ActorId, facilities: Collection[FacilityId]) -> int:
        """What somebody was asked to do by name in families of these facilities is asked of another one."""
        there = select(families.c.id).where(families.c.facility_id.in_(facilities))
        hers = (tasks.c.actor_id == of, tasks.c.family_id.in_(there))
        return await self._statements.run(update(tasks).where(*hers, _OPEN).values(actor_id=to))

    async def release_tasks(self, family: FamilyId) -> None:
        """The open tasks of a family are nobody's by name any more."""
        await self._statements.run(update(tasks).where(tasks.c.family_id == family, _OPEN).values(actor_id=None))

    async def set_drafts_aside(self, chat: AddressId) -> None:
        """Who left cannot go on with what she began: her enrolment waits for another, the rest is forgotten."""
        here = drafts.c.address_id == chat
        kept = drafts.c.form.in_([ENROLMENT.name, JOINING.name])
        await self._statements.run(delete(drafts).where(here, ~kept))
        enrolment = update(drafts).where(here, drafts.c.form == ENROLMENT.name)
        await self._statements.run(enrolment.values(form=ASIDE))

    async def give_draft(self, chat: AddressId, to: AddressId) -> bool:
        """The enrolment that was set aside goes to another chat, unless one lies there already."""
        lies_there = select(drafts.c.id).where(drafts.c.address_id == to, drafts.c.form == ENROLMENT.name)
        if await self._statements.first(lies_there) is not None:
            return False
        aside = update(drafts).where(drafts.c.address_id == chat, drafts.c.form == ASIDE)
        return bool(await self._statements.run(aside.values(address_id=to, form=ENROLMENT.name)))

    async def drafts_aside(self, actor: ActorId) -> int:
        """How many enrolments of one who left wait for another."""
        hers = select(actor_addresses.c.address_id).where(actor_addresses.c.actor_id == actor)
        aside = (drafts.c.address_id.in_(hers), drafts.c.form == ASIDE)
        return int(await self._statements.value(select(func.count()).select_from(drafts).where(*aside)))

    async def ask(
        self, family: FamilyId, origin: FacilityId, to: FacilityId | None, *, by: ActorId, at: datetime
    ) -> MoveId:
        """A new question to a family; it takes the place of one that is open."""
        unanswered = (moves.c.family_id == family, moves.c.answered_at.is_(None))
        await self._statements.run(update(moves).where(*unanswered).values(answered_at=at, agreed=False))
        values = {"family_id": family, "from_facility_id": origin, "to_facility_id": to, "asked_by": by, "asked_at": at}
        insert = self._statements.insert(moves).values(values).returning(moves.c.id)
        return MoveId(await self._statements.value(insert))

    async def move(self, move: MoveId) -> Move | None:
        """The question, or None."""
        row = await self._statements.first(select(moves).where(moves.c.id == move))
        return _move(row) if row else None

    async def waiting(self, family: FamilyId) -> Move | None:
        """The question that the family has not answered yet."""
        unanswered = select(moves).where(moves.c.family_id == family, moves.c.answered_at.is_(None))
        row = await self._statements.first(unanswered.order_by(moves.c.id.desc()))
        return _move(row) if row else None

    async def answer(self, move: MoveId, *, agreed: bool, by: CaregiverId | None, at: datetime) -> bool:
        """Keep the answer; False when there is one already."""
        unanswered = (moves.c.id == move, moves.c.answered_at.is_(None))
        values = {"answered_at": at, "answered_by": by, "agreed": agreed}
        return bool(await self._statements.run(update(moves).where(*unanswered).values(values)))

    async def settle_in(self, family: FamilyId, zone: str) -> None:
        """The family lives in this zone now, and nobody there looks after it yet."""
        change = update(families).where(families.c.id == family)
        await self._statements.run(change.values(zone=zone, volunteer_id=None))


def _move(row: RowMapping) -> Move:
    to, asked_by, answered_by = row[moves.c.to_facility_id], row[moves.c.asked_by], row[moves.c.answered_by]
    return Move(
        id=MoveId(row[moves.c.id]),
        family=FamilyId(row[moves.c.family_id]),
        origin=FacilityId(row[moves.c.from_facility_id]),
        to=FacilityId(to) if to is not None else None,
        asked_by=ActorId(asked_by) if asked_by is not None else None,
        asked_at=row[moves.c.asked_at],
        agreed=row[moves.c.agreed],
        answered_by=CaregiverId(answered_by) if answered_by is not None else None,
    )
