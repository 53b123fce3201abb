"""Whom a campaign is for, as plain choices: stored as data and read back as a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.birth_dates import PROGRAMME_ENDS_AT_MONTHS
from domain.calendar import add_months
from domain.identifiers import CommuneId, FacilityId
from domain.reader import Role


@dataclass(frozen=True)
class Segment:
    """Joined caregivers to whom all of these choices apply; a choice that is empty leaves nobody out.

    Ages are completed calendar months of a living child at whose birth contact has not ended: `age_from` up to, and
    without, `age_to`; with one of them set, only caregivers of such a child. `expecting`: only those with a pregnancy
    that has not ended; together with ages either is enough. `overdue`: of the children, only those with a dose that
    is overdue. `kin_not_joined`: only where somebody of the family was invited and has not joined yet.
    """

    age_from: int | None = None
    age_to: int | None = None
    expecting: bool = False
    communes: frozenset[CommuneId] = frozenset()
    facilities: frozenset[FacilityId] = frozenset()
    languages: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    overdue: bool = False
    kin_not_joined: bool = False

    def __post_init__(self) -> None:
        first, last = self.age_from, self.age_to
        for months in (first, last):
            if months is not None and not 0 <= months <= PROGRAMME_ENDS_AT_MONTHS:
                raise ValueError(f"an age of {months} months is not of this programme")
        if first is not None and last is not None and first >= last:
            raise ValueError(f"ages from {first} to {last} months hold nobody")

    @property
    def by_age(self) -> bool:
        """Whether the age of a child decides."""
        return self.age_from is not None or self.age_to is not None

    @property
    def of_children(self) -> bool:
        """Whether something about a child decides."""
        return self.by_age or self.overdue

    def born_between(self, today: date) -> tuple[date, date]:
        """The first and the last birth date of the children it is about, on a day; without ages, all under six."""
        oldest = self.age_to if self.age_to is not None else PROGRAMME_ENDS_AT_MONTHS
        youngest = self.age_from or 0
        return _first_birth_date(oldest, today), _last_birth_date(youngest, today)


def _last_birth_date(months: int, today: date) -> date:
    """The latest birth date of a child who has completed so many months; the 31st rolls forward as ages do."""
    day = add_months(today, -months)
    while add_months(day, months) > today:
        day = date.fromordinal(day.toordinal() - 1)
    return day


def _first_birth_date(months: int, today: date) -> date:
    """The earliest birth date of a child who has not yet completed so many months."""
    return date.fromordinal(_last_birth_date(months, today).toordinal() + 1)


def segment_as_data(segment: Segment) -> Mapping[str, Any]:
    """Plain values in a fixed order, for keeping."""
    return {
        "age_from": segment.age_from,
        "age_to": segment.age_to,
        "expecting": segment.expecting,
        "communes": sorted(segment.communes),
        "facilities": sorted(segment.facilities),
        "languages": sorted(segment.languages),
        "roles": sorted(role.value for role in segment.roles),
        "overdue": segment.overdue,
        "kin_not_joined": segment.kin_not_joined,
    }


def segment_from_data(kept: Mapping[str, Any]) -> Segment:
    """The segment that was kept; raises ValueError, KeyError or TypeError for what is none."""
    return Segment(
        age_from=kept["age_from"],
        age_to=kept["age_to"],
        expecting=bool(kept["expecting"]),
        communes=frozenset(CommuneId(int(one)) for one in kept["communes"]),
        facilities=frozenset(FacilityId(int(one)) for one in kept["facilities"]),
        languages=frozenset(str(one) for one in kept["languages"]),
        roles=frozenset(Role(one) for one in kept["roles"]),
        overdue=bool(kept["overdue"]),
        kin_not_joined=bool(kept["kin_not_joined"]),
    )
