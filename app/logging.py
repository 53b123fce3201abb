"""Logs: one JSON object a line, or a short line for a person at a terminal, without tokens and phone numbers."""

import json
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime

_QUIET = ("alembic", "httpx", "httpcore", "aiohttp", "telegram", "aiosqlite", "apscheduler", "uvicorn")
_OWN_ATTRIBUTES = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

_COLON = r"(?::|%3A)"
_TOKEN = re.compile(rf"/bot\d+{_COLON}[^/\s\"']+|(?<!\d)\d{{5,}}{_COLON}[A-Za-z0-9_-]{{10,}}", re.IGNORECASE)
_INSTANT = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?!\d)"
_NEXT_DIGIT = r"(?:[\s.()/\-\u00a0\u2010-\u2014]{0,2}\d)"
# An instant is tried first: without that, its digits and hyphens would read as a local number.
_NUMBER = re.compile(
    rf"(?<!\d)(?:(?P<instant>{_INSTANT})|\+\(?\d{_NEXT_DIGIT}{{6,14}}(?!\d)|\(?\d{_NEXT_DIGIT}{{8,14}}(?!\d))"
)


def without_secrets(text: str) -> str:
    """The text without bot tokens and without what reads as a telephone number."""
    return _NUMBER.sub(lambda match: match["instant"] or "[phone]", _TOKEN.sub(_hide_token, text))


class SecretsFilter(logging.Filter):
    """Cleans message, fields, exception and stack of a record before any handler writes them."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(_message(record)), None
        for name in _field_names(record):
            setattr(record, name, _clean(getattr(record, name)))
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_secrets(record.exc_text)
        if record.stack_info:
            record.stack_info = without_secrets(record.stack_info)
        return True


class JsonLine(logging.Formatter):
    """A record as one JSON object: time, level, name, event, and its fields."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _at(record).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "name": record.name,
            "event": record.getMessage(),
            "fields": {name: getattr(record, name) for name in _field_names(record)},
        }
        if trouble := _trouble(record):
            line["exception"] = trouble
        return json.dumps(line, ensure_ascii=False)


class HumanLine(logging.Formatter):
    """A record as a short line for somebody who watches."""

    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={getattr(record, name)}" for name in _field_names(record))
        line = f"{_at(record).astimezone():%H:%M:%S} {record.levelname:<7} {record.name}: {record.getMessage()}{fields}"
        trouble = _trouble(record)
        return f"{line}\n{trouble}" if trouble else line


def configure_logging(human: bool) -> None:
    """Take over the root logger; libraries that talk much, or name tokens, speak only from warnings on."""
    handler = logging.StreamHandler()
    handler.addFilter(SecretsFilter())
    handler.setFormatter(HumanLine() if human else JsonLine())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _hide_token(match: re.Match[str]) -> str:
    return "/bot[token]" if match[0].casefold().startswith("/bot") else "[token]"


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        # A wrong placeholder is our slip; the logging library would print its arguments uncleaned.
        return f"{record.msg} (with arguments that do not fit)"


def _field_names(record: logging.LogRecord) -> list[str]:
    return [name for name in record.__dict__ if name not in _OWN_ATTRIBUTES]


def _clean(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {without_secrets(str(key)): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(item) for item in value]
    return without_secrets(str(value))


def _at(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _trouble(record: logging.LogRecord) -> str:
    return "\n".join(part for part in (record.exc_text, record.stack_info) if part)
