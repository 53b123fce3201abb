"""The choices of a segment as conditions on a caregiver and her family."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, or_, select

from domain.campaigns.segment import Segment
from services.ports.campaigns import Audience
from storage.tables import care_roles, caregivers, child_forecasts, children, facilities, families, pregnancies


def choices(audience: Audience) -> Iterator[ColumnElement[bool]]:
    """What must be true of a caregiver, and of her family, to be meant."""
    segment = audience.segment
    if segment.languages:
        yield caregivers.c.language.in_(sorted(segment.languages))
    if segment.roles:
        yield caregivers.c.role.in_(sorted(segment.roles))
    yield from _of_whom(audience)
    if segment.communes or segment.facilities:
        yield _lives_there(audience)
    if segment.kin_not_joined:
        yield _unjoined_kin()


def _of_whom(audience: Audience) -> Iterator[ColumnElement[bool]]:
    segment = audience.segment
    if segment.expecting and segment.by_age:
        yield or_(_expects(), _cares_for_child(audience))
        return
    if segment.expecting:
        yield _expects()
    if segment.of_children:
        yield _cares_for_child(audience)


def _cares_for_child(audience: Audience, *also: ColumnElement[bool]) -> Exists:
    """Whether a child of hers is one that the segment looks at."""
    first, last = audience.segment.born_between(audience.today)
    living = and_(children.c.ended_at.is_(None), children.c.birth_date.between(first, last))
    hers = and_(care_roles.c.caregiver_id == caregivers.c.id, care_roles.c.child_id == children.c.id)
    overdue: tuple[ColumnElement[bool], ...] = ()
    if audience.segment.overdue:
        is_overdue = child_forecasts.c.overdue_on < audience.today
        overdue = (exists().where(child_forecasts.c.child_id == children.c.id, is_overdue),)
    return select(care_roles.c.id).where(hers, living, *overdue, *also).correlate(caregivers).exists()


def _expects() -> Exists:
    hers = and_(care_roles.c.caregiver_id == caregivers.c.id, care_roles.c.pregnancy_id == pregnancies.c.id)
    return select(care_roles.c.id).where(hers, pregnancies.c.ended_at.is_(None)).correlate(caregivers).exists()


def _lives_there(audience: Audience) -> ColumnElement[bool]:
    """Whether her family's facility, or that of a child that the segment looks at, is one of those chosen."""
    there = families.c.facility_id.in_(_places(audience.segment))
    if not audience.segment.of_children:
        return there
    return or_(there, _cares_for_child(audience, children.c.facility_id.in_(_places(audience.segment))))


def _places(segment: Segment) -> Select[tuple[int]]:
    place = facilities.alias("place")
    found = select(place.c.id)
    if segment.communes:
        found = found.where(place.c.commune_id.in_(sorted(segment.communes)))
    if segment.facilities:
        found = found.where(place.c.id.in_(sorted(segment.facilities)))
    return found


def _unjoined_kin() -> Exists:
    """Whether somebody else of her family stands on the list and never joined."""
    kin = caregivers.alias("kin")
    others = and_(kin.c.family_id == caregivers.c.family_id, kin.c.id != caregivers.c.id)
    return select(kin.c.id).where(others, kin.c.joined_at.is_(None), kin.c.ended_at.is_(None)).exists()
