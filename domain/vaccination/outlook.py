"""What comes next in one series and when. Source: CDSi logic specification, generate forecast dates."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from domain.vaccination.ages import Age
from domain.vaccination.chart import Chart
from domain.vaccination.conflicts import conflict_end
from domain.vaccination.course import Course
from domain.vaccination.dose_rules import AgeRule, DoseRule, Interval
from domain.vaccination.intervals import reference_day
from domain.vaccination.skip_rules import Context
from domain.vaccination.skipping import is_skipped


class SeriesStatus(StrEnum):
    """Where a child stands in a series or a group."""

    NOT_COMPLETE = "not_complete"
    COMPLETE = "complete"
    AGED_OUT = "aged_out"
    IMMUNE = "immune"
    CONTRAINDICATED = "contraindicated"


class EarliestBy(StrEnum):
    """Which rule decided the earliest day."""

    AGE = "age"
    INTERVAL = "interval"
    LIVE_VACCINE = "live_vaccine"
    LAST_DOSE = "last_dose"


class Days(NamedTuple):
    """The days of a dose. `overdue` is the first on which it is overdue, `latest` the last on which it may be given."""

    earliest: date
    earliest_by: EarliestBy
    due: date
    overdue: date | None
    latest: date | None


class Outlook(NamedTuple):
    """A series as it stands today: the target dose that comes next with its days, if one comes.

    `dose_number` counts on from the satisfied target doses: those passed over do not count.
    """

    course: Course
    status: SeriesStatus
    position: int
    dose_number: int = 0
    rule: DoseRule | None = None
    days: Days | None = None


_NO_AGES = AgeRule()
_AT_BIRTH = Age()
_ONE_DAY = timedelta(days=1)
Begun = tuple[Interval, date]


def look_ahead(course: Course) -> Outlook:
    """The next dose of the series by today's version of its rules."""
    found = _next_dose(course)
    if found is None:
        return Outlook(course, SeriesStatus.COMPLETE, len(course.series.doses))
    position, rule, days = found
    too_late = days.latest is not None and days.latest < max(days.earliest, course.chart.today)
    status = SeriesStatus.AGED_OUT if too_late else SeriesStatus.NOT_COMPLETE
    return Outlook(course, status, position, course.next_number, rule, days)


def next_position(course: Course, start: int) -> int | None:
    """The place of the first target dose from `start` on that will be asked for."""
    doses, today = course.series.doses, course.chart.today
    for position in range(start, len(doses)):
        rule = doses[position]
        if not rule.optional and not (rule.skips and is_skipped(rule, course, Context.FORECAST, today)):
            return position
    return None


def _next_dose(course: Course) -> tuple[int, DoseRule, Days] | None:
    """A dose that would be passed over on its own earliest day is passed over now."""
    position = next_position(course, course.position)
    while position is not None:
        rule = course.series.doses[position]
        days = _days(course, rule)
        if not rule.skips or not is_skipped(rule, course, Context.FORECAST, days.earliest):
            return position, rule, days
        position = next_position(course, position + 1)
    return None


def _days(course: Course, rule: DoseRule) -> Days:
    chart = course.chart
    ages = rule.ages_on(chart.today) or _NO_AGES
    begun = _begun(course, rule) if rule.intervals else ()
    earliest, earliest_by = _earliest(course, rule, ages, begun)
    due = _by_age(chart, ages.recommended) or _by_interval([(one.recommended, begin) for one, begin in begun])
    overdue = _by_age(chart, ages.overdue) or _by_interval([(one.overdue, begin) for one, begin in begun])
    latest = chart.day_of(ages.maximum) - _ONE_DAY if ages.maximum else None
    return Days(
        earliest,
        earliest_by,
        due if due and due > earliest else earliest,
        earliest if overdue and overdue < earliest else overdue,
        latest,
    )


def _begun(course: Course, rule: DoseRule) -> Sequence[Begun]:
    """The intervals that have a dose to begin with, and its day."""
    days = [(interval, reference_day(course, interval)) for interval in rule.intervals_on(course.chart.today)]
    return [(interval, day) for interval, day in days if day is not None]


def _earliest(course: Course, rule: DoseRule, ages: AgeRule, begun: Sequence[Begun]) -> tuple[date, EarliestBy]:
    """The latest of all that must have come before."""
    chart = course.chart
    day, by = chart.day_of(ages.minimum or _least_age(course)), EarliestBy.AGE
    for interval, begin in begun:
        if interval.minimum is not None and (reached := interval.minimum.after(begin)) > day:
            day, by = reached, EarliestBy.INTERVAL
    if chart.live and (end := conflict_end(chart, rule.preferable)) is not None and end > day:
        day, by = end, EarliestBy.LIVE_VACCINE
    if course.verdicts and (last := course.verdicts[-1].record.given_on) > day:
        day, by = last, EarliestBy.LAST_DOSE
    return day, by


def _least_age(course: Course) -> Age:
    """A dose without a minimum age is not given before those that precede it, even where their days are unknown."""
    before = [rule.ages_on(course.chart.today) for rule in course.series.doses[: course.position]]
    return next((ages.minimum for ages in reversed(before) if ages and ages.minimum), _AT_BIRTH)


def _by_age(chart: Chart, age: Age | None) -> date | None:
    return chart.day_of(age) if age is not None else None


def _by_interval(since: Sequence[tuple[Age | None, date]]) -> date | None:
    """Where no age says it: the longest of the intervals."""
    if not since:
        return None
    return max((length.after(begin) for length, begin in since if length is not None), default=None)
