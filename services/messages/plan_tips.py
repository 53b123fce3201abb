"""Plan the tips of one caregiver's children: one message for twins, at her hour, spread within it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from domain.births import Birth, births_of
from domain.journey import Standing, Step, due_steps
from domain.message import OutgoingMessage, Text
from domain.moment import Moment
from domain.people import Caregiver, Child
from domain.sending.hours import start_of_day, tip_instant
from domain.sending.outbox import Lane, PlannedMessage

LINE_SECONDS = 300  # an hour's last minutes, which are left free for those who wait in line


def plan_tips(
    steps: Sequence[Step], caregiver: Caregiver, children: Iterable[Child], *, zone: str, moment: Moment
) -> tuple[PlannedMessage, ...]:
    """Every tip that is hers today. What comes too late for her hour goes tomorrow, while its window lasts.

    Of the children, those about whom contact ended are left out; a twin's messages keep the occasion that both had.
    """
    if caregiver.joined_on is None:
        return ()
    planned, today = [], moment.today(zone)
    for birth in births_of(children):
        standing = Standing(birth.born_on, today, caregiver.role, birth.tracks)
        due = due_steps(steps, standing, joined_on=caregiver.joined_on, amount=caregiver.amount)
        planned += [_tip(step, caregiver, birth, zone, moment) for step in due]
    return tuple(planned)


def _tip(step: Step, caregiver: Caregiver, birth: Birth, zone: str, moment: Moment) -> PlannedMessage:
    starts_on = step.starts_on(birth.born_on)
    send_from = _slot(moment.today(zone), caregiver, zone, starts_on)
    if send_from < moment.now:
        send_from = _slot(moment.today(zone) + timedelta(days=1), caregiver, zone, starts_on)
    return PlannedMessage(
        lane=Lane.TIP,
        message=_words(step.key),
        occasion=birth.occasion,
        send_from=send_from,
        expires_at=start_of_day(step.ends_on(birth.born_on), zone),
        caregiver=caregiver.id,
        subjects=birth.child_ids,
    )


def _slot(day: date, caregiver: Caregiver, zone: str, starts_on: date) -> datetime:
    """Her minute within her hour. When several tips wait, the one that began first is some seconds ahead."""
    at = tip_instant(day, caregiver.tip_hour, zone, str(caregiver.id))
    return at + timedelta(seconds=starts_on.toordinal() % LINE_SECONDS)


@cache
def _words(key: str) -> OutgoingMessage:
    """One message for everybody who gets it: so it is encoded once."""
    return OutgoingMessage(Text(key))
