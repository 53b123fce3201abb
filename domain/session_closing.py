"""What a session day comes to: those who are marked did not get all, everybody else got what was due. Pure rules."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zlib import crc32

from domain.attendance import POSTPONED_FOR, Outcome, Why
from domain.identifiers import ChildId, PregnancyId
from domain.vaccination.forecast import DoseForecast
from domain.visits import Needs

CLOSES_WITHIN = timedelta(days=2)
"""How long after its day a session may still be closed. Rule of this house."""
_WHO = re.compile(r"(p?)([1-9][0-9]{0,17})", re.ASCII)


@dataclass(frozen=True)
class Who:
    """Whose visit it is: exactly one of a child and a pregnancy. `str()` is short enough for a button."""

    child: ChildId | None = None
    pregnancy: PregnancyId | None = None

    def __str__(self) -> str:
        return str(self.child) if self.child is not None else f"p{self.pregnancy}"


def parse_who(word: str) -> Who | None:
    """Read it again; None when it is something else."""
    found = _WHO.fullmatch(word)
    if found is None:
        return None
    number = int(found[2])
    return Who(pregnancy=PregnancyId(number)) if found[1] else Who(child=ChildId(number))


@dataclass(frozen=True)
class Say:
    """What is said of a visit in one tap: the outcome, why it was postponed, or which vaccine was lacking.

    `Outcome.CAME` with a vaccine: they had it before it ran out.
    """

    outcome: Outcome
    why: Why | None = None
    vaccine: str = ""

    def __str__(self) -> str:
        return "-".join(word for word in (self.outcome, self.why, self.vaccine) if word)


def parse_say(text: str) -> Say | None:
    """Read it again; None when it makes no sense."""
    word, _, detail = text.partition("-")
    if word == Outcome.POSTPONED and detail in set(POSTPONED_FOR):
        return Say(Outcome.POSTPONED, why=Why(detail))
    if word == Outcome.NO_VACCINE and detail:
        return Say(Outcome.NO_VACCINE, vaccine=detail)
    if word == Outcome.CAME and detail:
        return Say(Outcome.CAME, vaccine=detail)
    plain = (Outcome.NOT_COME, Outcome.REFUSED, Outcome.TOO_MANY)
    return Say(Outcome(word)) if word in plain and not detail else None


@dataclass(frozen=True)
class Mark:
    """All that is said of one visit: that of the whole, the vaccines that were lacking, and other ones given instead.

    Who is not marked came and got what was due.
    """

    outcome: Outcome = Outcome.CAME
    why: Why | None = None
    lacking: frozenset[str] = frozenset()
    instead: Mapping[str, str] = field(default_factory=dict)

    def says(self, say: Say) -> bool:
        """Whether this was said."""
        if say.vaccine and say.outcome is Outcome.CAME:
            return self.instead.get(say.vaccine) == say.vaccine
        if say.vaccine:
            return say.vaccine in self.lacking
        return (self.outcome, self.why) == (say.outcome, say.why)


UNMARKED = Mark()


@dataclass(frozen=True)
class VisitRecord:
    """What goes on record about a visit."""

    outcome: Outcome
    why: Why | None = None
    vaccines: tuple[str, ...] = ()
    care: tuple[str, ...] = ()


def may_be_closed(on: date, today: date) -> bool:
    """Whether a session of that day may be closed today: never before it, and not for ever."""
    return on <= today <= on + CLOSES_WITHIN


def with_ran_out(
    needs: Needs, ran_out: Iterable[DoseForecast], mark: Mark, instead_for_all: Mapping[str, str]
) -> Needs:
    """What is due, with those doses whose vaccine ran out that day of which something is said.

    They had it before, got another one in its place, or came for it and lacked it. Of whom nothing is said lacks it
    without a word: from that moment on nobody was to come for it.
    """
    said = {*mark.lacking, *mark.instead, *instead_for_all}
    return replace(needs, doses=(*needs.doses, *(dose for dose in ran_out if dose.vaccine in said)))


def is_called_off(needs: Needs, said: Needs, mark: Mark) -> bool:
    """Whether one was to come only for what ran out (`needs` are the others), and nobody says that they were there."""
    if needs:
        return False
    return mark.outcome is Outcome.NOT_COME or (mark.outcome is Outcome.CAME and not said)


def record_of(
    needs: Needs, mark: Mark, instead_for_all: Mapping[str, str], accepted: Mapping[str, frozenset[str]]
) -> VisitRecord:
    """What a visit comes to, by what was due and what is said of it.

    `instead_for_all`: what everybody got in place of a vaccine, unless something else is said of this visit.
    `accepted`: by group, the vaccines that count in it.
    """
    if mark.outcome is not Outcome.CAME:
        return VisitRecord(mark.outcome, mark.why)
    instead = {**instead_for_all, **mark.instead}
    given = [dose for dose in needs.doses if dose.vaccine not in mark.lacking]
    products = [
        instead.get(dose.vaccine, dose.vaccine) for dose in given if not _is_covered(dose, given, instead, accepted)
    ]
    care = tuple(one.key for one in needs.care if one.key not in mark.lacking)
    is_short = len(given) < len(needs.doses) or len(care) < len(needs.care)
    return VisitRecord(
        Outcome.NO_VACCINE if is_short else Outcome.CAME, vaccines=tuple(dict.fromkeys(products)), care=care
    )


def _is_covered(
    dose: DoseForecast,
    given: Iterable[DoseForecast],
    instead: Mapping[str, str],
    accepted: Mapping[str, frozenset[str]],
) -> bool:
    """Whether another product given in place of another dose holds this one as well."""
    others = {instead[one.vaccine] for one in given if one.vaccine in instead and one.group != dose.group}
    return dose.vaccine not in instead and bool(others & accepted.get(dose.group, frozenset()))


@dataclass(frozen=True)
class Tally:
    """How many visits came to what, and how many doses of each vaccine were given."""

    outcomes: Mapping[Outcome, int]
    vaccines: Mapping[str, int]


def tally_of(records: Iterable[VisitRecord]) -> Tally:
    """The numbers of a session."""
    listed = list(records)
    vaccines = Counter(vaccine for one in listed for vaccine in one.vaccines)
    return Tally(Counter(one.outcome for one in listed), dict(sorted(vaccines.items())))


def stamp_of(records: Iterable[tuple[Who, VisitRecord]]) -> int:
    """Tells one summary from another: what is confirmed is what was read."""
    lines = sorted(f"{who} {one.outcome} {one.why} {one.vaccines} {one.care}" for who, one in records)
    return crc32("\n".join(lines).encode())
