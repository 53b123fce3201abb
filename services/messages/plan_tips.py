"""Plan the tips of one caregiver's children: one message for twins, at her hour, spread within it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from domain.identifiers import ChildId
from domain.journey import Step, due_steps
from domain.message import OutgoingMessage, Text
from domain.moment import Moment
from domain.people import Caregiver, Child
from domain.sending.hours import start_of_day, tip_instant
from domain.sending.outbox import Lane, PlannedMessage

LINE_SECONDS = 300  # an hour's last minutes, which are left free for those who wait in line


def plan_tips(
    steps: Sequence[Step], caregiver: Caregiver, children: Iterable[Child], *, zone: str, moment: Moment
) -> tuple[PlannedMessage, ...]:
    """Every tip that is hers today. What comes too late for her hour goes tomorrow, while its window lasts."""
    if caregiver.joined_on is None:
        return ()
    planned = []
    for twins in _of_one_age(children):
        due = due_steps(
            steps,
            birth_date=twins[0].birth_date,
            joined_on=caregiver.joined_on,
            today=moment.today(zone),
            amount=caregiver.amount,
            role=caregiver.role,
        )
        planned += [_tip(step, caregiver, twins, zone, moment) for step in due]
    return tuple(planned)


def _of_one_age(children: Iterable[Child]) -> Iterator[tuple[Child, ...]]:
    ages: dict[date, list[Child]] = {}
    for child in children:
        ages.setdefault(child.birth_date, []).append(child)
    return (tuple(sorted(twins, key=lambda child: child.id)) for twins in ages.values())


def _tip(step: Step, caregiver: Caregiver, twins: Sequence[Child], zone: str, moment: Moment) -> PlannedMessage:
    subjects: tuple[ChildId, ...] = tuple(child.id for child in twins)
    starts_on = step.starts_on(twins[0].birth_date)
    send_from = _slot(moment.today(zone), caregiver, zone, starts_on)
    if send_from < moment.now:
        send_from = _slot(moment.today(zone) + timedelta(days=1), caregiver, zone, starts_on)
    return PlannedMessage(
        lane=Lane.TIP,
        message=OutgoingMessage(Text(step.key)),
        occasion=f"child:{subjects[0]}",
        send_from=send_from,
        expires_at=start_of_day(step.ends_on(twins[0].birth_date), zone),
        caregiver=caregiver.id,
        subjects=subjects,
    )


def _slot(day: date, caregiver: Caregiver, zone: str, starts_on: date) -> datetime:
    """Her minute within her hour. When several tips wait, the one that began first is some seconds ahead."""
    at = tip_instant(day, caregiver.tip_hour, zone, str(caregiver.id))
    return at + timedelta(seconds=starts_on.toordinal() % LINE_SECONDS)
