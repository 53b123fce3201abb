"""Which need a child has: born early, or without its mother's milk."""

from datetime import date

import pytest

from domain.tracks import Track, needs_replacement_feeding, tracks_of


@pytest.mark.parametrize(("weeks", "early"), [(36, True), (37, False), (None, False)])
def test_a_birth_before_37_full_weeks_is_preterm(weeks: int | None, early: bool) -> None:
    assert (Track.PRETERM in tracks_of((), weeks)) is early


def test_a_track_that_was_kept_stays_beside_what_the_weeks_tell() -> None:
    assert tracks_of([Track.REPLACEMENT_FEEDING], 34) == {Track.REPLACEMENT_FEEDING, Track.PRETERM}


@pytest.mark.parametrize(
    ("born", "today", "needs"),
    [
        (date(2026, 1, 15), date(2026, 1, 15), True),
        (date(2026, 1, 15), date(2028, 1, 14), True),
        (date(2026, 1, 15), date(2028, 1, 15), False),
        (date(2024, 2, 29), date(2026, 2, 28), True),
        (date(2024, 2, 29), date(2026, 3, 1), False),
    ],
)
def test_milk_in_place_of_the_mothers_is_of_concern_until_two_years(born: date, today: date, needs: bool) -> None:
    assert needs_replacement_feeding(born, today) is needs
