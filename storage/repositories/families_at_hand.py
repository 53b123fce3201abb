"""Many families at once, in a statement each: who belongs to them, who is awaited, who told of doses."""

from collections.abc import Collection, Mapping
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, RowMapping, exists, select

from domain.identifiers import ChildId, FacilityId, FamilyId
from domain.people import Caregiver, Child, Pregnancy
from services.ports.families import Household, Member
from services.ports.visits import VaccinationSource
from storage.repositories.family_rows import caregiver_of, child_of, family_of, pregnancy_of
from storage.repositories.people import address_of
from storage.statements import Statements
from storage.tables import (
    addresses,
    care_roles,
    caregiver_addresses,
    caregivers,
    children,
    families,
    pregnancies,
    vaccinations,
)


async def find_households(statements: Statements, wanted: Collection[FamilyId]) -> Mapping[FamilyId, Household]:
    """Each family with its caregivers, and each of them with her chats; nobody whose contact ended."""
    if not wanted:
        return {}
    links = caregiver_addresses
    going_on = (caregivers.c.family_id == families.c.id) & caregivers.c.ended_at.is_(None)
    living = (links.c.caregiver_id == caregivers.c.id) & links.c.revoked_at.is_(None)
    joined = families.outerjoin(caregivers, going_on).outerjoin(links, living)
    joined = joined.outerjoin(addresses, addresses.c.id == links.c.address_id)
    found = select(families, caregivers, addresses).select_from(joined).where(families.c.id.in_(wanted))
    last_first = (addresses.c.last_inbound_at.desc().nulls_last(), addresses.c.id.desc())
    rows = await statements.all(found.order_by(families.c.id, caregivers.c.id, *last_first))
    return {
        FamilyId(number): _household(list(group)) for number, group in groupby(rows, key=lambda row: row[families.c.id])
    }


def _household(rows: list[RowMapping]) -> Household:
    hers = groupby((row for row in rows if row[caregivers.c.id] is not None), key=lambda row: row[caregivers.c.id])
    return Household(family_of(rows[0]), tuple(_member(list(group)) for _number, group in hers))


def _member(rows: list[RowMapping]) -> Member:
    return Member(caregiver_of(rows[0]), tuple(address_of(row) for row in rows if row[addresses.c.id] is not None))


async def find_caregivers(
    statements: Statements, wanted: Collection[ChildId]
) -> Mapping[ChildId, tuple[Caregiver, ...]]:
    """For each child who cares for it, in the order of enrolment; nobody whose contact ended."""
    found: dict[ChildId, tuple[Caregiver, ...]] = dict.fromkeys(wanted, ())
    if wanted:
        hers = select(care_roles.c.child_id, caregivers).join_from(care_roles, caregivers)
        living = hers.where(statements.among(care_roles.c.child_id, wanted), caregivers.c.ended_at.is_(None))
        # Ordered here: for an order by caregivers SQLite would go through all of them, and through `wanted` for each.
        for row in sorted(await statements.all(living), key=lambda row: row[caregivers.c.id]):
            found[ChildId(row[care_roles.c.child_id])] += (caregiver_of(row),)
    return found


async def find_children(statements: Statements, wanted: Collection[ChildId]) -> tuple[Child, ...]:
    """Children by number."""
    return await _children(statements, children.c.id.in_(wanted), children.c.id) if wanted else ()


async def find_told_of(
    statements: Statements, facilities: Collection[FacilityId], born_after: date
) -> tuple[Child, ...]:
    """Children of whom a family told that they were given something, and contact goes on."""
    told = exists().where(
        vaccinations.c.child_id == children.c.id,
        vaccinations.c.source == VaccinationSource.REPORTED.value,
        vaccinations.c.withdrawn_at.is_(None),
    )
    living = children.c.ended_at.is_(None) & (children.c.birth_date > born_after)
    here = children.c.facility_id.in_(facilities) & living
    return await _children(statements, here & told, children.c.name, children.c.id)


async def _children(
    statements: Statements, wanted: ColumnElement[bool], *order: ColumnElement[object]
) -> tuple[Child, ...]:
    return tuple(child_of(row) for row in await statements.all(select(children).where(wanted).order_by(*order)))


async def find_awaited(statements: Statements, facilities: Collection[FacilityId]) -> tuple[Pregnancy, ...]:
    """Pregnancies that have not ended, the next birth first."""
    here = pregnancies.c.facility_id.in_(facilities) & pregnancies.c.ended_at.is_(None)
    found = select(pregnancies).where(here).order_by(pregnancies.c.due_on, pregnancies.c.id)
    return tuple(pregnancy_of(row) for row in await statements.all(found))
