"""Public holidays of Vietnam and China, as they are on the calendar on the wall."""

from datetime import date

import pytest

from content.holidays import PublicHolidays

HOLIDAYS = PublicHolidays()


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("VN", date(2027, 1, 1)),
        ("VN", date(2027, 2, 6)),  # the lunar new year
        ("VN", date(2027, 4, 16)),  # the Hùng kings: the tenth day of the third lunar month
        ("VN", date(2027, 4, 30)),
        ("VN", date(2026, 9, 2)),
        ("CN", date(2027, 2, 6)),  # the lunar new year
        ("CN", date(2026, 10, 1)),
        ("CN", date(2026, 9, 25)),  # mid-autumn: the fifteenth day of the eighth lunar month
    ],
)
def test_a_public_holiday_is_known(country: str, day: date) -> None:
    assert HOLIDAYS.is_holiday(country, day)
    assert not HOLIDAYS.is_working_day(country, day)


def test_an_ordinary_day_is_none() -> None:
    for country in ("VN", "CN"):
        assert not HOLIDAYS.is_holiday(country, date(2026, 12, 7))
        assert HOLIDAYS.is_working_day(country, date(2026, 12, 7))
        assert not HOLIDAYS.is_working_day(country, date(2026, 12, 6))


def test_a_weekend_that_is_worked_before_the_lunar_new_year_is_a_working_day() -> None:
    assert date(2026, 2, 14).weekday() == 5
    assert HOLIDAYS.is_working_day("CN", date(2026, 2, 14))


def test_a_holiday_has_its_name_in_the_countrys_language_and_none_in_another() -> None:
    new_year = date(2027, 2, 6)
    assert HOLIDAYS.name("VN", new_year, "vi") == "Tết Nguyên Đán"
    assert "春节" in HOLIDAYS.name("CN", new_year, "zh")
    assert HOLIDAYS.name("VN", new_year, "zh") == ""
    assert HOLIDAYS.name("VN", date(2026, 12, 7), "vi") == ""


def test_a_country_that_nobody_knows_has_no_holidays() -> None:
    assert not HOLIDAYS.is_holiday("XX", date(2027, 1, 1))
    assert HOLIDAYS.is_working_day("XX", date(2027, 1, 1))
    assert HOLIDAYS.name("XX", date(2027, 1, 1), "en") == ""
