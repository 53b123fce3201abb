"""How Minh's typed answers are read on a Monday in March, and what he is told when they are none."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.forms.form import Problem, Reading
from domain.forms.joining import HOURS
from services.forms.readers import (
    read_birth_weight,
    read_gestation,
    read_hour,
    read_name,
    read_number,
    readers,
)

TODAY = date(2026, 3, 16)


def only_this_number(text: str, country: str) -> str | None:
    return "+84912345678" if (text, country) == ("0912 345 678", "VN") else None


READERS = readers(TODAY, "VN", only_this_number)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("birth_date", "15/3/2026", "2026-03-15"),
        ("birth_date", "today", "2026-03-16"),
        ("birth_date", "hôm qua", "2026-03-15"),
        ("due_date", "15/6", "2026-06-15"),
        ("phone", "0912 345 678", "+84912345678"),
        ("name", "An", "An"),
        ("birth_weight", "3,2", "3200"),
        ("gestation", "39", "39"),
        ("hour", "19", "19"),
        ("number", "1234", "1234"),
    ],
)
def test_every_reader_goes_by_its_name(name: str, typed: str, value: str) -> None:
    assert READERS[name](typed) == value


@pytest.mark.parametrize(
    ("name", "typed", "key"),
    [
        ("birth_date", "31/2/2026", "problem.birth_date.no_such_day"),
        ("birth_date", "17/3/2026", "problem.birth_date.in_future"),
        ("birth_date", "16/3/2020", "problem.birth_date.too_old"),
        ("birth_date", "An", "problem.birth_date.not_a_date"),
        ("due_date", "1/1/2026", "problem.due_date.in_past"),
        ("due_date", "1/6/2027", "problem.due_date.too_far"),
        ("phone", "12", "problem.phone"),
    ],
)
def test_what_is_wrong_is_said_in_its_own_words(name: str, typed: str, key: str) -> None:
    assert READERS[name](typed) == Problem(key)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("An", "An"),
        ("  Nguyễn   Thị\nAn ", "Nguyễn Thị An"),
        ("小宝", "小宝"),
        ("O'Neil <b>", "O'Neil <b>"),
        ("not_yet_named", ""),
        ("A" * 40, "A" * 40),
        ("An\u202e\u0007", "An"),
    ],
)
def test_a_name_can_be_anything_with_a_letter_in_it(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize(("typed", "key"), [("", "name"), ("123", "name"), ("?!", "name"), ("A" * 41, "name_too_long")])
def test_what_nobody_is_called_is_asked_again(typed: str, key: str) -> None:
    assert read_name(typed) == Problem(f"problem.{key}")


@pytest.mark.parametrize(
    ("typed", "grams"),
    [
        ("3200", 3200),
        ("3200g", 3200),
        ("3200 gam", 3200),
        ("3.2", 3200),
        ("3,2 kg", 3200),
        ("3.200", 3200),
        ("3kg2", 3200),
        ("3 cân 2 lạng", 3200),
        ("3kg50", 3500),
        ("6.8斤", 3400),
        ("6斤4两", 3200),
        ("３．２", 3200),
        ("300", 300),
        ("7000", 7000),
    ],
)
def test_a_birth_weight_is_read_in_grams_kilograms_and_jin(typed: str, grams: int) -> None:
    assert read_birth_weight(typed) == str(grams)


@pytest.mark.parametrize(
    "typed", ["", "heavy", "299", "7001", "20", "32", "8kg", "-3200", "3,2kg 40 tuần", "2.5 - 3", "3 lb", "3.2.5"]
)
def test_a_weight_that_no_newborn_has_or_nobody_can_be_sure_of_is_asked_again(typed: str) -> None:
    assert read_birth_weight(typed) == Problem("problem.weight")


@pytest.mark.parametrize("typed", ["3.5kg2", "3,2 kg 5", "6,4斤5"])
def test_a_weight_with_two_fractions_is_asked_again(typed: str) -> None:
    assert read_birth_weight(typed) == Problem("problem.weight")


@pytest.mark.parametrize(("typed", "grams"), [("3kg50g", 3050), ("3 kg 80 g", 3080)])
def test_grams_that_are_called_grams_are_grams(typed: str, grams: int) -> None:
    assert read_birth_weight(typed) == str(grams)


@pytest.mark.parametrize(
    ("typed", "weeks"), [("22", "22"), ("39 tuần", "39"), ("39+3", "39"), ("38w6d", "38"), ("３９", "39"), ("44", "44")]
)
def test_completed_weeks_are_kept(typed: str, weeks: str) -> None:
    assert read_gestation(typed) == weeks


@pytest.mark.parametrize("typed", ["", "21", "45", "9 tháng", "38-40", "39.57", "393", "-39", "full term"])
def test_weeks_that_no_pregnancy_has_are_asked_again(typed: str) -> None:
    assert read_gestation(typed) == Problem("problem.gestation")


@pytest.mark.parametrize("hour", HOURS)
@pytest.mark.parametrize("written", ["{}", " {}", "{}:00", "{}h", "{} giờ", "{}点"])
def test_every_hour_that_is_offered_can_be_typed(hour: int, written: str) -> None:
    assert read_hour(written.format(hour)) == str(hour)


@pytest.mark.parametrize("typed", ["", "7", "20", "1", "0", "evening", "8-9", "100"])
def test_an_hour_of_the_night_is_not_taken_for_another_one(typed: str) -> None:
    assert read_hour(typed) == Problem("problem.choose")


@pytest.mark.parametrize("typed", ["8 giờ tối", "9h tối"])
def test_eight_in_the_evening_is_not_eight_in_the_morning(typed: str) -> None:
    assert read_hour(typed) == Problem("problem.choose")


@pytest.mark.parametrize(("typed", "number"), [("1234", "1234"), (" 12 34 ", "1234"), ("số 1234", "1234")])
def test_the_four_digits_on_the_screen_are_read(typed: str, number: str) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize("typed", ["", "123", "12345", "abcd"])
def test_another_count_of_digits_is_asked_again(typed: str) -> None:
    assert read_number(typed) == Problem("problem.number")


@pytest.mark.parametrize("read", [read_birth_weight, read_gestation, read_hour, read_number])
@pytest.mark.parametrize("typed", ["9" * 300, "٣", "²", "½", "1e3", "nan", "inf", "\x00", "\ud83d"])
def test_no_reader_stumbles_over_what_is_typed(read: Callable[[str], Reading], typed: str) -> None:
    assert isinstance(read(typed), str | Problem)


def test_a_weight_of_four_hundred_digits_is_asked_again() -> None:
    assert read_birth_weight("9" * 400) == Problem("problem.weight")
