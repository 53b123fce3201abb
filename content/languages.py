"""Our own registry of languages: what is offered, what Telegram's codes mean, where a missing text falls back to."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

from content.errors import ContentError, UnknownLanguage
from content.yaml_files import Record, read_record

DEFAULT = "vi"
SOURCE = "en"

_REQUIRED = ("tag", "autonym", "mark", "formatting", "fallback", "script", "text")
_OPTIONAL = ("full", "day", "short", "weekdays", "sentences", "telegram")


@dataclass(frozen=True)
class Language:
    """One row of the registry. `text` says whether families can be written to in it."""

    tag: str
    autonym: str
    mark: str
    formatting: str
    fallback: tuple[str, ...]
    script: str
    text: bool
    full: str = "full"
    day: str = "EEEE, d MMMM"
    short: str = "d/M/y"
    weekdays: tuple[str, ...] = ()
    sentences: str = " "
    telegram: tuple[str, ...] = ()


class Languages:
    """Every language a family can have, by our own tag."""

    def __init__(self, rows: Mapping[str, Language]) -> None:
        self._rows = MappingProxyType(dict(rows))
        self._by_code = {code: row.tag for row in self.choices() for code in row.telegram}
        self._chains = {tag: tuple(dict.fromkeys((tag, *row.fallback, SOURCE))) for tag, row in self._rows.items()}

    @property
    def tags(self) -> tuple[str, ...]:
        """All tags, in the order of the registry."""
        return tuple(self._rows)

    def get(self, tag: str) -> Language:
        """The language of this tag; raises UnknownLanguage."""
        if tag not in self._rows:
            raise UnknownLanguage(f"“{tag}” is not in content/languages.yaml")
        return self._rows[tag]

    def choices(self) -> tuple[Language, ...]:
        """The languages that have texts and may be chosen."""
        return tuple(row for row in self._rows.values() if row.text)

    def spoken(self) -> tuple[Language, ...]:
        """Every language that families speak, written or not."""
        return tuple(self._rows.values())

    def guess(self, telegram_code: str | None) -> str:
        """The language that a phone's setting suggests; Vietnamese when it suggests none of ours."""
        code = (telegram_code or "").lower().replace("_", "-")
        return self._by_code.get(code) or self._by_code.get(code.partition("-")[0]) or DEFAULT

    def chain(self, tag: str) -> tuple[str, ...]:
        """The languages to try for a reader of `tag`, the best first, English last."""
        return self._chains[self.get(tag).tag]


def load_languages(root: Path) -> Languages:
    """The registry of content/languages.yaml, proved."""
    top = read_record(root / "content" / "languages.yaml", root)
    top.only(["languages"])
    rows: dict[str, Language] = {}
    for record in top.records("languages"):
        language = _read_language(record)
        if language.tag in rows:
            raise ContentError(record.place, f"the language “{language.tag}” is there twice")
        rows[language.tag] = language
    _prove_fallbacks(top, rows)
    return Languages(rows)


def _read_language(record: Record) -> Language:
    record.only(_REQUIRED, _OPTIONAL)
    _prove_formatting(record)
    return Language(
        tag=record.text("tag"),
        autonym=record.text("autonym"),
        mark=record.text("mark"),
        formatting=record.text("formatting"),
        fallback=record.texts("fallback"),
        script=record.text("script"),
        text=record.flag("text"),
        full=record.text("full", Language.full),
        day=record.text("day", Language.day),
        short=record.text("short", Language.short),
        weekdays=_read_weekdays(record),
        sentences=record.text("sentences", Language.sentences),
        telegram=record.texts("telegram"),
    )


def _prove_formatting(record: Record) -> None:
    try:
        Locale.parse(record.text("formatting"))
    except (UnknownLocaleError, ValueError) as error:
        raise ContentError(record.at("formatting"), "“formatting” must be a locale that CLDR has") from error


def _read_weekdays(record: Record) -> tuple[str, ...]:
    days = record.texts("weekdays")
    if len(days) not in (0, 7):
        raise ContentError(record.at("weekdays"), "“weekdays” must name seven days, Monday first")
    return days


def _prove_fallbacks(top: Record, rows: Mapping[str, Language]) -> None:
    for record in top.records("languages"):
        for tag in rows[record.text("tag")].fallback:
            if tag not in rows:
                raise ContentError(record.at("fallback"), f"“{tag}” is not a language of this file")
    for tag in (DEFAULT, SOURCE):
        if tag not in rows:
            raise ContentError(top.place, f"the language “{tag}” is missing")
