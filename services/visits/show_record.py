"""A child's record for those who vaccinate: every dose and its source, what is due today, what is not asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.area import Facility
from domain.identifiers import ActorId, ChildId, FamilyId
from domain.people import Child
from domain.vaccination.engine import Exemption
from domain.visits import Needs
from services.access import Permission, access_child, access_facility, access_family
from services.ports.visits import HistoryRow, Vaccination, VaccinationSource
from services.turn import Turn
from services.visits.find_needs import place_of
from services.visits.session.expected import expect_one


@dataclass(frozen=True)
class DoseRecord:
    """All that is known of one child's vaccinations. `names` are of those who recorded, `due` is today's."""

    child: Child
    facility: Facility
    rows: tuple[HistoryRow, ...]
    names: Mapping[ActorId, str]
    due: Needs
    exemptions: Mapping[str, Exemption]
    groups: Mapping[str, str]
    vaccines: tuple[str, ...]
    siblings: tuple[Child, ...]

    @property
    def standing(self) -> tuple[HistoryRow, ...]:
        """The rows that stand."""
        return tuple(row for row in self.rows if row.withdrawn_at is None)

    @property
    def unconfirmed(self) -> tuple[HistoryRow, ...]:
        """What the family told and nobody has written down."""
        known = [row.vaccination for row in self.standing if row.vaccination.source is not VaccinationSource.REPORTED]
        told = [row for row in self.standing if row.vaccination.source is VaccinationSource.REPORTED]
        return tuple(row for row in told if not any(_is_same(row.vaccination, one) for one in known))


def _is_same(told: Vaccination, written: Vaccination) -> bool:
    return (told.vaccine, told.given_on) == (written.vaccine, written.given_on)


async def show_record(turn: Turn, child: ChildId) -> DoseRecord:
    """The record, for those who may record there."""
    _actor, found, facility = await access_child(turn.uow, turn.speaker, child, Permission.RECORD_VISITS)
    today, place = turn.moment.today(facility.zone), await place_of(turn, facility)
    schedule = place.forecaster.schedule if place.forecaster else None
    rows = tuple(await turn.uow.visits.history_of(child))
    return DoseRecord(
        child=found,
        facility=facility,
        rows=rows,
        names=await _names(turn, rows),
        due=(await expect_one(turn, place, found, today)).needs,
        exemptions=(await turn.uow.care.exemptions_of([child], today))[child],
        groups={group.key: group.doses[0].offered for group in schedule.groups} if schedule else {},
        vaccines=tuple(schedule.vaccines) if schedule else (),
        siblings=tuple([one for one in await _children(turn, found.family) if one.id != child]),
    )


async def list_children(turn: Turn, family: FamilyId) -> tuple[Child, ...]:
    """The children of a family whose records may be opened."""
    _actor, found = await access_family(turn.uow, turn.speaker, family, Permission.RECORD_VISITS)
    await access_facility(turn.uow, turn.speaker, found.facility, Permission.RECORD_VISITS)
    return await _children(turn, family)


async def _children(turn: Turn, family: FamilyId) -> tuple[Child, ...]:
    return tuple(one for one in await turn.uow.lives.children_in(family) if one.ended_as is None)


async def _names(turn: Turn, rows: Sequence[HistoryRow]) -> Mapping[ActorId, str]:
    actors = {row.actor for row in rows if row.actor is not None}
    found = [await turn.uow.contacts.colleague(actor) for actor in sorted(actors)]
    return {one.id: one.name for one in found if one is not None}
