"""Who at a facility calls a family that wishes to talk, in rows."""

from collections.abc import Sequence

from sqlalchemy import RowMapping, case, select, update

from domain.identifiers import ActorId, FacilityId
from domain.people import ActorRole
from services.ports.contacts import Colleague
from storage.statements import Statements
from storage.tables import actor_places, actors, facilities

_WORKS = actors.c.revoked_at.is_(None)


class ContactRows:
    """Nobody who was revoked is ever given."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def named_at(self, facility: FacilityId) -> Colleague | None:
        """The one whom staff named."""
        named = select(actors).join(facilities, facilities.c.contact_id == actors.c.id)
        row = await self._statements.first(named.where(facilities.c.id == facility, _WORKS))
        return _colleague(row) if row else None

    async def name(self, facility: FacilityId, actor: ActorId) -> None:
        """From now on it is this one."""
        await self._statements.run(update(facilities).where(facilities.c.id == facility).values(contact_id=actor))

    async def workers_at(self, facility: FacilityId) -> Sequence[Colleague]:
        """The facility's health workers, then the volunteers of its commune, each in the order in which they came."""
        places = actor_places
        commune = select(facilities.c.commune_id).where(facilities.c.id == facility).scalar_subquery()
        here = select(places.c.actor_id).where((places.c.facility_id == facility) | (places.c.commune_id == commune))
        of_field = actors.c.role.in_([ActorRole.HEALTH_WORKER.value, ActorRole.VOLUNTEER.value])
        nurses_first = case((actors.c.role == ActorRole.HEALTH_WORKER.value, 0), else_=1)
        found = select(actors).where(actors.c.id.in_(here), _WORKS, of_field).order_by(nurses_first, actors.c.id)
        return tuple(_colleague(row) for row in await self._statements.all(found))

    async def staff(self) -> Sequence[Colleague]:
        """The people of the health department, in the order in which they came."""
        found = select(actors).where(actors.c.role == ActorRole.STAFF.value, _WORKS).order_by(actors.c.id)
        return tuple(_colleague(row) for row in await self._statements.all(found))

    async def colleague(self, actor: ActorId) -> Colleague | None:
        """One of them, unless revoked."""
        row = await self._statements.first(select(actors).where(actors.c.id == actor, _WORKS))
        return _colleague(row) if row else None


def _colleague(row: RowMapping) -> Colleague:
    return Colleague(ActorId(row[actors.c.id]), row[actors.c.name], ActorRole(row[actors.c.role]))
