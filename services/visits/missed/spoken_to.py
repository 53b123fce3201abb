"""To whom something may be said about some children: joined, not stopped, and contact goes on."""

from collections import defaultdict
from collections.abc import Sequence

from domain.identifiers import CaregiverId
from domain.people import Caregiver, Child
from services.ports.programme import Candidate
from services.turn import Work


async def spoken_to(work: Work, children: Sequence[Child]) -> tuple[Candidate, ...]:
    """Each caregiver with those of the children for whom she cares, the eldest first."""
    if not children:
        return ()
    caring = await work.uow.families.caregivers_of_children([child.id for child in children])
    caregivers: dict[CaregiverId, Caregiver] = {}
    hers: defaultdict[CaregiverId, list[Child]] = defaultdict(list)
    for child in sorted(children, key=lambda one: (one.birth_date, one.id)):
        for caregiver in caring[child.id]:
            if caregiver.joined_at is not None and caregiver.stopped_at is None:
                caregivers[caregiver.id] = caregiver
                hers[caregiver.id].append(child)
    return tuple(Candidate(caregivers[number], tuple(hers[number])) for number in sorted(caregivers))
