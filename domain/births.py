"""Births: twins share one, with one journey and one message, also when contact about one of them has ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from domain.ends import ChildEnd
from domain.identifiers import ChildId
from domain.people import Child
from domain.tracks import Track


class Born(Protocol):
    """As much of a child as its birth is about."""

    @property
    def id(self) -> ChildId:
        """Its number."""
        ...

    @property
    def birth_date(self) -> date:
        """Its day."""
        ...

    @property
    def tracks(self) -> frozenset[Track]:
        """Its tracks."""
        ...

    @property
    def ended_as(self) -> ChildEnd | None:
        """Why it is spoken of no more; None while it is."""
        ...


C = TypeVar("C", bound=Born)


@dataclass(frozen=True)
class Birth(Generic[C]):
    """The children of one caregiver born on one day, as far as we speak of them, in the order of enrolment.

    `first` is the first child of this birth, spoken of or not: messages keep its occasion, so that none is said twice.
    """

    born_on: date
    first: ChildId
    children: tuple[C, ...]

    @property
    def occasion(self) -> str:
        """For what the messages of its journey are."""
        return f"child:{self.first}"

    @property
    def tracks(self) -> frozenset[Track]:
        """The tracks of all of them, and that of twins where two are spoken of."""
        theirs = frozenset(track for child in self.children for track in child.tracks)
        return theirs | {Track.TWINS} if len(self.children) > 1 else theirs

    @property
    def child_ids(self) -> tuple[ChildId, ...]:
        """Whom a message of this birth concerns."""
        return tuple(child.id for child in self.children)


def births_of(children: Iterable[C]) -> tuple[Birth[C], ...]:
    """The births among these children, the eldest first; none of which nobody is spoken of any more."""
    days: dict[date, list[C]] = {}
    for child in sorted(children, key=lambda child: (child.birth_date, child.id)):
        days.setdefault(child.birth_date, []).append(child)
    births = (
        Birth(day, born[0].id, tuple(child for child in born if child.ended_as is None)) for day, born in days.items()
    )
    return tuple(birth for birth in births if birth.children)


def occasions_of(children: Iterable[Child]) -> Mapping[ChildId, str]:
    """For each child of whom we speak, the occasion of its birth."""
    return {child.id: birth.occasion for birth in births_of(children) for child in birth.children}
