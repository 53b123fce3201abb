"""Whether doses stand far enough apart, and when the next may follow. Source: CDSi, evaluate interval."""

from datetime import date

from domain.vaccination.age_checks import grace_floor
from domain.vaccination.chart import Record
from domain.vaccination.course import Course
from domain.vaccination.dose_rules import DoseRule, Interval, ReferenceKind
from domain.vaccination.reasons import Fault, Reason, too_early


def interval_fault(course: Course, rule: DoseRule, record: Record) -> Fault | None:
    """Too soon, or None. Where one interval is too short, an allowable one may still let the dose count."""
    day = record.given_on
    faults = [_fault(course, interval, day) for interval in rule.intervals_on(day)]
    fault = next((fault for fault in faults if fault is not None), None)
    if fault is None or not rule.allowable_intervals:
        return fault
    allowed = rule.allowable_intervals_on(day)
    return fault if any(_fault(course, interval, day) for interval in allowed) else None


def reference_day(course: Course, interval: Interval) -> date | None:
    """The day with which the interval begins; None where there is no such dose."""
    reference = interval.reference
    if reference.kind is ReferenceKind.PREVIOUS:
        return course.previous.given_on if course.previous else None
    if reference.kind is ReferenceKind.LATEST_OF:
        days = (one.given_on for one in reversed(course.chart.seen) if one.vaccine in reference.vaccines)
        return next(days, None)
    if reference.group:
        return course.chart.dose_days.get((reference.group, reference.number))
    return course.day_of_dose(reference.number)


def _fault(course: Course, interval: Interval, given_on: date) -> Fault | None:
    begin = reference_day(course, interval)
    floor = grace_floor(course, interval.absolute, interval.minimum)
    if begin is None or floor is None:
        return None
    counts_from = floor.after(begin)
    if given_on >= counts_from:
        return None
    return too_early(Reason.TOO_SOON, given_on, counts_from, previous_day=begin)
