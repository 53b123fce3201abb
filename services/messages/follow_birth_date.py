"""After a birth date was corrected: tips follow the new age, and what was said of one birth is not said of another."""

from collections.abc import Sequence

from domain.births import occasions_of
from domain.identifiers import ChildId
from domain.message import OutgoingMessage, Text
from domain.people import Caregiver, Child
from domain.sending.outbox import PASSING, Lane, OutboxState, PlannedMessage, Reason
from services.messages.plan_day import plan_one
from services.ports.outbox import OutboxEntry
from services.turn import Work


async def follow_birth_date(work: Work, caregiver: Caregiver, before: Sequence[Child]) -> None:
    """Plan her day anew. `before` are all her children with the birth dates that they had until now."""
    await work.uow.outbox.drop_planned_tips(caregiver.id)
    now = occasions_of(await work.uow.families.all_children_of(caregiver.id))
    for child, was in occasions_of(before).items():
        if child in now and now[child] != was:
            await _keep_as_said(work, caregiver, child, was=was, now=now[child])
    await plan_one(work, caregiver)


async def _keep_as_said(work: Work, caregiver: Caregiver, child: ChildId, *, was: str, now: str) -> None:
    """A child stands under another occasion: what she has read under the old one is superseded under the new one."""
    known = await work.uow.outbox.timeline(caregiver.id)
    at_hand = {row.message_key for row in known if row.occasion == now and not _may_open(row)}
    said = {
        row.message_key: row for row in known if row.occasion == was and row.lane is Lane.TIP and not _may_open(row)
    }
    new = [_superseded(caregiver, child, row, now) for key, row in said.items() if key not in at_hand]
    if new:
        await work.uow.outbox.plan(new, work.moment.now)
        await work.uow.outbox.close_occasion(caregiver.id, now, Reason.SUPERSEDED)


def _may_open(row: OutboxEntry) -> bool:
    return row.state is OutboxState.CLOSED and row.reason in PASSING


def _superseded(caregiver: Caregiver, child: ChildId, row: OutboxEntry, occasion: str) -> PlannedMessage:
    return PlannedMessage(
        lane=Lane.TIP,
        message=OutgoingMessage(Text(row.message_key)),
        occasion=occasion,
        send_from=row.send_from,
        expires_at=row.send_from,
        caregiver=caregiver.id,
        subjects=(child,),
    )
