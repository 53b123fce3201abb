"""The caregiver's word beside the facility's record: a reported dose counts for silence until the record speaks."""

from collections.abc import Iterable
from datetime import date, timedelta

from domain.vaccination.history import GivenDose

SAME_DOSE = timedelta(days=27)


def joined_history(recorded: Iterable[GivenDose], reported: Iterable[GivenDose]) -> tuple[GivenDose, ...]:
    """All doses that count, by day. A reported dose gives way to a recorded one of the same vaccine within 27 days.

    Two valid doses of one vaccine are at least 28 days apart in nearly every series: nearer ones are one told twice.
    A dose whose day nobody knows, recorded or told, is the same dose as any other of its vaccine.
    """
    on_record = tuple(recorded)
    extra = [dose for dose in reported if not any(_same(dose, other) for other in on_record)]
    return tuple(sorted((*on_record, *extra), key=lambda dose: (dose.given_on or date.max, dose.vaccine)))


def _same(told: GivenDose, written: GivenDose) -> bool:
    if told.vaccine != written.vaccine:
        return False
    if told.given_on is None or written.given_on is None:
        return True
    return abs(told.given_on - written.given_on) <= SAME_DOSE
