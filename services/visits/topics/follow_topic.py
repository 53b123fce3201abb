"""What follows a topic at home: one thing to try for each caregiver who was there, and a week later one question.

Both are tips: they go at her own hour, count under the cap, and go before that day's other tip. A message about a visit
takes the place of any of them, so that after a vaccination the evening belongs to how the child is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.area import Facility
from domain.message import Choice, OutgoingMessage, Text
from domain.people import Caregiver, Child
from domain.sending.hours import start_of_day, tip_instant
from domain.sending.outbox import Lane, OutboxRow, PlannedMessage, Reason
from domain.topics import (
    ASK_AFTER,
    ASK_LASTS,
    TRY_DAYS,
    Topic,
    TopicAnswer,
    TopicOccasion,
    TopicStep,
    is_to_be_asked,
    parse_topic_occasion,
    tries_until,
)
from services.ports.topics import Attender, Told
from services.turn import Work
from services.visits.zone_now import ZoneNow, look_at_zone

FOLLOWED = timedelta(days=TRY_DAYS) + ASK_AFTER + ASK_LASTS


async def follow_topics(work: Work, zone: str, here: ZoneNow | None = None) -> None:
    """Whatever is to follow today in a zone; also for those who were recorded after the nurse had tapped."""
    here = here or await look_at_zone(work, zone)
    facilities = {one.id: one for one in here.facilities}
    today = work.moment.today(zone)
    for closing in await work.uow.sessions.closings(list(facilities), today - FOLLOWED, today):
        if closing.topic_done_at is not None:
            await tell_attenders(work, facilities[closing.facility], closing.on)
            await ask_attenders(work, facilities[closing.facility], closing.on)


async def tell_attenders(work: Work, facility: Facility, on: date) -> None:
    """Plan the thing to try for everybody who was at this session. Nobody gets two for one session."""
    is_late = work.moment.today(facility.zone) >= tries_until(on)
    topic = await _done_topic(work, facility, on) if not is_late else None
    if topic is None:
        return
    about = TopicOccasion(facility.id, on, topic.key, TopicStep.TRY)
    attenders = await _attenders(work, facility, on)
    told = await work.uow.topics.told_at(facility.id, on, [one.caregiver.id for one in attenders])
    hints = [hint for one in attenders if (hint := _hint(work, topic, on, one)) is not None]
    planned = [_thing_to_try(work, facility, about, hint) for hint in hints if not _has_another(told, about, hint)]
    await work.uow.outbox.plan(planned, work.moment.now)


async def ask_attenders(work: Work, facility: Facility, on: date) -> None:
    """Plan the question for everybody who got the thing to try a week ago."""
    if work.moment.today(facility.zone) < on + ASK_AFTER:
        return
    attenders = {one.caregiver.id: one.caregiver for one in await _attenders(work, facility, on)}
    planned = [
        _question(work, facility, told, attenders[told.caregiver])
        for told in await work.uow.topics.told_at(facility.id, on, list(attenders))
        if told.occasion.step is TopicStep.TRY and _is_to_be_asked(work, facility, told)
    ]
    await work.uow.outbox.plan(planned, work.moment.now)


async def settled_topic(work: Work, row: OutboxRow, _caregiver: Caregiver) -> Reason | None:
    """A message about a topic that was taken back, or of which another one took the place, is not sent."""
    about = parse_topic_occasion(row.planned.occasion)
    if about is None:
        return None
    closing = await work.uow.sessions.closing(about.facility, about.on)
    stands = closing.topic_done_at is not None and closing.topic == about.topic
    return None if stands else Reason.SUPERSEDED


async def _done_topic(work: Work, facility: Facility, on: date) -> Topic | None:
    closing = await work.uow.sessions.closing(facility.id, on)
    return work.programme.topics.find(closing.topic) if closing.topic_done_at is not None else None


async def _attenders(work: Work, facility: Facility, on: date) -> Sequence[Attender]:
    return await work.uow.topics.attenders(facility.id, on, born_after=work.programme.topics.born_after(on))


@dataclass(frozen=True)
class _Hint:
    """What one caregiver is to try, and with which of her children."""

    caregiver: Caregiver
    key: str
    children: tuple[Child, ...]


def _hint(work: Work, topic: Topic, on: date, attender: Attender) -> _Hint | None:
    found = work.programme.topics.youngest(attender.children, on)
    if found is None:
        return None
    band, children = found
    return _Hint(attender.caregiver, topic.thing_to_try(band), children)


def _has_another(told: Sequence[Told], about: TopicOccasion, hint: _Hint) -> bool:
    """Whether she has one of this session already, for a sibling of another age or of a topic that was taken back."""
    hers = (one for one in told if one.caregiver == hint.caregiver.id and one.occasion.step is TopicStep.TRY)
    others = (one for one in hers if one.key != hint.key)
    return any(one.occasion.topic == about.topic or not one.closed for one in others)


def _thing_to_try(work: Work, facility: Facility, about: TopicOccasion, hint: _Hint) -> PlannedMessage:
    return PlannedMessage(
        lane=Lane.TIP,
        message=OutgoingMessage(Text(hint.key)),
        occasion=str(about),
        send_from=_her_hour(work, facility, hint.caregiver),
        expires_at=start_of_day(tries_until(about.on), facility.zone),
        caregiver=hint.caregiver.id,
        subjects=tuple(child.id for child in hint.children),
    )


def _question(work: Work, facility: Facility, told: Told, caregiver: Caregiver) -> PlannedMessage:
    about = replace(told.occasion, step=TopicStep.ASK)
    ends = _day(facility, told.sent_at or work.moment.now) + ASK_AFTER + ASK_LASTS
    return PlannedMessage(
        lane=Lane.TIP,
        message=OutgoingMessage(Text(f"topics.{about.topic}.question"), answer_choices(about, caregiver)),
        occasion=str(about),
        send_from=_her_hour(work, facility, caregiver),
        expires_at=start_of_day(ends, facility.zone),
        caregiver=caregiver.id,
        subjects=told.children,
    )


def answer_choices(about: TopicOccasion, caregiver: Caregiver) -> tuple[tuple[Choice, ...], ...]:
    """Three answers, a button each. It says whose it is: on a shared phone two may have been there."""
    start = f"v1:topic_said:{caregiver.id}:{about.facility}:{about.on.isoformat()}"
    return tuple((Choice(Text(f"topic.choice.{answer}"), f"{start}:{answer}"),) for answer in TopicAnswer)


def _is_to_be_asked(work: Work, facility: Facility, told: Told) -> bool:
    return told.sent_at is not None and is_to_be_asked(_day(facility, told.sent_at), work.moment.today(facility.zone))


def _day(facility: Facility, at: datetime) -> date:
    return at.astimezone(ZoneInfo(facility.zone)).date()


def _her_hour(work: Work, facility: Facility, caregiver: Caregiver) -> datetime:
    """Her minute, today or tomorrow: some seconds before that day's other tip, which then waits."""
    today = work.moment.today(facility.zone)
    days = (today, today + timedelta(days=1))
    first, second = (tip_instant(day, caregiver.tip_hour, facility.zone, str(caregiver.id)) for day in days)
    return first if first >= work.moment.now else second
