"""Lan's word about An's vaccines beside Hoa's record: the record speaks, and what it does not know is her word."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.vaccination.history import GivenDose
from domain.vaccination.reports import joined_history

RECORDED = GivenDose("PENTA", date(2026, 3, 20))
DOSES = st.lists(
    st.builds(GivenDose, st.sampled_from(["PENTA", "OPV", "BCG"]), st.dates(date(2026, 1, 1), date(2026, 12, 31))),
    max_size=6,
)


def test_what_only_she_knows_counts() -> None:
    told = GivenDose("PENTA", date(2026, 3, 20))
    assert joined_history([], [told]) == (told,)


@pytest.mark.parametrize("day", ["2026-02-21", "2026-03-19", "2026-03-20", "2026-03-27", "2026-04-16"])
def test_her_word_gives_way_to_a_record_within_27_days(day: str) -> None:
    told = GivenDose("PENTA", date.fromisoformat(day))
    assert joined_history([RECORDED], [told]) == (RECORDED,)


@pytest.mark.parametrize("day", ["2026-02-20", "2026-04-17"])
def test_from_28_days_on_it_is_another_dose(day: str) -> None:
    told = GivenDose("PENTA", date.fromisoformat(day))
    assert set(joined_history([RECORDED], [told])) == {RECORDED, told}


def test_a_record_of_another_vaccine_changes_nothing() -> None:
    told = GivenDose("OPV", RECORDED.given_on)
    assert joined_history([RECORDED], [told]) == (told, RECORDED)


@settings(deadline=None, max_examples=50)
@given(recorded=DOSES, reported=DOSES)
def test_nothing_on_record_is_ever_lost_and_all_stands_in_order_of_time(
    recorded: list[GivenDose], reported: list[GivenDose]
) -> None:
    joined = joined_history(recorded, reported)
    assert all(dose in joined for dose in recorded)
    days = [dose.given_on or date.max for dose in joined]
    assert days == sorted(days)
    assert set(joined) <= {*recorded, *reported}
