"""One health message as an entry of the catalogue holds it, proved field by field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from content.countries import zones_of
from content.errors import ContentError, Place
from content.text_rules import Kind
from content.windows import Window, read_window
from content.yaml_files import Record
from domain.journey import Amount, Step
from domain.reader import Role
from domain.tracks import Track

_REQUIRED = ("key", "tier", "audience", "component", "sources", "review_by", "text")
_TO_WHOM = ("window", "on_request", "ages", "tracks", "excluded_from", "countries", "private")
_OPTIONAL = (*_TO_WHOM, "ask", "right_answer", "longer", "note", "doubt", "parts")
_KEY = re.compile(r"[a-z0-9_.-]+")
_EVERY_AGE = Window(0, 0)


class Component(StrEnum):
    """The component of nurturing care (WHO, UNICEF, World Bank 2018) that a message serves."""

    GOOD_HEALTH = "good_health"
    ADEQUATE_NUTRITION = "adequate_nutrition"
    SAFETY_AND_SECURITY = "safety_and_security"
    RESPONSIVE_CAREGIVING = "responsive_caregiving"
    EARLY_LEARNING = "early_learning"


class Ask(StrEnum):
    """What a message asks of its reader, one thing at most: something to do, a question, or a quiz with buttons."""

    DO = "do"
    QUESTION = "question"
    QUIZ = "quiz"


@dataclass(frozen=True)
class Message:
    """One health message in English. `parts` are its other strings; their texts have the key `key#part`.

    A `private` one is about somebody's mood or safety at home: it opens no conversation. One `on_request` is said only
    to who asks for it: its `window` are the ages it is for, empty for every age. All others are steps of a journey.
    One with `countries` (ISO 3166-1) is only for families who live there.
    `note` is for translators, `doubt` what a clinician is asked to look at, `longer` why it may be longer than others.
    `right_answer` is that of a quiz, from 1 on.
    """

    key: str
    topic: str
    stage: str
    window: Window
    tier: Amount
    audience: Role | None
    component: Component
    sources: tuple[str, ...]
    review_by: date
    english: str
    place: Place
    tracks: frozenset[Track] = frozenset()
    excluded_from: frozenset[Track] = frozenset()
    countries: frozenset[str] = frozenset()
    on_request: bool = False
    private: bool = False
    ask: Ask | None = None
    right_answer: int = 0
    longer: str = ""
    note: str = ""
    doubt: str = ""
    parts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each of its texts with the key by which translations know it."""
        yield self.key, self.english
        for part, text in self.parts.items():
            yield f"{self.key}#{part}", text

    def kind_of(self, key: str) -> Kind:
        """What one of its texts is for: search words are read by nobody, titles and answers stand on buttons."""
        part = key.partition("#")[2]
        if part == "words":
            return Kind.WORDS
        if part == "title" or part.startswith("answer"):
            return Kind.LABEL
        return Kind.LONGER if self.longer else Kind.HEALTH

    def step(self) -> Step:
        """Its place in the journey."""
        return Step(
            self.key,
            self.window.from_day,
            self.window.to_day,
            self.tier,
            self.audience,
            private=self.private,
            tracks=self.tracks,
            excluded_from=self.excluded_from,
            zones=frozenset[str]().union(*map(zones_of, self.countries)),
            origin=self.window.origin,
        )


def read_message(record: Record, *, topic: str, stage: str) -> Message:
    """The message that one entry of a file describes; raises ContentError."""
    record.only(_REQUIRED, _OPTIONAL)
    return Message(
        key=_read_key(record, topic),
        topic=topic,
        stage=stage,
        window=_read_window(record),
        tier=_read_tier(record),
        audience=_read_audience(record),
        component=_read_component(record),
        sources=record.texts("sources"),
        review_by=record.day("review_by"),
        english=record.text("text"),
        place=record.place,
        tracks=_read_tracks(record, "tracks"),
        excluded_from=_read_tracks(record, "excluded_from"),
        countries=_read_countries(record),
        on_request=record.flag("on_request"),
        private=record.flag("private"),
        ask=_read_ask(record),
        right_answer=record.number("right_answer") if "right_answer" in record else 0,
        longer=record.text("longer", ""),
        note=record.text("note", ""),
        doubt=record.text("doubt", ""),
        parts=_read_parts(record),
    )


def _read_key(record: Record, topic: str) -> str:
    key = record.text("key")
    if not _KEY.fullmatch(key) or not key.startswith(f"{topic}."):
        raise ContentError(record.at("key"), f"the key “{key}” must be like {topic}.week01.word, in small letters")
    return key


def _read_countries(record: Record) -> frozenset[str]:
    countries = record.texts("countries")
    unknown = [one for one in countries if not zones_of(one)]
    if unknown:
        raise ContentError(record.at("countries"), f"“{unknown[0]}” is no country like VN or CN")
    return frozenset(countries)


def _read_tracks(record: Record, name: str) -> frozenset[Track]:
    words = record.texts(name)
    if not set(words) <= set(Track):
        raise ContentError(record.at(name), f"“{name}” must be some of {', '.join(Track)}")
    return frozenset(Track(word) for word in words)


def _read_window(record: Record) -> Window:
    if ("window" in record) == record.flag("on_request"):
        raise ContentError(record.at("key"), "a message has either a window or on_request: true")
    if "window" in record:
        return read_window(record)
    return read_window(record, "ages") if "ages" in record else _EVERY_AGE


def _read_tier(record: Record) -> Amount:
    tier = record.number("tier")
    if tier not in (Amount.FEW, Amount.SOME, Amount.ALL):
        raise ContentError(record.at("tier"), "the tier must be 1, 2 or 3")
    return Amount(tier)


def _read_audience(record: Record) -> Role | None:
    audience = record.text("audience")
    if audience == "anyone":
        return None
    if audience not in list(Role):
        raise ContentError(record.at("audience"), f"the audience must be anyone or one of {', '.join(Role)}")
    return Role(audience)


def _read_component(record: Record) -> Component:
    component = record.text("component")
    if component not in list(Component):
        raise ContentError(record.at("component"), f"the component must be one of {', '.join(Component)}")
    return Component(component)


def _read_ask(record: Record) -> Ask | None:
    if "ask" not in record:
        return None
    if record.text("ask") not in list(Ask):
        raise ContentError(record.at("ask"), f"“ask” must be one of {', '.join(Ask)}")
    return Ask(record.text("ask"))


def _read_parts(record: Record) -> Mapping[str, str]:
    parts = record.record("parts") if "parts" in record else Record(record.place)
    return MappingProxyType({name: parts.text(name) for name in parts})
