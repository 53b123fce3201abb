"""Plan the question about a birth, at her hour, and the task of a person when nobody answers it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.birth_question import LONGEST_OVERDUE, asked_by_person_from, birth_question
from domain.identifiers import CaregiverId, PregnancyId
from domain.message import Choice, OutgoingMessage, Text
from domain.moment import Moment
from domain.people import Caregiver, Pregnancy
from domain.pregnancy_occasion import pregnancy_occasion
from domain.sending.hours import start_of_day, tip_instant
from domain.sending.outbox import Lane, PlannedMessage
from domain.tasks import TaskKind
from domain.tip_readers import HasHour
from services.ports.programme import Awaiting
from services.ports.tasks import NewTask
from services.turn import Work


def birth_task(pregnancy: PregnancyId) -> str:
    """The occasion of the task: one for each pregnancy."""
    return f"birth:{pregnancy}"


def plan_birth_question(
    caregiver: Caregiver, pregnancy: Pregnancy, *, zone: str, moment: Moment
) -> tuple[PlannedMessage, ...]:
    """The question that is to be asked today, if one is."""
    today = moment.today(zone)
    if caregiver.joined_on is None or pregnancy.ended_as is not None:
        return ()
    question = birth_question(pregnancy, caregiver.joined_on)
    if not question.is_open(today):
        return ()
    row = PlannedMessage(
        lane=Lane.TIP,
        message=birth_question_message(pregnancy.id, caregiver.id, question.word),
        occasion=pregnancy_occasion(pregnancy.id, question.word),
        send_from=next_hour(caregiver, today, zone, moment),
        expires_at=start_of_day(question.until_on, zone),
        caregiver=caregiver.id,
    )
    return (row,)


def next_hour(caregiver: HasHour, today: date, zone: str, moment: Moment) -> datetime:
    """Her minute of her hour, today or, when that has passed, tomorrow."""
    days = (today, today + timedelta(days=1))
    at, tomorrow = (tip_instant(day, caregiver.tip_hour, zone, str(caregiver.id)) for day in days)
    return at if at >= moment.now else tomorrow


def birth_question_message(pregnancy: PregnancyId, caregiver: CaregiverId, word: str) -> OutgoingMessage:
    """The question with its answers. It takes nothing for granted, and nobody is congratulated."""
    again = f":{word}" if word else ""
    choices = (
        Choice(Text("birth.choice.born"), f"v1:birth:born:{pregnancy}"),
        Choice(Text("birth.choice.not_yet"), f"v1:birth:not_yet:{pregnancy}{again}"),
        Choice(Text("birth.choice.else"), f"v1:loss:{caregiver}"),
    )
    return OutgoingMessage(Text("birth.ask"), tuple((one,) for one in choices))


async def plan_birth_questions(work: Work, zone: str) -> int:
    """The questions of a zone. Where nobody answered in two weeks, the family's volunteer is asked to ask.

    A second time changes nothing; gives how many rows were new.
    """
    today = work.moment.today(zone)
    awaiting = await work.uow.programme.awaiting(zone, due_from=today - LONGEST_OVERDUE, due_to=today)
    rows = [
        row
        for one in awaiting
        for row in plan_birth_question(one.caregiver, one.pregnancy, zone=zone, moment=work.moment)
    ]
    await _ask_people(work, [one for one in awaiting if asked_by_person_from(one.pregnancy) <= today], today)
    return await work.uow.outbox.plan(rows, work.moment.now)


async def _ask_people(work: Work, unanswered: Sequence[Awaiting], today: date) -> None:
    made = await work.uow.tasks.made_for([birth_task(one.pregnancy.id) for one in unanswered]) if unanswered else ()
    for one in unanswered:
        if birth_task(one.pregnancy.id) not in made:
            task = NewTask(
                TaskKind.ASK_BIRTH,
                birth_task(one.pregnancy.id),
                one.pregnancy.family,
                due_on=today,
                caregiver=one.caregiver.id,
            )
            await work.uow.tasks.add(task, at=work.moment.now)
