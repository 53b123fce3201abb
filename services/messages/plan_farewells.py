"""Plan the farewell at six years, one for each birth; once it is said, or is of no more use, the child has grown up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from domain.birth_dates import PROGRAMME_ENDS_AT_MONTHS
from domain.births import Birth, Born, births_of
from domain.calendar import add_months
from domain.ends import ChildEnd
from domain.farewell import farewell_ends_on, farewell_occasion, is_six
from domain.identifiers import CaregiverId, ChildId, FamilyId
from domain.message import OutgoingMessage, Text
from domain.moment import Moment
from domain.people import Child
from domain.sending.hours import start_of_day
from domain.sending.outbox import Lane, PlannedMessage
from domain.tip_readers import HasHour
from services.messages.plan_births import next_hour
from services.portions import portions
from services.turn import Work

FAREWELL = "farewell.six_years"


def plan_farewells(
    caregiver: HasHour, children: Iterable[Born], *, zone: str, moment: Moment
) -> tuple[PlannedMessage, ...]:
    """The farewells that are hers today: about children of whom we still speak, who were small when she joined."""
    today, joined_on = moment.today(zone), caregiver.joined_on
    if joined_on is None:
        return ()
    return tuple(
        _farewell(birth, caregiver, zone, moment)
        for birth in births_of(children)
        if is_six(birth.born_on, today) and today < farewell_ends_on(birth.born_on)
        if not is_six(birth.born_on, joined_on)
    )


def _farewell(birth: Birth[Born], caregiver: HasHour, zone: str, moment: Moment) -> PlannedMessage:
    return PlannedMessage(
        lane=Lane.TIP,
        message=OutgoingMessage(Text(FAREWELL), names_child=True),
        occasion=farewell_occasion(birth.first),
        send_from=next_hour(caregiver, moment.today(zone), zone, moment),
        expires_at=start_of_day(farewell_ends_on(birth.born_on), zone),
        caregiver=caregiver.id,
        subjects=birth.child_ids,
    )


async def let_grown_up_go(work: Work, zone: str) -> None:
    """End contact about the children to whose families farewell was said, or can no longer be said."""
    today = work.moment.today(zone)
    old_enough = await work.uow.lives.grown_up(zone, add_months(today, -PROGRAMME_ENDS_AT_MONTHS))
    six = [child for child in old_enough if is_six(child.birth_date, today)]
    over = {child.id for child in six if today >= farewell_ends_on(child.birth_date)}
    for some in portions((child, 1) for child in six if child.id not in over):
        over |= await _told(work, some)
    for child in six:
        if child.id in over:
            await work.uow.lives.end_child(child.id, ChildEnd.GRADUATED, work.moment.now)


async def _told(work: Work, children: Sequence[Child]) -> set[ChildId]:
    """Those of whom everybody who was to be told has been told; the farewell of twins has the occasion of either."""
    families = {child.family for child in children}
    siblings, kin = defaultdict[FamilyId, list[Child]](list), defaultdict[FamilyId, list[CaregiverId]](list)
    for child in await work.uow.lives.children_of_families(families):
        siblings[child.family].append(child)
    for caregiver in await work.uow.lives.caregivers_of_families(families):
        kin[caregiver.family].append(caregiver.id)
    settled = await work.uow.outbox.settled(FAREWELL, [one for of_family in kin.values() for one in of_family])
    told = set()
    for child in children:
        twins = [one for one in siblings[child.family] if one.birth_date == child.birth_date]
        rows = [(one, farewell_occasion(twin.id)) for one in kin[child.family] for twin in twins]
        if any(row in settled for row in rows) and all(settled.get(row, True) for row in rows):
            told.add(child.id)
    return told
