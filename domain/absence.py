"""Who looks after a volunteer's list while she is away, or silent, and how it comes back to her by itself."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.identifiers import ActorId, CommuneId, FacilityId

SILENT_AFTER = timedelta(days=14)
"""Rule of this house: who was not seen for so long may have left, and nobody told us."""
LONGEST_ABSENCE = timedelta(days=366)


class Presence(StrEnum):
    """Whether a volunteer looks after her list herself."""

    HERE = "here"
    AWAY = "away"
    SILENT = "silent"


@dataclass(frozen=True)
class Absence:
    """She is away until (not including) a day; `stand_in` looks after her list, or everybody of the commune."""

    actor: ActorId
    stand_in: ActorId | None
    back_on: date


@dataclass(frozen=True)
class Duty:
    """A volunteer as her colleagues count on her: where she works, and who stands in for her now."""

    actor: ActorId
    name: str
    communes: frozenset[CommuneId]
    presence: Presence = Presence.HERE
    stand_in: ActorId | None = None


@dataclass(frozen=True)
class Beat:
    """Where somebody works, and for each place the volunteers whose families are none of hers now."""

    facilities: Collection[FacilityId]
    kept: Mapping[FacilityId, frozenset[ActorId]] = field(default_factory=dict)


def presence_of(*, away: bool, last_seen_at: datetime | None, back_since: date | None, now: datetime) -> Presence:
    """Here, away, or silent for two weeks; `back_since` is when her last absence ended: until then nobody missed her.

    Who was never seen at all counts as silent.
    """
    if away:
        return Presence.AWAY
    seen = last_seen_at is not None and now - last_seen_at < SILENT_AFTER
    rested = back_since is not None and now.date() - back_since < SILENT_AFTER
    return Presence.HERE if seen or rested else Presence.SILENT


def kept_by_others(me: ActorId, commune: CommuneId, duties: Iterable[Duty]) -> frozenset[ActorId]:
    """The volunteers of a commune whose families `me` need not see: somebody else looks after them."""
    here = [duty for duty in duties if commune in duty.communes]
    return frozenset(duty.actor for duty in here if duty.actor != me and _keeper(duty, here) not in (None, me))


def carried_by(me: ActorId, duties: Collection[Duty]) -> frozenset[ActorId]:
    """The other volunteers whose list `me` looks after too, in one commune at least."""
    mine = next((duty.communes for duty in duties if duty.actor == me), frozenset())
    return frozenset(
        duty.actor
        for commune in mine
        for duty in duties
        if commune in duty.communes and duty.actor != me
        if duty.actor not in kept_by_others(me, commune, duties)
    )


def _keeper(duty: Duty, here: Collection[Duty]) -> ActorId | None:
    """Who looks after her list in this commune; None: everybody there."""
    if duty.presence is Presence.HERE:
        return duty.actor
    present = {one.actor for one in here if one.presence is Presence.HERE}
    return duty.stand_in if duty.presence is Presence.AWAY and duty.stand_in in present else None
