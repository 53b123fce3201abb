"""Whether a target dose is passed over. Source: CDSi logic specification, conditional skip."""

from collections.abc import Callable, Mapping
from datetime import date

from domain.vaccination.chart import Record
from domain.vaccination.course import Course
from domain.vaccination.dose_rules import DoseRule
from domain.vaccination.skip_rules import (
    AgeCondition,
    Comparison,
    CompletedCondition,
    Condition,
    Context,
    CountCondition,
    IntervalCondition,
    Skip,
    SkipSet,
)

_COMPARE: Mapping[Comparison, Callable[[int, int], bool]] = {
    Comparison.MORE_THAN: int.__gt__,
    Comparison.EQUAL_TO: int.__eq__,
    Comparison.FEWER_THAN: int.__lt__,
}


def is_skipped(rule: DoseRule, course: Course, context: Context, on: date) -> bool:
    """Whether one of the dose's skips holds on the day of reference: the dose's own, or today for a forecast."""
    return any(context in skip.contexts and _skip_holds(skip, course, on) for skip in rule.skips)


def _skip_holds(skip: Skip, course: Course, on: date) -> bool:
    found = [_set_holds(one, course, on) for one in skip.sets if one.in_force.on(on)]
    return bool(found) and (all(found) if skip.need_all else any(found))


def _set_holds(one: SkipSet, course: Course, on: date) -> bool:
    holds = (_condition_holds(condition, course, on) for condition in one.conditions)
    return all(holds) if one.need_all else any(holds)


def _condition_holds(condition: Condition, course: Course, on: date) -> bool:
    match condition:
        case AgeCondition():
            return course.chart.is_within(on, condition.begin, condition.end)
        case IntervalCondition():
            previous = course.previous
            return previous is not None and on >= condition.since_previous.after(previous.given_on)
        case CountCondition():
            return _COMPARE[condition.comparison](_counted(condition, course), condition.count)
        case CompletedCondition():
            return any(group in course.chart.completed for group in condition.groups)


def _counted(condition: CountCondition, course: Course) -> int:
    """Among the doses looked at so far: those before the one that is judged, or all of them in a forecast."""
    return sum(_is_counted(record, condition, course) for record in _candidates(condition, course))


def _candidates(condition: CountCondition, course: Course) -> list[Record]:
    if condition.valid_only:
        return [verdict.record for verdict in course.verdicts if verdict.is_valid]
    if condition.vaccines:
        return course.chart.seen
    return [verdict.record for verdict in course.verdicts]


def _is_counted(record: Record, condition: CountCondition, course: Course) -> bool:
    if condition.vaccines and record.vaccine not in condition.vaccines:
        return False
    if condition.begin_day is not None and record.given_on < condition.begin_day:
        return False
    if condition.end_day is not None and record.given_on >= condition.end_day:
        return False
    return course.chart.is_within(record.given_on, condition.begin, condition.end)
