"""Ask again, at the moment of sending, whether a message may go: everything may have changed since it was planned."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import age_in_days
from domain.consent import Purpose, stands_for_child
from domain.farewell import is_farewell
from domain.journey import Amount
from domain.people import Address, AddressState, Caregiver, Family
from domain.pregnancy_occasion import parse_pregnancy_occasion
from domain.sending.hours import start_of_day
from domain.sending.outbox import Lane, OutboxRow, Reason
from domain.sending.sendability import Decision, Facts, decide_sending
from domain.silence import must_say_who
from domain.visit_occasion import VISIT, parse_visit_occasion
from domain.visits import MORNING_STEP
from services.messages.settled import SETTLED_BY
from services.ports import UnitOfWork
from services.ports.visits import VisitAnswer
from services.turn import Work
from services.visits.find_visits import FamilyVisit, find_family_visits, left_facilities
from services.visits.may_remind import may_remind

FIRST_WEEKS_DAYS = 28
CAPPED = (Lane.TIP, Lane.CAMPAIGN)
COUNTED = (Lane.VISIT, *CAPPED)
ENOUGH = frozenset({VisitAnswer.COMING, VisitAnswer.ILL})
"""Who answered so is reminded once more, and not a third time."""


@dataclass(frozen=True)
class Checked:
    """The decision, and what sending needs when it is to go.

    `visit` is what is due as of now; `comes`, whether she said so; `shared`, whether others read in this chat.
    """

    decision: Decision
    address: Address | None
    caregiver: Caregiver | None
    visit: FamilyVisit | None = None
    comes: bool = False
    shared: bool = False


@dataclass(frozen=True)
class _Case:
    """One row and the caregiver whom it is for."""

    work: Work
    row: OutboxRow
    caregiver: Caregiver
    family: Family | None

    @property
    def zone(self) -> str:
        return self.family.zone if self.family else "UTC"


async def check_again(work: Work, row: OutboxRow) -> Checked:
    """Decide with what is known now."""
    planned, uow = row.planned, work.uow
    caregiver = await uow.families.caregiver(planned.caregiver) if planned.caregiver else None
    address = await _address(uow, row, caregiver, work.moment.now)
    facts = _about_address(address, work)
    shared = address is not None and len(await uow.families.caregivers_at(address.id)) > 1
    visit, comes = None, False
    if planned.lane is not Lane.REPLY and caregiver is not None:
        case = _Case(work, row, caregiver, await uow.families.family(caregiver.family))
        visit, answer = await _visit_now(case)
        settled, comes = await _settled(case, visit, answer), answer is VisitAnswer.COMING
        too_private = shared and work.programme.is_private(planned.message.body.key)
        facts = replace(await _about_caregiver(case, facts), settled=settled, too_private=too_private)
    decision = decide_sending(planned.lane, planned.expires_at, facts, work.moment.now)
    return Checked(decision, address, caregiver, visit, comes, shared)


def _about_address(address: Address | None, work: Work) -> Facts:
    return Facts(
        zone="UTC",
        has_address=address is not None,
        reachable=address is None or address.state is AddressState.ACTIVE,
        confirmed=address is None or not must_say_who(address, work.moment.now),
    )


async def _address(uow: UnitOfWork, row: OutboxRow, caregiver: Caregiver | None, now: datetime) -> Address | None:
    if row.planned.address is not None:
        return await uow.people.address(row.planned.address)
    if caregiver is None:
        return None
    addresses = await uow.people.addresses_of_caregiver(caregiver.id)
    return min(addresses, key=lambda one: _reachability(one, now), default=None)


def _reachability(address: Address, now: datetime) -> tuple[bool, bool]:
    """A chat that delivers and need not say who reads there goes first; the one that wrote last among its likes."""
    return address.state is not AddressState.ACTIVE, must_say_who(address, now)


async def _about_caregiver(case: _Case, facts: Facts) -> Facts:
    consented, consented_to_visits = await _consented(case)
    sent_today, visits_today, sent_this_week = await _counts(case)
    caregiver, is_visit = case.caregiver, case.row.planned.lane is Lane.VISIT
    return replace(
        facts,
        zone=case.zone,
        ended=await _has_ended(case),
        stopped=caregiver.stopped_at is not None,
        paused=_is_paused(case),
        wanted=caregiver.wants_visits if is_visit else caregiver.amount is not Amount.NONE or _is_question(case),
        consented=consented_to_visits if is_visit else consented,
        approved=await _approved(case),
        sent_today=sent_today,
        visits_today=visits_today if consented_to_visits else 0,
        sent_this_week=sent_this_week,
        first_weeks=await _in_first_weeks(case),
        slot=_slot(case),
    )


async def _consented(case: _Case) -> tuple[bool, bool]:
    """Whether she wants messages at all, and whether the child's file may be used for messages about visits."""
    consents = case.work.uow.consents
    own = any(one.stands and one.purpose is Purpose.MESSAGES for one in await consents.of(case.caregiver.id))
    return own, own and stands_for_child(await consents.about_family(case.caregiver.family), Purpose.FILE)


async def _has_ended(case: _Case) -> bool:
    """Whether contact ended with her, or about everybody whom the message concerns."""
    planned, uow = case.row.planned, case.work.uow
    if case.caregiver.ended_as is not None or _is_campaign_in_grief(case):
        return True
    pregnancy = parse_pregnancy_occasion(planned.occasion)
    if pregnancy is not None:
        found = await uow.lives.pregnancy(pregnancy)
        return found is None or found.ended_as is not None
    children = [await uow.families.child(child) for child in planned.subjects]
    return bool(children) and all(child is None or child.ended_as is not None for child in children)


def _is_campaign_in_grief(case: _Case) -> bool:
    return case.row.planned.lane is Lane.CAMPAIGN and case.caregiver.bereaved_at is not None


def _is_paused(case: _Case) -> bool:
    pause, today = case.caregiver.pause, case.work.moment.today(case.zone)
    if pause is None:
        return False
    return pause.silences_visits(today) if case.row.planned.lane is Lane.VISIT else pause.silences_tips(today)


def _is_question(case: _Case) -> bool:
    """A question about the birth is no tip, though it goes at the hour of tips; neither is the farewell."""
    occasion = case.row.planned.occasion
    return parse_pregnancy_occasion(occasion) is not None or is_farewell(occasion)


def _slot(case: _Case) -> time | None:
    """The time of day that was planned for a tip, if it is still in her hour."""
    if case.row.planned.lane is not Lane.TIP:
        return None
    planned = case.row.planned.send_from.astimezone(ZoneInfo(case.zone)).time()
    return planned if planned.hour == case.caregiver.tip_hour else time(case.caregiver.tip_hour)


async def _counts(case: _Case) -> tuple[int, int, int]:
    today = case.work.moment.today(case.zone)
    begins, ends = start_of_day(today, case.zone), start_of_day(today + timedelta(days=1), case.zone)
    week_ago = start_of_day(today - timedelta(days=6), case.zone)
    outbox, caregiver = case.work.uow.outbox, case.caregiver.id
    return (
        await outbox.sent_between(caregiver, CAPPED, begins, ends),
        await outbox.visits_due_between(caregiver, begins, ends),
        await outbox.sent_between(caregiver, COUNTED, week_ago, ends),
    )


async def _in_first_weeks(case: _Case) -> bool:
    today = case.work.moment.today(case.zone)
    children = await case.work.uow.families.children_of(case.caregiver.id)
    return any(0 <= age_in_days(child.birth_date, today) < FIRST_WEEKS_DAYS for child in children)


async def _approved(case: _Case) -> bool:
    programme, planned = case.work.programme, case.row.planned
    if programme.rehearsal:
        return True
    if planned.lane is not Lane.VISIT:
        return programme.may_send(planned.message.body.key, case.caregiver.language)
    facility = await case.work.uow.area.facility(case.family.facility) if case.family else None
    return facility is not None and await may_remind(case.work, facility)


async def _visit_now(case: _Case) -> tuple[FamilyVisit | None, VisitAnswer | None]:
    """What is due at the visit that the message speaks of, as of now, and what she answered to it."""
    occasion = parse_visit_occasion(case.row.planned.occasion)
    if occasion is None:
        return None, None
    uow, caregiver = case.work.uow, case.caregiver.id
    answer = (await uow.visits.answers_of(caregiver)).get((occasion.facility, occasion.on))
    families = uow.families
    visits = await find_family_visits(
        case.work, caregiver, await families.children_of(caregiver), await families.pregnancies_of(caregiver)
    )
    same = (visit for visit in visits if (visit.facility.id, visit.on) == (occasion.facility, occasion.on))
    return next(same, None), answer


async def _settled(case: _Case, visit: FamilyVisit | None, answer: VisitAnswer | None) -> Reason | None:
    """What has made the message needless: for a reminder her answer or a dose; others say it by their occasion."""
    kind = case.row.planned.occasion.partition(":")[0]
    if kind in SETTLED_BY:
        return await SETTLED_BY[kind](case.work, case.row, case.caregiver)
    occasion = parse_visit_occasion(case.row.planned.occasion)
    if kind != VISIT or occasion is None:
        return None
    left = await left_facilities(case.work, case.caregiver.id)
    if answer is VisitAnswer.CANNOT or occasion.facility in left:
        return Reason.ANSWERED
    if visit is None:
        return Reason.VACCINATED
    return Reason.ANSWERED if occasion.step == MORNING_STEP and answer in ENOUGH else None
