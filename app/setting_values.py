"""What each setting must look like: every function gives the value, or says in a ValueError what was expected."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

_SYSTEM_CLOCK = "system"
OWN_PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
"""The console answers here itself."""


@dataclass(frozen=True)
class Bind:
    """Where a server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_bind(text: object) -> Bind:
    """Read host:port; an IPv6 host stands in brackets."""
    if isinstance(text, Bind):
        return text
    match = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/\[\]]+)):([0-9]{1,5})", str(text).strip())
    if match is None or not 1 <= int(match[3]) <= 65535:
        raise ValueError("host:port, like 127.0.0.1:8080, with a port from 1 to 65535")
    return Bind(match[1] or match[2], int(match[3]))


def check_database_url(text: str) -> str:
    """One of the two engines, and for SQLite a file: what is only in memory no other process would see."""
    path = text.removeprefix("sqlite+aiosqlite:///")
    on_sqlite = path != text and path not in ("", ":memory:")
    on_postgresql = re.match(r"postgresql\+psycopg://\S", text) is not None
    if not (on_sqlite or on_postgresql):
        raise ValueError("sqlite+aiosqlite:///PATH or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE")
    return text


def check_token(text: str) -> str:
    """The shape of a bot's token, of any length: one that would break the address it becomes a part of is none."""
    if not re.fullmatch(r"[0-9]+:[^\s/?#%]+", text):
        raise ValueError("digits, a colon and a text, as BotFather gives it")
    return text


def check_webhook_secret(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", text):
        raise ValueError("1 to 256 of the characters A-Z, a-z, 0-9, _ and -")
    return text


def check_metrics_token(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._~+/=-]{16,256}", text):
        raise ValueError("16 to 256 of the characters A-Z, a-z, 0-9 and . _ ~ + / = -")
    return text


def read_yes_or_no(text: object) -> bool:
    """Read yes or no."""
    if isinstance(text, bool):
        return text
    if str(text).strip().lower() not in ("yes", "no"):
        raise ValueError("yes or no")
    return str(text).strip().lower() == "yes"


def check_secret_key(text: str) -> str:
    if len(text) < 32:
        raise ValueError(f"32 characters or more, and there are {len(text)}")
    return text


def check_api(text: str) -> str:
    return _check_origin(text, "an origin like https://api.telegram.org, with http or https and without /bot")


def check_clock(text: str) -> str:
    if text == _SYSTEM_CLOCK:
        return text
    return _check_origin(text, f"{_SYSTEM_CLOCK}, or the simulator's origin like http://127.0.0.1:8090")


def check_webhook_url(text: str) -> str:
    """The address Telegram is told; its path becomes our route, so nothing in it may read as a pattern."""
    url = _split(text)
    if url is None or url.query or url.fragment or re.search(r"[{}%\s]", url.path):
        raise ValueError("an http or https address without query and %-escapes, like https://bot.example.org/telegram")
    if url.path.rstrip("/") in OWN_PATHS:
        raise ValueError(f"an address with a path other than {url.path.rstrip('/')}, which is taken")
    return text


def number_between(least: float, most: float, what: str, *, open_below: bool = False) -> Callable[[object], float]:
    """A reader of numbers within these bounds, the lower one left out when asked."""

    def read(value: object) -> float:
        try:
            number = float(str(value))
        except ValueError:
            number = math.nan
        if not least <= number <= most or (open_below and number == least):
            raise ValueError(what)
        return number

    return read


def is_telegram(origin: str) -> bool:
    """Whether an origin is Telegram's own."""
    host = (urlsplit(origin).hostname or "").rstrip(".")
    return host == "telegram.org" or host.endswith(".telegram.org")


def _check_origin(text: str, expected: str) -> str:
    url = _split(text)
    if url is None or url.path not in ("", "/") or url.query or url.fragment:
        raise ValueError(expected)
    return text.rstrip("/")


def _split(text: str) -> SplitResult | None:
    """The parts of an http address that names a host and nobody's password; None for anything else."""
    try:
        url = urlsplit(text)
        well_formed = url.scheme in ("http", "https") and url.hostname and (url.port is None or url.port > 0)
    except ValueError:
        return None
    return url if well_formed and url.username is None and not re.search(r"\s", text) else None
