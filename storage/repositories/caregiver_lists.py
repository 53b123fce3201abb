"""The lists on which a volunteer sees caregivers who need her: whom, never why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from domain.absence import Beat
from domain.moment import local_day
from domain.people import AddressState
from services.ports.families import CaregiverOnList
from storage.repositories.family_rows import caregiver_of
from storage.statements import Statements
from storage.tables import (
    addresses,
    care_roles,
    caregiver_addresses,
    caregivers,
    children,
    communes,
    facilities,
    families,
    pregnancies,
)

_IS_SPOKEN_TO = caregivers.c.stopped_at.is_(None) & caregivers.c.ended_at.is_(None)


def is_in(beat: Beat) -> ColumnElement[bool]:
    """The family lives where somebody works, and nobody else looks after it."""
    volunteer = func.coalesce(families.c.volunteer_id, 0)
    kept = (
        and_(families.c.facility_id == facility, volunteer.in_(actors))
        for facility, actors in beat.kept.items()
        if actors
    )
    there = families.c.facility_id.in_(beat.facilities)
    others = list(kept)
    return there & ~or_(*others) if others else there


def has_not_joined() -> ColumnElement[bool]:
    """Enrolled, without an answer yet."""
    return caregivers.c.joined_at.is_(None) & _IS_SPOKEN_TO & _has_somebody()


def is_unreachable() -> ColumnElement[bool]:
    """Joined, not stopped, and no living link leads to an address that a channel delivers to."""
    links = caregiver_addresses
    living = (links.c.caregiver_id == caregivers.c.id, links.c.revoked_at.is_(None))
    active = (addresses.c.state == AddressState.ACTIVE.value) & addresses.c.unconfirmed_since.is_(None)
    delivers = (addresses.c.id == links.c.address_id, active)
    joined = caregivers.c.joined_at.is_not(None) & _IS_SPOKEN_TO
    return joined & ~exists().where(*living, *delivers) & _has_somebody()


def _expects() -> ColumnElement[bool]:
    hers = care_roles.c.caregiver_id == caregivers.c.id
    awaited = exists().where(hers, care_roles.c.pregnancy_id == pregnancies.c.id)
    return awaited.where(pregnancies.c.ended_at.is_(None)).correlate(caregivers)


def _has_somebody() -> ColumnElement[bool]:
    """There is a child or a pregnancy of which we speak to her."""
    hers = care_roles.c.caregiver_id == caregivers.c.id
    cared_for = exists().where(hers, care_roles.c.child_id == children.c.id)
    return cared_for.where(children.c.ended_at.is_(None)).correlate(caregivers) | _expects()


async def list_caregivers(statements: Statements, wanted: ColumnElement[bool]) -> Sequence[CaregiverOnList]:
    """The caregivers of whom the condition is true, the longest enrolled first."""
    awaiting, commune = _expects().label("awaiting"), communes.c.name.label("commune")
    found = select(caregivers, families.c.enrolled_at, families.c.zone, commune, awaiting).join(families)
    found = found.join(facilities, facilities.c.id == families.c.facility_id)
    found = found.join(communes, communes.c.id == facilities.c.commune_id).where(wanted)
    rows = await statements.all(found.order_by(families.c.enrolled_at, caregivers.c.id))
    names = await _child_names(statements, wanted)
    return tuple(
        CaregiverOnList(
            caregiver=caregiver_of(row),
            child_names=names.get(row[caregivers.c.id], ()),
            awaiting=bool(row["awaiting"]),
            enrolled_on=local_day(row[families.c.enrolled_at], row[families.c.zone]),
            commune=row["commune"],
        )
        for row in rows
    )


async def _child_names(statements: Statements, wanted: ColumnElement[bool]) -> Mapping[int, tuple[str, ...]]:
    named = select(care_roles.c.caregiver_id, children.c.name).join_from(care_roles, children)
    found = named.join(caregivers, caregivers.c.id == care_roles.c.caregiver_id)
    found = found.join(families, families.c.id == caregivers.c.family_id).where(wanted)
    names: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    found = found.where(children.c.ended_at.is_(None))
    for row in await statements.all(found.order_by(children.c.birth_date, children.c.id)):
        names[row[care_roles.c.caregiver_id]] += (row[children.c.name],)
    return names
