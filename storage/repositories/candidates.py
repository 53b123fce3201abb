"""Whom a day's planning looks at, found by indexes on dates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Column, ColumnElement, RowMapping, false, func, or_, select, union

from domain.identifiers import CaregiverId, ChildId, FacilityId
from services.ports.programme import Awaiting, Candidate, Days
from storage.repositories.family_rows import caregiver_of, child_of, pregnancy_of
from storage.statements import Statements
from storage.tables import care_roles, caregivers, child_forecasts, children, families, pregnancies

IS_SPOKEN_TO = caregivers.c.joined_at.is_not(None) & caregivers.c.stopped_at.is_(None) & caregivers.c.ended_at.is_(None)
AT_ONCE = 5_000
"""How many numbers one statement names: fewer than SQLite takes, and PostgreSQL."""


async def count_births(statements: Statements, born_on: Collection[date]) -> Mapping[date, int]:
    """How many children were born on each of these days; days without one are left out."""
    if not born_on:
        return {}
    day, count = children.c.birth_date, func.count().label("births")
    found = select(day, count).where(day.in_(born_on)).group_by(day).order_by(day)
    return {row[day]: int(row[count]) for row in await statements.all(found)}


async def count_families(statements: Statements, born: Collection[Days], due: Collection[Days]) -> int:
    """How many families have a child born, or a pregnancy due, within some of these days; contact goes on."""
    with_child = select(children.c.family_id).where(_within(children.c.birth_date, born), children.c.ended_at.is_(None))
    awaiting = select(pregnancies.c.family_id).where(
        _within(pregnancies.c.due_on, due), pregnancies.c.ended_at.is_(None)
    )
    return int(await statements.value(select(func.count()).select_from(union(with_child, awaiting).subquery())))


def _within(column: Column[Any], days: Collection[Days]) -> ColumnElement[bool]:
    return or_(false(), *(column.between(one.first, one.last) for one in days))


async def count_due(statements: Statements, due_on: Collection[date]) -> Mapping[date, int]:
    """How many pregnancies that have not ended are due on each of these days; days without one are left out."""
    if not due_on:
        return {}
    day, count = pregnancies.c.due_on, func.count().label("awaited")
    found = select(day, count).where(day.in_(due_on), pregnancies.c.ended_at.is_(None)).group_by(day).order_by(day)
    return {row[day]: int(row[count]) for row in await statements.all(found)}


async def find_caregivers_of_due(
    statements: Statements,
    wanted: Collection[ChildId],
    facilities: Collection[FacilityId],
    *,
    born_after: date,
    by: date,
) -> tuple[Candidate, ...]:
    """Caregivers with those of these children to whom something may be due by a day, while they go to these facilities.

    The children are named: at the facilities there are hundreds to whom nothing is due for each to whom something is.
    """
    here = statements.among(children.c.facility_id, facilities) & children.c.ended_at.is_(None)
    due = statements.among(children.c.id, wanted) & (child_forecasts.c.due_on <= by)
    joined = children.join(care_roles, care_roles.c.child_id == children.c.id).join(caregivers)
    joined = joined.join(child_forecasts, child_forecasts.c.child_id == children.c.id)
    found = (
        select(caregivers, children)
        .select_from(joined)
        .where(IS_SPOKEN_TO, here, due, children.c.birth_date > born_after)
    )
    rows = await statements.all(found.order_by(caregivers.c.id, children.c.birth_date, children.c.id))
    by_caregiver = groupby(rows, key=lambda row: row[caregivers.c.id])
    return tuple(_candidate(list(group)) for _, group in by_caregiver)


def _candidate(rows: Sequence[RowMapping]) -> Candidate:
    return Candidate(caregiver_of(rows[0]), tuple(child_of(row) for row in rows))


async def find_awaiting(
    statements: Statements, which: ColumnElement[bool], *whose: ColumnElement[bool]
) -> tuple[Awaiting, ...]:
    """Caregivers with a pregnancy that has not ended.

    The pregnancies are sought first: otherwise a database may begin with everybody who cares for anybody.
    """
    number = pregnancies.c.id
    rows = await statements.all(select(number).where(which, pregnancies.c.ended_at.is_(None)).order_by(number))
    found: list[Awaiting] = []
    for first in range(0, len(rows), AT_ONCE):
        found += await _awaiting(statements, [row[number] for row in rows[first : first + AT_ONCE]], *whose)
    return tuple(sorted(found, key=lambda one: (one.caregiver.id, one.pregnancy.id)))


async def find_awaited_by(statements: Statements, wanted: Collection[CaregiverId]) -> tuple[Awaiting, ...]:
    """These caregivers, each with every pregnancy of hers that has not ended."""
    number = care_roles.c.pregnancy_id
    hers = select(number).where(care_roles.c.caregiver_id.in_(wanted), number.is_not(None)).distinct()
    theirs = [row[number] for row in await statements.all(hers)]
    if not theirs:
        return ()
    return await find_awaiting(statements, pregnancies.c.id.in_(theirs), caregivers.c.id.in_(wanted))


async def _awaiting(statements: Statements, wanted: Collection[int], *whose: ColumnElement[bool]) -> list[Awaiting]:
    joined = care_roles.join(caregivers).join(families, families.c.id == caregivers.c.family_id)
    joined = joined.join(pregnancies, pregnancies.c.id == care_roles.c.pregnancy_id)
    found = select(caregivers, pregnancies).select_from(joined).where(care_roles.c.pregnancy_id.in_(wanted))
    rows = await statements.all(found.where(IS_SPOKEN_TO, *whose))
    return [Awaiting(caregiver_of(row), pregnancy_of(row)) for row in rows]
