"""The words about a message: an editor and a clinician read when it is sent, and how far its text is."""

from dataclasses import replace
from datetime import date

import pytest

from content.approvals import Approval
from content.desk import State, WrittenText
from content.library import ROOT, Library, load_library
from content.matrix import load_matrix
from content.message import Message
from content.windows import Window
from content.wording import cited, state_words, window_words
from domain.journey import Origin
from domain.message import Text
from domain.reader import Reader


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def message(library: Library) -> Message:
    return next(iter(library.catalogue.messages.values()))


def said(library: Library, text: Text, language: str = "en") -> str:
    return library.renderer.render_plain(text, Reader(language, "UTC"))


WINDOWS = [
    (Window(0, 7), "week 1 of life (days 0 to 6)"),
    (Window(183, 190), "week 27 of life (days 183 to 189)"),
    (Window(358, 365), "week 52 of life (days 358 to 364)"),
    (Window(0, 183), "weeks 1 to 27 of life (days 0 to 182)"),
    (Window(730, 760), "month 25 of life (days 730 to 759)"),
    (Window(0, 2192), "months 1 to 72 of life (days 0 to 2191)"),
    (Window(143, 150, Origin.PREGNANCY), "pregnancy, weeks 20+3 to 21+2"),
]


@pytest.mark.parametrize(("window", "words"), WINDOWS)
def test_a_window_is_told_as_people_count(library: Library, message: Message, window: Window, words: str) -> None:
    sent = replace(message, window=window, on_request=False)
    assert said(library, window_words(sent)) == words
    assert said(library, window_words(replace(sent, on_request=True))) == f"on request: {words}"


def test_what_is_for_every_age_says_so_in_each_language(library: Library, message: Message) -> None:
    always = window_words(replace(message, window=Window(0, 0), on_request=True))
    assert [said(library, always, tag) for tag in ("en", "vi", "zh")] == [
        "on request, at every age",
        "khi gia đình hỏi, mọi độ tuổi",
        "家属询问时，不限年龄",
    ]


def test_the_windows_of_months_are_numbered_one_after_the_other(library: Library, message: Message) -> None:
    column = next(one for one in load_matrix(ROOT).columns if one.name == "months 24 to 36")
    words = [
        said(library, window_words(replace(message, window=Window(*days), on_request=False)))
        for days in column.windows()
    ]
    assert [one.partition(" of")[0] for one in words] == [f"month {number}" for number in range(25, 37)]


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_every_state_has_words(library: Library, state: State, language: str) -> None:
    approval = Approval("a.b", language, "0" * 64, "Hoa", date(2026, 11, 22))
    names = "Hoa" in said(library, state_words(WrittenText("words", state, approval)), language)
    assert names == (state in (State.APPROVED, State.CHANGED))


def test_a_source_stands_on_one_line(library: Library) -> None:
    for source in library.catalogue.sources.values():
        assert source.title in cited(source)
        assert str(source.year or "") in cited(source)
        assert "\n" not in cited(source)
