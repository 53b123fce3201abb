"""Which messages are Lan's today: An was born on 15 January 2026, and she joined a week later."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.journey import Amount, Standing, Step, current_essential, due_steps, is_older_than, reached_steps
from domain.reader import Role

BORN = date(2026, 1, 15)
JOINED = BORN + timedelta(days=7)
CORD = Step("cord", 0, 10, Amount.FEW)
SLEEP = Step("sleep", 10, 14, Amount.SOME)
SONGS = Step("songs", 10, 14, Amount.ALL)
FATHERS = Step("fathers", 10, 14, Amount.FEW, audience=Role.FATHER)
LATER = Step("later", 14, 28, Amount.FEW)
STEPS = (CORD, SLEEP, SONGS, FATHERS, LATER)


def due(day: int, *, amount: Amount = Amount.ALL, role: Role = Role.MOTHER, joined: date = JOINED) -> list[str]:
    today = BORN + timedelta(days=day)
    found = due_steps(STEPS, Standing(BORN, today, role), joined_on=joined, amount=amount)
    return [step.key for step in found]


def current(day: int, role: Role = Role.MOTHER) -> str | None:
    step = current_essential(STEPS, Standing(BORN, BORN + timedelta(days=day), role))
    return step.key if step else None


@pytest.mark.parametrize(
    ("day", "keys"),
    [(9, []), (10, ["sleep", "songs"]), (13, ["sleep", "songs"]), (14, ["later"]), (27, ["later"]), (28, [])],
)
def test_a_message_is_hers_from_its_first_day_until_its_use_is_over(day: int, keys: list[str]) -> None:
    assert due(day) == keys


def test_what_began_before_she_joined_is_left_to_the_digest() -> None:
    assert due(8) == []
    assert due(8, joined=BORN - timedelta(days=1)) == ["cord"]


def test_what_begins_on_the_day_she_joins_is_left_to_the_digest_too() -> None:
    begins = BORN + timedelta(days=10)
    assert due(10, joined=begins) == []
    assert due(10, joined=begins - timedelta(days=1)) == ["sleep", "songs"]


@pytest.mark.parametrize(
    ("amount", "keys"), [(Amount.FEW, []), (Amount.SOME, ["sleep"]), (Amount.ALL, ["sleep", "songs"])]
)
def test_she_gets_as_much_as_she_chose(amount: Amount, keys: list[str]) -> None:
    assert due(11, amount=amount) == keys


def test_what_is_for_another_country_is_not_hers() -> None:
    here = replace(SLEEP, zones=frozenset({"Asia/Ho_Chi_Minh"}))
    today = BORN + timedelta(days=10)
    for zone, hers in (("Asia/Ho_Chi_Minh", True), ("Asia/Shanghai", False), ("", False)):
        standing = Standing(BORN, today, Role.MOTHER, zone=zone)
        assert standing.is_open(here) is hers
        assert standing.is_open(SLEEP)


def test_a_father_gets_what_is_written_for_fathers_and_for_everybody() -> None:
    assert due(11, role=Role.FATHER) == ["sleep", "songs", "fathers"]
    assert due(11, role=Role.GRANDMOTHER) == ["sleep", "songs"]


@pytest.mark.parametrize(("day", "key"), [(-1, None), (0, "cord"), (9, "cord"), (10, None), (14, "later"), (28, None)])
def test_the_digest_begins_with_the_newest_essential_message(day: int, key: str | None) -> None:
    assert current(day) == key


def test_the_newest_of_two_essential_messages_wins() -> None:
    both = (Step("older", 0, 30, Amount.FEW), Step("newer", 5, 30, Amount.FEW))
    found = current_essential(both, Standing(BORN, BORN + timedelta(days=6), Role.MOTHER))
    assert found == both[1]


def test_a_father_starts_with_what_is_essential_for_fathers() -> None:
    assert current(11, Role.FATHER) == "fathers"


def test_what_has_begun_can_be_read_again_the_newest_first() -> None:
    found = reached_steps(STEPS, Standing(BORN, BORN + timedelta(days=14), Role.MOTHER))
    assert [step.key for step in found] == ["later", "sleep", "songs", "cord"]


def test_a_child_is_older_than_the_messages_on_the_day_the_last_one_ends() -> None:
    assert not is_older_than(STEPS, begins_on=BORN, today=BORN + timedelta(days=27))
    assert is_older_than(STEPS, begins_on=BORN, today=BORN + timedelta(days=28))
    assert is_older_than((), begins_on=BORN, today=BORN)


@settings(deadline=None, max_examples=50)
@given(
    windows=st.lists(st.tuples(st.integers(0, 180), st.integers(1, 30), st.sampled_from(Amount)), max_size=12),
    joined=st.integers(-5, 120),
)
def test_over_the_months_she_gets_each_message_of_her_amount_that_began_after_she_joined(
    windows: list[tuple[int, int, Amount]], joined: int
) -> None:
    steps = [Step(f"step.{n}", first, first + length, tier) for n, (first, length, tier) in enumerate(windows)]
    seen = {
        step.key
        for day in range(220)
        for step in due_steps(
            steps,
            Standing(BORN, BORN + timedelta(days=day), Role.MOTHER),
            joined_on=BORN + timedelta(days=joined),
            amount=Amount.SOME,
        )
    }
    assert seen == {step.key for step in steps if step.from_day > joined and step.tier <= Amount.SOME}
