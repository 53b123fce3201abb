"""Who came in vain in a month, by facility and reason: the service's failures, for those who can mend them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.area import Facility
from domain.attendance import AttendanceSource
from domain.calendar import add_months
from domain.identifiers import ChildId, FacilityId, PregnancyId
from domain.missed import TurnedFor, standing_outcome, turned_away_for
from services.access import Permission, access_actor, access_facilities
from services.forms.surroundings import DEFAULT_ZONE
from services.ports.attendances import Attendance
from services.turn import Turn


@dataclass(frozen=True)
class TurnedAway:
    """The counts of a month, of every facility that turned somebody away; `later` and `earlier` are other months."""

    month: date
    counts: tuple[tuple[Facility, Mapping[TurnedFor, int]], ...]
    earlier: date
    later: date | None


async def count_turned_away(turn: Turn, month: date | None = None) -> TurnedAway:
    """Of her own facility for a health worker, of all for staff; this month when none is asked for."""
    actor = access_actor(turn.speaker, Permission.RECORD_VISITS)
    places = await access_facilities(turn.uow, actor)
    today = turn.moment.today(places[0].zone if places else DEFAULT_ZONE)
    first = min((month or today).replace(day=1), today.replace(day=1))
    following = add_months(first, 1)
    words = await turn.uow.attendances.between([one.id for one in places], first, following - timedelta(days=1))
    counts = count_by_facility(words)
    return TurnedAway(
        month=first,
        counts=tuple((place, counts[place.id]) for place in places if place.id in counts),
        earlier=add_months(first, -1),
        later=following if following <= today else None,
    )


def count_by_facility(words: Iterable[Attendance]) -> Mapping[FacilityId, Counter[TurnedFor]]:
    """Each visit once, however many told of it."""
    visits: dict[tuple[FacilityId, date, ChildId | None, PregnancyId | None], dict[AttendanceSource, Attendance]] = {}
    for word in words:
        visits.setdefault((word.facility, word.on, word.child, word.pregnancy), {})[word.source] = word
    counts: dict[FacilityId, Counter[TurnedFor]] = {}
    for (facility, *_visit), said in visits.items():
        reason = _reason(said)
        if reason is not None:
            counts.setdefault(facility, Counter())[reason] += 1
    return counts


def _reason(said: Mapping[AttendanceSource, Attendance]) -> TurnedFor | None:
    outcome = standing_outcome({source: word.outcome for source, word in said.items()})
    sides = (AttendanceSource.RECORD, AttendanceSource.REPORTED)
    told = next((said[side] for side in sides if side in said and said[side].outcome is outcome), None)
    return turned_away_for(told.outcome, told.why, told.source) if told is not None else None
