"""The day after a session that nobody closed yet: what became of those of whom nobody knows anything?

The question goes in the evening, like reminders: the staff have had a whole working day to close the session, and
families are at home.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from domain.farewell import born_after
from domain.identifiers import ChildId
from domain.missed import ASKED_FOR
from domain.people import Child
from domain.sending.outbox import PlannedMessage
from services.ports.programme import Candidate
from services.turn import Work
from services.visits.missed.past_sessions import PastSession, was_with_us, whom_to_ask
from services.visits.missed.questions import DAY, first_question, row_of


async def ask_yesterday(work: Work, zone: str) -> None:
    """The question about sessions of the last days that nobody closed yet."""
    today = work.moment.today(zone)
    sessions = await _open_sessions(work, zone, today)
    if not sessions:
        return
    candidates = await work.uow.programme.candidates(zone, born_from=born_after(today), born_to=today)
    # Who has nothing due by today lacks nothing of those days.
    quiet = await work.uow.forecasts.quiet_in(zone, today)
    lacking = [_without(one, quiet) for one in candidates]
    for session in sessions:
        await work.uow.outbox.plan(await _questions(work, session, lacking), work.moment.now)


def _without(candidate: Candidate, quiet: frozenset[ChildId]) -> Candidate:
    return replace(candidate, children=tuple(child for child in candidate.children if child.id not in quiet))


async def _open_sessions(work: Work, zone: str, today: date) -> list[PastSession]:
    facilities = [one for one in await work.uow.area.facilities() if one.zone == zone]
    first, last = today - ASKED_FOR, today - DAY
    closings = await work.uow.sessions.closings([one.id for one in facilities], first, last)
    closed = {(one.facility, one.on) for one in closings if one.closed_at is not None}
    found = []
    for facility in facilities:
        days = (await work.uow.sessions.calendar(facility)).days(first, last)
        found += [PastSession(facility, day.on, False) for day in days if (facility.id, day.on) not in closed]
    return found


async def _questions(work: Work, session: PastSession, candidates: Sequence[Candidate]) -> list[PlannedMessage]:
    """One for each caregiver who was with us on that day."""
    asked = [(one.caregiver, _here(session, one.children)) for one in candidates if was_with_us(one.caregiver, session)]
    children = {child.id: child for _caregiver, hers in asked for child in hers}
    unknown = {child.id for child in await whom_to_ask(work, session, list(children.values()))}
    planned = []
    for caregiver, hers in asked:
        about = [child for child in hers if child.id in unknown]
        if about:
            planned.append(row_of(work.moment, session, caregiver, about, first_question(session, caregiver)))
    return planned


def _here(session: PastSession, children: Iterable[Child]) -> list[Child]:
    return [child for child in children if child.ended_as is None and child.facility == session.facility.id]
