"""Session days that change, by those who hold them: in three taps from the list; and a holiday that was warned of."""

from datetime import date
from enum import StrEnum

from bot.drawing.forms import draw_form
from bot.drawing.session_days import (
    draw_cancelling,
    draw_day,
    draw_days,
    draw_kept,
    draw_outcome,
    draw_places,
    draw_shelf,
    draw_targets,
)
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.forms.session_days import SESSION_EXTRA, SESSION_TO
from domain.identifiers import FacilityId
from domain.session_days import RuleProblem, read_hours
from services.access import Refused
from services.forms.answer_form import begin_form, drop_form, find_draft
from services.visits.session_days.change_session import (
    access_desk,
    add_session,
    cancel_session,
    move_session,
    preview_cancelling,
    undo_change,
)
from services.visits.session_days.list_session_days import list_places, list_session_days, offer_days, show_day
from services.visits.session_days.note_stock_out import end_stock_out, note_stock_out, show_shelf
from services.visits.session_days.warn_of_holidays import keep_session


class Span(StrEnum):
    """How long a vaccine is missing: on that day, or from that day on."""

    DAY = "day"
    ON = "on"


async def session_days(talk: Talk) -> Said:
    """The days of the facility named; of her own one; or first which one."""
    if talk.heard.tap is not None and talk.heard.tap.arguments:
        return say(draw_days(await list_session_days(talk.turn, _facility(talk))))
    places = await list_places(talk.turn)
    if len(places) == 1:
        return say(draw_days(await list_session_days(talk.turn, places[0].id)))
    return say(draw_places(places))


async def session_day(talk: Talk) -> Said:
    """One day."""
    return say(draw_day(await show_day(talk.turn, _facility(talk), _on(talk))))


async def ask_where_to(talk: Talk) -> Said:
    """Move it: where to?"""
    page = await show_day(talk.turn, _facility(talk), _on(talk))
    if not page.can_change:
        return say(draw_day(page))
    return say(draw_targets(page, await offer_days(talk.turn, _facility(talk), _on(talk))))


async def move(talk: Talk) -> Said:
    """To this day."""
    return await _moved(talk, _facility(talk), _on(talk), _tap(talk).day(2))


async def _moved(talk: Talk, facility: FacilityId, on: date, to: date) -> Said:
    return say(draw_outcome(await move_session(talk.turn, facility, on, to), "moved"))


async def type_where_to(talk: Talk) -> Said:
    """To another day, which she types."""
    facility, on = _facility(talk), _on(talk)
    await access_desk(talk.turn, facility)
    answers = {"on": on.isoformat()}
    return say(draw_form(await begin_form(talk.turn, SESSION_TO, about=int(facility), answers=answers)))


async def finish_moving_session(talk: Talk) -> Said:
    """The day was typed."""
    draft = await find_draft(talk.turn, SESSION_TO.name)
    await drop_form(talk.turn, SESSION_TO.name)
    if draft is None or draft.about is None:
        raise Refused("change_session")
    on, to = (date.fromisoformat(draft.answers[name] or "") for name in ("on", "day"))
    return await _moved(talk, FacilityId(draft.about), on, to)


async def ask_to_cancel(talk: Talk) -> Said:
    """Whom would it concern?"""
    outcome = await preview_cancelling(talk.turn, _facility(talk), _on(talk))
    return say(draw_cancelling(outcome) if outcome.trouble is None else draw_outcome(outcome, "cancelled"))


async def cancel(talk: Talk) -> Said:
    """She is sure."""
    return say(draw_outcome(await cancel_session(talk.turn, _facility(talk), _on(talk)), "cancelled"))


async def undo(talk: Talk) -> Said:
    """As the rule says."""
    return say(draw_outcome(await undo_change(talk.turn, _facility(talk), _on(talk)), "undone"))


async def ask_which_vaccine(talk: Talk) -> Said:
    """What is missing, and until when?"""
    return say(draw_shelf(await show_shelf(talk.turn, _facility(talk), _on(talk))))


async def run_out(talk: Talk) -> Said:
    """This one is missing."""
    lasts = _tap(talk).one_of(3, Span) is Span.ON
    vaccine = _tap(talk).word(2)
    outcome = await note_stock_out(talk.turn, _facility(talk), _on(talk), vaccine, lasts=lasts)
    return say(draw_outcome(outcome, "short_on" if lasts else "short", vaccine=vaccine))


async def there_again(talk: Talk) -> Said:
    """It is there."""
    vaccine = _tap(talk).word(2)
    outcome = await end_stock_out(talk.turn, _facility(talk), _on(talk), vaccine)
    return say(draw_outcome(outcome, "there", vaccine=vaccine))


async def add(talk: Talk) -> Said:
    """An extra session: when, where, from when to when?"""
    facility = _facility(talk)
    await access_desk(talk.turn, facility)
    return say(draw_form(await begin_form(talk.turn, SESSION_EXTRA, about=int(facility))))


async def finish_adding_session(talk: Talk) -> Said:
    """All was typed."""
    draft = await find_draft(talk.turn, SESSION_EXTRA.name)
    await drop_form(talk.turn, SESSION_EXTRA.name)
    if draft is None or draft.about is None:
        raise Refused("change_session")
    answers = draft.answers
    hours = read_hours(answers["hours"]) if answers["hours"] else None
    on, place = date.fromisoformat(answers["day"] or ""), answers["place"] or ""
    known = None if isinstance(hours, RuleProblem) else hours
    return say(
        draw_outcome(await add_session(talk.turn, FacilityId(draft.about), on, place=place, hours=known), "added")
    )


async def keep(talk: Talk) -> Said:
    """The session stays on the holiday."""
    return say(draw_kept(await keep_session(talk.turn, _facility(talk), _on(talk)), _on(talk)))


def _facility(talk: Talk) -> FacilityId:
    return FacilityId(_tap(talk).number(0))


def _on(talk: Talk) -> date:
    return _tap(talk).day(1)


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("change_session")
    return talk.heard.tap
