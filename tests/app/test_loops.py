"""Loops end in order: what is under way may end, but not for ever."""

import asyncio

import pytest

from app import loops
from app.loops import see_through

ENOUGH = 10


async def test_work_under_way_ends_before_the_program_does() -> None:
    begun, may_end, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await may_end.wait()
        done.set()

    seeing = asyncio.create_task(see_through(work()))
    await begun.wait()
    seeing.cancel()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(seeing, ENOUGH)
    assert done.is_set()


async def test_work_that_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "LAST_CHANCE", 0.01)
    begun, given_up = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            given_up.set()

    seeing = asyncio.create_task(see_through(work()))
    await begun.wait()
    seeing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(seeing, ENOUGH)
    assert given_up.is_set()


async def test_what_the_work_gives_and_raises_comes_through() -> None:
    async def gives() -> int:
        return 7

    async def raises() -> None:
        raise LookupError

    assert await see_through(gives()) == 7
    with pytest.raises(LookupError):
        await see_through(raises())
