"""Whether a dose was given at an age at which it counts. Source: CDSi logic specification, evaluate age."""

from datetime import date, timedelta

from domain.vaccination.ages import Age
from domain.vaccination.chart import Record
from domain.vaccination.course import Course
from domain.vaccination.dose_rules import DoseRule
from domain.vaccination.reasons import Fault, Reason, too_early


def age_fault(course: Course, rule: DoseRule, record: Record) -> Fault | None:
    """Too young, too old, or None. The version of the ages is that in force on the day of the dose."""
    ages = rule.ages_on(record.given_on)
    if ages is None:
        return None
    floor = grace_floor(course, ages.absolute, ages.minimum)
    if floor is not None and record.given_on < course.chart.day_of(floor):
        return too_early(_early_reason(course, rule, record), record.given_on, course.chart.day_of(floor))
    if ages.maximum is not None and record.given_on >= course.chart.day_of(ages.maximum):
        return _too_old(record.given_on, course.chart.day_of(ages.maximum) - timedelta(days=1))
    return None


def grace_floor(course: Course, absolute: Age | None, minimum: Age | None) -> Age | None:
    """The least that counts: the absolute minimum, but the full one when grace was used up by an early dose before."""
    if absolute is None:
        return minimum
    grace_is_gone = not course.chart.schedule.grace_after_early and course.previous_came_early
    return minimum if grace_is_gone and minimum is not None else absolute


def _early_reason(course: Course, rule: DoseRule, record: Record) -> Reason:
    in_outbreak = rule.outbreak is not None and course.chart.is_within(record.given_on, *rule.outbreak)
    return Reason.OUTBREAK_DOSE if in_outbreak else Reason.TOO_YOUNG


def _too_old(given_on: date, last_day: date) -> Fault:
    return Fault(Reason.TOO_OLD, {"days": (given_on - last_day).days, "last_day": last_day})
