"""Whose tips a day's planning looks at: a few columns of very many rows, read by their place."""

from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, select

from domain.ends import ChildEnd
from domain.identifiers import CaregiverId
from domain.journey import Amount
from domain.reader import Role
from domain.tracks import Track, tracks_of
from services.ports.programme import ChildOfTips, ReaderOfTips, TipCandidate
from storage.repositories.candidates import IS_SPOKEN_TO
from storage.repositories.kept_tracks import read_kept
from storage.statements import Statements
from storage.tables import care_roles, caregivers, children, families

_READER = (
    caregivers.c.id,
    caregivers.c.role,
    caregivers.c.tip_hour,
    caregivers.c.amount,
    caregivers.c.joined_on,
)
_CHILD = (
    children.c.id,
    children.c.birth_date,
    children.c.kept_tracks,
    children.c.tracks,
    children.c.gestation_weeks,
    children.c.ended_as,
)
_ROLES = {role.value: role for role in Role}
_AMOUNTS = {amount.value: amount for amount in Amount}


async def find_born_on(statements: Statements, zone: str, born_on: Collection[date]) -> tuple[TipCandidate, ...]:
    """Caregivers of a zone with their children born on these days."""
    return await _candidates(statements, families.c.zone == zone, children.c.birth_date.in_(born_on))


async def find_again(
    statements: Statements, wanted: Collection[CaregiverId], born_from: date, born_to: date
) -> tuple[TipCandidate, ...]:
    """These caregivers with their children born within these days."""
    of_age = children.c.birth_date.between(born_from, born_to)
    return await _candidates(statements, caregivers.c.id.in_(wanted), of_age)


async def _candidates(statements: Statements, *where: ColumnElement[bool]) -> tuple[TipCandidate, ...]:
    joined = children.join(care_roles, care_roles.c.child_id == children.c.id).join(caregivers)
    joined = joined.join(families, families.c.id == caregivers.c.family_id)
    found = select(*_READER, *_CHILD).select_from(joined).where(IS_SPOKEN_TO, *where)
    rows = await statements.plain(found.order_by(caregivers.c.id, children.c.birth_date, children.c.id))
    return tuple(_of_caregiver(group) for _, group in groupby(rows, key=itemgetter(0)))


def _of_caregiver(rows: Iterator[Any]) -> TipCandidate:
    first = next(rows)
    number, role, hour, amount, joined_on = first[:5]
    reader = ReaderOfTips(number, _ROLES[role], hour, _AMOUNTS[amount], joined_on)
    return TipCandidate(reader, (_child(first), *(_child(row) for row in rows)))


def _child(row: Any) -> ChildOfTips:
    number, birth_date, kept, tracks, weeks, ended_as = row[5:]
    return ChildOfTips(
        number, birth_date, _tracks(kept, tracks, weeks), None if ended_as is None else ChildEnd(ended_as)
    )


@cache
def _tracks(kept: str | None, tracks: str | None, weeks: int | None) -> frozenset[Track]:
    return tracks_of(read_kept(kept, tracks), weeks)
