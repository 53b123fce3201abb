"""What follows when a consent was given or taken back: at once, for everybody whom it concerns."""

from domain.consent import Purpose, stands_for_child
from domain.identifiers import FamilyId
from domain.people import Caregiver
from domain.sending.outbox import Lane, Reason
from services.messages.plan_day import plan_one
from services.turn import Work

UNASKED = (Lane.VISIT, Lane.TIP, Lane.CAMPAIGN)


async def heed_consent(work: Work, caregiver: Caregiver, purpose: Purpose) -> None:
    """Messages concern her alone; the child's file, everyone who cares for the child."""
    if purpose is Purpose.MESSAGES:
        await _heed_own(work, caregiver)
    if purpose is Purpose.FILE:
        await _heed_file(work, caregiver.family)


async def _heed_own(work: Work, caregiver: Caregiver) -> None:
    answers = await work.uow.consents.of(caregiver.id)
    if any(one.stands and one.purpose is Purpose.MESSAGES for one in answers):
        await _begin_again(work, caregiver)
    else:
        await work.uow.outbox.close_planned(caregiver.id, Reason.NO_CONSENT, UNASKED)


async def _heed_file(work: Work, family: FamilyId) -> None:
    stands = stands_for_child(await work.uow.consents.about_family(family), Purpose.FILE)
    for caregiver in await work.uow.families.caregivers_of_family(family):
        if stands:
            await _begin_again(work, caregiver)
        else:
            await work.uow.outbox.close_planned(caregiver.id, Reason.NO_CONSENT, (Lane.VISIT,))


async def _begin_again(work: Work, caregiver: Caregiver) -> None:
    """What is still of use is planned, the rest is past. Nothing for those who have not joined or are stopped."""
    if caregiver.joined_at is None or caregiver.stopped_at is not None:
        return
    await plan_one(work, caregiver)
    await work.uow.outbox.reopen(caregiver.id, work.moment.now)
