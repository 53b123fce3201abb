"""Plan the farewell at six years, one for each birth; once it is said, or is of no more use, the child has grown up."""

from collections.abc import Iterable

from domain.birth_dates import PROGRAMME_ENDS_AT_MONTHS
from domain.births import Birth, births_of
from domain.calendar import add_months
from domain.ends import ChildEnd
from domain.farewell import farewell_ends_on, farewell_occasion, is_six
from domain.message import OutgoingMessage, Text
from domain.moment import Moment
from domain.people import Caregiver, Child
from domain.sending.hours import start_of_day
from domain.sending.outbox import Lane, PlannedMessage
from services.messages.plan_births import next_hour
from services.turn import Work

FAREWELL = "farewell.six_years"


def plan_farewells(
    caregiver: Caregiver, children: Iterable[Child], *, zone: str, moment: Moment
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


def _farewell(birth: Birth, caregiver: Caregiver, zone: str, moment: Moment) -> PlannedMessage:
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
    for child in old_enough:
        is_over = today >= farewell_ends_on(child.birth_date)
        if is_six(child.birth_date, today) and (is_over or await _is_said(work, child)):
            await work.uow.lives.end_child(child.id, ChildEnd.GRADUATED, work.moment.now)


async def _is_said(work: Work, child: Child) -> bool:
    """Whether everybody who was to be told has been told; the farewell of twins has the occasion of either."""
    twins = [one for one in await work.uow.lives.children_in(child.family) if one.birth_date == child.birth_date]
    caregivers = [one.id for one in await work.uow.lives.caregivers_in(child.family)]
    return await work.uow.outbox.is_settled(FAREWELL, caregivers, [farewell_occasion(one.id) for one in twins])
