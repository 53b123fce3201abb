"""Families found by a child's name or a telephone number: never outside the facilities of the one who seeks.

Marks and capitals fold alike on both databases because we fold them, over the names of those facilities; a province of
20,000 children takes a fifth of a second.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, exists, or_, select

from domain.ends import CaregiverEnd, ChildEnd
from domain.finding import Sought, likeness_to
from domain.identifiers import FacilityId, FamilyId
from domain.people import Caregiver, Child
from services.ports.families import FamilyFound
from storage.repositories.family_rows import caregiver_of, child_of, pregnancy_of
from storage.statements import Statements
from storage.tables import caregivers, children, families, pregnancies


@dataclass(frozen=True)
class SearchScope:
    """Where is sought, and whether families whose contact ended are found."""

    facilities: Collection[FacilityId]
    with_ended: bool

    def holds(self, table: Table) -> ColumnElement[bool]:
        """Whether a row is looked at. What was merged into another file is found there."""
        living = table.c.ended_at.is_(None)
        if not self.with_ended:
            return living
        return living | table.c.ended_as.not_in([CaregiverEnd.MERGED.value, ChildEnd.MERGED.value])


async def search_families(
    statements: Statements, scope: SearchScope, sought: Sought, limit: int
) -> Sequence[FamilyFound]:
    """At most so many families, the likeliest first."""
    if sought.syllables:
        meant = await _by_name(statements, scope, sought.syllables)
    else:
        meant = await _by_number(statements, scope, sought.number_ends, limit)
    return await _families(statements, scope, dict(list(meant.items())[:limit]))


async def _by_name(
    statements: Statements, scope: SearchScope, sought: tuple[str, ...]
) -> Mapping[FamilyId, frozenset[int]]:
    """The children meant in each family: most whole syllables first, then the youngest."""
    named = select(children.c.family_id, children.c.id, children.c.name, children.c.birth_date)
    here = (families.c.facility_id.in_(scope.facilities), scope.holds(children), children.c.name != "")
    rows = await statements.all(named.join(families, families.c.id == children.c.family_id).where(*here))
    like = [(likeness_to(sought, row[children.c.name]), row) for row in rows]
    hits = sorted(
        ((whole, row[children.c.birth_date], row[children.c.id], row) for whole, row in like if whole is not None),
        key=lambda hit: hit[:3],
        reverse=True,
    )
    meant: defaultdict[FamilyId, frozenset[int]] = defaultdict(frozenset)
    for _whole, _born, child, row in hits:
        meant[FamilyId(row[children.c.family_id])] |= {child}
    return meant


async def _by_number(
    statements: Statements, scope: SearchScope, ends: tuple[str, ...], limit: int
) -> Mapping[FamilyId, frozenset[int]]:
    here = (families.c.facility_id.in_(scope.facilities), scope.holds(caregivers))
    ending = or_(*[caregivers.c.phone.endswith(end) for end in ends])
    spoken_of = [exists().where(t.c.family_id == families.c.id, scope.holds(t)) for t in (children, pregnancies)]
    found = select(families.c.id).join(caregivers, caregivers.c.family_id == families.c.id)
    newest = found.where(*here, ending, or_(*spoken_of)).distinct().order_by(families.c.id.desc()).limit(limit)
    return {FamilyId(row[families.c.id]): frozenset() for row in await statements.all(newest)}


async def _families(
    statements: Statements, scope: SearchScope, meant: Mapping[FamilyId, frozenset[int]]
) -> Sequence[FamilyFound]:
    rows = await statements.all(select(families).where(families.c.id.in_(meant)))
    places = {FamilyId(row[families.c.id]): FacilityId(row[families.c.facility_id]) for row in rows}
    first = await _first_caregivers(statements, meant)
    born = await _children(statements, scope, meant)
    living = (pregnancies.c.family_id.in_(meant), pregnancies.c.ended_at.is_(None))
    awaited = await statements.all(select(pregnancies).where(*living).order_by(pregnancies.c.due_on.desc()))
    due = {one.family: one.due_on for one in map(pregnancy_of, awaited)}
    return tuple(
        FamilyFound(
            family=family,
            facility=places[family],
            role=first[family].role if family in first else None,
            children=born.get(family, ()),
            due_on=due.get(family),
        )
        for family in meant
    )


async def _first_caregivers(statements: Statements, of: Collection[FamilyId]) -> Mapping[FamilyId, Caregiver]:
    living = (caregivers.c.family_id.in_(of), caregivers.c.ended_at.is_(None))
    rows = await statements.all(select(caregivers).where(*living).order_by(caregivers.c.id.desc()))
    return {one.family: one for one in map(caregiver_of, rows)}


async def _children(
    statements: Statements, scope: SearchScope, meant: Mapping[FamilyId, frozenset[int]]
) -> Mapping[FamilyId, tuple[Child, ...]]:
    """Those who were meant first, then the youngest; where contact has ended, those of whom it spoke."""
    rows = await statements.all(select(children).where(children.c.family_id.in_(meant), scope.holds(children)))
    found: defaultdict[FamilyId, list[Child]] = defaultdict(list)
    for one in map(child_of, rows):
        if one.ended_as is None or one.id in meant[one.family]:
            found[one.family].append(one)
    ended = [one for one in map(child_of, rows) if one.family not in found]
    for one in ended:
        found[one.family].append(one)
    return {
        family: tuple(sorted(some, key=lambda one: (one.id not in meant[family], -one.birth_date.toordinal(), one.id)))
        for family, some in found.items()
    }
