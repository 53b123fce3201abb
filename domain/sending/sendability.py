"""Whether a message may go out at this very moment, and if not, why: asked again immediately before each sending."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.sending.outbox import Lane, Reason

WEEKLY_CAP = 4
WEEKLY_CAP_FIRST_WEEKS = 6
HOURS = {
    Lane.VISIT: (time(5, 30), time(21, 0)),
    Lane.TIP: (time(8, 0), time(20, 0)),
    Lane.CAMPAIGN: (time(8, 0), time(20, 0)),
}
_CAPPED = frozenset({Lane.TIP, Lane.CAMPAIGN})


@dataclass(frozen=True)
class Facts:
    """What is known of the one who would get it, at this moment.

    `sent_today` counts tips and campaigns of her local day, `visits_today` visit messages sent or still to be sent
    on it, `sent_this_week` every kind but replies within seven days. `slot` is the local time of day that was planned
    within the hour she chose; without one every legal hour is as good. `ended`: contact with her, or about everybody
    whom the message concerns, has ended. `too_private`: others read in this chat.
    """

    zone: str
    reachable: bool = True
    has_address: bool = True
    ended: bool = False
    stopped: bool = False
    paused: bool = False
    wanted: bool = True
    confirmed: bool = True
    too_private: bool = False
    consented: bool = True
    approved: bool = True
    settled: Reason | None = None  # the matter is done with: vaccinated or answered
    sent_today: int = 0
    visits_today: int = 0
    sent_this_week: int = 0
    first_weeks: bool = False
    slot: time | None = None


@dataclass(frozen=True)
class Send:
    """It may go."""


@dataclass(frozen=True)
class Postpone:
    """Not now: try again at `until`."""

    until: datetime
    reason: Reason


@dataclass(frozen=True)
class Close:
    """It will not be sent, and this is why."""

    reason: Reason


Decision = Send | Postpone | Close


def decide_sending(lane: Lane, expires_at: datetime, facts: Facts, now: datetime) -> Decision:
    """What to do with a message of `lane` now. Source: DESIGN 3.4.

    Replies answer somebody who waits: only their expiry and the address bind them.
    """
    reason = _reason_to_close(lane, expires_at, facts, now)
    if reason is not None:
        return Close(reason)
    if lane in (Lane.REPLY, Lane.CHANGE):
        return Send()
    later = _reason_to_wait(lane, facts, now)
    if later is None and _is_her_hour(facts, now):
        return Send()
    until = _next_turn(lane, facts, now, tomorrow=later not in (None, Reason.OUTSIDE_HOURS))
    if until < expires_at:
        return Postpone(until, later or Reason.OUTSIDE_HOURS)
    return Close(later) if later else Send()  # at another hour rather than never


def _is_her_hour(facts: Facts, now: datetime) -> bool:
    return facts.slot is None or now.astimezone(ZoneInfo(facts.zone)).hour == facts.slot.hour


def _next_turn(lane: Lane, facts: Facts, now: datetime, *, tomorrow: bool) -> datetime:
    if facts.slot is None:
        return next_legal_instant(lane, facts.zone, now, tomorrow=tomorrow)
    local = now.astimezone(ZoneInfo(facts.zone))
    is_past = tomorrow or local.time() >= facts.slot
    return _at(local + timedelta(days=int(is_past)), facts.slot, facts.zone)


def _reason_to_close(lane: Lane, expires_at: datetime, facts: Facts, now: datetime) -> Reason | None:
    if now >= expires_at:
        return Reason.EXPIRED
    if not facts.has_address:
        return Reason.NO_ADDRESS
    if not facts.reachable:
        return Reason.UNREACHABLE
    if lane is Lane.REPLY:
        return None
    checks = (
        (facts.ended, Reason.CONTACT_ENDED),
        (facts.stopped, Reason.STOPPED),
        (facts.paused, Reason.PAUSED),
        (not facts.wanted, Reason.NOT_WANTED),
        (not facts.consented, Reason.NO_CONSENT),
        (not facts.confirmed, Reason.UNCONFIRMED_CHAT),
        (facts.too_private, Reason.SHARED_CHAT),
        (not facts.approved, Reason.UNSIGNED_SCHEDULE if lane is Lane.VISIT else Reason.DRAFT_TEXT),
        (facts.settled is not None, facts.settled),
    )
    return next((reason for applies, reason in checks if applies), None)


def _reason_to_wait(lane: Lane, facts: Facts, now: datetime) -> Reason | None:
    if not within_hours(lane, facts.zone, now):
        return Reason.OUTSIDE_HOURS
    if lane not in _CAPPED:
        return None
    if facts.visits_today:
        return Reason.VISIT_TODAY
    if facts.sent_today:
        return Reason.DAILY_CAP
    if facts.sent_this_week >= (WEEKLY_CAP_FIRST_WEEKS if facts.first_weeks else WEEKLY_CAP):
        return Reason.WEEKLY_CAP
    return None


def within_hours(lane: Lane, zone: str, now: datetime) -> bool:
    """Whether the lane may speak at this local hour; replies always may."""
    if lane not in HOURS:
        return True
    opens, closes = HOURS[lane]
    return opens <= now.astimezone(ZoneInfo(zone)).time() < closes


def next_legal_instant(lane: Lane, zone: str, now: datetime, *, tomorrow: bool = False) -> datetime:
    """The next instant at which the lane may speak, keeping the local minute where it can; UTC.

    With `tomorrow` the next local day, at the same minute if that is within hours.
    """
    local = now.astimezone(ZoneInfo(zone))
    opens, closes = HOURS[lane]
    if tomorrow:
        minute = min(max(local.time(), opens), (datetime.combine(local.date(), closes) - timedelta(minutes=1)).time())
        return _at(local + timedelta(days=1), minute, zone)
    if local.time() < opens:
        return _at(local, opens, zone)
    if local.time() >= closes:
        return _at(local + timedelta(days=1), opens, zone)
    return now


def closing_after(lane: Lane, zone: str, instant: datetime) -> datetime:
    """When the hours of a lane end on the local day of an instant; UTC."""
    return _at(instant.astimezone(ZoneInfo(zone)), HOURS[lane][1], zone)


def _at(day: datetime, minute: time, zone: str) -> datetime:
    return datetime.combine(day.date(), minute.replace(tzinfo=None), tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
