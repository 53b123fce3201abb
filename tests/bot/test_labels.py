"""What Lan types instead of tapping: a label without its picture counts, a letter of hers is no label."""

import pytest

from bot.handlers.labels import reads_like


@pytest.mark.parametrize("typed", ["👶 Con tôi", "con tôi", "CON TÔI!", "  con tôi ", "Con tôi"])
def test_a_label_counts_with_and_without_its_picture(typed: str) -> None:
    assert reads_like(typed, "👶 Con tôi")


@pytest.mark.parametrize("typed", ["", "👶", "!!!", "con", "con tôi ốm"])
def test_other_words_are_no_label(typed: str) -> None:
    assert not reads_like(typed, "👶 Con tôi")


def test_a_long_text_is_no_label_and_is_not_looked_at_for_long() -> None:
    assert not reads_like("! " * 200_000 + "1", "👶 Con tôi")
    assert not reads_like("Con tôi" + "!" * 4_000, "👶 Con tôi")
