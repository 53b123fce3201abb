"""Families whom no message reaches are called before a session day: three days before, and by whom."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.absence import Duty, Presence
from domain.identifiers import ActorId, FacilityId, FamilyId

MOST_CALLS = 10
"""So many names of one session day a volunteer gets at most. Rule of this house."""
CALLED_BEFORE = timedelta(days=3)
REMIND = "remind"
"""The first word of the occasion of such a call."""


@dataclass(frozen=True)
class CallOccasion:
    """The call to one family before one session day: `remind:FACILITY:DATE:FAMILY`."""

    facility: FacilityId
    on: date
    family: FamilyId

    def __str__(self) -> str:
        return f"{calls_of_session(self.facility, self.on)}{self.family}"


def calls_of_session(facility: FacilityId, on: date) -> str:
    """How the occasions of all calls before one session day begin."""
    return f"{calls_of_facility(facility)}{on.isoformat()}:"


def calls_of_facility(facility: FacilityId) -> str:
    """How the occasions of all calls of a facility begin."""
    return f"{REMIND}:{facility}:"


def parse_call_occasion(text: str) -> CallOccasion | None:
    """Read an occasion; None when it is of another kind."""
    kind, *parts = text.split(":")
    if kind != REMIND or len(parts) != 3:
        return None
    return CallOccasion(FacilityId(int(parts[0])), date.fromisoformat(parts[1]), FamilyId(int(parts[2])))


def caller_of(volunteer: ActorId | None, duties: Collection[Duty]) -> ActorId | None:
    """Who looks after a volunteer's families now: herself, or who stands in for her; None: nobody in particular."""
    here = {duty.actor for duty in duties if duty.presence is Presence.HERE}
    duty = next((one for one in duties if one.actor == volunteer), None)
    if duty is None or duty.actor in here:
        return duty.actor if duty else None
    return duty.stand_in if duty.presence is Presence.AWAY and duty.stand_in in here else None


def share_calls(
    families: Sequence[tuple[FamilyId, ActorId | None]], room: Mapping[ActorId, int]
) -> Mapping[FamilyId, ActorId | None]:
    """Who calls whom: each volunteer her own families first, then others while she has room; None: the station."""
    left = dict(room)
    shared: dict[FamilyId, ActorId | None] = {}
    for family, own in families:
        if own is not None and left.get(own, 0) > 0:
            shared[family] = own
            left[own] -= 1
    for family, _own in families:
        if family not in shared:
            freest = max(left, key=lambda actor: left[actor], default=None)
            shared[family] = freest if freest is not None and left[freest] > 0 else None
            if shared[family] is not None and freest is not None:
                left[freest] -= 1
    return shared
