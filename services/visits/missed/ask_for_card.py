"""Once after a family's own word on doses: please bring the card, so that the nurse can write it down too.

It goes on the evening before the first session day after the report at which nothing else is due: where something is
due, the reminder of that visit asks for the card already. One message a caregiver and child, ever.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.area import Facility
from domain.farewell import born_after
from domain.identifiers import CaregiverId, ChildId
from domain.message import OutgoingMessage, Text, Value
from domain.missed import CARD
from domain.people import Caregiver, Child
from domain.sending.hours import end_of_visit_reminders, visit_instant
from domain.sending.outbox import Lane, OutboxRow, OutboxState, PlannedMessage, Reason
from services.ports.visits import ON_RECORD, VaccinationSource
from services.turn import Work
from services.visits.find_needs import find_child_needs, place_of
from services.visits.missed.spoken_to import spoken_to
from services.visits.zone_now import ZoneNow, look_at_zone

DAY = timedelta(days=1)


async def ask_for_cards(work: Work, zone: str, here: ZoneNow | None = None) -> None:
    """The request, for every facility that vaccinates tomorrow."""
    here = here or await look_at_zone(work, zone)
    today = work.moment.today(zone)
    tomorrow = today + DAY
    open_ = {facility.id: facility for facility, _days in here.sessions(tomorrow, tomorrow)}
    told = await work.uow.families.children_told_of(list(open_), born_after(today)) if open_ else ()
    planned: list[PlannedMessage] = []
    for number in dict.fromkeys(child.facility for child in told):
        facility = open_[number]
        wanted = await _unconfirmed(work, facility, tomorrow, [child for child in told if child.facility == number])
        for one in await spoken_to(work, wanted):
            planned += await _request(work, facility, tomorrow, one.caregiver, one.children)
    await work.uow.outbox.plan(planned, work.moment.now)


async def _request(
    work: Work, facility: Facility, on: date, caregiver: Caregiver, children: Sequence[Child]
) -> list[PlannedMessage]:
    asked = await _asked_about(work, caregiver.id)
    wanted = [child for child in children if child.id not in asked]
    return [_row(facility, on, caregiver.id, wanted)] if wanted else []


async def _unconfirmed(work: Work, facility: Facility, on: date, children: Sequence[Child]) -> list[Child]:
    """Told of before that day, not confirmed, and nothing else due on it: by the record alone something would be."""
    told = await work.uow.visits.vaccinations_of([child.id for child in children])
    some = [child for child in children if any(dose.source is VaccinationSource.REPORTED for dose in told[child.id])]
    if not some:
        return []
    place = await place_of(work, facility)
    by_all = await find_child_needs(work, place, some)
    by_record = await find_child_needs(work, place, some, believed=ON_RECORD)
    return [child for child in some if by_record[child.id].due(on).doses and not by_all[child.id].due(on)]


async def _asked_about(work: Work, caregiver: CaregiverId) -> frozenset[ChildId]:
    """What was closed unsaid asked nobody: it may be said before another day."""
    timeline = [one for one in await work.uow.outbox.timeline(caregiver) if one.state is not OutboxState.CLOSED]
    return frozenset(child for entry in timeline for child in children_of_request(entry.occasion))


def children_of_request(occasion: str) -> tuple[ChildId, ...]:
    """About whom a request was; nobody when the occasion is of another kind: `bring_card:CHILD+CHILD:DATE`."""
    kind, _, rest = occasion.partition(":")
    numbers = rest.partition(":")[0]
    return tuple(ChildId(int(number)) for number in numbers.split("+")) if kind == CARD else ()


def _row(facility: Facility, on: date, caregiver: CaregiverId, children: Sequence[Child]) -> PlannedMessage:
    occasion = f"{CARD}:{'+'.join(str(child.id) for child in children)}:{on.isoformat()}"
    values: dict[str, Value] = {"on": on}
    return PlannedMessage(
        lane=Lane.VISIT,
        message=OutgoingMessage(Text("missed.bring_card", values), names_child=True),
        occasion=occasion,
        send_from=visit_instant(on - DAY, facility.zone, f"{caregiver}:{occasion}"),
        expires_at=end_of_visit_reminders(on, facility.zone),
        caregiver=caregiver,
        subjects=tuple(child.id for child in children),
    )


async def settled_request(work: Work, row: OutboxRow, caregiver: Caregiver) -> Reason | None:
    """Not when a worker or the register has confirmed it, or a visit is due that day after all."""
    hers = [one for one in await work.uow.families.children_of(caregiver.id) if one.id in row.planned.subjects]
    on = row.planned.message.body.values.get("on")
    facility = await work.uow.area.facility(hers[0].facility) if hers else None
    if facility is None or not isinstance(on, date):
        return Reason.SUPERSEDED
    held = (await work.uow.sessions.calendar(facility)).day(on)
    if held is None:
        return Reason.SUPERSEDED
    return None if await _unconfirmed(work, facility, on, hers) else Reason.VACCINATED
