"""The marks of a session day as its rules read them, one for each visit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain.attendance import Outcome
from domain.identifiers import FacilityId
from domain.session_closing import UNMARKED, Mark, Who
from services.ports.session_marks import SessionMark
from services.turn import Work


@dataclass(frozen=True)
class SessionMarks:
    """All that is said of a session day before it is closed."""

    of: Mapping[Who, Mark] = field(default_factory=dict)
    instead_for_all: Mapping[str, str] = field(default_factory=dict)

    def about(self, who: Who) -> Mark:
        """What is said of one visit."""
        return self.of.get(who, UNMARKED)


async def find_marks(work: Work, facility: FacilityId, on: date) -> SessionMarks:
    """What everybody who vaccinates there said so far."""
    return read_marks(await work.uow.marks.at_session(facility, on))


def read_marks(rows: Sequence[SessionMark]) -> SessionMarks:
    """Each visit's rows as one mark."""
    of: dict[Who, Mark] = defaultdict(Mark)
    for row in rows:
        if row.who is not None:
            of[row.who] = _with(of[row.who], row)
    return SessionMarks(dict(of), {row.vaccine: row.instead for row in rows if row.who is None})


def _with(mark: Mark, row: SessionMark) -> Mark:
    if not row.vaccine:
        return replace(mark, outcome=row.outcome, why=row.why)
    if row.outcome is Outcome.NO_VACCINE:
        return replace(mark, lacking=mark.lacking | {row.vaccine})
    return replace(mark, instead={**mark.instead, row.vaccine: row.instead})
