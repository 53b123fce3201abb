"""A volunteer's list: opened, one entry, and what came of it in one tap more; and her absence."""

from datetime import date

from bot.drawing.absence import draw_away, draw_back, draw_noted, draw_stand_ins
from bot.drawing.families import draw_done, draw_entry, draw_list, draw_task, draw_task_done
from bot.drawing.forms import draw_form
from bot.handlers.applications import tell_waiting
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.forms.away import AWAY
from domain.identifiers import ActorId, CaregiverId, TaskId
from domain.tasks import TaskOutcome
from services.access import Refused
from services.enrolment.list_families import list_families, open_entry
from services.enrolment.note_absence import begin_absence, end_absence, find_stand_ins, note_absence
from services.enrolment.note_outcome import note_entry, note_task, open_task
from services.forms.answer_form import begin_form, drop_form, find_draft

SPANS = (14, 28)


async def families(talk: Talk) -> Said:
    """Whom she should help."""
    page = talk.heard.tap.number(0) if talk.heard.tap and talk.heard.tap.arguments else 0
    return say(draw_list(await list_families(talk.turn), page), *await tell_waiting(talk))


async def family(talk: Talk) -> Said:
    """One who has not joined or cannot be reached."""
    return say(draw_entry(await open_entry(talk.turn, CaregiverId(_tap(talk).number(0)))))


async def family_done(talk: Talk) -> Said:
    """What came of it."""
    tap = _tap(talk)
    outcome = tap.one_of(1, TaskOutcome)
    shown = await note_entry(talk.turn, CaregiverId(tap.number(0)), outcome)
    return say(draw_done(shown, outcome))


async def task(talk: Talk) -> Said:
    """One who is to be called."""
    return say(draw_task(await open_task(talk.turn, TaskId(_tap(talk).number(0)))))


async def task_done(talk: Talk) -> Said:
    """What came of it."""
    tap = _tap(talk)
    outcome = tap.one_of(1, TaskOutcome)
    return say(draw_task_done(await note_task(talk.turn, TaskId(tap.number(0)), outcome), outcome))


async def away(talk: Talk) -> Said:
    """She is away: for how long, and then who looks after her list."""
    await begin_absence(talk.turn)
    if not _tap(talk).arguments:
        return say(draw_away(SPANS))
    days = _tap(talk).number(0)
    if days not in SPANS:
        raise Refused("absence")
    return await _stand_ins(talk, days=days)


async def away_date(talk: Talk) -> Said:
    """She types the day."""
    await begin_absence(talk.turn)
    return say(draw_form(await begin_form(talk.turn, AWAY)))


async def finish_away(talk: Talk) -> Said:
    """The day was typed."""
    draft = await find_draft(talk.turn, AWAY.name)
    await drop_form(talk.turn, AWAY.name)
    typed = draft.answers.get("back_on") if draft else None
    return await _stand_ins(talk, back_on=date.fromisoformat(typed)) if typed else say(draw_away(SPANS))


async def _stand_ins(talk: Talk, *, days: int | None = None, back_on: date | None = None) -> Said:
    offered = await find_stand_ins(talk.turn, days=days, back_on=back_on)
    if offered.colleagues:
        return say(draw_stand_ins(offered))
    await note_absence(talk.turn, offered.back_on, None)
    return say(draw_noted(offered.back_on, None))


async def away_to(talk: Talk) -> Said:
    """Who looks after her list; 0 is everybody of the commune."""
    tap = _tap(talk)
    back_on, number = tap.day(0), tap.number(1)
    noted = await note_absence(talk.turn, back_on, ActorId(number) if number else None)
    return say(draw_noted(back_on, noted))


async def back(talk: Talk) -> Said:
    """She is back."""
    await end_absence(talk.turn)
    return say(draw_back(), draw_list(await list_families(talk.turn)))


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("families")
    return talk.heard.tap
