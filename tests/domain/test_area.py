"""The numbers that families call, and for how long somebody's word holds that they are right."""

from dataclasses import replace
from datetime import date

import pytest

from tests.fakes.people import QUANG_NINH


@pytest.mark.parametrize(
    ("verified_on", "today", "holds"),
    [
        (None, date(2026, 11, 23), False),
        (date(2026, 11, 23), date(2026, 11, 23), True),
        (date(2025, 11, 23), date(2026, 11, 23), True),
        (date(2025, 11, 22), date(2026, 11, 23), False),
        (date(2024, 2, 29), date(2025, 2, 28), True),
    ],
)
def test_numbers_are_taken_for_right_for_a_year(verified_on: date | None, today: date, holds: bool) -> None:
    assert replace(QUANG_NINH, phones_verified_on=verified_on).phones_are_verified(today) is holds
