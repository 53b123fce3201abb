"""A session day for those who vaccinate: the list, what is said of each, one visit at a time, and the end of it."""

from bot.drawing.session import NOT_COME, ONE, draw_session, page_of
from bot.drawing.session_closing import draw_closing
from bot.drawing.session_visit import (
    draw_one,
    draw_recorded,
    draw_swap_for_all,
    draw_swap_for_one,
    draw_taken_back,
    draw_which,
)
from bot.payloads import Payload, UnreadableButtonError
from bot.talk import Said, Talk, say
from domain.attendance import Outcome
from domain.identifiers import FacilityId
from domain.session_closing import Say, Who, parse_say, parse_who
from services.access import Permission, Refused, access_actor, access_facilities
from services.visits.close_session import close_session, plan_closing, reopen_session
from services.visits.list_session import SessionList, list_session
from services.visits.record_visit import access_visitor, record_visit, take_back_visit
from services.visits.session.mark_visit import (
    change_for_all,
    change_for_one,
    mark_visit,
    note_had_by_all,
    unmark_visit,
    vaccines_instead,
)


async def session(talk: Talk) -> Said:
    """The list of a facility's session day: of the one named, or of today's or the next one of her own facilities."""
    actor = access_actor(talk.turn.speaker, Permission.RECORD_VISITS)
    tap = talk.heard.tap
    if tap is not None and tap.arguments:
        on = tap.day(1) if tap.word(1) else None
        listed = await list_session(talk.turn, _facility(tap), on)
        return say(draw_session(listed, tap.number(2) if tap.word(2) else 0, _view(tap, 3)))
    facilities = await access_facilities(talk.turn.uow, actor)
    return say(*[draw_session(await list_session(talk.turn, facility.id)) for facility in facilities])


async def which(talk: Talk) -> Said:
    """Postponed why, or which vaccine was not there?"""
    tap = _tap(talk)
    listed = await list_session(talk.turn, _facility(tap), tap.day(1))
    outcome = tap.one_of(3, Outcome)
    if listed.on != tap.day(1) or outcome not in (Outcome.POSTPONED, Outcome.NO_VACCINE):
        return say(draw_session(listed))
    return say(draw_which(listed, tap.number(2), outcome))


async def mark(talk: Talk) -> Said:
    """One thing is said of one visit, or taken back; the list (or the visit's page) comes again."""
    tap = _tap(talk)
    said, who = parse_say(tap.word(2)), _who(tap, 3)
    if said is None:
        raise UnreadableButtonError("what is said of a visit")
    listed = await mark_visit(talk.turn, _facility(tap), tap.day(1), who, said, take_back=tap.word(4) == "0")
    return _after(listed, who, None if tap.word(5) == ONE else said)


async def had_all(talk: Talk) -> Said:
    """Everybody had a vaccine before it ran out, or not everybody."""
    tap = _tap(talk)
    vaccine, take_back = tap.word(2), tap.word(3) == "0"
    listed = await note_had_by_all(talk.turn, _facility(tap), tap.day(1), vaccine, take_back=take_back)
    return say(draw_session(listed, 0, Say(Outcome.CAME, vaccine=vaccine) if take_back else NOT_COME))


async def unmark(talk: Talk) -> Said:
    """Nothing special is said of one any more."""
    tap = _tap(talk)
    who = _who(tap, 2)
    return _after(await unmark_visit(talk.turn, _facility(tap), tap.day(1), who), who, None)


async def one(talk: Talk) -> Said:
    """The page of one visit."""
    tap = _tap(talk)
    who = _who(tap, 1)
    _actor, _subject, facility = await access_visitor(talk.turn, who)
    return _after(await list_session(talk.turn, facility.id, tap.day(0)), who, None)


async def swap(talk: Talk) -> Said:
    """Everybody gets another vaccine today: which one, by which one, and done."""
    tap = _tap(talk)
    facility, on, due, given = _facility(tap), tap.day(1), tap.word(2), tap.word(3)
    if given:
        return say(draw_session(await change_for_all(talk.turn, facility, on, (due, given))))
    listed = await list_session(talk.turn, facility, on)
    if listed.on != on:
        return say(draw_session(listed))
    return say(draw_swap_for_all(listed, due, await vaccines_instead(talk.turn, facility, due)))


async def swap_one(talk: Talk) -> Said:
    """One got another vaccine."""
    tap = _tap(talk)
    on, who, due, given = tap.day(0), _who(tap, 1), tap.word(2), tap.word(3)
    _actor, _subject, facility = await access_visitor(talk.turn, who)
    if given:
        return _after(await change_for_one(talk.turn, facility.id, on, who, (due, given)), who, None)
    listed = await list_session(talk.turn, facility.id, on)
    entry = listed.entry(who)
    if entry is None or listed.on != on:
        return say(draw_session(listed))
    return say(draw_swap_for_one(listed, entry, due, await vaccines_instead(talk.turn, facility.id, due)))


async def close(talk: Talk) -> Said:
    """What goes on record: is it so?"""
    tap = _tap(talk)
    plan = await plan_closing(talk.turn, _facility(tap), tap.day(1))
    return say(draw_closing(plan)) if plan.session.on == tap.day(1) else say(draw_session(plan.session))


async def close_yes(talk: Talk) -> Said:
    """It is."""
    tap = _tap(talk)
    plan = await close_session(talk.turn, _facility(tap), tap.day(1), tap.number(2))
    return say(draw_closing(plan)) if plan.session.on == tap.day(1) else say(draw_session(plan.session))


async def reopen(talk: Talk) -> Said:
    """It was closed too soon."""
    tap = _tap(talk)
    return say(draw_session(await reopen_session(talk.turn, _facility(tap), tap.day(1))))


async def record(talk: Talk) -> Said:
    """One tap: what was due is on record. A button of another day shows the list of today instead."""
    tap = _tap(talk)
    recorded = await record_visit(talk.turn, _who(tap, 0), tap.day(1))
    if recorded.on != tap.day(1):
        return say(draw_session(await list_session(talk.turn, recorded.facility.id)))
    return say(draw_recorded(recorded))


async def take_back(talk: Talk) -> Said:
    """It was the wrong one."""
    tap = _tap(talk)
    return say(draw_taken_back(await take_back_visit(talk.turn, _who(tap, 0), tap.day(1))))


def _after(listed: SessionList, who: Who, view: Say | None) -> Said:
    """The list at the page of one, or that one's own page."""
    entry = listed.entry(who)
    if view is None and entry is not None:
        return say(draw_one(listed, entry))
    return say(draw_session(listed, page_of(entry), view))


def _view(tap: Payload, place: int) -> Say | None:
    word = tap.word(place)
    return None if word == ONE else parse_say(word) or NOT_COME


def _facility(tap: Payload) -> FacilityId:
    return FacilityId(tap.number(0))


def _who(tap: Payload, place: int) -> Who:
    who = parse_who(tap.word(place))
    if who is None:
        raise UnreadableButtonError("a visit's number")
    return who


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("session")
    return talk.heard.tap
