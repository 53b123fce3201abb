"""The topics of session days in rows: who was there, what was planned for them, what they answered."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, delete, exists, func, select

from domain.attendance import AttendanceSource, Outcome
from domain.identifiers import CaregiverId, ChildId, FacilityId
from domain.sending.outbox import Lane, OutboxState
from domain.topics import TOPIC, TopicAnswer, TopicOccasion, TopicStep, parse_topic_occasion
from services.ports.topics import Answered, Attender, Reached, Told
from services.ports.visits import ON_RECORD
from storage.repositories.family_rows import caregiver_of, child_of
from storage.statements import Statements
from storage.tables import (
    attempts,
    attendances,
    care_roles,
    caregivers,
    children,
    outbox,
    topic_answers,
    vaccinations,
)

_IS_SPOKEN_TO = (
    caregivers.c.joined_at.is_not(None) & caregivers.c.stopped_at.is_(None) & caregivers.c.ended_at.is_(None)
)
_ANSWERED = ("caregiver_id", "facility_id", "visit_on", "topic")


class TopicRows:
    """What follows when a session's topic was done."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def attenders(self, facility: FacilityId, on: date, *, born_after: date) -> Sequence[Attender]:
        """Who may be spoken to of the children who came that day, by the facility's word or by what it recorded."""
        were_there = children.c.id.in_(_came(facility, on)) | children.c.id.in_(_recorded(facility, on))
        living = children.c.ended_at.is_(None) & (children.c.birth_date > born_after)
        found = select(caregivers, children).join_from(children, care_roles).join(caregivers)
        found = found.where(were_there, living, _IS_SPOKEN_TO)
        rows = await self._statements.all(found.order_by(caregivers.c.id, children.c.birth_date, children.c.id))
        return tuple(_attender(list(group)) for _, group in groupby(rows, key=lambda row: row[caregivers.c.id]))

    async def told_at(self, facility: FacilityId, on: date, caregivers: Collection[CaregiverId]) -> Sequence[Told]:
        """Every message about this session's topics for these caregivers, planned, sent or closed."""
        found = select(outbox).where(outbox.c.caregiver_id.in_(caregivers), _about_session(facility, on))
        return [_told(row) for row in await self._statements.all(found.order_by(outbox.c.id))]

    async def drop_planned(self, facility: FacilityId, on: date) -> int:
        """Remove what is planned about the topics of this session and was never tried."""
        was_tried = exists().where(attempts.c.outbox_id == outbox.c.id)
        untried = (outbox.c.state == OutboxState.PLANNED.value) & (outbox.c.attempts == 0) & ~was_tried
        return await self._statements.run(delete(outbox).where(_since(on), _about_session(facility, on), untried))

    async def answer(self, caregiver: CaregiverId, about: TopicOccasion, answer: TopicAnswer, at: datetime) -> None:
        """Keep her latest answer."""
        values = {"answer": answer.value, "at": at}
        insert = self._statements.insert(topic_answers).values(**_key(caregiver, about), **values)
        await self._statements.run(insert.on_conflict_do_update(index_elements=list(_ANSWERED), set_=values))

    async def answer_of(self, caregiver: CaregiverId, about: TopicOccasion) -> TopicAnswer | None:
        """What she answered."""
        hers = (topic_answers.c[name] == value for name, value in _key(caregiver, about).items())
        answer = await self._statements.value(select(topic_answers.c.answer).where(*hers))
        return TopicAnswer(answer) if answer is not None else None

    async def reached(self, first: date, last: date) -> Sequence[Reached]:
        """Sent things to try, for each session of these days."""
        sent = (outbox.c.state == OutboxState.SENT.value) & outbox.c.occasion.like(f"{TOPIC}:%:{TopicStep.TRY}")
        found = select(outbox.c.occasion).where(sent, _since(first))
        counted: Counter[TopicOccasion] = Counter()
        for row in await self._statements.all(found):
            about = parse_topic_occasion(row[outbox.c.occasion])
            if about is not None and first <= about.on <= last:
                counted[about] += 1
        return [Reached(about.facility, about.on, about.topic, count) for about, count in counted.items()]

    async def answered(self, first: date, last: date) -> Sequence[Answered]:
        """Answers, for each session of these days."""
        session = [topic_answers.c[name] for name in ("facility_id", "visit_on", "topic", "answer")]
        count = func.count().label("caregivers")
        within = topic_answers.c.visit_on.between(first, last)
        found = select(*session, count).where(within).group_by(*session).order_by(*session)
        return [
            Answered(
                facility=FacilityId(row[topic_answers.c.facility_id]),
                on=row[topic_answers.c.visit_on],
                topic=row[topic_answers.c.topic],
                answer=TopicAnswer(row[topic_answers.c.answer]),
                caregivers=row[count],
            )
            for row in await self._statements.all(found)
        ]


def _came(facility: FacilityId, on: date) -> Select[tuple[int]]:
    by_record = (attendances.c.source == AttendanceSource.RECORD.value) & attendances.c.withdrawn_at.is_(None)
    came = by_record & (attendances.c.outcome == Outcome.CAME.value) & attendances.c.child_id.is_not(None)
    of_day = (attendances.c.facility_id == facility) & (attendances.c.visit_on == on)
    return select(attendances.c.child_id).where(of_day, came)


def _recorded(facility: FacilityId, on: date) -> Select[tuple[int]]:
    on_record = vaccinations.c.source.in_([source.value for source in ON_RECORD])
    of_day = (vaccinations.c.facility_id == facility) & (vaccinations.c.given_on == on) & vaccinations.c.date_known
    return select(vaccinations.c.child_id).where(of_day, on_record, vaccinations.c.withdrawn_at.is_(None))


def _about_session(facility: FacilityId, on: date) -> ColumnElement[bool]:
    return outbox.c.occasion.like(f"{TOPIC}:{facility}:{on.isoformat()}:%")


def _since(on: date) -> ColumnElement[bool]:
    """Tips from a session day on, whatever its zone: with the state, an index finds them."""
    earliest = datetime.combine(on - timedelta(days=1), time(), UTC)
    return (outbox.c.lane == Lane.TIP.value) & (outbox.c.send_from >= earliest)


def _key(caregiver: CaregiverId, about: TopicOccasion) -> dict[str, Any]:
    return dict(zip(_ANSWERED, (caregiver, about.facility, about.on, about.topic), strict=True))


def _attender(rows: Sequence[RowMapping]) -> Attender:
    return Attender(caregiver_of(rows[0]), tuple(child_of(row) for row in rows))


def _told(row: RowMapping) -> Told:
    about = parse_topic_occasion(row[outbox.c.occasion])
    if about is None:
        raise ValueError("an occasion that is no topic's")
    return Told(
        caregiver=CaregiverId(row[outbox.c.caregiver_id]),
        occasion=about,
        key=row[outbox.c.message_key],
        children=tuple(ChildId(child) for child in row[outbox.c.subjects]),
        sent_at=row[outbox.c.sent_at],
        closed=row[outbox.c.state] == OutboxState.CLOSED.value,
    )
