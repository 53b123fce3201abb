"""The nurse's morning: one message for each facility on days with something to say, and one tap when it was read."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from domain.aftercare import Answer, Need, is_digest_time
from domain.area import Facility
from domain.identifiers import ChildId, FacilityId
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.moment import Moment
from services.access import Permission, Refused, access_actor, access_facility
from services.ports.reactions import Reported
from services.turn import Turn, Work
from services.visits.aftercare.alarm import DIGEST, seen_choice, to_colleague
from services.visits.aftercare.duty import find_on_duty

ALARMS_FOR = timedelta(hours=24)
"""An alarm that nobody has marked as seen stands in the next digest too."""
LISTED_FOR = timedelta(days=7)
LONGEST_LIST = 12


async def send_digests(work: Work, zone: str) -> None:
    """The step of a day: in the morning, once for each facility. What nobody could be told of waits."""
    now = work.moment.now
    if not is_digest_time(now, zone):
        return
    for number in await work.uow.reactions.waiting(zone, alarms_since=now - ALARMS_FOR):
        facility = await work.uow.area.facility(number)
        on_duty = await find_on_duty(work.uow, facility, on_call=False) if facility is not None else None
        if facility is None or on_duty is None:
            continue
        reported = await work.uow.reactions.unseen(number, since=now - LISTED_FOR)
        fresh = [one for one in reported if _is_fresh(one, now)]
        row = to_colleague(
            draw_digest(facility, fresh, work.moment),
            f"{DIGEST}:{facility.id}:{work.moment.today(zone)}",
            on_duty,
            work.moment,
        )
        if fresh and await work.uow.outbox.plan([row], now):
            await work.uow.reactions.list_all(facility.id, now)


async def see_reactions(turn: Turn, number: FacilityId, child: ChildId | None, until: datetime) -> OutgoingMessage:
    """Somebody of the station has read what was told until then; gives what is left."""
    actor = access_actor(turn.speaker, Permission.RECORD_VISITS)
    facility = await turn.uow.area.facility(number)
    if facility is None:
        raise Refused("see_reactions", f"facility:{number}")
    if facility.settings.on_call != actor.id:
        await access_facility(turn.uow, turn.speaker, number, Permission.RECORD_VISITS)
    await turn.uow.reactions.see(number, until=until, by=actor.id, at=turn.moment.now, child=child)
    left = await turn.uow.reactions.unseen(number, since=turn.moment.now - LISTED_FOR)
    return draw_digest(facility, left, turn.moment)


def told_until(seconds: int) -> datetime:
    """The instant that a button carries."""
    return datetime.fromtimestamp(seconds, UTC)


def draw_digest(facility: Facility, reported: Sequence[Reported], moment: Moment) -> OutgoingMessage:
    """Who told what, and one tap for each child and for all."""
    if not reported:
        return OutgoingMessage(Text("after.digest.nothing", {"facility": facility.name}))
    shown = reported[:LONGEST_LIST]
    children = {one.reaction.child: one.child_name for one in shown}
    values: dict[str, Value] = {
        "facility": facility.name,
        "lines": tuple(_line(one) for one in shown),
        "more": len(reported) - len(shown),
    }
    key = "after.digest.long" if len(reported) > len(shown) else "after.digest"
    each = [seen_choice(_seen(name), facility.id, child, moment) for child, name in children.items()]
    every = [seen_choice(Text("after.choice.seen_all"), facility.id, 0, moment)] if len(each) > 1 else []
    choices: tuple[tuple[Choice, ...], ...] = tuple((one,) for one in (*each, *every))
    return OutgoingMessage(Text(key, values), choices, names_child=True)


def _seen(name: str) -> Text:
    return Text("after.choice.seen", {"child": name or Text("common.unnamed_child")})


def _is_fresh(one: Reported, now: datetime) -> bool:
    told = one.reaction
    return told.need is Need.MORNING or (told.need is Need.ALARM and told.at > now - ALARMS_FOR)


def _line(one: Reported) -> Text:
    told = one.reaction
    sign = Text("after.some_sign") if told.answer is Answer.DANGER else Text(f"after.choice.{told.answer}")
    values: dict[str, Value] = {
        "child": one.child_name or Text("common.unnamed_child"),
        "born": one.born_on,
        "sign": sign,
        "when": Text(f"after.when.{told.watch}", {"on": told.given_on}),
        "role": Text(f"choice.role.{one.role}"),
        "phone": one.phone or Text("choice.not_given"),
    }
    return Text("after.digest.alarm" if told.need is Need.ALARM else "after.digest.line", values)
