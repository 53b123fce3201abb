"""The one way by which doses get into a child's record: whoever tells of them, all that follows happens here."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.identifiers import ActorId, CaregiverId, FacilityId
from services.ports.visits import Vaccination
from services.turn import Work
from services.visits.after_doses import AFTER_DOSES
from services.visits.follow_up import follow_up
from services.visits.settle import settle_children


@dataclass(frozen=True)
class Teller:
    """Whose word it is: a worker's at a facility, or a caregiver's."""

    actor: ActorId | None = None
    caregiver: CaregiverId | None = None
    facility: FacilityId | None = None


async def keep_doses(work: Work, doses: Sequence[Vaccination], teller: Teller, *, corrects: int | None = None) -> int:
    """Record them, and close whatever was open because they were lacking; gives how many were new.

    `corrects` is the row of the record that they take the place of.
    """
    new = await work.uow.visits.record(
        doses,
        at=work.moment.now,
        actor=teller.actor,
        caregiver=teller.caregiver,
        facility=teller.facility,
        corrects=corrects,
    )
    await settle_children(work, list(dict.fromkeys(dose.child for dose in doses)))
    for follow in AFTER_DOSES:
        await follow_up(follow, work, doses)
    return new
