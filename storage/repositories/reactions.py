"""What families told after a vaccination, in rows."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, RowMapping, Select, or_, select, true, update

from domain.aftercare import Answer, Need, Watch
from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId
from domain.reader import Role
from services.ports.reactions import Reaction, Reported
from storage.statements import Statements
from storage.tables import caregivers, children, communes, facilities, families, provinces, reactions, vaccinations

_WORD = [reactions.c.child_id, reactions.c.caregiver_id, reactions.c.given_on, reactions.c.watch]
_UNSEEN = reactions.c.seen_at.is_(None)
_ALARM = reactions.c.needs == Need.ALARM.value
_MORNING = reactions.c.needs == Need.MORNING.value
_GOES_ON = children.c.ended_at.is_(None) & caregivers.c.ended_at.is_(None)


class ReactionRows:
    """One word of a caregiver for each child, day and watch."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def note(self, words: Collection[Reaction]) -> None:
        """Keep them; the same word again changes nothing, but an alarm that rings anew."""
        for word in words:
            insert = self._statements.insert(reactions).values(_values(word))
            new = {name: insert.excluded[name] for name in ("facility_id", "answer", "needs", "at")}
            changed = insert.on_conflict_do_update(
                index_elements=_WORD,
                set_=new | {"seen_at": None, "seen_by": None},
                where=or_(
                    reactions.c.answer != insert.excluded["answer"],
                    (insert.excluded["needs"] == Need.ALARM.value) & (reactions.c.at != insert.excluded["at"]),
                ),
            )
            await self._statements.run(changed)

    async def of_children(self, children: Collection[ChildId], given_on: date) -> Sequence[Reaction]:
        """All that was told of the doses of a day, by whomever."""
        told = reactions.c.child_id.in_(children) & (reactions.c.given_on == given_on)
        rows = await self._statements.all(select(reactions).where(told).order_by(reactions.c.id))
        return [_reaction(row) for row in rows]

    async def alarmed_since(self, children: Collection[ChildId], since: datetime) -> bool:
        """Whether an alarm was raised about each of them."""
        alarmed = reactions.c.child_id.in_(children) & _ALARM & (reactions.c.at > since)
        found = await self._statements.all(select(reactions.c.child_id).where(alarmed).distinct())
        return bool(children) and {row[reactions.c.child_id] for row in found} == set(children)

    async def children_given(
        self, zone: str, first: date, last: date, *, vaccines: Collection[str] | None = None
    ) -> Sequence[ChildId]:
        """The children of a zone with a dose on these days whose date is known; of these vaccines, if any are named."""
        stands = vaccinations.c.withdrawn_at.is_(None) & vaccinations.c.date_known
        days = (vaccinations.c.given_on >= first) & (vaccinations.c.given_on <= last)
        some = true() if vaccines is None else vaccinations.c.vaccine.in_(vaccines)
        joined = children.join(vaccinations, vaccinations.c.child_id == children.c.id).join(
            families, families.c.id == children.c.family_id
        )
        here = (families.c.zone == zone) & children.c.ended_at.is_(None)
        found = select(children.c.id).select_from(joined).where(stands, days, some, here).distinct()
        return [ChildId(row[children.c.id]) for row in await self._statements.all(found.order_by(children.c.id))]

    async def waiting(self, zone: str, *, alarms_since: datetime) -> Sequence[FacilityId]:
        """The facilities whose nurse has something to read: what was never listed, and alarms nobody has seen."""
        place = facilities.join(communes, communes.c.id == facilities.c.commune_id).join(
            provinces, provinces.c.id == communes.c.province_id
        )
        here = select(facilities.c.id).select_from(place).where(provinces.c.zone == zone)
        wants = _UNSEEN & or_(_MORNING, _ALARM & (reactions.c.at > alarms_since))
        found = _told(reactions.c.facility_id).where(wants, reactions.c.facility_id.in_(here), _GOES_ON).distinct()
        rows = await self._statements.all(found.order_by(reactions.c.facility_id))
        return [FacilityId(row[reactions.c.facility_id]) for row in rows]

    async def unseen(self, facility: FacilityId, *, since: datetime) -> Sequence[Reported]:
        """What nobody has seen, the oldest first; nothing of whom contact ended."""
        columns = (reactions, children.c.name, children.c.birth_date, caregivers.c.role, caregivers.c.phone)
        wants = _UNSEEN & (reactions.c.needs != Need.NOTHING.value) & (reactions.c.at > since)
        found = _told(*columns).where(reactions.c.facility_id == facility, wants, _GOES_ON)
        rows = await self._statements.all(found.order_by(reactions.c.at, reactions.c.id))
        return [_reported(row) for row in rows]

    async def list_all(self, facility: FacilityId, until: datetime) -> int:
        """What was told until then has stood in a digest."""
        listed = update(reactions).where(_until(facility, until), _MORNING)
        return await self._statements.run(listed.values(needs=Need.LISTED.value))

    async def see(
        self, facility: FacilityId, *, until: datetime, by: ActorId, at: datetime, child: ChildId | None = None
    ) -> int:
        """Somebody has read what was told until then, of one child or of all."""
        of_child = true() if child is None else reactions.c.child_id == child
        seen = update(reactions).where(_until(facility, until), _UNSEEN, of_child)
        return await self._statements.run(seen.values(seen_at=at, seen_by=by))


def _told(*columns: object) -> Select[tuple[object, ...]]:
    told = reactions.join(children, children.c.id == reactions.c.child_id).join(
        caregivers, caregivers.c.id == reactions.c.caregiver_id
    )
    return select(*columns).select_from(told)  # type: ignore[call-overload,no-any-return]


def _until(facility: FacilityId, until: datetime) -> ColumnElement[bool]:
    return (reactions.c.facility_id == facility) & (reactions.c.at <= until)


def _values(word: Reaction) -> dict[str, object]:
    return {
        "child_id": word.child,
        "caregiver_id": word.caregiver,
        "facility_id": word.facility,
        "given_on": word.given_on,
        "watch": word.watch.value,
        "answer": word.answer.value,
        "needs": word.need.value,
        "at": word.at,
    }


def _reaction(row: RowMapping) -> Reaction:
    return Reaction(
        child=ChildId(row[reactions.c.child_id]),
        caregiver=CaregiverId(row[reactions.c.caregiver_id]),
        facility=FacilityId(row[reactions.c.facility_id]),
        given_on=row[reactions.c.given_on],
        watch=Watch(row[reactions.c.watch]),
        answer=Answer(row[reactions.c.answer]),
        need=Need(row[reactions.c.needs]),
        at=row[reactions.c.at],
    )


def _reported(row: RowMapping) -> Reported:
    role = Role(row[caregivers.c.role])
    return Reported(_reaction(row), row[children.c.name], row[children.c.birth_date], role, row[caregivers.c.phone])
