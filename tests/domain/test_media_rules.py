"""How many words go under a picture, which pictures are too large, and how one is written down in a form."""

import pytest

from domain.media import fits_caption, fits_picture, read_media, write_media
from domain.message import Media, MediaKind


@pytest.mark.parametrize(
    ("words", "fits"),
    [("x" * 900, True), ("x" * 901, False), ("Đ" * 900, True), ("👶" * 450, True), ("👶" * 451, False), ("", True)],
)
def test_words_are_counted_as_telegram_counts_and_leave_room_for_whom_they_are_for(words: str, fits: bool) -> None:
    assert fits_caption(words) is fits


@pytest.mark.parametrize(
    ("width", "height", "fits"),
    [
        (1280, 960, True),
        (4000, 4000, True),
        (4001, 4000, False),
        (2000, 100, True),
        (2001, 100, False),
        (100, 2001, False),
        (9900, 200, False),
        (9000, 1000, True),
        (9001, 1000, False),
        (0, 10, False),
        (0, 0, False),
    ],
)
def test_a_picture_is_small_enough_to_be_opened_and_sent(width: int, height: int, fits: bool) -> None:
    assert fits_picture(width, height) is fits


def test_a_picture_in_a_form_is_read_as_it_was_written() -> None:
    media = Media(MediaKind.VOICE, "a" * 64)
    assert read_media(write_media(media)) == media


@pytest.mark.parametrize("words", ["", "photo", "photo:", "photo:abc", "film:" + "a" * 64, "hello"])
def test_typed_words_are_no_picture(words: str) -> None:
    assert read_media(words) is None
