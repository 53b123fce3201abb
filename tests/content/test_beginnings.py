"""What stands on a button of a long text: its first words, whole ones, without markup."""

import pytest

from content.beginnings import beginning_of


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("", ""),
        ("A home", "A home"),
        ("<b>Playing together</b>\nwith a cup", "Playing together"),
        ("\n\nA home", "A home"),
        ("Ngáp, dụi mắt, nhìn lơ mơ: mấy dấu hiệu nhỏ ấy", "Ngáp, dụi mắt, nhìn lơ mơ: mấy…"),
        ("A yawn, rubbed eyes, a gaze into, the distance", "A yawn, rubbed eyes, a gaze into…"),
        ("三个多月了！回头看看，从第一夜到今天，全家学会了多少。", "三个多月了！回头看看，从第一夜到…"),
        ("安安An安安的小动作比哭来得早一点点点点", "安安An安安的小动作比哭来得早一点…"),
    ],
)
def test_a_long_text_is_shown_by_its_first_words(text: str, beginning: str) -> None:
    assert beginning_of(text) == beginning


def test_one_endless_word_is_cut() -> None:
    assert beginning_of("x" * 80) == "x" * 33 + "…"
