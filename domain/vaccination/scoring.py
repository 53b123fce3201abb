"""Points for series that compete for a child. Source: CDSi logic specification, score patient series."""

from collections.abc import Callable, Sequence
from datetime import date

from domain.vaccination.dose_rules import FROM_PREVIOUS
from domain.vaccination.outlook import Outlook, next_position

Scores = list[int]


def score_complete(outlooks: Sequence[Outlook]) -> Scores:
    """Most valid doses before all else, one product all the way, completed first.

    CDC's own cases count a dose that a longer series still takes, although a shorter one was complete before it.
    """
    return _sum(
        _compare([one.course.valid_count for one in outlooks], 2),
        [1 if _is_whole_path(one) else -1 for one in outlooks],
        _compare([-_last_valid_day(one).toordinal() for one in outlooks], 1),
    )


def score_in_process(outlooks: Sequence[Outlook]) -> Scores:
    """One product all the way, can be completed, most valid doses, fewest left, finished earliest."""
    return _sum(
        [2 if _is_whole_path(one) else -2 for one in outlooks],
        [3 if _finish(one) is not None else -3 for one in outlooks],
        _compare([one.course.valid_count for one in outlooks], 2),
        _compare([-_doses_left(one) for one in outlooks], 2),
        _compare([-(_finish(one) or date.max).toordinal() for one in outlooks], 1),
    )


def score_not_begun(outlooks: Sequence[Outlook]) -> Scores:
    """Can begin earliest, can be completed, binds to no product."""
    return _sum(
        _compare([-(one.days.earliest if one.days else date.max).toordinal() for one in outlooks], 1),
        [1 if _finish(one) is not None else -1 for one in outlooks],
        [-1 if one.course.series.product_path else 1 for one in outlooks],
    )


def _sum(*columns: Scores) -> Scores:
    return [sum(points) for points in zip(*columns, strict=True)]


def _compare(values: Sequence[int], points: int) -> Scores:
    """`points` for the only highest, nothing for those that share it, minus `points` for the others."""
    highest = max(values)
    shared = 0 if values.count(highest) > 1 else points
    return [shared if value == highest else -points for value in values]


def _is_whole_path(outlook: Outlook) -> bool:
    return outlook.course.series.product_path and all(one.is_valid for one in outlook.course.verdicts)


def _last_valid_day(outlook: Outlook) -> date:
    days = [one.record.given_on for one in outlook.course.verdicts if one.is_valid]
    return days[-1] if days else date.min


def _walk(outlook: Outlook, step: Callable[[int], None]) -> None:
    position: int | None = outlook.position
    while position is not None and position < len(outlook.course.series.doses):
        step(position)
        position = next_position(outlook.course, position + 1)


def _doses_left(outlook: Outlook) -> int:
    left: list[int] = []
    _walk(outlook, left.append)
    return len(left)


def _finish(outlook: Outlook) -> date | None:
    """The earliest day on which the last dose can be given; None when the child is too old by then."""
    if outlook.days is None:
        return None
    chart, day = outlook.course.chart, outlook.days.earliest
    left: list[int] = []
    _walk(outlook, left.append)
    for position in left:
        rule = outlook.course.series.doses[position]
        ages = rule.ages_on(chart.today)
        if position != outlook.position:
            gaps = [one.minimum for one in rule.intervals if one.reference == FROM_PREVIOUS and one.minimum]
            day = max([day, *(gap.after(day) for gap in gaps)])
            day = max(day, chart.day_of(ages.minimum)) if ages and ages.minimum else day
        if ages and ages.maximum and day >= chart.day_of(ages.maximum):
            return None
    return day
