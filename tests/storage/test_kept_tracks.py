"""A child's tracks in its row, also where a process of an older version wrote or still reads."""

import pytest

from domain.tracks import Track
from storage.engine import Database
from storage.repositories.kept_tracks import columns_of, read_kept
from tests.storage.village import Village

WITHOUT_MOTHER = frozenset({Track.MOTHER_ABSENT, Track.REPLACEMENT_FEEDING})


def test_what_the_older_version_wrote_after_a_mothers_death_is_understood() -> None:
    assert read_kept(None, "replacement_feeding") == WITHOUT_MOTHER
    assert read_kept("twins", "parents_away replacement_feeding") == WITHOUT_MOTHER | {Track.TWINS, Track.PARENTS_AWAY}


def test_the_older_version_reads_of_a_mothers_death_and_no_word_that_it_does_not_know() -> None:
    assert columns_of(WITHOUT_MOTHER)["tracks"] == "replacement_feeding"
    assert columns_of(frozenset({Track.REPLACEMENT_FEEDING, Track.IN_DIFFICULTY}))["tracks"] is None


@pytest.mark.parametrize(
    "kept", [frozenset(), frozenset({Track.REPLACEMENT_FEEDING}), WITHOUT_MOTHER, frozenset(Track)]
)
def test_what_was_kept_comes_back(kept: frozenset[Track]) -> None:
    columns = columns_of(kept)
    assert read_kept(columns["kept_tracks"], columns["tracks"]) == kept


def test_a_word_of_a_later_version_is_left_out() -> None:
    assert read_kept("of_tomorrow twins", None) == {Track.TWINS}


async def test_a_baby_without_breast_milk_is_no_child_without_its_mother(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.lives.keep_track(village.an, Track.REPLACEMENT_FEEDING)
        (an,) = await uow.lives.children_in(village.family)
        assert an.kept_tracks == {Track.REPLACEMENT_FEEDING}
