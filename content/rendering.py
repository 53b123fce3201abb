"""Renders a semantic message for its reader: one language for all of it, names escaped, labels plain."""

from collections.abc import Iterable, Iterator, Mapping

from content.errors import RenderingError
from content.languages import Languages
from content.placeholders import STATION, placeholders_of
from content.speech import Speech
from content.terms import Terms
from content.texts import Texts
from content.typesetting import Scope, Typesetter, scope_of
from domain.message import CalendarFile, Choice, Document, OutgoingMessage, Text, Value
from domain.reader import Reader
from domain.rendered import (
    RenderedCalendar,
    RenderedChoice,
    RenderedDocument,
    RenderedEvent,
    RenderedMessage,
    RenderedSection,
)

# What is said when the site did not tell us.
_UNKNOWN = {name: Text(f"common.{name}_unknown") for name in STATION}


class Renderer:
    """Renders for any reader. It keeps the compiled templates, so one is made at start and kept."""

    def __init__(self, texts: Texts, languages: Languages, terms: Mapping[str, Terms]) -> None:
        self._texts = texts
        self._languages = languages
        self._terms = terms
        self._speech = {tag: Speech(languages.get(tag)) for tag in languages.tags}
        self._html = self._typesetters(html=True)
        self._plain = self._typesetters(html=False)

    def render(self, message: OutgoingMessage, reader: Reader) -> RenderedMessage:
        """The whole message in the first of the reader's languages that has all of it."""
        labels = [choice.label for row in message.choices for choice in row]
        above = (message.whom,) if message.whom else ()
        printed = message.document.texts if message.document else ()
        dated = message.calendar.texts if message.calendar else ()
        tag = self._language_of((*above, message.body, *labels, *printed, *dated), reader)
        scope = self._scope(tag, reader)
        texts = (self._html[tag].set(text, scope) for text in (*above, message.body))
        return RenderedMessage(
            text="\n\n".join(texts) + self._fallback_mark(message.body, tag, reader),
            language=tag,
            choices=tuple(tuple(self._choice(choice, tag, scope) for choice in row) for row in message.choices),
            keyboard=message.keyboard,
            picture=message.picture,
            document=self._document(message.document, tag, scope) if message.document else None,
            calendar=self._calendar(message.calendar, tag, scope) if message.calendar else None,
            edits=message.edits,
            disarms=message.disarms,
            names_child=message.names_child,
            media=message.media,
            change=message.change,
        )

    def render_text(self, text: Text, reader: Reader) -> str:
        """One text as HTML."""
        tag = self._language_of((text,), reader)
        return self._html[tag].set(text, self._scope(tag, reader))

    def render_plain(self, text: Text, reader: Reader) -> str:
        """One text where no markup is understood: a button, a notice over the chat."""
        tag = self._language_of((text,), reader)
        return self._plain[tag].set(text, self._scope(tag, reader))

    def _typesetters(self, *, html: bool) -> dict[str, Typesetter]:
        return {tag: Typesetter(self._texts.tables[tag], self._speech[tag], html=html) for tag in self._terms}

    def _choice(self, choice: Choice, tag: str, scope: Scope) -> RenderedChoice:
        label = self._plain[tag].set(choice.label, scope)
        return RenderedChoice(label, choice.payload, choice.url, choice.asks_contact)

    def _document(self, document: Document, tag: str, scope: Scope) -> RenderedDocument:
        say = self._plain[tag].set
        sections = (
            RenderedSection(
                say(one.heading, scope),
                tuple(say(line, scope) for line in one.lines),
                tuple(tuple(say(cell, scope) for cell in row) for row in one.rows),
            )
            for one in document.sections
        )
        return RenderedDocument(document.file_name, say(document.title, scope), tuple(sections), document.layout)

    def _calendar(self, calendar: CalendarFile, tag: str, scope: Scope) -> RenderedCalendar:
        say = self._plain[tag].set
        events = (
            RenderedEvent(
                uid=one.uid,
                title=say(one.title, scope),
                place=say(one.place, scope),
                note=say(one.note, scope),
                on=one.on,
                zone=one.zone,
                opens=one.opens,
                closes=one.closes,
            )
            for one in calendar.events
        )
        return RenderedCalendar(calendar.file_name, calendar.made_at, tuple(events))

    def _language_of(self, texts: tuple[Text, ...], reader: Reader) -> str:
        keys = [key for text in texts for key in _keys_in(text)]
        unknown = [name for name, value in _station(reader).items() if not value]
        chain = self._languages.chain(reader.language)
        for tag in chain:
            if tag in self._terms and self._speaks(tag, keys, unknown):
                return tag
        missing = [key for key in keys if not self._texts.has(key, chain[-1])]
        raise RenderingError(f"no language has all of the texts {', '.join(missing or keys)}")

    def _speaks(self, tag: str, keys: Iterable[str], unknown: Iterable[str]) -> bool:
        table = self._texts.tables[tag]
        if not all(key in table for key in keys):
            return False
        used = [name for name in unknown for key in keys if name in placeholders_of(table[key]).names]
        return all(_UNKNOWN[name].key in table for name in used)

    def _scope(self, tag: str, reader: Reader) -> Scope:
        terms = self._terms[tag]
        station = {name: value or _UNKNOWN[name] for name, value in _station(reader).items()}
        return scope_of(
            reader.zone,
            {
                "child": self._children(tag, reader.children),
                "you": terms.you[reader.role],
                "You": terms.you_first[reader.role],
                **station,
            },
        )

    def _children(self, tag: str, names: tuple[str, ...]) -> str:
        if names and all(name.strip() for name in names):
            return self._speech[tag].join(names)
        return self._terms[tag].babies if len(names) > 1 else self._terms[tag].baby

    def _fallback_mark(self, body: Text, tag: str, reader: Reader) -> str:
        if tag == reader.language or body.key not in self._texts.health:
            return ""
        return f"\n({self._languages.get(tag).mark})"


def _station(reader: Reader) -> dict[str, str]:
    station = reader.station
    return {
        "station": station.name,
        "station_phone": station.phone,
        "station_hours": station.hours,
        "emergency_phone": station.emergency_phone,
        "protection_phone": station.protection_phone,
    }


def _keys_in(value: Value) -> Iterator[str]:
    if isinstance(value, Text):
        yield value.key
        for inner in value.values.values():
            yield from _keys_in(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _keys_in(inner)
