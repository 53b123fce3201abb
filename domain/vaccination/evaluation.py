"""One given dose in one series. Source: CDSi logic specification, evaluate vaccine dose administered."""

from domain.vaccination.age_checks import age_fault
from domain.vaccination.chart import Record
from domain.vaccination.conflicts import conflict_fault
from domain.vaccination.course import Course, Verdict
from domain.vaccination.dose_rules import DoseRule
from domain.vaccination.history import GivenDose
from domain.vaccination.intervals import interval_fault
from domain.vaccination.products import product_fault
from domain.vaccination.reasons import Fault, Reason
from domain.vaccination.skip_rules import Context
from domain.vaccination.skipping import is_skipped

_NOT_NEEDED = Fault(Reason.NOT_NEEDED, {})
_BY_MISTAKE = Fault(Reason.INADVERTENT, {})


def take(course: Course, record: Record) -> None:
    """Judge the next dose in order of time against the target dose that is asked for, and go on from there."""
    _pass_over(course, record)
    position, fault = _judged(course, record)
    if fault is None:
        course.satisfy(position, record)
    course.note(Verdict(record, fault))


def take_undated(course: Course, dose: GivenDose) -> bool:
    """A dose whose day nobody knows satisfies the dose that is asked for, if the child is old enough by today."""
    rule, today = course.target_dose, course.chart.today
    if rule is None or dose.vaccine not in rule.vaccines or rule.recurring:
        return False
    ages = rule.ages_on(today)
    youngest = (ages.absolute or ages.minimum) if ages else None
    if youngest is not None and today < course.chart.day_of(youngest):
        return False
    course.satisfy(course.position, None)
    return True


def _pass_over(course: Course, record: Record) -> None:
    while (rule := course.target_dose) and is_skipped(rule, course, Context.EVALUATION, record.given_on):
        course.position += 1


def _judged(course: Course, record: Record) -> tuple[int, Fault | None]:
    """The target dose that was meant, and what is wrong. Optional doses are tried before the next that is asked for."""
    doses, position = course.series.doses, course.position
    while position < len(doses):
        fault = _fault(course, doses[position], record)
        if fault is None or not doses[position].optional:
            return position, fault
        position += 1
    return position, _NOT_NEEDED


def _fault(course: Course, rule: DoseRule, record: Record) -> Fault | None:
    if record.vaccine in rule.inadvertent:
        return _BY_MISTAKE
    return (
        age_fault(course, rule, record)
        or interval_fault(course, rule, record)
        or conflict_fault(course.chart, record)
        or product_fault(course.chart, rule, record)
    )
