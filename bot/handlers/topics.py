"""The topic of a session day: what the nurse taps, what is reported of it, and what a family answers a week later."""

from bot.drawing.topics import draw_answered, draw_report, draw_topic, draw_topics
from bot.handlers.whose import whom
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.identifiers import CaregiverId, FacilityId
from domain.topics import TopicAnswer
from services.access import Refused
from services.visits.topics.answer_topic import answer_topic
from services.visits.topics.choose_topic import choose_topic
from services.visits.topics.find_topic import list_topics, show_topic
from services.visits.topics.finish_topic import finish_topic, take_back_topic
from services.visits.topics.report_topics import report_topics


async def topic(talk: Talk) -> Said:
    """What she speaks about that day; without one, today or on the next session day."""
    tap = _tap(talk)
    on = tap.day(1) if tap.word(1) else None
    return say(draw_topic(await show_topic(talk.turn, FacilityId(tap.number(0)), on)))


async def topic_list(talk: Talk) -> Said:
    """Which else there are."""
    tap = _tap(talk)
    return say(draw_topics(await list_topics(talk.turn, FacilityId(tap.number(0)), tap.day(1))))


async def topic_choose(talk: Talk) -> Said:
    """This one instead."""
    tap = _tap(talk)
    return say(draw_topic(await choose_topic(talk.turn, FacilityId(tap.number(0)), tap.day(1), tap.word(2))))


async def topic_done(talk: Talk) -> Said:
    """She has spoken about it."""
    tap = _tap(talk)
    return say(draw_topic(await finish_topic(talk.turn, FacilityId(tap.number(0)), tap.day(1), tap.word(2))))


async def topic_undo(talk: Talk) -> Said:
    """It was a slip."""
    tap = _tap(talk)
    return say(draw_topic(await take_back_topic(talk.turn, FacilityId(tap.number(0)), tap.day(1))))


async def topics_report(talk: Talk) -> Said:
    """The numbers of a year: of one station, or of all that she may see (0), page by page."""
    tap = _tap(talk)
    facility = tap.number(0) if tap.arguments else 0
    page = tap.number(1) if len(tap.arguments) > 1 else 0
    return say(draw_report(await report_topics(talk.turn, FacilityId(facility) if facility else None), page))


async def topic_said(talk: Talk) -> Said:
    """We did it, a little, not yet."""
    tap = _tap(talk)
    hers, facility, on = CaregiverId(tap.number(0)), FacilityId(tap.number(1)), tap.day(2)
    answered = await answer_topic(talk.turn, hers, facility, on, tap.one_of(3, TopicAnswer))
    header = await whom(talk, answered.caregiver)
    return Said([draw_answered(answered, header)], about=(answered.caregiver.id, answered.children))


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("topic")
    return talk.heard.tap
