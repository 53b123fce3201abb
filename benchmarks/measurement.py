"""One figure, with the bound it has to hold and the peer it was measured beside."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

RUNS = 5


@dataclass(frozen=True)
class Measurement:
    """A figure; `at_most` says on which side of the bound it must lie, `peer` what it was measured against."""

    name: str
    value: float
    unit: str
    bound: float
    at_most: bool
    peer: str = ""

    @property
    def holds(self) -> bool:
        """Whether the bound is kept."""
        return self.value <= self.bound if self.at_most else self.value >= self.bound


def seconds(run: Callable[[], object]) -> float:
    """The median of five runs after one that is not counted."""
    run()
    return median(_once(run) for _ in range(RUNS))


def _once(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started
