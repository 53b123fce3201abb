"""Plan the tips of caregivers' children and pregnancies: one message for twins, at her hour, spread within it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple, TypeAlias

from domain.births import Born, births_of
from domain.care.plan import pregnancy_start
from domain.identifiers import ChildId
from domain.journey import Amount, Standing, Step, is_news, open_steps
from domain.message import OutgoingMessage, Text
from domain.moment import Moment
from domain.people import Pregnancy
from domain.pregnancy_occasion import JOURNEY, pregnancy_occasion
from domain.reader import Role
from domain.sending.hours import start_of_day, tip_instant
from domain.sending.outbox import Lane, PlannedMessage
from domain.tip_readers import ReadsTips
from domain.tracks import Track

LINE_SECONDS = 300  # an hour's last minutes, which are left free for those who wait in line


class _Tip(NamedTuple):
    """What is alike for all to whom one step is open."""

    step: Step
    message: OutgoingMessage
    ahead: timedelta
    expires_at: datetime


_Alike: TypeAlias = tuple[date, Role, frozenset[Track], Amount]


class _About(NamedTuple):
    """For what a tip is, and whom it concerns."""

    occasion: str
    subjects: tuple[ChildId, ...] = ()


@dataclass(frozen=True)
class TipPlan:
    """The tips of a day in a zone. What is open is found once for all who stand alike."""

    steps: Sequence[Step]
    zone: str
    moment: Moment
    _open: dict[_Alike, tuple[Standing, tuple[_Tip, ...]]] = field(default_factory=dict, init=False, repr=False)

    def of(self, caregiver: ReadsTips, children: Iterable[Born]) -> list[PlannedMessage]:
        """Every tip that is hers today. What comes too late for her hour goes tomorrow, while its window lasts.

        Of the children, those about whom contact ended are left out; a twin's messages keep the occasion both had.
        """
        planned = list[PlannedMessage]()
        for birth in births_of(children):
            alike = (birth.born_on, caregiver.role, birth.tracks, caregiver.amount)
            planned += self._rows(caregiver, alike, _About(birth.occasion, birth.child_ids))
        return planned

    def of_pregnancy(self, caregiver: ReadsTips, pregnancy: Pregnancy) -> list[PlannedMessage]:
        """The same for a pregnancy; none after it ended. `steps` are those of pregnancy then."""
        if pregnancy.ended_as is not None:
            return []
        alike = (pregnancy_start(pregnancy.due_on), caregiver.role, frozenset[Track](), caregiver.amount)
        return self._rows(caregiver, alike, _About(pregnancy_occasion(pregnancy.id, JOURNEY)))

    def _rows(self, caregiver: ReadsTips, alike: _Alike, about: _About) -> list[PlannedMessage]:
        joined_on = caregiver.joined_on
        if joined_on is None:
            return []
        standing, tips = self._open_to(alike)
        return [self._row(tip, caregiver, about) for tip in tips if is_news(tip.step, standing, joined_on)]

    def _open_to(self, alike: _Alike) -> tuple[Standing, tuple[_Tip, ...]]:
        if alike not in self._open:
            begins_on, role, tracks, amount = alike
            standing = Standing(begins_on, self.moment.today(self.zone), role, tracks, self.zone)
            steps = open_steps(self.steps, standing, amount=amount)
            self._open[alike] = (standing, tuple(self._tip(step, begins_on) for step in steps))
        return self._open[alike]

    def _tip(self, step: Step, begins_on: date) -> _Tip:
        # When several tips wait, the one that began first is some seconds ahead.
        ahead = timedelta(seconds=step.starts_on(begins_on).toordinal() % LINE_SECONDS)
        return _Tip(step, _words(step.key), ahead, start_of_day(step.ends_on(begins_on), self.zone))

    def _row(self, tip: _Tip, caregiver: ReadsTips, about: _About) -> PlannedMessage:
        return PlannedMessage(
            lane=Lane.TIP,
            message=tip.message,
            occasion=about.occasion,
            send_from=self._slot(caregiver, tip.ahead),
            expires_at=tip.expires_at,
            caregiver=caregiver.id,
            subjects=about.subjects,
        )

    def _slot(self, caregiver: ReadsTips, ahead: timedelta) -> datetime:
        """Her minute within her hour."""
        today, seed = self.moment.today(self.zone), str(caregiver.id)
        at = tip_instant(today, caregiver.tip_hour, self.zone, seed) + ahead
        if at >= self.moment.now:
            return at
        return tip_instant(today + timedelta(days=1), caregiver.tip_hour, self.zone, seed) + ahead


def plan_tips(
    steps: Sequence[Step], caregiver: ReadsTips, children: Iterable[Born], *, zone: str, moment: Moment
) -> tuple[PlannedMessage, ...]:
    """The same for one caregiver alone."""
    return tuple(TipPlan(steps, zone, moment).of(caregiver, children))


def plan_pregnancy_tips(
    steps: Sequence[Step], caregiver: ReadsTips, awaited: Iterable[Pregnancy], *, zone: str, moment: Moment
) -> tuple[PlannedMessage, ...]:
    """The same for her pregnancies; `steps` are those of pregnancy."""
    plan = TipPlan(steps, zone, moment)
    return tuple(row for one in awaited for row in plan.of_pregnancy(caregiver, one))


@cache
def _words(key: str) -> OutgoingMessage:
    """One message for everybody who gets it: so it is encoded once."""
    return OutgoingMessage(Text(key))
