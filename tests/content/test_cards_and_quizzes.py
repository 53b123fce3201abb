"""A card about danger ends with whom to call, and a quiz is whole; what lacks is found with its line."""

from dataclasses import replace

import pytest

from content.catalogue import load_catalogue
from content.check import check_content
from content.message import Ask
from content.quizzes import quiz_of
from content.text_rules import Kind
from tests.content.shelf import TODAY, Shelf

CARDS = "content/messages/danger/signs.yaml"
CARD = """\
messages:
  - key: danger.fits
    on_request: true
    ages: {from: 0 days, to: 2191 days}
    tier: 1
    audience: anyone
    component: good_health
    sources: [who_breastfeeding]
    review_by: 2027-11-22
    longer: A list of signs is read as a list.
    parts: {title: A fit, words: "fit, seizure"}
    text: |-
      Lay {{ child }} on the side.
      Call {{ emergency_phone }} at once.
"""
QUIZ = """\
messages:
  - key: play.quiz
    window: {from: 30 days, to: 40 days}
    tier: 2
    audience: anyone
    component: early_learning
    sources: [who_breastfeeding]
    review_by: 2027-11-22
    ask: quiz
    right_answer: 2
    parts: {answer1: Water, answer2: Milk, why: Milk is enough.}
    text: Thirsty?
"""
PLAY = "content/messages/play/young_infant.yaml"


def problems(shelf: Shelf, key: str) -> list[str]:
    return [
        one.problem for one in check_content(shelf.root, TODAY) if one.key == key and one.place.file.endswith("yaml")
    ]


def test_a_card_is_read_with_its_ages_title_and_words(shelf: Shelf) -> None:
    shelf.write(CARDS, CARD)
    card = load_catalogue(shelf.root).messages["danger.fits"]
    assert (card.window.from_day, card.window.to_day, card.on_request) == (0, 2191, True)
    assert dict(card.texts())["danger.fits#words"] == "fit, seizure"
    kinds = [card.kind_of(key) for key in ("danger.fits", "danger.fits#title", "danger.fits#words")]
    assert kinds == [Kind.LONGER, Kind.LABEL, Kind.WORDS]


def test_a_card_that_does_not_say_whom_to_call_is_found(shelf: Shelf) -> None:
    shelf.write(CARDS, CARD)
    assert problems(shelf, "danger.fits") == []
    shelf.spoil(CARDS, "Call {{ emergency_phone }} at once.", "Call for help at once.")
    assert problems(shelf, "danger.fits") == ["The last line of a card does not say whom to call."]


def test_a_number_in_the_middle_of_a_card_is_not_enough(shelf: Shelf) -> None:
    shelf.write(CARDS, CARD.replace("{{ emergency_phone }} at once.", "{{ emergency_phone }}.\n      Keep warm."))
    assert problems(shelf, "danger.fits") == ["The last line of a card does not say whom to call."]


def test_a_quiz_has_its_answers_the_right_one_and_the_reason(shelf: Shelf) -> None:
    shelf.write(PLAY, QUIZ)
    message = load_catalogue(shelf.root).messages["play.quiz"]
    assert message.ask is Ask.QUIZ
    assert quiz_of(message) == quiz_of(replace(message, english="?"))
    assert quiz_of(message).answers == ("play.quiz#answer1", "play.quiz#answer2")
    assert problems(shelf, "play.quiz") == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (", why: Milk is enough.", "", "The quiz lacks answers or its explanation."),
        ("answer2: Milk, ", "", "The quiz lacks answers or its explanation."),
        ("answer2", "answer3", "The quiz lacks answers or its explanation."),
        ("right_answer: 2", "right_answer: 3", "The quiz does not say which answer is right."),
        ("    right_answer: 2\n", "", "The quiz does not say which answer is right."),
    ],
)
def test_a_quiz_that_lacks_something_is_found(shelf: Shelf, old: str, new: str, problem: str) -> None:
    shelf.write(PLAY, QUIZ.replace(old, new))
    assert problem in problems(shelf, "play.quiz")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("ask: quiz", "ask: everything", "“ask” must be one of do, question, quiz"),
        ("from: 30 days", "from: 30 moons", "must be like “8 days”"),
        ("{from: 30 days,", "{of: Easter, from: 30 days,", "“of” must be one of birth, pregnancy"),
    ],
)
def test_what_nobody_knows_is_refused_with_its_line(shelf: Shelf, old: str, new: str, problem: str) -> None:
    shelf.write(PLAY, QUIZ.replace(old, new))
    [found] = check_content(shelf.root, TODAY)
    assert (found.place.file, found.place.line > 1) == (PLAY, True)
    assert problem in found.problem
