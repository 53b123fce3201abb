"""Staff see who works for the programme: name, role, places, when last seen, and who is away, silent or has left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from domain.absence import Duty, Presence
from domain.identifiers import ActorId
from domain.moment import local_day
from domain.people import Actor
from services.access import Permission, Refused, access_actor
from services.forms.surroundings import DEFAULT_ZONE
from services.ports.absences import Staffer
from services.turn import Turn

Place: TypeAlias = tuple[str, int]


@dataclass(frozen=True)
class Colleague:
    """One of them. `presence` is told of volunteers; a silent one's list is passed on while families hang on her."""

    actor: Actor
    places: tuple[str, ...]
    last_seen_on: date | None
    has_left: bool
    families: int
    tasks: int
    drafts: int
    presence: Presence = Presence.HERE
    stand_in: str = ""

    @property
    def leaves_behind(self) -> bool:
        """Whether anything of hers waits for another."""
        return bool(self.families or self.tasks or self.drafts)


async def list_colleagues(turn: Turn) -> tuple[Colleague, ...]:
    """Everybody who works here, and those who left while something of theirs still waits."""
    access_actor(turn.speaker, Permission.SEE_COLLEAGUES)
    names, duties = await _place_names(turn), await _duties(turn)
    everybody = await turn.uow.absences.everybody()
    return tuple([await _colleague(turn, one, names, duties) for one in everybody])


async def show_colleague(turn: Turn, actor: ActorId) -> Colleague:
    """One of them."""
    access_actor(turn.speaker, Permission.SEE_COLLEAGUES)
    found = await turn.uow.absences.staffer(actor)
    if found is None:
        raise Refused(Permission.SEE_COLLEAGUES, f"actor:{actor}")
    return await _colleague(turn, found, await _place_names(turn), await _duties(turn))


async def _colleague(turn: Turn, one: Staffer, names: Mapping[Place, str], duties: Mapping[ActorId, Duty]) -> Colleague:
    actor, duty = one.actor, duties.get(one.actor.id)
    stand_in = duties.get(duty.stand_in) if duty is not None and duty.stand_in is not None else None
    return Colleague(
        actor=actor,
        places=tuple(sorted(names[place] for place in _places(actor) if place in names)),
        last_seen_on=local_day(one.last_seen_at, DEFAULT_ZONE) if one.last_seen_at else None,
        has_left=one.left_at is not None,
        families=one.families,
        tasks=one.tasks,
        drafts=await turn.uow.moves.drafts_aside(actor.id) if one.left_at is not None else 0,
        presence=duty.presence if duty is not None else Presence.HERE,
        stand_in=stand_in.name if stand_in is not None else "",
    )


async def _duties(turn: Turn) -> Mapping[ActorId, Duty]:
    communes = [commune.id for commune in await turn.uow.area.communes()]
    today = turn.moment.today(DEFAULT_ZONE)
    return {duty.actor: duty for duty in await turn.uow.absences.duties(communes, now=turn.moment.now, today=today)}


async def _place_names(turn: Turn) -> Mapping[Place, str]:
    communes = {("commune", int(one.id)): one.name for one in await turn.uow.area.communes()}
    return communes | {("facility", int(one.id)): one.name for one in await turn.uow.area.facilities()}


def _places(actor: Actor) -> tuple[Place, ...]:
    communes = tuple(("commune", int(one)) for one in actor.communes)
    return (*communes, *(("facility", int(one)) for one in actor.facilities))
