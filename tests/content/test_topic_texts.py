"""The twelve topics of session days: whole in three languages, fit for everybody who reads them, strict when loaded."""

import re
from dataclasses import replace

import pytest

from content.errors import ContentError
from content.library import Library, load_library
from content.topics import load_topics
from content.track_rules import mother_flaws
from domain.topics import Curriculum
from tests.content.shelf import Shelf

FILE = "content/topics.yaml"
PLAY = "{topic: play, month: 1, sources: [who_unicef_ccd_2012, nurturing_care_2018]}"
LANGUAGES = ("en", "vi", "zh")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def curriculum(library: Library) -> Curriculum:
    return load_topics(library)


def health_keys(curriculum: Curriculum) -> list[str]:
    tries = [topic.thing_to_try(band) for topic in curriculum.topics for band in curriculum.bands]
    return [*tries, *(topic.question for topic in curriculum.topics)]


def test_there_are_twelve_topics_a_month_each_for_birth_to_three_years(curriculum: Curriculum) -> None:
    assert [topic.month for topic in curriculum.topics] == list(range(1, 13))
    assert (curriculum.bands[0].from_months, curriculum.bands[-1].until_months) == (0, 36)
    assert len(health_keys(curriculum)) == 48


def test_every_text_of_a_topic_is_there_in_each_language(library: Library, curriculum: Curriculum) -> None:
    interface = [f"topic.{topic.key}.{part}" for topic in curriculum.topics for part in ("title", "plan")]
    wanted = {*health_keys(curriculum), *interface}
    assert {(key, tag) for key in wanted for tag in LANGUAGES if not library.texts.has(key, tag)} == set()


def test_every_talk_has_three_steps_of_ten_minutes_with_the_fourth(library: Library, curriculum: Curriculum) -> None:
    for topic in curriculum.topics:
        for tag in LANGUAGES:
            plan = library.texts.find(f"topic.{topic.key}.plan", tag).text
            assert re.findall(r"^(\d)\.", plan, re.MULTILINE) == ["1", "2", "3"], (topic.key, tag)
            minutes = re.findall(r"(\d+) ?(?:minutes|phút|分钟)", plan)
            assert sum(map(int, minutes)) == 9, (topic.key, tag)


def test_a_family_without_its_mother_can_read_every_one_of_them(library: Library, curriculum: Curriculum) -> None:
    for key in health_keys(curriculum):
        message = replace(library.catalogue.messages[key], on_request=False)
        texts = {tag: library.texts.find(key, tag).text for tag in LANGUAGES}
        assert list(mother_flaws(message, texts)) == [], key


def test_nobody_is_told_of_screens_bottles_or_doses(library: Library, curriculum: Curriculum) -> None:
    never = re.compile(r"bottle|formula|bình sữa|sữa công thức|奶瓶|奶粉|\d+ ?(?:mg|ml|IU)", re.IGNORECASE)
    texts = [(key, tag) for key in health_keys(curriculum) for tag in LANGUAGES]
    assert [one for one in texts if never.search(library.texts.find(*one).text)] == []


def test_no_text_of_a_topic_is_approved_by_itself(library: Library, curriculum: Curriculum) -> None:
    assert all(library.is_draft(key, tag) for key in health_keys(curriculum) for tag in LANGUAGES)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (PLAY, PLAY.replace("}", ", hours: 3}"), "the field “hours” is unknown"),
        (PLAY, PLAY.replace("month: 1,", ""), "the field “month” is missing"),
        (PLAY, PLAY.replace("month: 1", "month: 13"), "each month from 1 to 12 has one topic"),
        (PLAY, PLAY.replace("month: 1", "month: 2"), "each month from 1 to 12 has one topic"),
        (PLAY, PLAY.replace("topic: play", "topic: dance"), "the text “topic.dance.title” of the interface is missing"),
        (PLAY, PLAY.replace("who_unicef_ccd_2012", "somebody"), "needs sources that are known: somebody"),
        ("topic: talk", "topic: play", "the topic “play” is there twice"),
        ("{band: from6, from_months: 6", "{band: from6, from_months: 7", "follow one another from birth"),
        ("{band: from6,", "{band: under6,", "two bands have one name"),
        (f"  - {PLAY}\n", "", "each month from 1 to 12 has one topic"),
    ],
)
def test_a_mistake_in_the_topics_is_told_with_its_line(real: Shelf, old: str, new: str, problem: str) -> None:
    library = real.library()
    real.spoil(FILE, old, new)
    with pytest.raises(ContentError, match=rf"topics\.yaml:\d+: .*{problem}"):
        load_topics(library, real.root)


def test_a_message_that_no_topic_uses_is_refused(real: Shelf) -> None:
    for key in ("title", "plan"):
        real.spoil("content/interface/topics.yaml", f"topic.play.{key}:", f"topic.dance.{key}:")
    real.spoil(FILE, "topic: play", "topic: dance")
    for band in ("under6", "from6", "from18"):
        text = real.read(f"content/messages/topics/{band}.yaml")
        more = text[text.index("  - key") : text.index("  - key: topics.talk")].replace("topics.play", "topics.dance")
        real.write(f"content/messages/topics/{band}.yaml", text + more)
    real.spoil("content/messages/topics/question.yaml", "topics.play.question", "topics.dance.question")
    with pytest.raises(ContentError, match=r"no topic and band goes with “topics\.play"):
        load_topics(real.library(), real.root)


@pytest.mark.parametrize("extra", ["private: true", "excluded_from: [preterm]"])
def test_a_message_that_not_everybody_may_read_is_refused(real: Shelf, extra: str) -> None:
    file = "content/messages/topics/under6.yaml"
    real.spoil(file, "    on_request: true\n", f"    on_request: true\n    {extra}\n")
    with pytest.raises(ContentError, match="on_request, for anyone, neither private nor of a track"):
        load_topics(real.library(), real.root)
