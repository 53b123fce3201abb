"""How the targets of a group become one answer. Source: CDSi logic specification, vaccine group forecast."""

from collections.abc import Sequence
from datetime import date

from domain.vaccination.chart import Chart, Exemption
from domain.vaccination.forecast import DoseForecast
from domain.vaccination.history import GivenDose
from domain.vaccination.outlook import Outlook, SeriesStatus
from domain.vaccination.reasons import Reason
from domain.vaccination.schedule import Group, Target

_EXEMPT = {Exemption.IMMUNE: SeriesStatus.IMMUNE, Exemption.CONTRAINDICATED: SeriesStatus.CONTRAINDICATED}
_SILENT = frozenset({Reason.NOT_NEEDED, Reason.EARLIER_SERIES})
_WITH_DAYS = frozenset({SeriesStatus.NOT_COMPLETE, SeriesStatus.AGED_OUT})
_FIRST_OF_ALL = (
    SeriesStatus.NOT_COMPLETE,
    SeriesStatus.CONTRAINDICATED,
    SeriesStatus.AGED_OUT,
    SeriesStatus.COMPLETE,
    SeriesStatus.IMMUNE,
)
Found = Sequence[tuple[Target, Outlook]]


def forecast_group(chart: Chart, group: Group, found: Found) -> DoseForecast:
    """One forecast for the group from the best series of each of its targets."""
    exemption = chart.case.exemptions.get(group.key) if chart.case.exemptions else None
    target, outlook = found[0]
    status = _status(chart, target, outlook, exemption)
    if len(found) > 1:
        statuses = [_status(chart, target, one, exemption) for target, one in found]
        status = next(one for one in _FIRST_OF_ALL if one in statuses)
        concerned = [one for (_, one), own in zip(found, statuses, strict=True) if own is status]
        outlook = _as_one(concerned, all_at_once=group.all_at_once)
    not_counted = _not_counted(found)
    if status in _WITH_DAYS:
        return _forecast(group, status, outlook, not_counted, refused=exemption is Exemption.REFUSED)
    return DoseForecast(group.key, None, "", status, series=outlook.course.series.key, not_counted=not_counted)


def _status(chart: Chart, target: Target, outlook: Outlook, exemption: Exemption | None) -> SeriesStatus:
    if outlook.status is SeriesStatus.COMPLETE:
        return SeriesStatus.COMPLETE
    born_before = target.immune_if_born_before
    if born_before is not None and chart.birth_date < born_before:
        return SeriesStatus.IMMUNE
    return _EXEMPT.get(exemption, outlook.status) if exemption else outlook.status


def _as_one(needed: Sequence[Outlook], *, all_at_once: bool) -> Outlook:
    """Several targets as one: the earliest day is the latest of theirs where one product holds them all."""
    ranked = sorted(needed, key=lambda one: one.days.earliest if one.days else date.max)
    leading = ranked[-1] if all_at_once else ranked[0]
    all_days = [one.days for one in needed if one.days is not None]
    if leading.days is None:
        return leading
    earliest = leading.days.earliest
    overdue = min((days.overdue for days in all_days if days.overdue is not None), default=None)
    days = leading.days._replace(
        due=max(earliest, min(days.due for days in all_days)),
        overdue=max(earliest, overdue) if overdue else None,
    )
    number = min(one.dose_number for one in needed) if all_at_once else leading.dose_number
    return leading._replace(days=days, dose_number=number)


def _forecast(
    group: Group, status: SeriesStatus, next_dose: Outlook, not_counted: tuple[GivenDose, ...], *, refused: bool
) -> DoseForecast:
    rule, days = next_dose.rule, next_dose.days
    if rule is None or days is None:
        raise ValueError(f"{group.key}: a dose that is asked for has a rule and days")
    return DoseForecast(
        group.key,
        next_dose.dose_number,
        rule.offered,
        status,
        days.earliest,
        days.due,
        days.overdue,
        days.latest,
        series=next_dose.course.series.key,
        source=rule.source,
        earliest_by=days.earliest_by,
        not_counted=not_counted,
        refused=refused,
    )


def _not_counted(found: Found) -> tuple[GivenDose, ...]:
    """Doses that counted for no target of the group."""
    verdicts = [verdict for _, outlook in found for verdict in outlook.course.verdicts]
    if all(verdict.fault is None for verdict in verdicts):
        return ()
    valid = {verdict.record.place for verdict in verdicts if verdict.is_valid}
    faulty = {
        verdict.record.place: verdict.record
        for verdict in verdicts
        if verdict.fault and verdict.fault.reason not in _SILENT and verdict.record.place not in valid
    }
    return tuple(record.dose for record in sorted(faulty.values()))
