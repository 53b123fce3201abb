"""How much there is to read: messages by topic and tier, and texts by language."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from content.library import Library
from domain.journey import Amount


@dataclass(frozen=True)
class StateOfTexts:
    """The catalogue in numbers. `drafts` counts the health texts that wait for a clinician, by language."""

    messages_by_topic: Mapping[str, int]
    messages_by_tier: Mapping[Amount, int]
    health_texts: Mapping[str, int]
    interface_texts: Mapping[str, int]
    drafts: Mapping[str, int]


def count_texts(library: Library) -> StateOfTexts:
    """The counts of today's content, for the languages that can be chosen."""
    messages = library.catalogue.messages.values()
    tags = [language.tag for language in library.languages.choices()]
    return StateOfTexts(
        messages_by_topic=dict(sorted(Counter(message.topic for message in messages).items())),
        messages_by_tier=dict(sorted(Counter(message.tier for message in messages).items())),
        health_texts={tag: len(_health_keys(library, tag)) for tag in tags},
        interface_texts={tag: len(library.texts.tables[tag].keys() - library.texts.health) for tag in tags},
        drafts={tag: sum(library.is_draft(key, tag) for key in _health_keys(library, tag)) for tag in tags},
    )


def _health_keys(library: Library, tag: str) -> frozenset[str]:
    return library.texts.health & library.texts.tables[tag].keys()
