"""The day after a session that nobody closed yet: what became of those of whom nobody knows anything?

The question goes in the evening, like reminders: the staff have had a whole working day to close the session, and
families are at home.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from domain.farewell import born_after
from domain.missed import ASKED_FOR
from domain.people import Child
from domain.sending.outbox import PlannedMessage
from services.ports.programme import Candidate
from services.turn import Work
from services.visits.missed.past_sessions import PastSession, was_with_us, whom_to_ask
from services.visits.missed.questions import DAY, first_question, row_of
from services.visits.missed.spoken_to import spoken_to
from services.visits.zone_now import ZoneNow, look_at_zone


async def ask_yesterday(work: Work, zone: str, here: ZoneNow | None = None) -> None:
    """The question about sessions of the last days that nobody closed yet."""
    here = here or await look_at_zone(work, zone)
    today = work.moment.today(zone)
    sessions = await _open_sessions(work, here, today)
    places = {session.facility.id for session in sessions}
    # Who has nothing due by today lacks nothing of those days.
    children = await work.uow.forecasts.due_at(places, born_after=born_after(today), by=today) if places else ()
    candidates = await spoken_to(work, children)
    for session in sessions:
        await work.uow.outbox.plan(await _questions(work, session, candidates), work.moment.now)


async def _open_sessions(work: Work, here: ZoneNow, today: date) -> list[PastSession]:
    first, last = today - ASKED_FOR, today - DAY
    held = [PastSession(place, day.on, False) for place, days in here.sessions(first, last) for day in days]
    closings = await work.uow.sessions.closings({one.facility.id for one in held}, first, last) if held else ()
    closed = {(one.facility, one.on) for one in closings if one.closed_at is not None}
    return [one for one in held if (one.facility.id, one.on) not in closed]


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
    return [child for child in children if child.facility == session.facility.id]
