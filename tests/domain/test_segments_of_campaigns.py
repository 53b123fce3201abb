"""Whom a campaign is for: ages in whole months, kept as data and read back the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import add_months
from domain.campaigns.segment import Segment, segment_as_data, segment_from_data
from domain.identifiers import CommuneId, FacilityId
from domain.reader import Role

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
MONTHS = st.integers(0, 72)


@given(st.tuples(MONTHS, MONTHS).filter(lambda ages: ages[0] < ages[1]), DAYS)
def test_ages_are_completed_calendar_months_on_every_day_of_the_year(ages: tuple[int, int], today: date) -> None:
    first, last = Segment(age_from=ages[0], age_to=ages[1]).born_between(today)

    def months_old(born: date) -> int:
        return max(months for months in range(-1, 90) if months < 0 or add_months(born, months) <= today)

    assert months_old(last) >= ages[0]
    assert months_old(date.fromordinal(last.toordinal() + 1)) < ages[0]
    assert months_old(first) < ages[1]
    assert months_old(date.fromordinal(first.toordinal() - 1)) >= ages[1]


def test_a_child_born_on_the_31st_is_six_months_old_on_the_first_of_march() -> None:
    first, last = Segment(age_from=6, age_to=7).born_between(date(2027, 3, 1))
    assert first <= date(2026, 8, 31) <= last
    assert not date(2026, 8, 31) <= Segment(age_from=6).born_between(date(2027, 2, 28))[1]


def test_without_ages_it_is_about_every_child_under_six() -> None:
    assert Segment().born_between(date(2026, 11, 22)) == (date(2020, 11, 23), date(2026, 11, 22))


@pytest.mark.parametrize(("first", "last"), [(6, 6), (7, 6), (-1, 3), (0, 73)])
def test_ages_that_hold_nobody_are_refused(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="months"):
        Segment(age_from=first, age_to=last)


@given(
    st.builds(
        Segment,
        age_from=st.none() | st.integers(0, 30),
        age_to=st.none() | st.integers(31, 72),
        expecting=st.booleans(),
        communes=st.frozensets(st.integers(1, 99).map(CommuneId)),
        facilities=st.frozensets(st.integers(1, 99).map(FacilityId)),
        languages=st.frozensets(st.sampled_from(["vi", "zh", "en", "tyz"])),
        roles=st.frozensets(st.sampled_from(Role)),
        overdue=st.booleans(),
        kin_not_joined=st.booleans(),
    )
)
def test_what_is_kept_is_read_back_the_same(segment: Segment) -> None:
    assert segment_from_data(segment_as_data(segment)) == segment


@pytest.mark.parametrize("kept", [{}, {**segment_as_data(Segment()), "roles": ["king"]}])
def test_what_is_no_segment_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError)):
        segment_from_data(kept)
