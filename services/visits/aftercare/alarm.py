"""A danger sign was told: whoever is on call at the facility hears of it at once, at any hour, and once an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.aftercare import AFTER, Answer, Need, Watch, kept_answer
from domain.area import Facility
from domain.identifiers import FacilityId
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.moment import Moment
from domain.people import Caregiver, Child
from domain.sending.outbox import Lane, OutboxRow, PlannedMessage
from services.messages.reply import REPLY_LIFE
from services.ports import UnitOfWork
from services.ports.contacts import Colleague
from services.ports.reactions import Reaction
from services.turn import Work
from services.visits.aftercare.duty import OnDuty, find_on_duty

ALARM = "alarm"
DIGEST = f"{AFTER}_digest"
"""The first words of the occasions of what is told to colleagues."""
QUIET_FOR = timedelta(hours=1)
"""So long one alarm about a child is enough. Rule of this house."""


@dataclass(frozen=True)
class Sign:
    """What was told, of which watch: before a visit nobody asked, and `given_on` is today."""

    answer: Answer = Answer.DANGER
    watch: Watch = Watch.ILL
    given_on: date | None = None


BEFORE_A_VISIT = Sign()


async def raise_alarm(
    work: Work, caregiver: Caregiver, children: Sequence[Child], facility: Facility, *, sign: Sign = BEFORE_A_VISIT
) -> Colleague | None:
    """Keep it and tell who is on call; gives who was told, or None when nobody of the station can be reached."""
    ids = [child.id for child in children]
    is_known = await work.uow.reactions.alarmed_since(ids, work.moment.now - QUIET_FOR)
    await _keep(work, caregiver, children, facility, sign=sign)
    on_duty = await find_on_duty(work.uow, facility, on_call=True)
    if on_duty is not None and not is_known:
        await work.uow.outbox.plan([_alarm(work, caregiver, children, facility, (sign, on_duty))], work.moment.now)
    return on_duty.colleague if on_duty is not None else None


async def pass_on(uow: UnitOfWork, row: OutboxRow, moment: Moment) -> bool:
    """The chat of a colleague turned out to be closed: the next one gets what she was to read."""
    kind, _, rest = row.planned.occasion.partition(":")
    number = rest.partition(":")[0]
    if kind not in (ALARM, DIGEST) or not number.isdecimal():
        return False
    facility = await uow.area.facility(FacilityId(int(number)))
    following = await find_on_duty(uow, facility, on_call=kind == ALARM) if facility is not None else None
    if following is None:
        return False
    message = to_colleague(row.planned.message, row.planned.occasion, following, moment)
    return bool(await uow.outbox.plan([message], moment.now))


def to_colleague(message: OutgoingMessage, occasion: str, on_duty: OnDuty, moment: Moment) -> PlannedMessage:
    """A row to somebody who works here: said at once."""
    return PlannedMessage(
        lane=Lane.REPLY,
        message=message,
        occasion=occasion,
        send_from=moment.now,
        expires_at=moment.now + REPLY_LIFE,
        address=on_duty.address.id,
    )


async def _keep(work: Work, caregiver: Caregiver, children: Sequence[Child], facility: Facility, *, sign: Sign) -> None:
    given_on = sign.given_on or work.moment.today(facility.zone)
    told = await work.uow.reactions.of_children([child.id for child in children], given_on)
    hers = {one.child: one for one in told if (one.caregiver, one.watch) == (caregiver.id, sign.watch)}
    words = []
    for child in children:
        earlier = hers.get(child.id)
        answer = kept_answer(earlier.answer if earlier else None, sign.answer, young=False)
        # Within the hour of an alarm its time stays, so that one who taps on and on does not silence the next one.
        rings = earlier is None or earlier.need is not Need.ALARM or earlier.at <= work.moment.now - QUIET_FOR
        at = work.moment.now if earlier is None or rings else earlier.at
        words.append(Reaction(child.id, caregiver.id, facility.id, given_on, sign.watch, answer, Need.ALARM, at))
    await work.uow.reactions.note(words)


def _alarm(
    work: Work, caregiver: Caregiver, children: Sequence[Child], facility: Facility, what: tuple[Sign, OnDuty]
) -> PlannedMessage:
    sign, on_duty = what
    about = "+".join(str(child.id) for child in children)
    hour = f"{work.moment.now:%Y%m%dT%H}"
    values: dict[str, Value] = {
        "children": names_of([child.name for child in children]),
        "role": Text(f"choice.role.{caregiver.role}"),
        "phone": caregiver.phone or Text("choice.not_given"),
        "sign": Text(f"after.choice.{sign.answer}" if sign.answer is not Answer.DANGER else "after.some_sign"),
        "when": Text(f"after.when.{sign.watch}", {"on": sign.given_on or work.moment.today(facility.zone)}),
    }
    seen = seen_choice(Text("after.choice.on_it"), facility.id, children[0].id, work.moment)
    page = Choice(Text("families.choice.whole_family"), f"v1:family_page:{caregiver.family}")
    message = OutgoingMessage(Text("after.alarm", values), ((seen,), (page,)), names_child=True)
    return to_colleague(message, f"{ALARM}:{facility.id}:{about}:{hour}", on_duty, work.moment)


def seen_choice(label: Text, facility: FacilityId, child: int, moment: Moment) -> Choice:
    """Somebody has read what was told until now, of one child or (0) of all."""
    until = int(moment.now.timestamp()) + 1
    return Choice(label, f"v1:after_seen:{facility}:{child}:{until}")


def names_of(names: Sequence[str]) -> tuple[Value, ...]:
    """Children by name."""
    return tuple(name or Text("common.unnamed_child") for name in names)
