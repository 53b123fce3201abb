"""Which of several series for one target is the child's. Source: CDSi logic specification, select patient series."""

from collections.abc import Sequence
from datetime import date

from domain.vaccination.chart import Chart
from domain.vaccination.outlook import Outlook, SeriesStatus
from domain.vaccination.schedule import Series
from domain.vaccination.scoring import score_complete, score_in_process, score_not_begun


def best_of(outlooks: Sequence[Outlook]) -> Outlook:
    """The best one; of those that are equally good the one the schedule prefers."""
    if len(outlooks) == 1:
        return outlooks[0]
    candidates = [one for one in outlooks if _begun_in_time(one)]
    complete = [one for one in candidates if one.status is SeriesStatus.COMPLETE]
    if complete:
        return _highest(complete, score_complete(complete))
    in_process = [one for one in candidates if one.course.satisfied]
    if in_process:
        return _highest(in_process, score_in_process(in_process))
    return _not_begun(outlooks, candidates)


def _not_begun(outlooks: Sequence[Outlook], candidates: Sequence[Outlook]) -> Outlook:
    default = next((one for one in outlooks if one.course.series.default), None)
    if default is not None:
        return default
    left = candidates or outlooks
    return _highest(left, score_not_begun(left))


def _highest(outlooks: Sequence[Outlook], scores: Sequence[int]) -> Outlook:
    ranked = sorted(zip(scores, outlooks, strict=True), key=lambda pair: (-pair[0], pair[1].course.series.preference))
    return ranked[0][1]


def is_relevant(series: Series, chart: Chart) -> bool:
    """Whether the series concerns the child at all: her sex, and the age from which it is looked at."""
    if series.sex is not None and series.sex is not chart.case.sex:
        return False
    return series.start_from is None or chart.today >= chart.day_of(series.start_from)


def _begun_in_time(outlook: Outlook) -> bool:
    """Whether the first valid dose came before the last age at which the series may be started."""
    course = outlook.course
    if course.series.start_before is None:
        return True
    first: date = next((one.record.given_on for one in course.verdicts if one.is_valid), course.chart.today)
    return first < course.chart.day_of(course.series.start_before)
