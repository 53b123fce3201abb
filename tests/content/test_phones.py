"""Telephone numbers as people type them."""

import pytest

from content.phones import parse_phone, show_phone


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "(0912) 345 678",
        "+84912345678",
        "+84 912 345 678",
        "(+84) 912 345 678",
        "+84 (0) 912 345 678",
        "0084 912 345 678",
        "84912345678",  # as a shared contact brings it
        "０９１２３４５６７８",
        "ĐT: 0912 345 678",
        "0912345678 (mẹ An)",
        "mẹ 2: 0912345678",
        "0912–345–678",
        "0912345678, +84912345678",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_phone(typed, "VN") == "+84912345678"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mẹ",
        "15/3/2026",
        "115",
        "091234567",  # one digit short
        "09123456789",  # one too many
        "01681234567",  # eleven digits, out of use since 2018
        "0912345678 / 0987654321",  # which of the two?
        "0912345678 hoặc 0987654321",
        "0912CALLME",
        "+999 123 456",
        "13812345678",  # a number of China without its code
    ],
)
def test_what_cannot_be_one_number_there_is_not_taken(typed: str) -> None:
    assert parse_phone(typed, "VN") is None


@pytest.mark.parametrize(
    ("typed", "country", "expected"),
    [
        ("138 1234 5678", "CN", "+8613812345678"),
        ("138 1234 5678", "cn", "+8613812345678"),
        ("0203 3825 123", "VN", "+842033825123"),  # a landline in Quang Ninh
        ("+86 138 1234 5678", "VN", "+8613812345678"),  # it names its own country
    ],
)
def test_a_number_belongs_to_a_country(typed: str, country: str, expected: str) -> None:
    assert parse_phone(typed, country) == expected


def test_a_number_is_shown_as_people_of_the_country_write_it() -> None:
    assert show_phone("+84912345678", "VN") == "0912 345 678"
    assert show_phone("+84912345678", "CN") == "+84 912 345 678"
    assert show_phone("+8613812345678", "VN") == "+86 138 1234 5678"


@pytest.mark.parametrize("e164", ["+84912345678", "+842033825123"])
def test_a_number_that_is_shown_can_be_typed_back(e164: str) -> None:
    assert parse_phone(show_phone(e164, "VN"), "VN") == e164
