"""What you know about me: everything the programme keeps of the one who asks, and of nobody else."""

from dataclasses import dataclass

from domain.area import Facility
from domain.consent import Consent
from domain.people import Caregiver, Child, Pregnancy
from services.ports.visits import Vaccination
from services.turn import Turn


@dataclass(frozen=True)
class Known:
    """One caregiver's own data, her children's and her answers about consent."""

    caregiver: Caregiver
    facility: Facility | None
    children: tuple[Child, ...]
    pregnancies: tuple[Pregnancy, ...]
    vaccinations: tuple[Vaccination, ...]
    consents: tuple[Consent, ...]


async def show_known(turn: Turn) -> tuple[Known, ...]:
    """For each caregiver who speaks from this chat."""
    return tuple([await _known(turn, caregiver) for caregiver in turn.speaker.caregivers])


async def _known(turn: Turn, caregiver: Caregiver) -> Known:
    uow = turn.uow
    family = await uow.families.family(caregiver.family)
    children = await uow.families.children_of(caregiver.id)
    given = await uow.visits.vaccinations_of([child.id for child in children])
    return Known(
        caregiver,
        await uow.area.facility(family.facility) if family else None,
        children,
        await uow.families.pregnancies_of(caregiver.id),
        tuple(dose for child in children for dose in given.get(child.id, ())),
        await uow.consents.of(caregiver.id),
    )
