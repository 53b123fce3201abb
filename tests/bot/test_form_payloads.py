"""Buttons of forms: every one of every form fits into what Telegram takes, with a stamp as long as it will ever be."""

import pytest

from bot.drawing.forms import draw_form, draw_resume
from bot.payloads import payload
from domain.forms.form import Kind, Option, Surroundings
from services.forms.answer_form import FORMS, Asking
from services.ports import Draft
from tests.storage.village import NOW

STAMP = 10**10 - 1  # more drafts than a province of families begins in a hundred years
LONGEST = Option("p99999999", "Trạm Y tế", is_key=False)
PLACES = ("languages", "spoken_languages", "facilities", "communes", "other_communes")


@pytest.mark.parametrize("name", FORMS)
def test_every_button_of_a_form_fits(name: str) -> None:
    form = FORMS[name]
    around = Surroundings(options=dict.fromkeys(PLACES, (LONGEST, LONGEST)))
    answers = {question.name: "only" for question in form.questions if question.kind is Kind.GIVEN}
    draft = Draft(name, form.version, answers, 1, NOW, STAMP)
    for question in form.questions:
        if question.kind is not Kind.GIVEN:
            drawn = draw_form(Asking(form, draft, question, around))
            assert all(len(choice.payload.encode()) <= 64 for row in drawn.choices for choice in row)
            assert payload("form_correct", name, STAMP, question.name)
    assert len(draw_resume(form, STAMP).choices) == 2
