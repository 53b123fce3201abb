"""Staff settle what a province offers, until which age, in which rounds, and which diseases are about."""

import re
from datetime import date
from enum import StrEnum

from bot.drawing.area import (
    draw_age,
    draw_age_kept,
    draw_age_question,
    draw_ages,
    draw_dropping,
    draw_gate,
    draw_gate_kept,
    draw_gate_question,
    draw_gates,
    draw_home,
    draw_outbreak_question,
    draw_outbreaks,
    draw_province,
    draw_round_kept,
    draw_round_question,
    draw_rounds,
)
from bot.drawing.area_words import NO_AGE
from bot.drawing.forms import draw_form
from bot.handlers.station import stations
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.care.rounds import CampaignRound
from domain.forms.area_rules import AREA_AGE, AREA_GATE, AREA_ROUND
from domain.forms.form import Answers
from domain.identifiers import CommuneId
from domain.people import ActorRole
from domain.province_rules import GateWord
from domain.vaccination.ages import Age
from services.access import Permission, Refused
from services.forms.answer_form import begin_form, drop_form, find_draft
from services.staff.area_rules.change_rules import (
    add_round,
    cancel_round,
    declare_outbreak,
    end_outbreak,
    set_gate,
    set_upper_age,
)
from services.staff.area_rules.confirm_phones import confirm_phones
from services.staff.area_rules.show_rules import (
    count_by_age,
    count_by_gate,
    count_by_group,
    count_by_round,
    list_provinces,
    show_gate,
    show_item,
    show_province,
)

_AGE = re.compile(r"([0-9]{1,4})([md])")


class GateTo(StrEnum):
    """What a gate is to be."""

    OPEN = "open"
    CLOSED = "closed"


async def area(talk: Talk) -> Said:
    """Staff choose a province or the stations; a health worker has only a station."""
    actor = talk.turn.speaker.actor
    if actor is not None and actor.role is ActorRole.HEALTH_WORKER:
        return await stations(talk)
    return say(draw_home(await list_provinces(talk.turn)))


async def province(talk: Talk) -> Said:
    """One province."""
    return say(draw_province(await show_province(talk.turn, _number(talk))))


async def phones(talk: Talk) -> Said:
    """Both numbers are right."""
    tap = _tap(talk)
    return say(draw_province(await confirm_phones(talk.turn, _number(talk), (tap.word(1), tap.word(2)))))


async def gates(talk: Talk) -> Said:
    """What it offers."""
    return say(draw_gates(await show_province(talk.turn, _number(talk))))


async def gate(talk: Talk) -> Said:
    """One of them."""
    return say(draw_gate(*await show_gate(talk.turn, _number(talk), _tap(talk).word(1))))


async def ask_gate(talk: Talk) -> Said:
    """From this day: is she sure?"""
    return await _gate_question(talk, _number(talk), _gate_word(talk, _tap(talk).day(3)))


async def _gate_question(talk: Talk, number: CommuneId, word: GateWord) -> Said:
    page, _state = await show_gate(talk.turn, number, word.gate)
    return say(draw_gate_question(page, word, await count_by_gate(talk.turn, page, word.gate, word.from_on)))


async def keep_gate(talk: Talk) -> Said:
    """She is sure."""
    word = _gate_word(talk, _tap(talk).day(3))
    return say(draw_gate_kept(await set_gate(talk.turn, _number(talk), word), word.gate))


async def type_gate_day(talk: Talk) -> Said:
    """From another day, which she types."""
    number, word = _number(talk), _gate_word(talk, date.min)
    page, _state = await show_gate(talk.turn, number, word.gate)
    to = GateTo.OPEN if word.is_open else GateTo.CLOSED
    answers = {"gate": word.gate, "word": to.value, "zone": page.province.zone}
    return say(draw_form(await begin_form(talk.turn, AREA_GATE, about=int(number), answers=answers)))


async def finish_gate_day(talk: Talk) -> Said:
    """The day was typed: is she sure?"""
    number, answers = await _typed(talk, AREA_GATE.name)
    from_on = date.fromisoformat(answers["from_on"] or "")
    word = GateWord(answers["gate"] or "", from_on, answers["word"] == GateTo.OPEN)
    return await _gate_question(talk, number, word)


async def ages(talk: Talk) -> Said:
    """Until which ages."""
    return say(draw_ages(await show_province(talk.turn, _number(talk))))


async def age(talk: Talk) -> Said:
    """One of them."""
    item = _tap(talk).word(1)
    return say(draw_age(await show_item(talk.turn, _number(talk), item), item))


async def type_age(talk: Talk) -> Said:
    """Another age, which she types."""
    number, item = _number(talk), _tap(talk).word(1)
    page = await show_item(talk.turn, number, item)
    answers = {"item": item, "above": str(page.least_age(item)), "zone": page.province.zone}
    return say(draw_form(await begin_form(talk.turn, AREA_AGE, about=int(number), answers=answers)))


async def finish_age(talk: Talk) -> Said:
    """The age was typed: is she sure?"""
    number, answers = await _typed(talk, AREA_AGE.name)
    return await _age_question(talk, number, answers["item"] or "", Age.parse(answers["age"] or ""))


async def ask_age(talk: Talk) -> Said:
    """As in the schedule, or an age of a button: is she sure?"""
    return await _age_question(talk, _number(talk), _tap(talk).word(1), _age(talk, 2))


async def _age_question(talk: Talk, number: CommuneId, item: str, wanted: Age | None) -> Said:
    page = await show_item(talk.turn, number, item)
    return say(draw_age_question(page, item, wanted, await count_by_age(talk.turn, page, item, wanted)))


async def keep_age(talk: Talk) -> Said:
    """She is sure."""
    item = _tap(talk).word(1)
    return say(draw_age_kept(await set_upper_age(talk.turn, _number(talk), item, _age(talk, 2)), item))


async def rounds(talk: Talk) -> Said:
    """The rounds."""
    return say(draw_rounds(await show_province(talk.turn, _number(talk))))


async def type_round(talk: Talk) -> Said:
    """A new one: from when until when, for which ages?"""
    number, kind = _number(talk), _tap(talk).word(1)
    page = await show_province(talk.turn, number)
    if kind not in page.kinds:
        raise Refused(Permission.CHANGE_RULES, f"round:{kind}")
    least, most = page.proposed_ages(kind)
    answers = {"kind": kind, "proposed_min": str(least), "proposed_max": str(most), "zone": page.province.zone}
    return say(draw_form(await begin_form(talk.turn, AREA_ROUND, about=int(number), answers=answers)))


async def finish_round(talk: Talk) -> Said:
    """All was typed: is she sure?"""
    number, answers = await _typed(talk, AREA_ROUND.name)
    from_on, until_on = (date.fromisoformat(answers[name] or "") for name in ("from_on", "until_on"))
    least, most = (Age.parse(answers[name] or "") for name in ("min_age", "max_age"))
    page = await show_province(talk.turn, number)
    one = _round(answers["kind"] or "", (from_on, until_on), (least, most))
    return say(draw_round_question(page, one, await count_by_round(talk.turn, page, one)))


async def keep_round(talk: Talk) -> Said:
    """She is sure."""
    tap = _tap(talk)
    least, most = _age(talk, 4), _age(talk, 5)
    if least is None or most is None:
        raise Refused(Permission.CHANGE_RULES, "round")
    one = _round(tap.word(1), (tap.day(2), tap.day(3)), (least, most))
    return say(draw_round_kept(await add_round(talk.turn, _number(talk), one), one))


async def ask_to_drop(talk: Talk) -> Said:
    """Does it not take place?"""
    page = await show_province(talk.turn, _number(talk))
    wanted = (_tap(talk).word(1), _tap(talk).day(2))
    one = next((one for one in page.rounds if (one.key, one.from_on) == wanted), None)
    if one is None:
        return say(draw_rounds(page))
    return say(draw_dropping(page, one, await count_by_round(talk.turn, page, one)))


async def drop_round(talk: Talk) -> Said:
    """It does not."""
    return say(draw_rounds(await cancel_round(talk.turn, _number(talk), _tap(talk).word(1), _tap(talk).day(2))))


async def outbreaks(talk: Talk) -> Said:
    """Which diseases are about."""
    return say(draw_outbreaks(await show_province(talk.turn, _number(talk))))


async def ask_outbreak(talk: Talk) -> Said:
    """Is it about?"""
    page, group = await show_province(talk.turn, _number(talk)), _tap(talk).word(1)
    if group not in page.groups:
        raise Refused(Permission.CHANGE_RULES, f"group:{group}")
    return say(draw_outbreak_question(page, group, await count_by_group(talk.turn, page, group)))


async def keep_outbreak(talk: Talk) -> Said:
    """It is."""
    return say(draw_outbreaks(await declare_outbreak(talk.turn, _number(talk), _tap(talk).word(1))))


async def outbreak_over(talk: Talk) -> Said:
    """It is not any more."""
    return say(draw_outbreaks(await end_outbreak(talk.turn, _number(talk), _tap(talk).word(1))))


def _round(kind: str, days: tuple[date, date], ages: tuple[Age, Age]) -> CampaignRound:
    try:
        return CampaignRound(kind, *days, *ages)
    except ValueError as error:
        raise Refused(Permission.CHANGE_RULES, f"round:{kind}") from error


async def _typed(talk: Talk, form: str) -> tuple[CommuneId, Answers]:
    """What was typed, and of which province; the draft has served."""
    draft = await find_draft(talk.turn, form)
    await drop_form(talk.turn, form)
    if draft is None or draft.about is None:
        raise Refused(Permission.CHANGE_RULES, form)
    return CommuneId(draft.about), draft.answers


def _gate_word(talk: Talk, from_on: date) -> GateWord:
    return GateWord(_tap(talk).word(1), from_on, _tap(talk).one_of(2, GateTo) is GateTo.OPEN)


def _age(talk: Talk, place: int) -> Age | None:
    """The age that a button carries; None: as in the schedule."""
    word = _tap(talk).word(place)
    found = _AGE.fullmatch(word)
    if found is None and word != NO_AGE:
        raise Refused(Permission.CHANGE_RULES, "age")
    if found is None:
        return None
    return Age(months=int(found[1])) if found[2] == "m" else Age(days=int(found[1]))


def _number(talk: Talk) -> CommuneId:
    return CommuneId(_tap(talk).number(0))


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused(Permission.CHANGE_RULES)
    return talk.heard.tap
