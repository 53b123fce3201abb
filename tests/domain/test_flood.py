"""Who writes faster than the bot may answer is told so once a minute."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.flood import Hurry, begin_of_minute, hurry_of, most_a_minute


@pytest.mark.parametrize(
    ("before", "hurry"),
    [(0, None), (59, None), (60, Hurry.FIRST), (61, Hurry.MORE), (299, Hurry.MORE)],
)
def test_sixty_are_answered_the_next_is_told_and_the_rest_is_left(before: int, hurry: Hurry | None) -> None:
    assert hurry_of(before, 60) is hurry


@pytest.mark.parametrize(("gap", "most"), [(1.0, 60), (0.5, 120), (0.01, 600), (3600.0, 20), (0.0, None)])
def test_as_many_are_answered_as_the_pace_of_a_chat_allows(gap: float, most: int | None) -> None:
    assert most_a_minute(timedelta(seconds=gap)) == most


def test_a_minute_is_one_of_the_clock() -> None:
    at = datetime(2026, 11, 20, 2, 0, 59, 999_999, tzinfo=UTC)
    assert begin_of_minute(at) == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
