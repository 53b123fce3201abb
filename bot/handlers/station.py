"""A health worker settles how her own facility reminds, how many it takes and who is on call; staff, of every one."""

from enum import StrEnum

from bot.drawing.forms import draw_form
from bot.drawing.station import NOBODY, draw_duty, draw_station, draw_stations
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.forms.area_rules import NONE, STATION_CAPACITY, STATION_ROUTE
from domain.forms.form import Form
from domain.identifiers import ActorId, FacilityId
from services.access import Permission, Refused
from services.forms.answer_form import begin_form, drop_form, find_draft
from services.staff.change_facility import (
    list_facilities,
    set_capacity,
    set_emergency_route,
    set_morning_reminder,
    set_on_call,
    set_reminder_days,
    show_facility,
)


class Switch(StrEnum):
    """A reminder goes, or it does not."""

    ON = "on"
    OFF = "off"


async def stations(talk: Talk) -> Said:
    """Her own one, or first which."""
    found = await list_facilities(talk.turn)
    if len(found) == 1:
        return say(draw_station(await show_facility(talk.turn, found[0].id)))
    return say(draw_stations(found))


async def station(talk: Talk) -> Said:
    """One facility."""
    return say(draw_station(await show_facility(talk.turn, _facility(talk))))


async def reminder_days(talk: Talk) -> Said:
    """So many days before."""
    return say(draw_station(await set_reminder_days(talk.turn, _facility(talk), _tap(talk).number(1))))


async def morning(talk: Talk) -> Said:
    """On the morning too, or not."""
    wanted = _tap(talk).one_of(1, Switch) is Switch.ON
    return say(draw_station(await set_morning_reminder(talk.turn, _facility(talk), wanted=wanted)))


async def type_capacity(talk: Talk) -> Said:
    """How many children?"""
    return await _begin(talk, STATION_CAPACITY)


async def finish_capacity(talk: Talk) -> Said:
    """So many."""
    facility, typed = await _typed(talk, STATION_CAPACITY.name, "capacity")
    return say(draw_station(await set_capacity(talk.turn, facility, None if typed == NONE else int(typed))))


async def type_route(talk: Talk) -> Said:
    """How does one get help there?"""
    return await _begin(talk, STATION_ROUTE)


async def finish_route(talk: Talk) -> Said:
    """In these words."""
    facility, typed = await _typed(talk, STATION_ROUTE.name, "route")
    return say(draw_station(await set_emergency_route(talk.turn, facility, "" if typed == NONE else typed)))


async def duty(talk: Talk) -> Said:
    """Who is on call?"""
    return say(draw_duty(await show_facility(talk.turn, _facility(talk))))


async def on_call(talk: Talk) -> Said:
    """This one is, or nobody by name."""
    named = _tap(talk).number(1)
    actor = None if named == NOBODY else ActorId(named)
    return say(draw_station(await set_on_call(talk.turn, _facility(talk), actor)))


async def _begin(talk: Talk, form: Form) -> Said:
    page = await show_facility(talk.turn, _facility(talk))
    return say(draw_form(await begin_form(talk.turn, form, about=int(page.facility.id))))


async def _typed(talk: Talk, form: str, question: str) -> tuple[FacilityId, str]:
    draft = await find_draft(talk.turn, form)
    await drop_form(talk.turn, form)
    if draft is None or draft.about is None:
        raise Refused(Permission.CHANGE_SESSIONS, form)
    return FacilityId(draft.about), draft.answers[question] or NONE


def _facility(talk: Talk) -> FacilityId:
    return FacilityId(_tap(talk).number(0))


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused(Permission.CHANGE_SESSIONS)
    return talk.heard.tap
