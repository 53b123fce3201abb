"""The occasion by which siblings share one reminder."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.identifiers import FacilityId
from domain.visit_occasion import VisitOccasion, parse_visit_occasion


def test_it_is_written_in_the_words_of_the_design() -> None:
    assert str(VisitOccasion(FacilityId(3), date(2026, 3, 20), 7)) == "visit:3:2026-03-20:7"


@settings(deadline=None, max_examples=50)
@given(facility=st.integers(1), on=st.dates(), step=st.integers(0, 60))
def test_what_is_written_is_read_again(facility: int, on: date, step: int) -> None:
    occasion = VisitOccasion(FacilityId(facility), on, step)
    assert parse_visit_occasion(str(occasion)) == occasion


@pytest.mark.parametrize("other", ["child:1", "pregnancy:2", "campaign:3", "digest:2026-03-20", "update:9:1:0", ""])
def test_an_occasion_of_another_kind_is_none(other: str) -> None:
    assert parse_visit_occasion(other) is None
