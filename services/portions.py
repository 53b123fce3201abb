"""Work on very many people: in portions of about one size, a transaction each, so that nobody else waits for long."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from domain.moment import Moment
from services.ports import UnitsOfWork
from services.programme import Programme
from services.turn import Work

T = TypeVar("T")

UNDER_WAY = 2
"""So many portions at once where the database lets several write: while it keeps one, the next is computed."""
AT_ONCE = 2_000
"""How many people one transaction is about, as a rule: less than half a second."""


def portions(weighed: Iterable[tuple[T, int]], most: int = AT_ONCE) -> Iterator[list[T]]:
    """The things in their order, each portion of a weight of at most `most`, or a single thing that is heavier."""
    portion: list[T] = []
    weight = 0
    for thing, its_weight in weighed:
        if portion and weight + its_weight > most:
            yield portion
            portion, weight = [], 0
        portion.append(thing)
        weight += its_weight
    if portion:
        yield portion


@dataclass(frozen=True)
class LongWork:
    """Something done by the programme itself in many transactions, all at one moment."""

    units: UnitsOfWork
    programme: Programme
    moment: Moment

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        """One of them."""
        async with self.units.begin() as uow:
            yield Work(uow, self.programme, self.moment)

    async def each(self, some: Iterable[T], do: Callable[[Work, T], Awaitable[int]]) -> int:
        """Do it with each of these, which have nothing to do with one another, in a transaction of its own.

        Gives what the numbers add up to. When one fails nothing new is begun, and its fault is raised at the end.
        """
        left = iter(some)

        async def keep_doing() -> int:
            added = 0
            for one in left:
                try:
                    async with self.begin() as work:
                        added += await do(work, one)
                except BaseException:
                    tuple(left)  # takes what is left from the other: nothing new is begun
                    raise
            return added

        doing = (keep_doing() for _ in range(min(UNDER_WAY, self.units.writers)))
        done = await asyncio.gather(*doing, return_exceptions=True)
        for one in done:
            if isinstance(one, BaseException):
                raise one
        return sum(one for one in done if isinstance(one, int))
