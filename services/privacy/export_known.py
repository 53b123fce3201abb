"""What she may take along: everything that the programme keeps of her and of her children, by the registry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.area import Facility
from domain.identifiers import CaregiverId
from domain.people import Caregiver
from services.access import access_own
from services.ports.privacy import Record
from services.programme import Programme
from services.turn import Turn


@dataclass(frozen=True)
class KnownFile:
    """The rows that are hers to read, by table, as they stand on one day; nothing of other caregivers.

    `languages` gives each language the name that its speakers give it, `first_vaccines` each group of doses the
    vaccine with which it begins.
    """

    caregiver: Caregiver
    facility: Facility | None
    made_on: date
    zone: str
    languages: Mapping[str, str]
    records: Mapping[str, Sequence[Record]]
    first_vaccines: Mapping[str, str] = field(default_factory=dict)


async def export_known(turn: Turn, caregiver: CaregiverId) -> KnownFile:
    """Of one who speaks from this chat."""
    own = access_own(turn.speaker, caregiver)
    family = await turn.uow.families.family(own.family)
    zone = family.zone if family else "UTC"
    return KnownFile(
        own,
        await turn.uow.area.facility(family.facility) if family else None,
        turn.moment.today(zone),
        zone,
        {one.tag: one.autonym for one in turn.programme.spoken_languages},
        await turn.uow.privacy.known_of(own.id),
        _first_vaccines(turn.programme),
    )


def _first_vaccines(programme: Programme) -> Mapping[str, str]:
    groups = [group for one in programme.forecasters.values() for group in one.schedule.groups]
    return {group.key: group.doses[0].offered for group in groups if group.doses}
