"""The lists on which a volunteer sees caregivers who need her: whom, never why."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, exists, select

from domain.identifiers import FacilityId
from domain.moment import local_day
from domain.people import AddressState
from services.ports.families import CaregiverOnList
from storage.repositories.family_rows import caregiver_of
from storage.statements import Statements
from storage.tables import addresses, care_roles, caregiver_addresses, caregivers, children, families

_IS_SPOKEN_TO = caregivers.c.stopped_at.is_(None) & caregivers.c.ended_at.is_(None)


def has_not_joined() -> ColumnElement[bool]:
    """Enrolled, without an answer yet."""
    return caregivers.c.joined_at.is_(None) & _IS_SPOKEN_TO


def is_unreachable() -> ColumnElement[bool]:
    """Joined, not stopped, and no living link leads to an address that a channel delivers to."""
    links = caregiver_addresses
    living = (links.c.caregiver_id == caregivers.c.id, links.c.revoked_at.is_(None))
    active = (addresses.c.state == AddressState.ACTIVE.value) & addresses.c.unconfirmed_since.is_(None)
    delivers = (addresses.c.id == links.c.address_id, active)
    return caregivers.c.joined_at.is_not(None) & _IS_SPOKEN_TO & ~exists().where(*living, *delivers)


async def list_caregivers(
    statements: Statements, facilities: Collection[FacilityId], condition: ColumnElement[bool]
) -> Sequence[CaregiverOnList]:
    """The caregivers of these facilities' families whom the condition is true of, the longest enrolled first."""
    wanted = families.c.facility_id.in_(facilities) & condition
    expects = exists().where(care_roles.c.caregiver_id == caregivers.c.id, care_roles.c.pregnancy_id.is_not(None))
    awaiting = expects.label("awaiting")
    found = select(caregivers, families.c.enrolled_at, families.c.zone, awaiting).join(families).where(wanted)
    rows = await statements.all(found.order_by(families.c.enrolled_at, caregivers.c.id))
    names = await _child_names(statements, wanted)
    return tuple(
        CaregiverOnList(
            caregiver=caregiver_of(row),
            child_names=names.get(row[caregivers.c.id], ()),
            awaiting=bool(row["awaiting"]),
            enrolled_on=local_day(row[families.c.enrolled_at], row[families.c.zone]),
        )
        for row in rows
    )


async def _child_names(statements: Statements, wanted: ColumnElement[bool]) -> Mapping[int, tuple[str, ...]]:
    named = select(care_roles.c.caregiver_id, children.c.name).join_from(care_roles, children)
    found = named.join(caregivers, caregivers.c.id == care_roles.c.caregiver_id)
    found = found.join(families, families.c.id == caregivers.c.family_id).where(wanted)
    names: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for row in await statements.all(found.order_by(children.c.birth_date, children.c.id)):
        names[row[care_roles.c.caregiver_id]] += (row[children.c.name],)
    return names
