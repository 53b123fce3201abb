"""How much there is to read: the matrix filled, messages by topic and tier, texts by language, and how far they are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from content.library import Library
from content.matrix import Matrix
from content.message import Message
from domain.journey import Amount

_CARDS, _GROWTH, _VISITS = "danger", "growth_advice", "visits"


class Shelf(StrEnum):
    """Where a message stands: in the plan, or beside it in the library."""

    PLANNED = "in the matrix"
    CARDS = "danger cards"
    GROWTH = "growth texts"
    VISITS = "visit texts"
    OTHERS = "others"


@dataclass(frozen=True)
class Cell:
    """One topic at one age: how many messages the plan has, how many there are, in how many of them by language."""

    planned: int
    there: int
    written: Mapping[str, int]


@dataclass(frozen=True)
class StateOfTexts:
    """The catalogue in numbers.

    `drafts` counts the health texts that wait for a clinician, by language; `stale` those of them that were approved
    in other words.
    """

    messages_by_topic: Mapping[str, int]
    messages_by_tier: Mapping[Amount, int]
    health_texts: Mapping[str, int]
    interface_texts: Mapping[str, int]
    drafts: Mapping[str, int]
    approved: Mapping[str, int]
    stale: Mapping[str, int]


def count_texts(library: Library) -> StateOfTexts:
    """The counts of today's content, for the languages that can be chosen."""
    messages = library.catalogue.messages.values()
    tags = _tags(library)
    drafts = {tag: [key for key in _health_keys(library, tag) if library.is_draft(key, tag)] for tag in tags}
    return StateOfTexts(
        messages_by_topic=dict(sorted(Counter(message.topic for message in messages).items())),
        messages_by_tier=dict(sorted(Counter(message.tier for message in messages).items())),
        health_texts={tag: len(_health_keys(library, tag)) for tag in tags},
        interface_texts={tag: len(library.texts.tables[tag].keys() - library.texts.health) for tag in tags},
        drafts={tag: len(drafts[tag]) for tag in tags},
        approved={tag: len(_health_keys(library, tag)) - len(drafts[tag]) for tag in tags},
        stale={tag: sum(library.approvals.last_of(key, tag) is not None for key in drafts[tag]) for tag in tags},
    )


def count_matrix(library: Library, matrix: Matrix) -> Mapping[str, Mapping[str, Cell]]:
    """By topic and column: every topic of the plan, and every one that stands where nobody planned it."""
    here = {column.name: column.messages(library.catalogue) for column in matrix.columns}
    planned = dict.fromkeys(topic for column in matrix.columns for topic in column.topics)
    topics = dict.fromkeys((*planned, *(one.topic for messages in here.values() for one in messages)))
    return {
        topic: {
            column.name: _cell(
                library, column.topics.get(topic, 0), (one for one in here[column.name] if one.topic == topic)
            )
            for column in matrix.columns
        }
        for topic in topics
    }


def count_shelves(library: Library, matrix: Matrix) -> Mapping[Shelf, Cell]:
    """The messages by where they stand, in how many languages their words are there."""
    planned = {one.key for column in matrix.columns for one in column.messages(library.catalogue)}
    by_shelf: dict[Shelf, list[Message]] = {shelf: [] for shelf in Shelf}
    for message in library.catalogue.messages.values():
        by_shelf[Shelf.PLANNED if message.key in planned else _shelf(message)].append(message)
    total = sum(sum(column.topics.values()) for column in matrix.columns)
    return {
        shelf: _cell(library, total if shelf is Shelf.PLANNED else 0, messages) for shelf, messages in by_shelf.items()
    }


def _shelf(message: Message) -> Shelf:
    return {_CARDS: Shelf.CARDS, _GROWTH: Shelf.GROWTH, _VISITS: Shelf.VISITS}.get(message.topic, Shelf.OTHERS)


def _cell(library: Library, planned: int, messages: Iterable[Message]) -> Cell:
    there = list(messages)
    written = {tag: sum(library.texts.has(one.key, tag) for one in there) for tag in _tags(library)}
    return Cell(planned, len(there), written)


def _tags(library: Library) -> list[str]:
    return [language.tag for language in library.languages.choices()]


def _health_keys(library: Library, tag: str) -> frozenset[str]:
    return library.texts.health & library.texts.tables[tag].keys()
