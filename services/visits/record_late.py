"""Doses given on an earlier day, here or elsewhere, are recorded with their true date; or without one."""

from datetime import date

from domain.attendance import Outcome
from domain.forms.given_on import DAY_UNKNOWN, GIVEN_ON
from domain.identifiers import ChildId
from domain.late_doses import GivenAt, GivenDay, guessed_day, may_be_given_on
from domain.people import Child
from domain.session_closing import Who
from services.access import Permission, Refused, access_child
from services.forms.answer_form import Asking, begin_form, drop_form, find_draft
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Turn
from services.visits.find_needs import Place, assess_children, place_of
from services.visits.keep_doses import Teller, keep_doses
from services.visits.record_visit import note_came
from services.visits.session.entries import is_record, who_came

WITHOUT_ROW = "0"
SOURCES = {GivenAt.HERE: VaccinationSource.RECORD, GivenAt.ELSEWHERE: VaccinationSource.CARD}


async def ask_given_on(turn: Turn, child: ChildId, row: str = WITHOUT_ROW) -> Asking:
    """On which day was it? `row` is what is to be corrected."""
    _actor, found, facility = await access_child(turn.uow, turn.speaker, child, Permission.RECORD_VISITS)
    given = {"born_on": found.birth_date.isoformat(), "zone": facility.zone, "row": row}
    return await begin_form(turn, GIVEN_ON, about=int(child), answers=given)


async def take_given_on(turn: Turn) -> tuple[ChildId, str, GivenDay] | None:
    """The answer: the child, the row that is to be corrected, and the day; None when the form is gone."""
    draft = await find_draft(turn, GIVEN_ON.name)
    typed = draft.answers.get("given_on") if draft else None
    if draft is None or draft.about is None or typed is None:
        return None
    await drop_form(turn, GIVEN_ON.name)
    day = GivenDay(None if typed == DAY_UNKNOWN else date.fromisoformat(typed))
    return ChildId(draft.about), draft.answers.get("row") or WITHOUT_ROW, day


async def record_late(turn: Turn, child: ChildId, vaccine: str, day: GivenDay, where: GivenAt) -> None:
    """Keep one dose; the same one a second time changes nothing. Raises `Refused` for a day that cannot be."""
    actor, found, facility = await access_child(turn.uow, turn.speaker, child, Permission.RECORD_VISITS)
    place = await place_of(turn, facility)
    if place.forecaster is None or vaccine not in place.forecaster.schedule.vaccines:
        raise Refused("record_late", f"child:{child}")
    source = SOURCES[where]
    dose = Vaccination(
        child, vaccine, await true_day(turn, place, found, vaccine, day), source, date_known=day.on is not None
    )
    here = where is GivenAt.HERE
    teller = Teller(actor=actor.id, facility=facility.id if here else None)
    if await keep_doses(turn, [dose], teller) and here and day.on is not None:
        await _came_after_all(turn, place, Who(child=child), day.on)
    details = {"vaccine": vaccine, "given_on": str(day)}
    await turn.uow.programme.audit(
        "record_late", at=turn.moment.now, actor=actor.id, subject=f"child:{child}", details=details
    )


async def true_day(turn: Turn, place: Place, child: Child, vaccine: str, day: GivenDay) -> date:
    """The day as it was told, if it can be; for an unknown one the day on which the dose was due."""
    today = turn.moment.today(place.facility.zone)
    if day.on is None:
        return await _guess(turn, place, child, vaccine)
    if not may_be_given_on(day.on, born_on=child.birth_date, today=today):
        raise Refused("given_on", f"child:{child.id}")
    return day.on


async def _guess(turn: Turn, place: Place, child: Child, vaccine: str) -> date:
    groups = place.forecaster.schedule.groups if place.forecaster else ()
    concerned = {group.key for group in groups if vaccine in group.vaccines}
    forecasts = (await assess_children(turn, place, [child]))[child.id].forecasts
    due = next((one.due for one in forecasts if one.group in concerned and one.due is not None), None)
    given = (await turn.uow.visits.vaccinations_of([child.id]))[child.id]
    taken = {dose.given_on for dose in given if dose.vaccine == vaccine}
    today = turn.moment.today(place.facility.zone)
    return guessed_day(due, born_on=child.birth_date, today=today, taken=taken)


async def _came_after_all(turn: Turn, place: Place, who: Who, on: date) -> None:
    """Who was written down as absent was there."""
    words = await turn.uow.attendances.at_session(place.facility.id, on)
    absent = [one for one in words if is_record(one) and who_came(one) == who and one.outcome is not Outcome.CAME]
    if absent and turn.speaker.actor is not None:
        await note_came(turn, who, place.facility, on, actor=turn.speaker.actor.id)
