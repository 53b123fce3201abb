"""The topics of session days: content/topics.yaml as plain values, proved against the texts that they need."""

from collections.abc import Collection
from itertools import pairwise
from pathlib import Path

from content.catalogue import Catalogue
from content.errors import ContentError
from content.languages import SOURCE
from content.library import ROOT, Library
from content.message import Message
from content.yaml_files import Record, read_record
from domain.topics import Band, Curriculum, Topic

_FOLDER = "topics"
_MONTHS = range(1, 13)


def load_topics(library: Library, root: Path = ROOT) -> Curriculum:
    """The programme; raises ContentError for the first line that breaks a rule."""
    top = read_record(root / "content" / "topics.yaml", root)
    top.only(["bands", "topics"])
    bands = tuple(_band(record) for record in top.records("bands"))
    _prove_bands(top, bands)
    topics: dict[str, Topic] = {}
    for record in top.records("topics"):
        topic = _topic(record, library.catalogue, topics.values())
        _prove_texts(record, topic, bands, library)
        topics[topic.key] = topic
    curriculum = Curriculum(bands, tuple(sorted(topics.values(), key=lambda topic: topic.month)))
    _prove_year(top, curriculum)
    _prove_no_strangers(library.catalogue, curriculum)
    return curriculum


def _band(record: Record) -> Band:
    record.only(["band", "from_months", "until_months"])
    return Band(record.text("band"), record.number("from_months"), record.number("until_months"))


def _prove_bands(top: Record, bands: tuple[Band, ...]) -> None:
    joined = all(one.until_months == following.from_months for one, following in pairwise(bands))
    begin_at_birth = bool(bands) and bands[0].from_months == 0
    if not (joined and begin_at_birth and all(one.from_months < one.until_months for one in bands)):
        raise ContentError(top.at("bands"), "the bands must follow one another from birth, without a gap")
    if len({band.key for band in bands}) < len(bands):
        raise ContentError(top.at("bands"), "two bands have one name")


def _topic(record: Record, catalogue: Catalogue, others: Collection[Topic]) -> Topic:
    record.only(["topic", "month", "sources"])
    topic = Topic(record.text("topic"), record.number("month"))
    if topic.key in {other.key for other in others}:
        raise ContentError(record.at("topic"), f"the topic “{topic.key}” is there twice")
    if topic.month not in _MONTHS or topic.month in {other.month for other in others}:
        raise ContentError(record.at("month"), "each month from 1 to 12 has one topic")
    unknown = [source for source in record.texts("sources") if source not in catalogue.sources]
    if unknown or not record.texts("sources"):
        raise ContentError(record.at("sources"), f"“{topic.key}” needs sources that are known: {', '.join(unknown)}")
    return topic


def _prove_texts(record: Record, topic: Topic, bands: tuple[Band, ...], library: Library) -> None:
    for key in (f"topic.{topic.key}.title", f"topic.{topic.key}.plan"):
        if not library.texts.has(key, SOURCE):
            raise ContentError(record.at("topic"), f"the text “{key}” of the interface is missing")
    for key in (topic.question, *(topic.thing_to_try(band) for band in bands)):
        message = library.catalogue.messages.get(key)
        if message is None:
            raise ContentError(record.at("topic"), f"the message “{key}” is missing")
        _prove_message(message)


def _prove_message(message: Message) -> None:
    """It goes to everybody who was there, also into a chat that several read, so it must be fit for all of them."""
    if not message.on_request or message.private or message.audience or message.tracks or message.excluded_from:
        problem = "a topic's message is on_request, for anyone, neither private nor of a track"
        raise ContentError(message.place, f"“{message.key}”: {problem}")


def _prove_year(top: Record, curriculum: Curriculum) -> None:
    if [topic.month for topic in curriculum.topics] != list(_MONTHS):
        raise ContentError(top.at("topics"), "each month from 1 to 12 has one topic")


def _prove_no_strangers(catalogue: Catalogue, curriculum: Curriculum) -> None:
    used = {topic.question for topic in curriculum.topics}
    used |= {topic.thing_to_try(band) for topic in curriculum.topics for band in curriculum.bands}
    for message in catalogue.messages.values():
        if message.topic == _FOLDER and message.key not in used:
            raise ContentError(message.place, f"no topic and band goes with “{message.key}”")
