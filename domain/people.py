"""The people of the programme: caregivers and children, and the actors: volunteers, health workers and staff."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.ends import CaregiverEnd, ChildEnd, PregnancyEnd
from domain.identifiers import (
    ActorId,
    AddressId,
    CaregiverId,
    ChildId,
    CommuneId,
    FacilityId,
    FamilyId,
    PregnancyId,
)
from domain.journey import Amount
from domain.pause import Pause
from domain.reader import Role
from domain.sex import Sex
from domain.tracks import Track, tracks_of


class ActorRole(StrEnum):
    """What somebody who works for the programme is in it."""

    STAFF = "staff"
    VOLUNTEER = "volunteer"
    HEALTH_WORKER = "health_worker"


class AddressState(StrEnum):
    """Whether a channel delivers to an address. Unreachable is a state of the address, never a wish of its owner."""

    ACTIVE = "active"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Address:
    """Where a channel delivers: one chat with one of our bots.

    `unconfirmed_since`: it was silent for so long that it must say who it is before anything private is said there.
    """

    id: AddressId
    channel: str
    bot: str
    external_id: str
    language: str
    state: AddressState
    state_reason: str | None
    last_inbound_at: datetime | None
    unconfirmed_since: datetime | None = None


@dataclass(frozen=True)
class Actor:
    """Somebody who works for the programme, and where: volunteers for communes, health workers for facilities."""

    id: ActorId
    name: str
    role: ActorRole
    communes: frozenset[CommuneId] = frozenset()
    facilities: frozenset[FacilityId] = frozenset()


@dataclass(frozen=True)
class Family:
    """A family, the facility that cares for it, and who looks after it now (`volunteer`)."""

    id: FamilyId
    facility: FacilityId
    zone: str
    enrolled_by: ActorId
    enrolled_at: datetime
    volunteer: ActorId | None = None


@dataclass(frozen=True)
class Caregiver:
    """One who cares for the children of a family, with her own language, hour and amount.

    `joined_at` is when she gave her consent; `tip_hour` is her local hour, 8 to 19; `phone` is E.164.
    `bereaved_at` is when she told of a loss, or others did: no campaign reaches her since.
    """

    id: CaregiverId
    family: FamilyId
    role: Role
    language: str
    phone: str | None = None
    tip_hour: int = 19
    amount: Amount = Amount.SOME
    joined_at: datetime | None = None
    joined_on: date | None = None
    stopped_at: datetime | None = None
    wants_visits: bool = True
    pause: Pause | None = None
    bereaved_at: datetime | None = None
    ended_as: CaregiverEnd | None = None


@dataclass(frozen=True)
class Child:
    """A child. `name` is what the family calls it (empty: not yet named); weight in grams, gestation in weeks."""

    id: ChildId
    family: FamilyId
    facility: FacilityId
    name: str
    birth_date: date
    sex: Sex
    birth_weight_g: int | None = None
    gestation_weeks: int | None = None
    kept_tracks: frozenset[Track] = frozenset()
    ended_as: ChildEnd | None = None

    @property
    def tracks(self) -> frozenset[Track]:
        """Its tracks, those that its weeks of pregnancy tell of too."""
        return tracks_of(self.kept_tracks, self.gestation_weeks)


@dataclass(frozen=True)
class Pregnancy:
    """A pregnancy by the day on which 40 weeks end.

    `not_yet_on` is the day on which the family last answered that the child is not born yet.
    """

    id: PregnancyId
    family: FamilyId
    facility: FacilityId
    due_on: date
    ended_as: PregnancyEnd | None = None
    not_yet_on: date | None = None
