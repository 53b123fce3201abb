"""Who did not come, who was postponed, what was lacking, what was given instead: marks until the session is closed.

A button tapped twice, late, or about somebody who is no longer here changes nothing: the list shows what stands.
"""

from datetime import date

from domain.attendance import Outcome
from domain.identifiers import FacilityId
from domain.people import Actor
from domain.session_closing import Say, Who
from services.access import Permission, Refused, access_facility
from services.ports.session_marks import SessionMark
from services.turn import Turn
from services.visits.find_needs import place_of
from services.visits.list_session import SessionList, is_open, list_session
from services.visits.session.expected import subjects_of, who_is
from services.visits.session.marks import find_marks


async def mark_visit(
    turn: Turn, facility: FacilityId, on: date, who: Who, say: Say, *, take_back: bool = False
) -> SessionList:
    """Say this of one visit, in place of what was said of it; or take it back."""
    actor = await _marking(turn, facility, on, who)
    had = say.vaccine if say.outcome is Outcome.CAME else ""
    if actor is not None and (not had or await _ran_out(turn, facility, on, had)):
        await turn.uow.marks.drop(facility, on, who, vaccine="" if say.vaccine else None)
        await turn.uow.marks.drop(facility, on, who, vaccine=say.vaccine)
        if not take_back:
            mark = SessionMark(facility, on, who, say.outcome, vaccine=say.vaccine, instead=had, why=say.why)
            await turn.uow.marks.put(mark, by=actor.id, at=turn.moment.now)
    return await list_session(turn, facility, on)


async def unmark_visit(turn: Turn, facility: FacilityId, on: date, who: Who) -> SessionList:
    """Nothing special is said of one: came, and got what was due."""
    if await _marking(turn, facility, on, who) is not None:
        await turn.uow.marks.drop(facility, on, who)
    return await list_session(turn, facility, on)


async def change_for_one(turn: Turn, facility: FacilityId, on: date, who: Who, swap: tuple[str, str]) -> SessionList:
    """One got another vaccine (the second) than the one due; the same one: as planned, whatever others get."""
    actor = await _marking(turn, facility, on, who)
    await _only_of_schedule(turn, facility, swap)
    if actor is not None:
        due, given = swap
        for vaccine in ("", due):
            await turn.uow.marks.drop(facility, on, who, vaccine=vaccine)
        marks = await find_marks(turn, facility, on)
        if given != marks.instead_for_all.get(due, due):
            mark = SessionMark(facility, on, who, Outcome.CAME, vaccine=due, instead=given)
            await turn.uow.marks.put(mark, by=actor.id, at=turn.moment.now)
    return await list_session(turn, facility, on)


async def change_for_all(turn: Turn, facility: FacilityId, on: date, swap: tuple[str, str]) -> SessionList:
    """Everybody gets another vaccine (the second) today than the one due; the same one: as planned again."""
    actor = await _marking(turn, facility, on, None)
    await _only_of_schedule(turn, facility, swap)
    if actor is not None:
        due, given = swap
        await turn.uow.marks.drop(facility, on, None, vaccine=due)
        if given != due:
            mark = SessionMark(facility, on, None, Outcome.CAME, vaccine=due, instead=given)
            await turn.uow.marks.put(mark, by=actor.id, at=turn.moment.now)
    return await list_session(turn, facility, on)


async def note_had_by_all(
    turn: Turn, facility: FacilityId, on: date, vaccine: str, *, take_back: bool = False
) -> SessionList:
    """Everybody had a vaccine before it ran out, but those of whom something else is said; or only single ones had."""
    actor = await _marking(turn, facility, on, None)
    if actor is not None and await _ran_out(turn, facility, on, vaccine):
        await turn.uow.marks.drop(facility, on, None, vaccine=vaccine)
        if not take_back:
            mark = SessionMark(facility, on, None, Outcome.CAME, vaccine=vaccine, instead=vaccine)
            await turn.uow.marks.put(mark, by=actor.id, at=turn.moment.now)
    return await list_session(turn, facility, on)


async def _ran_out(turn: Turn, facility: FacilityId, on: date, vaccine: str) -> bool:
    _actor, found = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    return vaccine in (await turn.uow.sessions.calendar(found)).ran_out_on(on, found.zone)


async def vaccines_instead(turn: Turn, facility: FacilityId, due: str) -> tuple[str, ...]:
    """What may have been given: the vaccine due, those that count for the same, then all others of the schedule."""
    _actor, found = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    forecaster = (await place_of(turn, found)).forecaster
    if forecaster is None:
        return ()
    schedule = forecaster.schedule
    counting = [code for group in schedule.groups if due in group.vaccines for code in sorted(group.vaccines)]
    known = [due, *counting, *schedule.vaccines]
    return tuple(dict.fromkeys(code for code in known if code in schedule.vaccines))


async def _only_of_schedule(turn: Turn, facility: FacilityId, vaccines: tuple[str, ...]) -> None:
    if set(vaccines) - set(await vaccines_instead(turn, facility, vaccines[0])):
        raise Refused("change_vaccine", f"facility:{facility}")


async def _marking(turn: Turn, facility: FacilityId, on: date, who: Who | None) -> Actor | None:
    """Who marks; None where the session is not open, or this one is not cared for here (any more)."""
    actor, found = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    await turn.uow.marks.hold(facility, on)
    here = {who_is(one) for one in await subjects_of(turn, facility, on)}
    return actor if await is_open(turn, found, on) and (who is None or who in here) else None
