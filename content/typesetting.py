"""Fills in the texts of one language: templates in a sandbox, compiled once, whose values are written its way."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from content.beginnings import beginning_of
from content.errors import RenderingError
from content.spacing import after_han, before_han, with_spaced_values
from content.speech import Speech
from domain.message import Text

Scope = Mapping[str, object]

_SCOPE = "_scope"
_ZONE = "_zone"


def scope_of(zone: str, variables: Mapping[str, object]) -> Scope:
    """What every text of one message may use, and where its reader lives."""
    return {**variables, _ZONE: zone}


class Typesetter:
    """The texts of one language in one dress: with Telegram's markup, or plain as buttons want it."""

    def __init__(self, texts: Mapping[str, str], speech: Speech, *, html: bool) -> None:
        self._texts = texts
        self._speech = speech
        self._html = html
        self._templates: dict[str, Template] = {}
        self._environment = SandboxedEnvironment(autoescape=html, undefined=StrictUndefined, finalize=self._finalize)
        self._environment.filters = {
            "time": self._time,
            "day": self._day,
            "short": self._short,
            "capital": self._capital,
            "sentences": self._sentences,
            "lines": self._lines,
            "beginning": self._beginning,
            "after_han": self._after_han,
            "before_han": self._before_han,
        }
        self._environment.globals = {}

    def set(self, text: Text, scope: Scope) -> str:
        """The text with everything filled in; its own values come before the reader's."""
        template = self._templates.get(text.key) or self._compile(text.key)
        try:
            return template.render({**scope, **text.values, _SCOPE: scope})
        except (TemplateError, TypeError, ValueError) as error:
            raise RenderingError(f"“{text.key}” in {self._speech.language.tag}: {error}") from error

    def _compile(self, key: str) -> Template:
        try:
            template = self._environment.from_string(self._source(key))
        except TemplateError as error:
            raise RenderingError(f"“{key}” in {self._speech.language.tag}: {error}") from error
        self._templates[key] = template
        return template

    def _source(self, key: str) -> str:
        source = self._texts[key]
        return with_spaced_values(source) if self._speech.language.script == "Hans" else source

    @pass_context
    def _finalize(self, context: Context, value: object) -> object:
        if isinstance(value, str):
            return value
        if isinstance(value, Text):
            return self._marked(self.set(value, context[_SCOPE]))
        if isinstance(value, tuple):
            return self._marked(self._speech.join(self._items(context, value)))
        if isinstance(value, date):
            return self._speech.full_date(value, context[_ZONE])
        return value

    @pass_context
    def _time(self, context: Context, value: Any) -> str:
        return self._speech.time(value, context[_ZONE])

    @pass_context
    def _day(self, context: Context, value: Any) -> str:
        return self._speech.day(value, context[_ZONE])

    @pass_context
    def _short(self, context: Context, value: Any) -> str:
        return self._speech.short_date(value, context[_ZONE])

    @pass_context
    def _capital(self, context: Context, value: object) -> str:
        written = self._written(context, value)
        return self._marked(written[:1].title() + written[1:])

    @pass_context
    def _after_han(self, context: Context, value: object) -> str:
        return self._marked(after_han(self._written(context, value)))

    @pass_context
    def _before_han(self, context: Context, value: object) -> str:
        return self._marked(before_han(self._written(context, value)))

    @pass_context
    def _sentences(self, context: Context, value: tuple[object, ...]) -> str:
        return self._marked(self._speech.language.sentences.join(self._items(context, value)))

    @pass_context
    def _lines(self, context: Context, value: tuple[object, ...]) -> str:
        return self._marked("\n".join(self._items(context, value)))

    @pass_context
    def _beginning(self, context: Context, value: object) -> str:
        return self._marked(beginning_of(self._written(context, value)))

    def _items(self, context: Context, values: Sequence[object]) -> list[str]:
        return [self._written(context, value) for value in values]

    def _written(self, context: Context, value: object) -> str:
        written = self._finalize(context, value)
        return str(escape(written)) if self._html else str(written)

    def _marked(self, text: str) -> str:
        """Says to the template that this is escaped already."""
        return Markup(text) if self._html else text  # noqa: S704 -- its pieces were escaped one by one
