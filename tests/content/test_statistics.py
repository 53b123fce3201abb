"""How far the catalogue is: the matrix filled, the library beside it, drafts and approvals."""

import pytest

from content.approvals import FILE, text_hash
from content.library import ROOT, load_library
from content.matrix import FILE as MATRIX
from content.matrix import load_matrix
from content.statistics import Cell, count_matrix, count_shelves, count_texts
from content.statistics import Shelf as Place
from tests.content.shelf import MESSAGES, TWO_WEEKS, Shelf

PLAN = f"{TWO_WEEKS}longest_gaps: {{before_12_months: 5, before_24_months: 14, later: 31}}\n"
SKIN = "breastfeeding.week01.skin"
CARD = """\
messages:
  - key: danger.burn
    on_request: true
    tier: 1
    audience: anyone
    component: good_health
    sources: [who_breastfeeding]
    review_by: 2027-11-22
    text: "Cool it. Call {{ emergency_phone }}."
"""


@pytest.fixture
def planned(shelf: Shelf) -> Shelf:
    shelf.write(MATRIX, PLAN)
    return shelf


def test_the_matrix_says_what_is_planned_what_is_there_and_in_which_languages(planned: Shelf) -> None:
    planned.translate("vi", "content", {SKIN: ""})
    cells = count_matrix(planned.library(), load_matrix(planned.root))
    assert cells["breastfeeding"]["the first two weeks"] == Cell(3, 2, {"vi": 1, "zh": 2, "en": 2})
    assert cells["illness"]["the first two weeks"] == Cell(1, 0, {"vi": 0, "zh": 0, "en": 0})


def test_a_topic_that_nobody_planned_is_counted_too(planned: Shelf) -> None:
    planned.write(MATRIX, PLAN.replace("breastfeeding: 3, illness: 1", "illness: 4"))
    cells = count_matrix(planned.library(), load_matrix(planned.root))
    assert cells["breastfeeding"]["the first two weeks"].planned == 0
    assert cells["breastfeeding"]["the first two weeks"].there == 2


def test_what_is_beside_the_plan_stands_on_its_shelf(planned: Shelf) -> None:
    planned.write("content/messages/danger/first_aid.yaml", CARD)
    shelves = count_shelves(planned.library(), load_matrix(planned.root))
    assert (shelves[Place.PLANNED].planned, shelves[Place.PLANNED].there) == (4, 2)
    assert shelves[Place.CARDS] == Cell(0, 1, {"vi": 0, "zh": 0, "en": 1})
    assert shelves[Place.OTHERS].there == 1  # the father's


def test_an_approval_of_other_words_is_counted_as_stale(planned: Shelf) -> None:
    entries = [
        f"{{key: {key}, language: vi, sha256: '{text_hash(text)}', clinician: Hoa, approved_on: 2026-11-22}}"
        for key, text in (
            (SKIN, planned.library().texts.find(SKIN, "vi").text),
            ("breastfeeding.week02.help", "other words"),
        )
    ]
    planned.write(FILE, "approvals:\n" + "".join(f"  - {entry}\n" for entry in entries))
    state = count_texts(planned.library())
    assert (state.drafts["vi"], state.approved["vi"], state.stale["vi"]) == (2, 1, 1)
    assert (state.drafts["zh"], state.approved["zh"], state.stale["zh"]) == (3, 0, 0)


def test_every_message_of_the_real_catalogue_stands_on_one_shelf() -> None:
    library, matrix = load_library(), load_matrix(ROOT)
    shelves = count_shelves(library, matrix)
    assert sum(cell.there for cell in shelves.values()) == len(library.catalogue.messages)
    cells = [cell for row in count_matrix(library, matrix).values() for cell in row.values()]
    assert sum(cell.there for cell in cells) == shelves[Place.PLANNED].there
    assert sum(cell.planned for cell in cells) == shelves[Place.PLANNED].planned


def test_a_shelf_without_a_plan_has_an_empty_matrix(shelf: Shelf) -> None:
    assert count_matrix(shelf.library(), load_matrix(shelf.root)) == {}
    assert MESSAGES in {message.place.file for message in shelf.library().catalogue.messages.values()}
