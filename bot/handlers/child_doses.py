"""A child's record for those who vaccinate: late entries, corrections with their history, and what is not asked for."""

from bot.drawing.child_doses import (
    draw_children,
    draw_doses,
    draw_late,
    draw_other_vaccine,
    draw_row,
    draw_sure,
    draw_where,
)
from bot.drawing.exemptions import FOR_GOOD, draw_groups, draw_kinds, draw_spans
from bot.drawing.forms import draw_form
from bot.drawing.menus import main_menu
from bot.payloads import Payload, UnreadableButtonError
from bot.talk import Said, Talk, say
from domain.identifiers import ChildId, FamilyId
from domain.late_doses import GivenAt, GivenDay, parse_day_word
from domain.message import Text
from domain.vaccination.engine import Exemption
from services.access import Refused
from services.visits.correct_record import confirm_report, correct_child, correct_day, correct_vaccine, withdraw_dose
from services.visits.note_exemption import LASTS_MONTHS, end_exemption, note_exemption
from services.visits.record_late import WITHOUT_ROW, ask_given_on, record_late, take_given_on
from services.visits.show_record import list_children, show_record


async def family_doses(talk: Talk) -> Said:
    """Whose record; where there is one child, its own at once."""
    family = FamilyId(_tap(talk).number(0))
    children = await list_children(talk.turn, family)
    if len(children) == 1:
        return await _page(talk, children[0].id)
    return say(draw_children(family, children))


async def doses(talk: Talk) -> Said:
    """One child's record."""
    return await _page(talk, _child(talk))


async def dose(talk: Talk) -> Said:
    """One row of it."""
    record = await show_record(talk.turn, _child(talk))
    row = next((one for one in record.standing if one.id == _row(talk)), None)
    return say(draw_row(record, row)) if row else await _page(talk, _child(talk))


async def dose_day(talk: Talk) -> Said:
    """It was another day: which one?"""
    return say(draw_form(await ask_given_on(talk.turn, _child(talk), str(_row(talk)))))


async def late(talk: Talk) -> Said:
    """A dose of an earlier day: which one?"""
    return say(draw_form(await ask_given_on(talk.turn, _child(talk))))


async def finish_given_on(talk: Talk) -> Said:
    """The day was told: it corrects a row, or new doses follow."""
    taken = await take_given_on(talk.turn)
    if taken is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    child, row, day = taken
    if row == WITHOUT_ROW:
        return say(draw_where(await show_record(talk.turn, child), day))
    await correct_day(talk.turn, child, int(row), day)
    return await _page(talk, child)


async def late_dose(talk: Talk) -> Said:
    """One vaccine of that day, here or elsewhere; without one, which."""
    tap, child = _tap(talk), _child(talk)
    day, where = _day(tap, 1), tap.one_of(2, GivenAt)
    if tap.word(3):
        await record_late(talk.turn, child, tap.word(3), day, where)
    return say(draw_late(await show_record(talk.turn, child), day, where))


async def dose_vaccine(talk: Talk) -> Said:
    """It was another vaccine."""
    tap, child = _tap(talk), _child(talk)
    if tap.word(2):
        await correct_vaccine(talk.turn, child, _row(talk), tap.word(2))
        return await _page(talk, child)
    record = await show_record(talk.turn, child)
    row = next((one for one in record.standing if one.id == _row(talk)), None)
    return say(draw_other_vaccine(record, row)) if row else await _page(talk, child)


async def dose_child(talk: Talk) -> Said:
    """It was a sister or a brother, whose record is shown then."""
    other = ChildId(_tap(talk).number(2))
    await correct_child(talk.turn, _child(talk), _row(talk), other)
    return await _page(talk, other)


async def dose_gone(talk: Talk) -> Said:
    """It was never given: is it so?"""
    child = _child(talk)
    if _tap(talk).word(2) == "yes":
        await withdraw_dose(talk.turn, child, _row(talk))
        return await _page(talk, child)
    record = await show_record(talk.turn, child)
    row = next((one for one in record.standing if one.id == _row(talk)), None)
    return say(draw_sure(record, row)) if row else await _page(talk, child)


async def dose_true(talk: Talk) -> Said:
    """What the family told is on the card."""
    await confirm_report(talk.turn, _child(talk), _row(talk))
    return await _page(talk, _child(talk))


async def exempt(talk: Talk) -> Said:
    """Which group is not asked for, why, and for how long."""
    tap, child = _tap(talk), _child(talk)
    group = tap.word(1)
    record = await show_record(talk.turn, child)
    if not group:
        return say(draw_groups(record))
    if not tap.word(2):
        return say(draw_kinds(record, group))
    kind = tap.one_of(2, Exemption)
    if not tap.word(3):
        return say(draw_spans(record, group, kind))
    months = tap.number(3)
    if months not in (FOR_GOOD, *LASTS_MONTHS):
        raise UnreadableButtonError("for how many months")
    await note_exemption(talk.turn, child, group, kind, months or None)
    return await _page(talk, child)


async def exempt_end(talk: Talk) -> Said:
    """It is asked for again."""
    await end_exemption(talk.turn, _child(talk), _tap(talk).word(1))
    return await _page(talk, _child(talk))


async def _page(talk: Talk, child: ChildId) -> Said:
    record = await show_record(talk.turn, child)
    return say(draw_doses(record, talk.turn.moment.today(record.facility.zone)))


def _day(tap: Payload, place: int) -> GivenDay:
    day = parse_day_word(tap.word(place))
    if day is None:
        raise UnreadableButtonError("the day of a dose")
    return day


def _child(talk: Talk) -> ChildId:
    return ChildId(_tap(talk).number(0))


def _row(talk: Talk) -> int:
    return _tap(talk).number(1)


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("doses")
    return talk.heard.tap
