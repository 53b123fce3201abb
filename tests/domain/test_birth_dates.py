"""What Lan and Minh type when they are asked for a birth date or for the day on which a birth is expected."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.birth_dates import Problem, parse_birth_date, parse_due_date
from domain.calendar import add_months

TODAY = date(2026, 11, 22)
BORN = date(2026, 3, 15)


@pytest.mark.parametrize(
    "typed",
    [
        "15/3/2026",
        "15/03/2026",
        "15-3",
        "15/3",
        "15.3.26",
        "15.3",
        "15 3 2026",
        "15 3 26",
        "15 3",
        "15, 3, 2026",
        "15 / 3 / 2026",
        "15–3–2026",
        "15\\3\\2026",
        "15/3-2026",
        "15/3 2026",
        "15/3 năm 2026",
        "15 tháng 3",
        "15 Thang 3",
        "15 THÁNG 3 NĂM 2026",
        "15 tháng 3, 2026",
        "15 tháng 3 2026",
        "15 thg 3, 2026",
        "ngày 15 tháng 3",
        "ngày 15 tháng 03 năm 26",
        "15 tháng 3 năm nay",
        "15/3 năm nay",
        "2026-03-15",
        "2026/3/15",
        "2026.3.15",
        "2026 3 15",
        "2026-03-15T07:30:00",
        "3月15日",
        "3月15号",
        "3月15號",
        "3月15",
        "2026年3月15号",
        "2026 年 3 月 15 日",
        "26年3月15日",
        "今年3月15日",
        "15 March 2026",
        "15th of March, 2026",
        "15-Mar-2026",
        "15mar2026",
        "Mar 15",
        "March 15th, 2026",
        "１５／３／２０２６",
        "２０２６年３月１５日",
        "  bé   sinh ngày\n15/3/2026 ạ. ",
        "Con thứ 2 sinh 15/3/2026",
        "thứ 7, 15/3/2026",
        "lúc 7h30 ngày 15/3/2026",
        "15/3/2026 lúc 7 giờ 30 phút",
        "15/3/2026 7:30 am",
        "15 March 2026 at 7 pm",
        "2026年3月15日7点30分",
        "15/3/2026, tức là 15 tháng 3",
        "15/3/2026 dương lịch",
    ],
)
def test_the_fifteenth_of_march_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_birth_date(typed, TODAY) == BORN
    assert parse_birth_date(unicodedata.normalize("NFD", typed), TODAY) == BORN
    assert parse_birth_date(typed.upper(), TODAY) == BORN


@pytest.mark.parametrize(
    ("typed", "days_ago"),
    [
        ("hôm nay", 0),
        ("Hom nay", 0),
        ("hôm qua", 1),
        ("cháu sinh hôm qua lúc 10h30", 1),
        ("HÔM KIA", 2),
        ("hom kia", 2),
        ("today", 0),
        ("Yesterday!", 1),
        ("the day before yesterday", 2),
        ("今天", 0),
        ("昨天出生的", 1),
        ("前天", 2),
        ("大前天", 3),  # not the day before yesterday, whose sign stands inside
        ("hôm qua, 21/11", 1),
    ],
)
def test_a_day_can_be_told_from_today(typed: str, days_ago: int) -> None:
    assert parse_birth_date(typed, TODAY) == TODAY - timedelta(days=days_ago)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("22/11", date(2026, 11, 22)),  # today
        ("23/11", date(2025, 11, 23)),  # tomorrow is not yet, so a year ago
        ("31/12", date(2025, 12, 31)),
        ("mùng 5 tháng 3", date(2026, 3, 5)),
        ("mồng 5 tháng 3", date(2026, 3, 5)),
        ("mung 5/3", date(2026, 3, 5)),
        ("29/2", date(2024, 2, 29)),  # the latest one there was
        ("15 tháng 3 năm ngoái", date(2025, 3, 15)),
        ("去年3月15日", date(2025, 3, 15)),
        ("3/4/2026", date(2026, 4, 3)),  # the day stands before the month
        ("Dec 1", date(2025, 12, 1)),
    ],
)
def test_without_a_year_the_latest_such_day_is_meant(typed: str, expected: date) -> None:
    assert parse_birth_date(typed, TODAY) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "hello",
        "Bé An",
        "2026",
        "15",
        "3/2026",
        "tháng 3",
        "March 2026",
        "15032026",
        "2 tháng 3 ngày",  # an age
        "3 tháng 15 ngày",
        "2-3 tuần",
        "được 2 tháng 3 tuần",
        "5.3kg",
        "3.2 kg",
        "2个月3天",
        "2月3天",
        "0912.345.678",
        "15-3-2026-7",
        "15号",
        "tuần trước",
        "hôm kìa",  # three days ago, one mark away from two
        "15/3 âm lịch",  # the lunar calendar
        "15/3/2026 ÂL",
        "mùng 5 tháng 3 am lich",
        "农历3月15日",
        "农历三月十五",
        "todayish",
        "/start",
        "15/tháng",
        "१५",
    ],
)
def test_what_is_not_surely_a_day_is_not_read(typed: str) -> None:
    assert parse_birth_date(typed, TODAY) is Problem.NOT_A_DATE


@pytest.mark.parametrize(
    "typed", ["31/2/2026", "31/2", "29/2/2026", "31 tháng 4", "13/14/2026", "2026-15-03", "0/3/2026", "3 15", "2月30日"]
)
def test_a_day_that_no_calendar_has_is_called_so(typed: str) -> None:
    assert parse_birth_date(typed, TODAY) is Problem.NO_SUCH_DAY


@pytest.mark.parametrize(
    "typed",
    ["14/3 hay 15/3", "14/3/2026, 15/3/2026", "hôm nay hoặc hôm qua", "hôm qua 15/3", "15/3 3 20", "2 con, 15/3/2026"],
)
def test_two_days_or_a_stray_number_are_asked_about_again(typed: str) -> None:
    assert parse_birth_date(typed, TODAY) is Problem.AMBIGUOUS


@pytest.mark.parametrize("typed", ["23/11/2026", "ngày mai", "tomorrow", "明天", "15/3/2027", "15/3/99", "1/1/9999"])
def test_a_child_cannot_be_born_after_today(typed: str) -> None:
    assert parse_birth_date(typed, TODAY) is Problem.IN_FUTURE


@pytest.mark.parametrize(
    ("typed", "today", "expected"),
    [
        ("23/11/2020", date(2026, 11, 22), date(2020, 11, 23)),  # the day before the sixth birthday
        ("22/11/2020", date(2026, 11, 22), Problem.TOO_OLD),  # the sixth birthday
        ("29/2/2020", date(2026, 2, 28), date(2020, 2, 29)),  # six on 1 March
        ("29/2/2020", date(2026, 3, 1), Problem.TOO_OLD),
        ("15/3/1990", date(2026, 11, 22), Problem.TOO_OLD),  # her own birthday
    ],
)
def test_a_child_is_too_old_from_the_sixth_birthday(typed: str, today: date, expected: date | Problem) -> None:
    assert parse_birth_date(typed, today) == expected


WAYS = (
    "{d}/{m}/{y}",
    "{d:02}/{m:02}/{y}",
    "{d}-{m}-{y}",
    "{d}.{m}.{yy:02}",
    "{d} {m} {y}",
    "{d} tháng {m} năm {y}",
    "ngay {d} thang {m} nam {y}",
    "mùng {d} tháng {m}, {y}",
    "{y}-{m:02}-{d:02}",
    "{y}/{m}/{d}",
    "{y}年{m}月{d}日",
    "{y}年{m}月{d}号",
    "{d} {name} {y}",
    "{name} {d}, {y}",
    "{name:.3} {d} {y}",
)
days_of_six_years = st.dates(min_value=add_months(TODAY, -72) + timedelta(days=1), max_value=TODAY)


@given(day=days_of_six_years, way=st.sampled_from(WAYS))
def test_every_day_of_six_years_comes_back_from_every_way_of_writing_it(day: date, way: str) -> None:
    typed = way.format(d=day.day, m=day.month, y=day.year, yy=day.year % 100, name=f"{day:%B}")
    assert parse_birth_date(typed, TODAY) == day


@given(days_ago=st.integers(0, 364), way=st.sampled_from(("{d}/{m}", "{d}-{m}", "{d} tháng {m}", "{m}月{d}日")))
def test_every_day_of_the_last_year_comes_back_without_its_year(days_ago: int, way: str) -> None:
    day = TODAY - timedelta(days=days_ago)
    assert parse_birth_date(way.format(d=day.day, m=day.month), TODAY) == day


@given(st.text(max_size=60) | st.text(alphabet="0123456789/.- tháng年月日", max_size=30))
def test_whatever_is_typed_gets_an_answer(typed: str) -> None:
    born = parse_birth_date(typed, TODAY)
    assert isinstance(born, Problem) or add_months(TODAY, -72) < born <= TODAY
    assert isinstance(parse_due_date(typed, TODAY), date | Problem)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("15/3/2027", date(2027, 3, 15)),
        ("15 tháng 3", date(2027, 3, 15)),  # the next one
        ("22/11", TODAY),
        ("hôm nay", TODAY),
        ("ngày mai", date(2026, 11, 23)),
        ("1/11/2026", date(2026, 11, 1)),  # 21 days past: pregnancies run late
        ("31/10/2026", Problem.IN_PAST),  # 22 days past
        ("10/11", date(2026, 11, 10)),  # the next one is out of reach, the last one is just past
        ("31/10", Problem.TOO_FAR),  # neither can be
        ("12/9/2027", date(2027, 9, 12)),  # 42 weeks ahead
        ("13/9/2027", Problem.TOO_FAR),
        ("15 tháng 3 năm sau", date(2027, 3, 15)),
        ("明年3月15日", date(2027, 3, 15)),
        ("29/2", Problem.TOO_FAR),  # 2028
        ("29/2/2027", Problem.NO_SUCH_DAY),
        ("31/4", Problem.NO_SUCH_DAY),
        ("tuần 30", Problem.NOT_A_DATE),
        ("15/3 âm lịch", Problem.NOT_A_DATE),
    ],
)
def test_the_day_of_an_expected_birth_lies_ahead_or_just_behind(typed: str, expected: date | Problem) -> None:
    assert parse_due_date(typed, TODAY) == expected
