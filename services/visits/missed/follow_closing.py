"""A session was closed: calls for those who did not come, kind words to them, and an apology to who came in vain."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.area import Facility
from domain.attendance import TURNED_AWAY, AttendanceSource, Outcome
from domain.farewell import born_after
from domain.identifiers import CaregiverId
from domain.missed import SessionOccasion
from domain.people import Caregiver, Child
from domain.sending.outbox import PlannedMessage
from services.turn import Work
from services.visits.missed.climb_ladder import climb_ladder
from services.visits.missed.past_sessions import PastSession, those_in_vain, was_with_us, whom_to_ask
from services.visits.missed.questions import SAID, apology, kind_question, row_of, was_asked
from services.visits.settle import settle_calls


async def follow_closing(work: Work, facility: Facility, on: date) -> None:
    """The session is closed: calls for those who did not come, and a kind word to them and to who came in vain."""
    session = PastSession(facility, on, True)
    words = await work.uow.attendances.at_session(facility.id, on)
    here = {child.id: child for child in await _children(work, facility)}
    by_outcome = {word.child: word.outcome for word in words if word.source is AttendanceSource.RECORD and word.child}
    missed = [here[child] for child, outcome in by_outcome.items() if outcome is Outcome.NOT_COME and child in here]
    turned = [here[child] for child, outcome in by_outcome.items() if outcome in TURNED_AWAY and child in here]
    await settle_calls(work, frozenset(here[child].family for child in by_outcome if child in here))
    await climb_ladder(work, facility, on, missed)
    planned = await _kind_words(work, session, await whom_to_ask(work, session, missed))
    planned += await _apologies(work, session, await those_in_vain(work, session, turned))
    await work.uow.outbox.plan(planned, work.moment.now)


async def _children(work: Work, facility: Facility) -> tuple[Child, ...]:
    today = work.moment.today(facility.zone)
    return await work.uow.families.children_at(facility.id, born_after=born_after(today))


async def _kind_words(work: Work, session: PastSession, children: Sequence[Child]) -> list[PlannedMessage]:
    """To those whom the question has not reached: nobody is asked twice about one day."""
    planned = []
    for caregiver, hers in (await _by_caregiver(work, session, children)).values():
        if not await was_asked(work, caregiver.id, SessionOccasion(session.facility.id, session.on), said=SAID):
            message = await kind_question(work, session, caregiver, hers)
            planned.append(row_of(work.moment, session, caregiver, hers, message))
    return planned


async def _apologies(work: Work, session: PastSession, children: Sequence[Child]) -> list[PlannedMessage]:
    planned = []
    for caregiver, hers in (await _by_caregiver(work, session, children)).values():
        message = await apology(work, session, caregiver, hers)
        planned.append(row_of(work.moment, session, caregiver, hers, message))
    return planned


async def _by_caregiver(
    work: Work, session: PastSession, children: Sequence[Child]
) -> Mapping[CaregiverId, tuple[Caregiver, tuple[Child, ...]]]:
    caring = await work.uow.families.caregivers_of_children([child.id for child in children])
    found: dict[CaregiverId, tuple[Caregiver, tuple[Child, ...]]] = {}
    for child in children:
        for caregiver in caring[child.id]:
            if was_with_us(caregiver, session) and caregiver.stopped_at is None:
                _one, hers = found.get(caregiver.id, (caregiver, ()))
                found[caregiver.id] = (caregiver, (*hers, child))
    return found
