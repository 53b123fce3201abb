"""What is written twice is written alike: settings and their description, buttons and who answers them."""

import ast
import re

import pytest

from app.settings import Settings
from bot import answering
from bot.application import COMMANDS as COMMAND_MENU
from bot.drawing.family_page import ACTIONS
from bot.drawing.menus import ALL_KEYS
from bot.routes import COMMANDS, TAPS
from domain.forms.form import Kind
from services.forms.answer_form import FORMS
from services.forms.readers import readers
from tests.architecture.rooms import HOUSE, calls_in, files_of, strings_in
from tests.fakes.people import BORN

SETTINGS = {f"CRADLE_{name.upper()}" for name in Settings.model_fields}
NOT_OURS = {"CRADLE_"}
# Where the action of a button is an argument of somebody else's call.
MAKES_BUTTONS = {"bot/drawing/buttons.py", "bot/drawing/family_page.py"}


def settings_in(file: str) -> set[str]:
    return set(re.findall(r"CRADLE_[A-Z_]*", (HOUSE / file).read_text("utf-8"))) - NOT_OURS


@pytest.mark.parametrize("file", ["README.md", ".env.example"])
def test_every_setting_is_described_and_nothing_else(file: str) -> None:
    assert settings_in(file) == SETTINGS


def actions() -> set[str]:
    """The action of every button that is drawn, however it is written."""
    found = {action for action, _roles in ACTIONS}
    for file in files_of("bot", "services"):
        found |= {text.split(":")[1] for text in strings_in(file) if text.startswith("v1:")}
        for name, call in calls_in(file):
            place = {"button": 1, "payload": 0}.get(name)
            if place is not None and file not in MAKES_BUTTONS:
                action = call.args[place]
                assert isinstance(action, ast.Constant), f"{file}:{call.lineno}"
                found.add(str(action.value))
    return found


def test_every_button_has_somebody_who_answers_it() -> None:
    assert actions() - set(TAPS) == set()


def test_nobody_waits_for_a_button_that_is_never_drawn() -> None:
    assert set(TAPS) - actions() == set()


def test_every_key_and_every_command_of_the_menus_is_answered() -> None:
    assert set(ALL_KEYS) - set(COMMANDS) == set()
    assert set(COMMAND_MENU) - set(COMMANDS) == set()


def test_only_buttons_that_exist_are_answered_in_place() -> None:
    assert answering.IN_PLACE - set(TAPS) == set()


def test_every_question_can_be_answered() -> None:
    known = set(readers(BORN, "VN", lambda text, _country: text))
    for form in FORMS.values():
        for question in (one for one in form.questions if one.kind is not Kind.GIVEN):
            assert question.read is None or question.read in known, question.name
            assert question.kind is Kind.TYPED or question.options or question.options_from, question.name
            assert question.kind is Kind.CHOICE or question.read is not None, question.name
