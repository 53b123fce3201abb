"""Plan a day: decide what each caregiver should get, and put it into the outbox. It never renders and never sends.

Running it twice adds nothing; after lost days it adds what is still within its window.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from domain.farewell import is_six
from domain.moment import Moment
from domain.people import Caregiver, Child, Pregnancy
from domain.sending.outbox import PlannedMessage, Reason
from services.messages.plan_begun import note_planned, plan_begun
from services.messages.plan_births import plan_birth_question, plan_birth_questions
from services.messages.plan_farewells import let_grown_up_go, plan_farewells
from services.messages.plan_tips import plan_pregnancy_tips, plan_tips
from services.portions import LongWork
from services.ports import UnitsOfWork
from services.programme import Programme
from services.turn import Work
from services.visits.aftercare.morning_digest import send_digests
from services.visits.aftercare.plan_aftercare import plan_aftercare
from services.visits.call_list import make_call_lists, settle_family_calls
from services.visits.find_visits import find_family_visits, left_facilities
from services.visits.follow_up import SENSELESS, follow_up
from services.visits.missed.ask_for_card import ask_for_cards
from services.visits.missed.ask_yesterday import ask_yesterday
from services.visits.missed.keep_ladder import keep_ladder
from services.visits.plan_stations import plan_stations
from services.visits.plan_visits import plan_reminders
from services.visits.refresh_forecasts import refresh_forecasts
from services.visits.session_days.ask_calls import let_calls_go
from services.visits.session_days.warn_of_holidays import warn_of_holidays
from services.visits.tell_urgent import tell_urgent, tell_urgent_about
from services.visits.topics.follow_topic import follow_topics
from services.visits.zone_now import ZoneNow, look_at_zone

DAILY_STEPS: tuple[Callable[[Work, str], Awaitable[None]], ...] = (plan_aftercare, send_digests)
"""What else a day brings in a zone; each step may run often and adds nothing the second time."""
SESSION_STEPS: tuple[Callable[[Work, str, ZoneNow], Awaitable[None]], ...] = (
    make_call_lists,
    tell_urgent,
    follow_topics,
    ask_yesterday,
    keep_ladder,
    ask_for_cards,
    let_calls_go,
    warn_of_holidays,
)
"""The same of what hangs on session days, which are read once for all of these."""


async def plan_day(units: UnitsOfWork, programme: Programme, moment: Moment) -> int:
    """Plan today in every zone, some families a transaction; gives how many rows were new."""
    await refresh_forecasts(units, programme, moment)
    async with units.look() as uow:
        zones = await uow.area.zones()
    planning = LongWork(units, programme, moment)
    return sum([await _plan_zone(planning, zone) for zone in zones])


async def _plan_zone(planning: LongWork, zone: str) -> int:
    added = await plan_begun(planning, zone)
    async with planning.begin() as work:
        await note_planned(work, zone)
        added += await plan_birth_questions(work, zone)
        await let_grown_up_go(work, zone)
        here = await look_at_zone(work, zone)
        await _take_steps(work, zone, here)
    return added + await plan_stations(planning, zone, here)


async def _take_steps(work: Work, zone: str, here: ZoneNow) -> None:
    """All together; when one makes no sense of something, each apart, so that only that one is undone."""
    try:
        async with work.uow.apart():
            await _steps(work, zone, here, _together)
    except SENSELESS:
        await _steps(work, zone, here, follow_up)


async def _together(step: Callable[..., Awaitable[None]], work: Work, *given: object) -> None:
    await step(work, *given)


async def _steps(work: Work, zone: str, here: ZoneNow, take: Callable[..., Awaitable[None]]) -> None:
    for step in DAILY_STEPS:
        await take(step, work, zone)
    for session_step in SESSION_STEPS:
        await take(session_step, work, zone, here)


@dataclass(frozen=True)
class Hers:
    """Whom a caregiver cares for: her children, those about whom contact ended too, and her pregnancies."""

    children: Sequence[Child]
    awaited: Sequence[Pregnancy]


async def _plan_caregiver(work: Work, caregiver: Caregiver, hers: Hers, *, zone: str) -> tuple[PlannedMessage, ...]:
    today = work.moment.today(zone)
    births = [plan_birth_question(caregiver, one, zone=zone, moment=work.moment) for one in hers.awaited]
    tips = _plan_tips(work, caregiver, hers, zone=zone)
    farewells = plan_farewells(caregiver, hers.children, zone=zone, moment=work.moment)
    small = [child for child in hers.children if child.ended_as is None and not is_six(child.birth_date, today)]
    due = Hers(small, hers.awaited)
    return (*tips, *farewells, *chain.from_iterable(births), *await _plan_visits(work, caregiver, due))


def _plan_tips(work: Work, caregiver: Caregiver, hers: Hers, *, zone: str, only: str = "") -> list[PlannedMessage]:
    """Her tips of today, or of them the one with this key."""
    programme, moment = work.programme, work.moment
    born = [step for step in programme.journey if only in ("", step.key)]
    awaited = [step for step in programme.pregnancy_journey if only in ("", step.key)]
    return [
        *plan_tips(born, caregiver, hers.children, zone=zone, moment=moment),
        *plan_pregnancy_tips(awaited, caregiver, hers.awaited, zone=zone, moment=moment),
    ]


async def _plan_visits(work: Work, caregiver: Caregiver, due: Hers) -> tuple[PlannedMessage, ...]:
    if not (due.children or due.awaited):
        return ()
    left = await left_facilities(work, caregiver.id)
    visits = await find_family_visits(work, caregiver.id, due.children, due.awaited)
    return plan_reminders(caregiver, [one for one in visits if one.facility.id not in left], work.moment)


async def plan_one(work: Work, caregiver: Caregiver) -> int:
    """Plan today for one caregiver at once: she just joined, came back or changed her hour."""
    family = await work.uow.families.family(caregiver.family)
    if family is None or caregiver.stopped_at is not None or caregiver.ended_as is not None:
        return 0
    children = await work.uow.families.all_children_of(caregiver.id)
    awaited = await work.uow.families.pregnancies_of(caregiver.id)
    planned = await _plan_caregiver(work, caregiver, Hers(children, awaited), zone=family.zone)
    await settle_family_calls(work, family.id)
    await tell_urgent_about(work, [child for child in children if child.ended_as is None])
    return await work.uow.outbox.plan(planned, work.moment.now)


async def plan_without(work: Work, caregiver: Caregiver, key: str) -> int:
    """The same for one who has just been told one of the tips: that one is kept as superseded and never sent."""
    family = await work.uow.families.family(caregiver.family)
    children = await work.uow.families.all_children_of(caregiver.id)
    hers = Hers(children, await work.uow.families.pregnancies_of(caregiver.id))
    tips = _plan_tips(work, caregiver, hers, zone=family.zone if family else "UTC", only=key)
    await work.uow.outbox.plan(tips, work.moment.now)
    for tip in tips:
        await work.uow.outbox.close_occasion(caregiver.id, tip.occasion, Reason.SUPERSEDED)
    return await plan_one(work, caregiver)
