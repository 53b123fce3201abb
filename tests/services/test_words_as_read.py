"""A visit's words as Lan reads them: in their place, all in her language, and short enough for one message."""

from dataclasses import replace

import pytest

from content.library import Library
from content.schedules.loading import load_schedules
from domain.message import OutgoingMessage, Text, Value
from domain.reader import Reader, Role, Station
from domain.rendered import RenderedMessage
from domain.visits import Needs
from services.visits.find_visits import FamilyVisit
from services.visits.plan_visits import reminder_message
from services.visits.visit_words import NO_WORDS, ReminderWords, paragraph_of
from tests.content.visit_shelf import shelf_with_visits
from tests.fakes.people import AN, BE, LAN
from tests.services.test_plan_visits import ANTENATAL, AWAITED, CHECKUP, ON, PENTA, TETANUS, VISIT

LANGUAGES = ["vi", "zh", "en"]
BEFORE = ReminderWords(Text("visits.vn.month02.before"), (AN,))
TELEGRAM = 4096
LONGEST_WORDS = 320
STATION = Station("Trạm Y tế " + "Suối Mơ " * 12, "0203 555 0101", "7:30–16:30", "115")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return shelf_with_visits(tmp_path_factory.mktemp("read") / "real").library()


def read(library: Library, message: OutgoingMessage, language: str) -> RenderedMessage:
    reader = Reader(language, "Asia/Ho_Chi_Minh", Role.MOTHER, ("An", "Bé"), STATION)
    found = library.renderer.render(message, reader)
    assert found.language == language
    return found


def words_in(language: str, key: str) -> str:
    """How a paragraph of the shelf begins."""
    return f"These are {key} for" if language == "en" else f"{language} {key}"


def everything() -> FamilyVisit:
    """Two children and their mother, with all that a schedule has."""
    doses = tuple(replace(PENTA, vaccine=vaccine) for vaccine in load_schedules()["vn-epi"].vaccines)
    mothers = Needs((), (ANTENATAL, TETANUS))
    return replace(VISIT, subjects=((AN, Needs(doses, (CHECKUP,))), (BE, Needs(doses)), (AWAITED, mothers)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("step", "comes"), [(7, False), (1, False), (0, False), (1, True)])
def test_the_words_are_a_paragraph_below_what_is_due_and_above_what_to_bring(
    library: Library, language: str, step: int, *, comes: bool
) -> None:
    message = reminder_message(VISIT, step, LAN.id, comes=comes, words=BEFORE)
    bare = reminder_message(VISIT, step, LAN.id, comes=comes, words=NO_WORDS)
    found, without = (read(library, one, language).text for one in (message, bare))
    paragraphs = found.split("\n\n")
    place = next(
        n for n, one in enumerate(paragraphs) if one.startswith(words_in(language, "visits.vn.month02.before"))
    )
    assert "\n\n".join(paragraphs[:place] + paragraphs[place + 1 :]) == without
    assert place == 1
    assert "\n\n\n" not in found + without


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_reminder_there_can_be_fits_one_message(library: Library, language: str) -> None:
    message = reminder_message(everything(), 7, LAN.id, words=BEFORE)
    found = read(library, replace(message, whom=Text("common.whom", whom())), language)
    assert len(found.text.encode("utf-16-le")) / 2 + LONGEST_WORDS < TELEGRAM
    assert all(len(choice.payload) <= 64 for row in found.choices for choice in row)


def whom() -> dict[str, Value]:
    return {"role": Text("choice.role.mother"), "children": ("An", "Bé")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_children_have_a_button_each_with_their_names(library: Library, language: str) -> None:
    words = ReminderWords(BEFORE.paragraph, (AN, replace(BE, name="")))
    found = read(library, reminder_message(everything(), 7, LAN.id, words=words), language)
    (first,), (second,) = found.choices[-2:]
    assert (first.payload, second.payload) == ("v1:why:1:1", "v1:why:1:2")
    assert first.label.endswith("An")
    assert first.label != second.label


@pytest.mark.parametrize("language", LANGUAGES)
def test_kind_words_are_the_first_paragraph_after_a_missed_day(library: Library, language: str) -> None:
    values: dict[str, Value] = {"on": ON, "next": Text("missed.no_next")}
    key = "visits.vn.month02.missed"
    found = read(library, missed(values, Text(key)), language).text
    assert found.split("\n\n")[1].startswith(words_in(language, key))
    without = read(library, missed(values, None), language).text
    assert len(without.split("\n\n")) == len(found.split("\n\n")) - 1
    assert "\n\n\n" not in found + without


def missed(values: dict[str, Value], words: Text | None) -> OutgoingMessage:
    return OutgoingMessage(Text("missed.we_missed", {**values, "words": paragraph_of(words)}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_that_the_words_of_the_evening_leave_out_stand_below_them(library: Library, language: str) -> None:
    line = Text("after.sign_line", {"sign": Text("after.choice.crying")})
    advice = Text("after.and_signs", {"advice": Text("visits.vn.month09.aftercare"), "signs": (line,)})
    body = Text("after.evening", {"advice": advice, "in_danger": Text("after.in_danger.number")})
    found = read(library, OutgoingMessage(body), language).text
    crying = library.renderer.render_plain(Text("after.choice.crying"), Reader(language, "UTC"))
    assert f"\n• {crying}\n\n🚨" in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_is_for_names_the_child_and_the_day(library: Library, language: str) -> None:
    key = "visits.vn.month02.why"
    found = read(library, OutgoingMessage(Text("why.purpose", {"on": ON, "who": "Bé", "words": Text(key)})), language)
    heading, words = found.text.split("\n")
    assert "Bé" in heading
    assert words.startswith(words_in(language, key))
