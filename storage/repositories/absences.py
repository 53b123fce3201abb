"""Who works for the programme, who is away and who has left, in rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, RowMapping, ScalarSelect, exists, func, or_, select, update

from domain.absence import SILENT_AFTER, Absence, Duty, presence_of
from domain.identifiers import ActorId, AddressId, CommuneId, FacilityId
from domain.people import Actor, ActorRole
from services.ports.absences import Staffer
from storage.repositories.moves import ASIDE
from storage.statements import Statements
from storage.tables import absences, actor_addresses, actor_places, actors, addresses, drafts, families, invites, tasks

LEAVING = 5_301_007
"""The advisory lock under which somebody is revoked: otherwise two members of staff could revoke each other."""
_WORKS = actors.c.revoked_at.is_(None)


class AbsenceRows:
    """An absence ends by itself on its day; who has left is never given as a volunteer."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def duties(self, communes: Collection[CommuneId], *, now: datetime, today: date) -> Sequence[Duty]:
        """The volunteers of these communes, and who of them is here."""
        there = select(actor_places.c.actor_id).where(actor_places.c.commune_id.in_(communes))
        volunteers = (actors.c.id.in_(there), _WORKS, actors.c.role == ActorRole.VOLUNTEER.value)
        found = select(actors.c.id, actors.c.name, _last_seen().label("last_seen_at")).where(*volunteers)
        rows = await self._statements.all(found.order_by(actors.c.name, actors.c.id))
        ids = [row[actors.c.id] for row in rows]
        places, away = await self._places(ids), await self._absences(ids, today)
        return tuple(_duty(row, places[row[actors.c.id]], away.get(row[actors.c.id]), now, today) for row in rows)

    async def _places(self, ids: Collection[int]) -> Mapping[int, Sequence[RowMapping]]:
        places: dict[int, list[RowMapping]] = {number: [] for number in ids}
        of_actors = select(actor_places).where(actor_places.c.actor_id.in_(ids)).order_by(actor_places.c.id)
        for row in await self._statements.all(of_actors):
            places[row[actor_places.c.actor_id]].append(row)
        return places

    async def _absences(self, ids: Collection[int], today: date) -> Mapping[int, RowMapping]:
        """The newest one of each that has begun and is not long over."""
        recent = (absences.c.from_on <= today, absences.c.until_on > today - SILENT_AFTER)
        found = select(absences).where(absences.c.actor_id.in_(ids), absences.c.ended_at.is_(None), *recent)
        return {row[absences.c.actor_id]: row for row in await self._statements.all(found.order_by(absences.c.id))}

    async def current(self, actor: ActorId, today: date) -> Absence | None:
        """Her absence of today."""
        row = (await self._absences([actor], today)).get(actor)
        return _absence(row) if row is not None and row[absences.c.until_on] > today else None

    async def note(self, absence: Absence, *, from_on: date, at: datetime) -> None:
        """She is away; what she said before no longer counts."""
        await self.end(absence.actor, at)
        values = {"actor_id": absence.actor, "stand_in_id": absence.stand_in, "noted_at": at}
        days = {"from_on": from_on, "until_on": absence.back_on}
        await self._statements.run(self._statements.insert(absences).values(values | days))

    async def end(self, actor: ActorId, at: datetime) -> int:
        """She is back."""
        hers = (absences.c.actor_id == actor, absences.c.ended_at.is_(None))
        return await self._statements.run(update(absences).where(*hers).values(ended_at=at))

    async def everybody(self) -> Sequence[Staffer]:
        """All who work here, by role and name, and those who left while families or tasks of theirs still wait."""
        return await self._staffers(or_(_WORKS, _holds_families(), _holds_tasks(), _left_a_draft()))

    async def staffer(self, actor: ActorId) -> Staffer | None:
        """One of them, also one who has left."""
        return next(iter(await self._staffers(actors.c.id == actor)), None)

    async def _staffers(self, which: ColumnElement[bool]) -> Sequence[Staffer]:
        held = (_last_seen().label("last_seen_at"), _families().label("families"), _tasks().label("tasks"))
        rows = await self._statements.all(
            select(actors, *held).where(which).order_by(actors.c.role.desc(), actors.c.name, actors.c.id)
        )
        places = await self._places([row[actors.c.id] for row in rows])
        return tuple(
            Staffer(
                _actor(row, places[row[actors.c.id]]),
                row["last_seen_at"],
                row[actors.c.revoked_at],
                int(row["families"]),
                int(row["tasks"]),
            )
            for row in rows
        )

    async def revoke(self, actor: ActorId, *, by: ActorId, at: datetime) -> bool:
        """She has left: her chats know her no longer, her open invites of colleagues are withdrawn."""
        await self._statements.hold(LEAVING)
        revoking = actors.alias("revoking")
        still_works = exists().where(revoking.c.id == by, revoking.c.revoked_at.is_(None))
        change = update(actors).where(actors.c.id == actor, actors.c.id != by, _WORKS, still_works)
        if not await self._statements.run(change.values(revoked_at=at)):
            return False
        links = (actor_addresses.c.actor_id == actor, actor_addresses.c.revoked_at.is_(None))
        await self._statements.run(update(actor_addresses).where(*links).values(revoked_at=at))
        hers = (invites.c.created_by == actor, invites.c.actor_place.is_not(None))
        unused = (invites.c.claimed_at.is_(None), invites.c.withdrawn_at.is_(None))
        await self._statements.run(update(invites).where(*hers, *unused).values(withdrawn_at=at))
        return True

    async def chats_of_leaver(self, actor: ActorId) -> Sequence[AddressId]:
        """The chats from which she spoke."""
        links = select(actor_addresses.c.address_id).where(actor_addresses.c.actor_id == actor).distinct()
        rows = await self._statements.all(links.order_by(actor_addresses.c.address_id))
        return tuple(AddressId(row[actor_addresses.c.address_id]) for row in rows)


def _last_seen() -> ScalarSelect[datetime | None]:
    links = actor_addresses
    seen = select(func.max(addresses.c.last_inbound_at)).join(links, links.c.address_id == addresses.c.id)
    return seen.where(links.c.actor_id == actors.c.id).correlate(actors).scalar_subquery()


def _families() -> ScalarSelect[int]:
    held = select(func.count()).select_from(families).where(families.c.volunteer_id == actors.c.id)
    return held.correlate(actors).scalar_subquery()


def _tasks() -> ScalarSelect[int]:
    waiting = (tasks.c.actor_id == actors.c.id, tasks.c.closed_at.is_(None))
    return select(func.count()).select_from(tasks).where(*waiting).correlate(actors).scalar_subquery()


def _holds_families() -> ColumnElement[bool]:
    return exists().where(families.c.volunteer_id == actors.c.id)


def _holds_tasks() -> ColumnElement[bool]:
    return exists().where(tasks.c.actor_id == actors.c.id, tasks.c.closed_at.is_(None))


def _left_a_draft() -> ColumnElement[bool]:
    links = actor_addresses
    hers = (links.c.actor_id == actors.c.id, links.c.revoked_at.is_not(None))
    return exists().where(*hers, drafts.c.address_id == links.c.address_id, drafts.c.form == ASIDE)


def _actor(row: RowMapping, places: Sequence[RowMapping]) -> Actor:
    facilities = (place[actor_places.c.facility_id] for place in places)
    return Actor(
        id=ActorId(row[actors.c.id]),
        name=row[actors.c.name],
        role=ActorRole(row[actors.c.role]),
        communes=_communes(places),
        facilities=frozenset(FacilityId(number) for number in facilities if number is not None),
    )


def _communes(places: Sequence[RowMapping]) -> frozenset[CommuneId]:
    numbers = (place[actor_places.c.commune_id] for place in places)
    return frozenset(CommuneId(number) for number in numbers if number is not None)


def _duty(row: RowMapping, places: Sequence[RowMapping], newest: RowMapping | None, now: datetime, today: date) -> Duty:
    absence = _absence(newest) if newest is not None else None
    away = absence is not None and absence.back_on > today
    back_since = absence.back_on if absence is not None and not away else None
    return Duty(
        actor=ActorId(row[actors.c.id]),
        name=row[actors.c.name],
        communes=_communes(places),
        presence=presence_of(away=away, last_seen_at=row["last_seen_at"], back_since=back_since, now=now),
        stand_in=absence.stand_in if absence is not None and away else None,
    )


def _absence(row: RowMapping) -> Absence:
    stand_in = row[absences.c.stand_in_id]
    return Absence(
        ActorId(row[absences.c.actor_id]),
        ActorId(stand_in) if stand_in is not None else None,
        row[absences.c.until_on],
    )
