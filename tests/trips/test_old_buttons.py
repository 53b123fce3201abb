"""Buttons of a year ago: whatever one ever carried, whoever taps it gets an answer that can be read, and no fault."""

import pytest

from app.wiring import Parts
from bot.heard import Heard
from bot.payloads import read_payload
from tests.bot.test_every_button import EVER
from tests.trips.at_the_door import parts, people, said_to

__all__ = ["parts"]

SHAPES = ("", ":1:1:1", ":1:2025-11-20:coming:1", ":999999999:2025-02-30:x:y")
WHO = ("lan", "chi", "binh")


def tap(data: str) -> Heard:
    read = read_payload(data)
    return Heard(tap=read, forged=read is None, message_id="31")


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("shape", SHAPES)
async def test_every_button_answers_whatever_it_carries(parts: Parts, who: str, shape: str) -> None:
    await people(parts)
    silent = [action for action in sorted(EVER) if not any(await said_to(parts, who, tap(f"v1:{action}{shape}")))]
    assert silent == []


@pytest.mark.parametrize("data", ["", "v0:visit:1", "visit:1", "v1", "v1:", "v1:never_made:1", "v9:x", "{}"])
async def test_a_button_of_another_make_is_refused_in_kind_words(parts: Parts, data: str) -> None:
    await people(parts)
    for who in WHO:
        (words,) = await said_to(parts, who, tap(data))
        assert "nút" in words
