"""Which session days each child missed since it last got a dose, by the facility's word and the family's own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.attendance import AttendanceSource, Outcome
from domain.identifiers import ChildId, FacilityId
from domain.missed import Miss, since_last_dose, standing_outcome
from domain.people import Child
from domain.visits import MOVED_HOLDS
from services.ports.attendances import Attendance
from services.ports.visits import Vaccination, VisitAnswer
from services.turn import Work

Words = Mapping[AttendanceSource, Outcome]


def words_about(said: Iterable[Attendance], facility: FacilityId) -> Mapping[date, Words]:
    """For each session day of a facility what each side said about one child."""
    found: dict[date, dict[AttendanceSource, Outcome]] = defaultdict(dict)
    for word in said:
        if word.facility == facility:
            found[word.on][word.source] = word.outcome
    return found


async def find_misses(work: Work, children: Sequence[Child]) -> Mapping[ChildId, tuple[Miss, ...]]:
    """For each child the days that it missed at the facility that cares for it now, since its last dose, in order."""
    ids = [child.id for child in children]
    said, given = await work.uow.attendances.of_children(ids), await work.uow.visits.vaccinations_of(ids)
    excuses = await find_excuses(work, children)
    found = {}
    for child in children:
        days = words_about(said[child.id], child.facility)
        outcomes = {on: standing_outcome(words) for on, words in days.items()}
        known = _misses(outcomes, excuses[child.id])
        found[child.id] = since_last_dose(known, last_given(given[child.id]))
    return found


def _misses(outcomes: Mapping[date, Outcome | None], excuses: "Excuses") -> list[Miss]:
    """The days missed by somebody's word, and those before the last of them on which they had said that they cannot."""
    missed = [on for on, outcome in outcomes.items() if outcome is Outcome.NOT_COME]
    unsaid = [on for on in excuses.cannot if missed and outcomes.get(on) is None and on < max(missed)]
    return [Miss(on, excuses.hold_on(on)) for on in (*missed, *unsaid)]


def last_given(doses: Iterable[Vaccination]) -> date | None:
    """The day of the last dose whose day is known."""
    return max((dose.given_on for dose in doses if dose.date_known), default=None)


@dataclass(frozen=True)
class Excuses:
    """What one of a child's family had said of its facility: days on which they cannot come, and when they moved away.

    Who said so is not missed: another day has been offered already, or somebody looks for them.
    """

    cannot: frozenset[date]
    moved: frozenset[date]

    def hold_on(self, on: date) -> bool:
        """Whether nobody was to expect them on that day."""
        return on in self.cannot or any(day <= on <= day + MOVED_HOLDS for day in self.moved)


async def find_excuses(work: Work, children: Sequence[Child]) -> Mapping[ChildId, Excuses]:
    """For each child by the answers of everybody who cares for it, about the facility that looks after it now."""
    answers = await work.uow.visits.answers_about([child.id for child in children])
    found = {}
    for child in children:
        said = [(on, answer) for where, on, answer in answers[child.id] if where == child.facility]
        cannot = frozenset(on for on, answer in said if answer is VisitAnswer.CANNOT)
        moved = frozenset(on for on, answer in said if answer is VisitAnswer.MOVED)
        found[child.id] = Excuses(cannot, moved)
    return found
