"""The visits of content/visits.yaml: proved against the schedules, whole or silent, and fit for a whole household."""

from pathlib import Path

import pytest

from content.catalogue import load_catalogue
from content.errors import ContentError
from content.library import Library
from content.visit_texts import visit_findings
from domain.aftercare import Advice, Answer
from domain.visit_texts import VisitTexts
from tests.content.shelf import Shelf, small_shelf
from tests.content.visit_shelf import FILE, TEXTS, load, shelf_with_visits, shelf_without_visits
from tests.fakes.visit_words import all_keys

PENTA = "doses: [penta_primary 1, opv 1, rota 1]"
FIT = "{sign: fit, of: [injection, first_weeks], words: [a fit]}"
GENERAL = "content/messages/aftercare/on_request.yaml"


@pytest.fixture(scope="module")
def worded(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return shelf_with_visits(tmp_path_factory.mktemp("worded") / "real")


@pytest.fixture(scope="module")
def library(worded: Shelf) -> Library:
    return worded.library()


@pytest.fixture(scope="module")
def texts(worded: Shelf, library: Library) -> VisitTexts:
    return load(worded, library)


def test_thirteen_visits_in_viet_nam_fifteen_in_china_and_generic_words(texts: VisitTexts) -> None:
    assert {country: len(visits) for country, visits in texts.visits.items()} == {"VN": 13, "CN": 15}
    assert len(texts.written) == len(all_keys()) == 145
    assert set(texts.written.values()) == {frozenset({"vi", "zh", "en"})}


def test_the_evening_words_of_a_newborn_stand_for_those_of_the_first_weeks_only(texts: VisitTexts) -> None:
    assert texts.leaves_out["visits.vn.birth.aftercare"] == {Advice.FIRST_WEEKS: ()}
    assert texts.leaves_out["visits.cn.month01.aftercare"] == {Advice.FIRST_WEEKS: ()}
    assert texts.leaves_out["visits.vn.month02.aftercare"] == {Advice.INJECTION: ()}
    assert texts.leaves_out["visits.vn.month09.aftercare"] == {Advice.INJECTION: (Answer.CRYING,)}


def test_generic_words_of_the_evening_stand_for_nothing(texts: VisitTexts) -> None:
    assert "visits.any.aftercare" not in texts.leaves_out


def test_without_any_words_the_programme_starts_and_each_visit_is_named(tmp_path: Path) -> None:
    shelf = shelf_without_visits(tmp_path / "real")
    texts = load(shelf)
    assert (dict(texts.written), dict(texts.leaves_out)) == ({}, {})
    found = [str(one) for one in visit_findings(shelf.root, load_catalogue(shelf.root))]
    assert len(found) == 29
    assert all(one.startswith("content/visits.yaml:") for one in found)
    assert "visits.cn.year05: Without words for: before, day, aftercare, missed, why." in found[-2]
    assert "visits.any: Without words for: before, day, aftercare, missed, why." in found[-1]


def test_a_visit_that_lacks_some_words_is_named_with_them(tmp_path: Path, worded: Shelf) -> None:
    assert list(visit_findings(worded.root, load_catalogue(worded.root))) == []
    shelf = shelf_with_visits(tmp_path / "real")
    lines = shelf.read(TEXTS).splitlines(keepends=True)
    shelf.write(TEXTS, "".join(line for line in lines if "visits.vn.month02.why" not in line))
    (found,) = visit_findings(shelf.root, load_catalogue(shelf.root))
    assert (found.key, found.place.file) == ("visits.vn.month02", FILE)
    assert "Without words for: why." in found.problem
    assert "visits.vn.month02.why" not in load(shelf).written


def test_words_that_no_visit_asks_for_are_found(tmp_path: Path) -> None:
    shelf = shelf_with_visits(tmp_path / "real")
    shelf.spoil(TEXTS, "key: visits.vn.month02.why", "key: visits.vn.month07.why")
    found = {one.key: one.problem for one in visit_findings(shelf.root, load_catalogue(shelf.root))}
    assert found["visits.vn.month07.why"] == "No visit of content/visits.yaml goes with it."
    assert "Without words for: why." in found["visits.vn.month02"]


def test_the_check_of_content_says_so_too(tmp_path: Path) -> None:
    shelf = small_shelf(tmp_path)
    visit = "{country: VN, visits: [{visit: birth, until: 1 month, doses: [bcg 1]}]}"
    shelf.spoil(FILE, "countries: []", f"countries: [{visit}]")
    assert len([one for one in shelf.findings() if "Without words for:" in one]) == 2


def test_a_translation_that_is_missing_keeps_a_text_out_of_that_language_only(tmp_path: Path) -> None:
    shelf = shelf_with_visits(tmp_path / "real")
    shelf.translate("vi", "content", {"visits.vn.month02.why": ""})
    assert load(shelf).written["visits.vn.month02.why"] == frozenset({"zh", "en"})


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        (PENTA, PENTA.replace("opv 1", "opv 9"), 16, "no schedule of VN has the dose “opv 9”"),
        (PENTA, PENTA.replace("opv 1", "hepa_live 1"), 16, "no schedule of VN has the dose “hepa_live 1”"),
        (PENTA, PENTA.replace("opv 1", "opv"), 16, "“opv” is not a dose like “penta_primary 1”"),
        (PENTA, PENTA.replace("opv 1", "bcg 1"), 16, "“bcg 1” belongs to “birth” already"),
        (PENTA, PENTA.replace("opv 1", "rota 1"), 14, "a visit has doses or check-ups, each of them once"),
        ("care: [checkup_2_3_months]", "care: [checkup_3_months]", 17, "no care plan of VN has the check-up"),
        ("care: [checkup_2_3_months]", "care: [antenatal_1]", 17, "no care plan of VN has the check-up"),
        ("care: [checkup_4_years]", "care: [checkup_3_years]", 0, "“checkup_3_years” belongs to “year03” already"),
        ("visit: month02", "visit: birth", 14, "the visit “birth” is there twice"),
        ("visit: month02", "visit: month02\n        hours: 3", 15, "the field “hours” is unknown"),
        ("doses: [je 2]", "doses: []", 0, "a visit has doses or check-ups, each of them once"),
        ("doses: [penta_primary 2, opv 2, rota 2]", "doses: [td_7y 5]", 21, "“month04” is due before “month03”"),
        ("until: 4 months", "until: four months", 15, "'four months' is not a duration"),
        ("until: 4 months", "until: 2 months", 14, "the words of “month02” end before anything of it is due"),
        (FIT, FIT.replace("fit, of", "hunger, of"), 0, "this is no sign, or no general text"),
        (FIT, FIT.replace("first_weeks", "evening"), 0, "this is no sign, or no general text"),
        (FIT, FIT.replace("first_weeks", "drops"), 0, "general texts of the evening that name it"),
        (FIT, FIT.replace("[a fit]", "[]"), 0, "a sign has wordings"),
        (FIT, FIT.replace("[a fit]", "[a cramp]"), 0, "“aftercare.first_weeks” does not say “a cramp”"),
    ],
)
def test_a_line_that_breaks_a_rule_is_named(
    real: Shelf, library: Library, old: str, new: str, *, line: int, problem: str
) -> None:
    real.spoil(FILE, old, new)
    with pytest.raises(ContentError, match=problem) as refused:
        load(real, library)
    assert refused.value.place.file == FILE
    assert line in (0, refused.value.place.line)


def test_a_general_text_that_names_a_sign_no_more_stops_the_loading(real: Shelf) -> None:
    real.spoil(GENERAL, "Fever of 39, a fit,", "Fever of 39, cramps,")
    with pytest.raises(ContentError, match=r"“aftercare\.injection” does not say “a fit”"):
        load(real)


@pytest.mark.parametrize("more", ["private: true, ", "excluded_from: [replacement_feeding], "])
def test_words_that_not_everybody_may_read_are_refused(tmp_path: Path, more: str) -> None:
    shelf = shelf_with_visits(tmp_path / "real")
    shelf.spoil(TEXTS, "on_request: true, ", f"on_request: true, {more}")
    with pytest.raises(ContentError, match="for anyone, neither private nor of a track"):
        load(shelf)
