"""Processor time on machines of which nobody knows how fast they are, and which others use as well."""

from collections.abc import Callable
from time import process_time

_STEPS, _QUIET_STEPS = 200_000, 0.01
"""A loop, and the seconds it takes on the quiet machine from which our limits were taken."""


def quiet_seconds(work: Callable[[], object], *, times: int = 3) -> float:
    """What this work takes there, in seconds: the best of so many times, each held against the loop around it."""
    return min(_measured(work) for _ in range(times))


def _measured(work: Callable[[], object]) -> float:
    before = _seconds(_loop)
    taken = _seconds(work)
    slowness = max(1.0, (before + _seconds(_loop)) / 2 / _QUIET_STEPS)
    return taken / slowness


def _seconds(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


def _loop() -> int:
    total = 0
    for step in range(_STEPS):
        total += step * step
    return total
