"""100,000 families chose 19:00: how long that takes, and who waits, is the same for whoever asks."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identifiers import CaregiverId
from domain.sending.popular_hours import Place, forecast_line, in_line, who_waits

RATE = 30.0
LAN, MAI, HUONG = (CaregiverId(number) for number in (1, 2, 3))


def spread(rows: int, minutes: int = 55) -> dict[int, int]:
    return {minute: rows * (minute + 1) // minutes - rows * minute // minutes for minute in range(minutes)}


def test_a_hundred_thousand_families_at_seven_take_55_minutes_and_nobody_waits() -> None:
    line = forecast_line(spread(100_000 - 1_000), RATE)
    assert line.rows == 99_000
    assert round(line.minutes_needed) == 55
    assert line.latest == pytest.approx(55, abs=1)
    assert (line.spilled, line.waits_from) == (0, None)


def test_at_twenty_five_a_second_ten_thousand_of_them_wait_and_it_is_known_which() -> None:
    line = forecast_line(spread(100_000), 25.0)
    assert line.spilled == 10_000
    assert line.latest == pytest.approx(66.7, abs=0.1)
    assert line.waits_from == 49


def test_a_few_messages_leave_in_their_own_minute() -> None:
    line = forecast_line({0: 3, 40: 2}, RATE)
    assert line.rows == 5
    assert 40 < line.latest < 41
    assert forecast_line({}, RATE) == forecast_line({}, 1.0)


def test_what_did_not_fit_into_the_hour_before_goes_first() -> None:
    assert forecast_line({0: 1_800}, RATE).latest == pytest.approx(1)
    assert forecast_line({0: 1_800}, RATE, carried=59 * 1_800).latest == pytest.approx(60)
    assert forecast_line({0: 1_800}, RATE, carried=60 * 1_800).spilled == 1_800


def test_within_a_minute_the_youngest_child_is_first_and_then_the_lower_number() -> None:
    newborn, older, unknown = date(2026, 11, 1), date(2025, 1, 1), None
    line = in_line([Place(5, unknown, LAN), Place(5, older, HUONG), Place(5, newborn, MAI), Place(5, older, LAN)])
    assert [(one.born_on, one.caregiver) for one in line] == [
        (newborn, MAI),
        (older, LAN),
        (older, HUONG),
        (unknown, LAN),
    ]
    assert in_line([Place(6, newborn, LAN), Place(5, older, MAI)])[0].caregiver == MAI


PLACES = st.lists(st.builds(Place, st.integers(0, 59), st.dates(), st.integers(1, 9).map(CaregiverId)), max_size=300)


@given(PLACES, st.sampled_from([1 / 20, 1 / 15, 1.0]), st.integers(0, 50))
def test_counting_the_hour_tells_the_same_as_walking_through_it(places: list[Place], rate: float, carried: int) -> None:
    line = forecast_line(Counter(one.minute for one in places), rate, carried=carried)
    waiting = who_waits(places, rate, carried=carried)
    assert line.spilled == len(waiting)
    assert line.waits_from == min((one.minute for one in waiting), default=None)
    assert list(waiting) == list(in_line(places))[len(places) - len(waiting) :]
