"""Ask again, at the moment of sending, whether a message may go: everything may have changed since it was planned."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import age_in_days
from domain.consent import Purpose, stands_for_child
from domain.farewell import is_farewell
from domain.identifiers import CaregiverId
from domain.journey import Amount
from domain.people import Address, AddressState, Caregiver, Family
from domain.pregnancy_occasion import is_journey_occasion, parse_pregnancy_occasion
from domain.sending.hours import start_of_day, tip_instant
from domain.sending.outbox import Lane, OutboxRow, Reason
from domain.sending.sendability import Decision, Facts, decide_sending
from domain.silence import must_say_who
from domain.visit_occasion import VISIT, parse_visit_occasion
from domain.visits import MORNING_STEP
from services.ports.recipients import Recipients, Said, Span
from services.ports.visits import VisitAnswer
from services.sending.campaign_rows import (
    NO_CAMPAIGNS,
    KnownCampaigns,
    decide_change,
    know_campaigns,
    stopped_because,
)
from services.sending.settled import SETTLED_BY
from services.turn import Work
from services.visits.find_visits import FamilyVisit, find_family_visits, left_facilities
from services.visits.may_remind import may_remind

FIRST_WEEKS_DAYS = 28
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
class Known:
    """What is known of everybody in a batch at this moment: who they are, and what they were told."""

    recipients: Recipients
    said: Mapping[CaregiverId, Said]
    campaigns: KnownCampaigns = NO_CAMPAIGNS


@dataclass(frozen=True)
class _Case:
    """One row and the caregiver whom it is for."""

    work: Work
    row: OutboxRow
    caregiver: Caregiver
    known: Known

    @property
    def family(self) -> Family | None:
        return self.known.recipients.families.get(self.caregiver.family)

    @property
    def zone(self) -> str:
        return self.known.recipients.zone_of(self.caregiver)


async def know(work: Work, rows: Sequence[OutboxRow]) -> Known:
    """Look up everybody whom these rows are for."""
    planned = [row.planned for row in rows]
    recipients = await work.uow.recipients.look_up(
        {one.caregiver for one in planned if one.caregiver is not None},
        addresses={one.address for one in planned if one.address is not None},
        children={child for one in planned for child in one.subjects},
    )
    return Known(recipients, await _said(work, recipients), await know_campaigns(work, rows))


async def _said(work: Work, recipients: Recipients) -> Mapping[CaregiverId, Said]:
    by_zone: defaultdict[str, list[CaregiverId]] = defaultdict(list)
    for caregiver in recipients.caregivers.values():
        by_zone[recipients.zone_of(caregiver)].append(caregiver.id)
    said: dict[CaregiverId, Said] = {}
    for zone, caregivers in by_zone.items():
        said |= await work.uow.recipients.said_to(caregivers, _span(work.moment.today(zone), zone))
    return said


def _span(today: date, zone: str) -> Span:
    return Span(
        week_begins=start_of_day(today - timedelta(days=6), zone),
        day_begins=start_of_day(today, zone),
        day_ends=start_of_day(today + timedelta(days=1), zone),
    )


async def check_again(work: Work, row: OutboxRow, known: Known) -> Checked:
    """Decide with what is known now."""
    planned, recipients = row.planned, known.recipients
    caregiver = recipients.caregivers.get(planned.caregiver) if planned.caregiver is not None else None
    if planned.lane is Lane.CHANGE:
        chat = known.campaigns.chat_of(row)
        decision = decide_change(work, row, known.campaigns, recipients)
        address = recipients.addresses.get(chat) if chat is not None else None
        return Checked(decision, address, caregiver, shared=chat in recipients.shared)
    address = _address(row, recipients, caregiver, work.moment.now)
    facts = _about_address(address, work)
    shared = address is not None and address.id in recipients.shared
    visit, comes = None, False
    if planned.lane is not Lane.REPLY and caregiver is not None:
        case = _Case(work, row, caregiver, known)
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


def _address(row: OutboxRow, recipients: Recipients, caregiver: Caregiver | None, now: datetime) -> Address | None:
    if row.planned.address is not None:
        return recipients.addresses.get(row.planned.address)
    addresses = recipients.addresses_of.get(caregiver.id, ()) if caregiver is not None else ()
    return min(addresses, key=lambda one: _reachability(one, now), default=None)


def _reachability(address: Address, now: datetime) -> tuple[bool, bool]:
    """A chat that delivers and need not say who reads there goes first; the one that wrote last among its likes."""
    return address.state is not AddressState.ACTIVE, must_say_who(address, now)


async def _about_caregiver(case: _Case, facts: Facts) -> Facts:
    consented, consented_to_visits = _consented(case)
    said = case.known.said.get(case.caregiver.id, Said())
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
        sent_today=said.today,
        visits_today=said.visits_today if consented_to_visits else 0,
        sent_this_week=said.this_week,
        first_weeks=_in_first_weeks(case),
        slot=_slot(case),
    )


def _consented(case: _Case) -> tuple[bool, bool]:
    """Whether she wants messages at all, and whether the child's file may be used for messages about visits."""
    family = case.known.recipients.consents.get(case.caregiver.family, ())
    hers = [one for _role, one in family if one.caregiver == case.caregiver.id]
    own = any(one.stands and one.purpose is Purpose.MESSAGES for one in hers)
    return own, own and stands_for_child(family, Purpose.FILE)


async def _has_ended(case: _Case) -> bool:
    """Whether contact ended with her, or about everybody whom the message concerns."""
    planned = case.row.planned
    if case.caregiver.ended_as is not None or _is_campaign_in_grief(case):
        return True
    pregnancy = parse_pregnancy_occasion(planned.occasion)
    if pregnancy is not None:
        found = await case.work.uow.lives.pregnancy(pregnancy)
        return found is None or found.ended_as is not None
    children = [case.known.recipients.children.get(child) for child in planned.subjects]
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
    about_birth = parse_pregnancy_occasion(occasion) is not None and not is_journey_occasion(occasion)
    return about_birth or is_farewell(occasion)


def _slot(case: _Case) -> time | None:
    """The time of day that was planned for a tip, if it is still in her hour; otherwise her minute of that hour."""
    if case.row.planned.lane is not Lane.TIP:
        return None
    zone, caregiver = ZoneInfo(case.zone), case.caregiver
    planned = case.row.planned.send_from.astimezone(zone)
    if planned.hour != caregiver.tip_hour:
        planned = tip_instant(planned.date(), caregiver.tip_hour, case.zone, str(caregiver.id)).astimezone(zone)
    return planned.time()


def _in_first_weeks(case: _Case) -> bool:
    today = case.work.moment.today(case.zone)
    children = case.known.recipients.children_of.get(case.caregiver.id, ())
    return any(0 <= age_in_days(child.birth_date, today) < FIRST_WEEKS_DAYS for child in children)


async def _approved(case: _Case) -> bool:
    programme, planned = case.work.programme, case.row.planned
    if programme.rehearsal:
        return True
    if planned.lane is not Lane.VISIT:
        return programme.may_send(planned.message.body.key, case.caregiver.language)
    facility = case.known.recipients.facilities.get(case.family.facility) if case.family else None
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
    if case.row.planned.lane is Lane.CAMPAIGN:
        return stopped_because(case.work, case.row, case.caregiver, case.known.campaigns)
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
