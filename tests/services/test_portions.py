"""Work on many people is cut into portions: none is lost, none is done twice, none is too large."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.moment import Moment
from services.portions import LongWork, portions
from services.ports import UnitsOfWork
from services.turn import Work
from tests.fakes.programmes import PROGRAMME
from tests.storage.village import NOW


@given(st.lists(st.integers(0, 50)), st.integers(1, 60))
def test_every_one_is_in_one_portion_in_order(weights: list[int], most: int) -> None:
    cut = list(portions(enumerate(weights), most))
    assert [one for portion in cut for one in portion] == list(range(len(weights)))
    assert all(sum(weights[one] for one in portion) <= most or len(portion) == 1 for portion in cut)


def test_what_is_too_heavy_by_itself_is_a_portion_of_its_own() -> None:
    assert list(portions([("a", 1), ("b", 9), ("c", 1), ("d", 1)], 2)) == [["a"], ["b"], ["c", "d"]]


class Transactions:
    """Counts how many are open at once, and what became of each."""

    def __init__(self, writers: int) -> None:
        self.writers = writers
        self.open = self.most = self.kept = self.undone = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[None]:
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            yield
            self.kept += 1
        except BaseException:
            self.undone += 1
            raise
        finally:
            self.open -= 1


def work_on(transactions: Transactions) -> LongWork:
    return LongWork(cast("UnitsOfWork", transactions), PROGRAMME, Moment(NOW, NOW))


@pytest.mark.parametrize(("writers", "at_once"), [(1, 1), (10, 2)])
async def test_each_is_done_once_and_two_at_once_where_two_may_write(writers: int, at_once: int) -> None:
    transactions, done = Transactions(writers), list[int]()

    async def do(_work: Work, one: int) -> int:
        await asyncio.sleep(0)
        done.append(one)
        return one

    assert await work_on(transactions).each(range(10), do) == sum(range(10))
    assert sorted(done) == list(range(10))
    assert (transactions.most, transactions.kept) == (at_once, 10)
    assert await work_on(transactions).each((), do) == 0


@pytest.mark.parametrize("writers", [1, 10])
async def test_a_fault_is_raised_and_what_is_under_way_beside_it_is_kept_and_nothing_begun_after_it(
    writers: int,
) -> None:
    transactions, begun = Transactions(writers), list[int]()

    async def do(_work: Work, one: int) -> int:
        begun.append(one)
        await asyncio.sleep(0)
        if one == 1:
            raise LookupError
        await asyncio.sleep(0)
        return 1

    with pytest.raises(LookupError):
        await work_on(transactions).each(range(10), do)
    assert transactions.undone == 1
    assert transactions.kept == len(begun) - 1
    assert len(begun) <= 3
    assert transactions.open == 0
