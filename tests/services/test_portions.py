"""Work on many people is cut into portions: none is lost, none is done twice, none is too large."""

from hypothesis import given
from hypothesis import strategies as st

from services.portions import portions


@given(st.lists(st.integers(0, 50)), st.integers(1, 60))
def test_every_one_is_in_one_portion_in_order(weights: list[int], most: int) -> None:
    cut = list(portions(enumerate(weights), most))
    assert [one for portion in cut for one in portion] == list(range(len(weights)))
    assert all(sum(weights[one] for one in portion) <= most or len(portion) == 1 for portion in cut)


def test_what_is_too_heavy_by_itself_is_a_portion_of_its_own() -> None:
    assert list(portions([("a", 1), ("b", 9), ("c", 1), ("d", 1)], 2)) == [["a"], ["b"], ["c", "d"]]
