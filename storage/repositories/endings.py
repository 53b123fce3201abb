"""About whom contact has ended, in rows: children, pregnancies and mothers in one list."""

from collections.abc import Collection, Sequence

from sqlalchemy import RowMapping, Select, Subquery, literal, select, union_all

from domain.ends import CaregiverEnd, ChildEnd, PregnancyEnd
from domain.identifiers import AddressId, CaregiverId, FacilityId, FamilyId
from domain.loss import LossOf, Subject
from domain.moment import local_day
from services.ports.endings import Ended
from storage.statements import Statements
from storage.tables import care_roles, caregiver_addresses, caregivers, children, families, pregnancies

_CHILD_ENDS = (ChildEnd.DIED, ChildEnd.GRADUATED, ChildEnd.MOVED)


class EndingRows:
    """What can be begun again by a person."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def ended_in(self, facilities: Collection[FacilityId], *, skip: int, limit: int) -> Sequence[Ended]:
        """In the families of these facilities, the newest first."""
        ends = _ends()
        here = _with_family(ends).where(families.c.facility_id.in_(facilities))
        newest = here.order_by(ends.c.since.desc(), ends.c.kind, ends.c.number).offset(skip).limit(limit)
        return tuple(_ended(row) for row in await self._statements.all(newest))

    async def ended(self, subject: Subject) -> Ended | None:
        """One of them; None when contact goes on."""
        ends = _ends()
        one = _with_family(ends).where(ends.c.kind == subject.kind.value, ends.c.number == subject.number)
        row = await self._statements.first(one)
        return _ended(row) if row else None

    async def has_loss(self, caregiver: CaregiverId) -> bool:
        """Whether a child or a pregnancy of hers is lost, or the mother of her family."""
        hers = care_roles.c.caregiver_id == caregiver
        family = select(caregivers.c.family_id).where(caregivers.c.id == caregiver).scalar_subquery()
        lost = union_all(
            select(children.c.id).join(care_roles).where(hers, children.c.ended_as == ChildEnd.DIED.value),
            select(pregnancies.c.id).join(care_roles).where(hers, pregnancies.c.ended_as == PregnancyEnd.LOST.value),
            select(caregivers.c.id).where(
                caregivers.c.family_id == family, caregivers.c.ended_as == CaregiverEnd.DIED.value
            ),
        ).subquery()
        return await self._statements.first(select(lost).limit(1)) is not None

    async def has_lost(self, family: FamilyId) -> bool:
        """Whether a family has lost a child, a pregnancy or its mother."""
        ends = ((children, ChildEnd.DIED), (pregnancies, PregnancyEnd.LOST), (caregivers, CaregiverEnd.DIED))
        lost = union_all(
            *(select(one.c.id).where(one.c.family_id == family, one.c.ended_as == end.value) for one, end in ends)
        ).subquery()
        return await self._statements.first(select(lost).limit(1)) is not None

    async def chats_of_dead(self, caregiver: CaregiverId) -> Sequence[AddressId]:
        """The chats whose link ended with her."""
        links = caregiver_addresses
        hers = (links.c.caregiver_id == caregiver, links.c.revoked_as == CaregiverEnd.DIED.value)
        rows = await self._statements.all(select(links.c.address_id).where(*hers).distinct())
        return tuple(AddressId(row[links.c.address_id]) for row in rows)


def _ends() -> Subquery:
    of_children = select(
        literal(LossOf.CHILD.value).label("kind"),
        children.c.id.label("number"),
        children.c.family_id.label("family"),
        children.c.ended_at.label("since"),
        children.c.name.label("name"),
    ).where(children.c.ended_as.in_([end.value for end in _CHILD_ENDS]))
    of_pregnancies = select(
        literal(LossOf.PREGNANCY.value), pregnancies.c.id, pregnancies.c.family_id, pregnancies.c.ended_at, literal("")
    ).where(pregnancies.c.ended_as.in_([PregnancyEnd.LOST.value, PregnancyEnd.MOVED.value]))
    of_mothers = select(
        literal(LossOf.MOTHER.value), caregivers.c.id, caregivers.c.family_id, caregivers.c.ended_at, literal("")
    ).where(caregivers.c.ended_as == CaregiverEnd.DIED.value)
    return union_all(of_children, of_pregnancies, of_mothers).subquery("ends")


def _with_family(ends: Subquery) -> Select[*tuple[object, ...]]:
    return select(ends, families.c.facility_id, families.c.zone).join_from(
        ends, families, families.c.id == ends.c.family
    )


def _ended(row: RowMapping) -> Ended:
    return Ended(
        subject=Subject(LossOf(row["kind"]), row["number"]),
        family=FamilyId(row["family"]),
        facility=FacilityId(row[families.c.facility_id]),
        since=local_day(row["since"], row[families.c.zone]),
        name=row["name"],
    )
