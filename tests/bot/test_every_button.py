"""No button that was ever made is forgotten: somebody still has it in her chat."""

from pathlib import Path

from bot.routes import TAPS

EVER = frozenset(Path(__file__).with_name("every_button.txt").read_text(encoding="utf-8").split())


def test_every_action_that_a_button_ever_carried_still_answers() -> None:
    assert sorted(EVER - TAPS.keys()) == [], "somebody still has this button: keep its action"


def test_every_action_of_today_is_written_down_for_later() -> None:
    assert sorted(TAPS.keys() - EVER) == [], "a new button: write its action into every_button.txt"
