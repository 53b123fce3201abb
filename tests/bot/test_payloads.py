"""What a button carries, from the message to the tap and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.payloads import Payload, UnreadableButtonError, payload, read_payload

WORDS = st.text(st.characters(codec="utf-8", exclude_characters=":", exclude_categories=["Cs"]), max_size=30)


def test_a_payload_is_short_text_with_its_version() -> None:
    assert payload("visit", 3, "2026-03-20", "coming") == "v1:visit:3:2026-03-20:coming"
    assert payload("stop") == "v1:stop"


@settings(deadline=None, max_examples=50)
@given(action=WORDS.filter(bool), arguments=st.lists(WORDS, max_size=5))
def test_what_a_button_carries_is_read_again_and_never_longer_than_telegram_takes(
    action: str, arguments: list[str]
) -> None:
    try:
        text = payload(action, *arguments)
    except ValueError:
        assert len(":".join(("v1", action, *arguments)).encode()) > 64
        return
    assert len(text.encode()) <= 64
    assert read_payload(text) == Payload(action, tuple(arguments))


def test_bytes_are_counted_and_not_letters() -> None:
    assert len(payload("a", "Đ" * 29).encode()) == 63
    with pytest.raises(ValueError, match="65 bytes: a"):
        payload("a", "Đ" * 30)


@pytest.mark.parametrize("foreign", ["", "v1", "v1:", "v2:visit:3", "visit:3", "V1:visit", " v1:visit", "{}", "::"])
def test_what_we_never_made_is_none_of_ours(foreign: str) -> None:
    assert read_payload(foreign) is None


def test_arguments_are_read_as_words_and_numbers() -> None:
    tap = Payload("record", ("17", "2026-03-20"))
    assert (tap.number(0), tap.word(1), tap.word(2)) == (17, "2026-03-20", "")


@pytest.mark.parametrize("arguments", [(), ("",), ("An",), ("1.5",), ("2026-03-20",)])
def test_an_argument_that_is_no_number_is_said_to_be_none(arguments: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableButtonError):
        Payload("record", arguments).number(0)


def test_a_forged_number_that_no_row_can_have_is_refused_at_the_door() -> None:
    with pytest.raises(UnreadableButtonError):
        Payload("record", ("9" * 40,)).number(0)
