"""How far live vaccines stand apart. Source: CDSi logic specification, live virus conflict."""

from collections.abc import Iterable
from datetime import date

from domain.vaccination.chart import Chart, Record
from domain.vaccination.reasons import Fault, Reason, too_early


def conflict_fault(chart: Chart, record: Record) -> Fault | None:
    """Too near an earlier live vaccine, or None. The gap is shorter where the schedule says so after a valid dose."""
    for earlier in chart.live:
        if earlier.given_on >= record.given_on:
            break
        apart = chart.schedule.apart[earlier.vaccine].get(record.vaccine)
        if apart is None or record.given_on < apart.begin.after(earlier.given_on):
            continue
        end = apart.end_if_valid if earlier.place in chart.found_valid else apart.end
        counts_from = end.after(earlier.given_on)
        if record.given_on < counts_from:
            near = {"previous_day": earlier.given_on}
            return too_early(Reason.LIVE_TOO_NEAR, record.given_on, counts_from, other=earlier.vaccine, **near)
    return None


def conflict_end(chart: Chart, vaccines: Iterable[str]) -> date | None:
    """The day from which none of these vaccines stands too near a live one given before; None without any."""
    ends = [
        apart.end.after(earlier.given_on)
        for earlier in chart.live
        for vaccine in vaccines
        if (apart := chart.schedule.apart[earlier.vaccine].get(vaccine)) is not None
    ]
    return max(ends, default=None)
