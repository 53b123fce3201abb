"""Buttons of forms: every one of every form fits into what Telegram takes, with a stamp as long as it will ever be."""

from datetime import timedelta

import pytest

from bot.drawing.forms import draw_form, draw_resume
from bot.payloads import payload
from domain.doses_had import ExpectedDose
from domain.forms.doses_had import MOST_DAYS, MOST_OF_A_DAY, given_answers
from domain.forms.form import Answers, Kind, Option, Surroundings
from services.forms.answer_form import FORMS, Asking
from services.ports import Draft
from tests.fakes.people import BORN
from tests.storage.village import NOW

STAMP = 10**10 - 1  # more drafts than a province of families begins in a hundred years
LONGEST = Option("p99999999", "Trạm Y tế", is_key=False)
PLACES = ("languages", "spoken_languages", "facilities", "communes", "other_communes")
EVERYTHING = [
    ExpectedDose("penta_primary", number, "PENTA", BORN + timedelta(days=day))
    for day in range(MOST_DAYS)
    for number in range(MOST_OF_A_DAY)
]
# What a form knows when it begins, where its questions are drawn from it.
KNOWN: dict[str, Answers] = {
    "doses_had": given_answers(EVERYTHING, {}, child="An", born_on=BORN, zone="UTC"),
    "area_round": {"kind": "vitamin_a", "proposed_min": "6 months", "proposed_max": "36 months", "zone": "UTC"},
}


@pytest.mark.parametrize("name", FORMS)
def test_every_button_of_a_form_fits(name: str) -> None:
    form = FORMS[name]
    around = Surroundings(options=dict.fromkeys(PLACES, (LONGEST, LONGEST)))
    answers: Answers = {question.name: "only" for question in form.questions if question.kind is Kind.GIVEN}
    answers = KNOWN.get(name, answers)
    draft = Draft(name, form.version, answers, 1, NOW, STAMP)
    for question in form.questions:
        if question.kind is not Kind.GIVEN:
            drawn = draw_form(Asking(form, draft, question, around))
            assert all(len(choice.payload.encode()) <= 64 for row in drawn.choices for choice in row)
            assert payload("form_correct", name, STAMP, question.name)
    assert len(draw_resume(form, STAMP).choices) == 2
