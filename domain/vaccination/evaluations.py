"""What was found of each given dose, group by group, in the order in which the doses were told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.vaccination.chart import Chart, Record
from domain.vaccination.history import GivenDose
from domain.vaccination.outlook import Outlook
from domain.vaccination.reasons import Detail, Fault, Reason
from domain.vaccination.schedule import Group, Target

Found = Sequence[tuple[Target, Outlook]]
_NOT_NEEDED = Fault(Reason.NOT_NEEDED, {})


@dataclass(frozen=True)
class DoseEvaluation:
    """One given dose in one group. `dose` is its place (from 0) in the list as told.

    `reason` and `details` are None and empty when it counts; what the details hold stands at `Fault`. `group` is empty
    for a vaccine that the schedule does not know.
    """

    dose: int
    vaccine: str
    given_on: date | None
    group: str
    valid: bool
    reason: Reason | None = None
    details: Mapping[str, Detail] = field(default_factory=dict)


def evaluate_doses(chart: Chart, found: Mapping[str, Found]) -> tuple[DoseEvaluation, ...]:
    """By dose as told, then by group as the schedule has them."""
    given = {key for code in chart.vaccines for key in chart.schedule.groups_of.get(code, ())}
    concerned = [group for group in chart.schedule.groups if group.key in given]
    evaluations = [one for group in concerned for one in _of_group(chart, group, found.get(group.key, ()))]
    return tuple(sorted([*evaluations, *_unknown(chart)], key=lambda one: one.dose))


def _of_group(chart: Chart, group: Group, found: Found) -> list[DoseEvaluation]:
    judged = _judged(found) if found else [(record, _NOT_NEEDED) for record in _records(chart, group)]
    dated = [_told(record.place, record.dose, group.key, fault) for record, fault in judged]
    return [one for one in dated if one.valid or not _is_left_to_another(chart, group, one)] + _undated(chart, group)


def _records(chart: Chart, group: Group) -> list[Record]:
    return [record for record in chart.records if record.vaccine in group.vaccines]


def _judged(found: Found) -> Sequence[tuple[Record, Fault | None]]:
    """A dose counts in a group when no target finds a fault but that it needs the dose no more."""
    verdicts = [verdict for _, outlook in found for verdict in outlook.course.verdicts]
    if len(found) == 1:
        return verdicts
    faults: dict[int, list[Fault | None]] = {}
    for record, fault in verdicts:
        faults.setdefault(record.place, []).append(fault)
    records = {record.place: record for record, _ in verdicts}
    return [(records[place], _one_fault(several)) for place, several in faults.items()]


def _one_fault(faults: Sequence[Fault | None]) -> Fault | None:
    real = [fault for fault in faults if fault and fault.reason is not Reason.NOT_NEEDED]
    return real[0] if real else None if None in faults else _NOT_NEEDED


def _told(index: int, dose: GivenDose, group: str, fault: Fault | None) -> DoseEvaluation:
    reason, details = (fault.reason, fault.details) if fault else (None, {})
    return DoseEvaluation(index, dose.vaccine, dose.given_on, group, fault is None, reason, details)


def _is_left_to_another(chart: Chart, group: Group, one: DoseEvaluation) -> bool:
    """A dose after a complete group belongs to the group that follows it; one before it, to the group before."""
    if one.reason is Reason.NOT_NEEDED:
        return any(one.vaccine in other.vaccines for other in chart.schedule.followers.get(group.key, ()))
    if one.reason is Reason.EARLIER_SERIES:
        return any(one.vaccine in other.vaccines for other in chart.schedule.groups if other.key == group.follows)
    return False


def _undated(chart: Chart, group: Group) -> list[DoseEvaluation]:
    if not chart.undated:
        return []
    fault = Fault(Reason.UNKNOWN_DATE, {})
    return [_told(index, dose, group.key, fault) for index, dose in chart.undated if dose.vaccine in group.vaccines]


def _unknown(chart: Chart) -> list[DoseEvaluation]:
    fault = Fault(Reason.UNKNOWN_VACCINE, {})
    return [
        _told(index, dose, "", fault)
        for index, dose in enumerate(chart.case.given)
        if dose.vaccine not in chart.schedule.vaccines
    ]
