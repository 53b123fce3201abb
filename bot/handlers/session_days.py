"""Session days that change, by those who hold them: in three taps from the list; and a holiday that was warned of."""

from datetime import date
from enum import StrEnum

from bot.drawing.forms import draw_form
from bot.drawing.menus import main_menu
from bot.drawing.session_days import (
    TOGETHER,
    draw_altering,
    draw_both_there,
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
from domain.forms.form import Form
from domain.forms.session_days import SESSION_EXTRA, SESSION_OTHER, SESSION_TO, place_and_hours
from domain.identifiers import FacilityId
from domain.message import Text
from domain.session_changes import Trouble
from domain.session_days import PlaceAndHours, RuleProblem, read_hours
from services.access import Refused
from services.forms.answer_form import begin_form, drop_form, find_draft
from services.ports import Draft
from services.visits.session_days.change_session import (
    access_desk,
    add_session,
    alter_session,
    cancel_session,
    move_session,
    preview_altering,
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
    """To this day; perhaps together with what is held there."""
    together = _tap(talk).word(3) == TOGETHER
    return await _moved(talk, _facility(talk), _on(talk), _tap(talk).day(2), together=together)


async def _moved(talk: Talk, facility: FacilityId, on: date, to: date, *, together: bool = False) -> Said:
    outcome = await move_session(talk.turn, facility, on, to, together=together)
    both_there = outcome.trouble is Trouble.BOTH_THERE
    return say(draw_both_there(outcome) if both_there else draw_outcome(outcome, "moved"))


async def type_where_to(talk: Talk) -> Said:
    """To another day, which she types."""
    facility, on = _facility(talk), _on(talk)
    await access_desk(talk.turn, facility)
    answers = {"on": on.isoformat()}
    return say(draw_form(await begin_form(talk.turn, SESSION_TO, about=int(facility), answers=answers)))


async def finish_moving_session(talk: Talk) -> Said:
    """The day was typed."""
    draft = await _draft(talk, SESSION_TO)
    await drop_form(talk.turn, SESSION_TO.name)
    on, to = (date.fromisoformat(draft.answers[name] or "") for name in ("on", "day"))
    return await _moved(talk, FacilityId(draft.about or 0), on, to)


async def type_other_hours(talk: Talk) -> Said:
    """The day stays: at which other hours, or where?"""
    facility, on = _facility(talk), _on(talk)
    page = await show_day(talk.turn, facility, on)
    if not page.can_change:
        return say(draw_day(page))
    answers = {"on": on.isoformat()}
    return say(draw_form(await begin_form(talk.turn, SESSION_OTHER, about=int(facility), answers=answers)))


async def ask_to_alter(talk: Talk) -> Said:
    """It was typed: is that right, and whom would it concern?"""
    draft = await _draft(talk, SESSION_OTHER)
    outcome = await preview_altering(talk.turn, *_altering(draft))
    if outcome.trouble is None and not outcome.before:
        return say(draw_altering(outcome, draft.stamp))
    await drop_form(talk.turn, SESSION_OTHER.name)
    return say(draw_outcome(outcome, "altered"))


async def alter(talk: Talk) -> Said:
    """She is sure. The draft is gone with the first tap, so that a second one changes nothing."""
    draft = await find_draft(talk.turn, SESSION_OTHER.name)
    if draft is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    await drop_form(talk.turn, SESSION_OTHER.name)
    return say(draw_outcome(await alter_session(talk.turn, *_altering(draft)), "altered"))


def _altering(draft: Draft) -> tuple[FacilityId, date, PlaceAndHours]:
    on = date.fromisoformat(draft.answers["on"] or "")
    return FacilityId(draft.about or 0), on, place_and_hours(draft.answers["place_and_hours"])


async def _draft(talk: Talk, form: Form) -> Draft:
    draft = await find_draft(talk.turn, form.name)
    if draft is None or draft.about is None:
        raise Refused("change_session")
    return draft


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
    draft = await _draft(talk, SESSION_EXTRA)
    await drop_form(talk.turn, SESSION_EXTRA.name)
    answers = draft.answers
    hours = read_hours(answers["hours"]) if answers["hours"] else None
    on, place = date.fromisoformat(answers["day"] or ""), answers["place"] or ""
    known = None if isinstance(hours, RuleProblem) else hours
    return say(
        draw_outcome(await add_session(talk.turn, FacilityId(draft.about or 0), on, place=place, hours=known), "added")
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
