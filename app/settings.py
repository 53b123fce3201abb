"""The settings, from the environment or `.env`: read nowhere else, and refused in words when they are wrong."""

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.logging import without_secrets
from app.setting_values import (
    Bind,
    check_api,
    check_clock,
    check_database_url,
    check_metrics_token,
    check_secret_key,
    check_token,
    check_webhook_secret,
    check_webhook_url,
    is_telegram,
    number_between,
    read_bind,
    read_yes_or_no,
)
from bot.transport.choice import ENVIRONMENT, Library

_PREFIX = "CRADLE_"
_ENCODING = "utf-8-sig"  # Some editors begin a UTF-8 file with a mark, which would become part of the first name.
_ALSO = "_ALSO"
_ROTATED = ("CRADLE_WEBHOOK_SECRET", "CRADLE_SECRET_KEY")
_SECRET = frozenset(
    {"CRADLE_TELEGRAM_TOKEN", "CRADLE_TELEGRAM_PROXY", "CRADLE_METRICS_TOKEN"}
    | {*_ROTATED, *(name + _ALSO for name in _ROTATED)}
)

_read_pace = number_between(0, 3600, "a number of seconds from 0 to 3600")
_read_rate = number_between(0, 30, "a number of messages a second, above 0 and at most 30", open_below=True)
_read_limit = number_between(10, 604_800, "a number of seconds from 10 to 604800")
_Limit = Annotated[float, BeforeValidator(_read_limit)]
_Address = Annotated[Bind, NoDecode, BeforeValidator(read_bind)]


class SettingsError(Exception):
    """The settings cannot be used; each problem is a sentence that names the setting and what was expected."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _inside(check: Callable[[str], str]) -> AfterValidator:
    """Look at a secret, and hand it on still covered."""

    def look(secret: SecretStr) -> SecretStr:
        check(secret.get_secret_value())
        return secret

    return AfterValidator(look)


def _check_library(name: object) -> object:
    if name not in ("aiohttp", "httpx"):
        raise ValueError("aiohttp or httpx")
    return name


def _check_proxy(text: str) -> str:
    """It may hold a name and a password, and is a host and a port otherwise."""
    expected = f"http://HOST:PORT, socks5://HOST:PORT, or {ENVIRONMENT} for what HTTPS_PROXY names"
    if text == ENVIRONMENT:
        return text
    try:
        url = urlsplit(text)
        well_formed = url.scheme in ("http", "socks5") and url.hostname and url.port
    except ValueError:
        raise ValueError(expected) from None
    if not well_formed or url.path not in ("", "/") or url.query or url.fragment:
        raise ValueError(expected)
    return text.rstrip("/")


class Settings(BaseSettings):
    """All that can be set from outside. `.env.example` says what each is for."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    # The address may hold a password, so it stays out of repr as the secrets do.
    database_url: Annotated[str, AfterValidator(check_database_url)] = Field(
        default="sqlite+aiosqlite:///var/cradle.sqlite3", repr=False
    )
    telegram_token: Annotated[SecretStr, _inside(check_token)] | None = None
    telegram_api: Annotated[str, AfterValidator(check_api)] = "https://api.telegram.org"
    telegram_proxy: Annotated[str, AfterValidator(_check_proxy)] | None = Field(default=None, repr=False)
    transport: Annotated[Library, BeforeValidator(_check_library)] = "aiohttp"
    webhook_url: Annotated[str, AfterValidator(check_webhook_url)] | None = Field(default=None, repr=False)
    webhook_secret: Annotated[SecretStr, _inside(check_webhook_secret)] | None = None
    webhook_secret_also: Annotated[SecretStr, _inside(check_webhook_secret)] | None = None
    bind: _Address = Bind("127.0.0.1", 8080)
    secret_key: Annotated[SecretStr, _inside(check_secret_key)] | None = None
    secret_key_also: Annotated[SecretStr, _inside(check_secret_key)] | None = None
    secrets: Path | None = None
    clock: Annotated[str, AfterValidator(check_clock)] = "system"
    chat_pace: Annotated[float, BeforeValidator(_read_pace)] = 1.0
    send_rate: Annotated[float, BeforeValidator(_read_rate)] = 25.0
    erased_list: Path | None = None
    metrics_token: Annotated[SecretStr, _inside(check_metrics_token)] | None = None
    alarm_replies: _Limit = 120.0
    alarm_queue: _Limit = 3600.0
    alarm_tick: _Limit = 3600.0
    alarm_updates: _Limit = 120.0
    alarm_at_night: Annotated[bool, BeforeValidator(read_yes_or_no)] = True
    audit_days: Annotated[int, Field(ge=1, le=30)] = 3
    simulator_bind: _Address = Bind("127.0.0.1", 8090)

    @property
    def rehearsal(self) -> bool:
        """Whether the clock is simulated: nobody real is written to, and drafts may be sent."""
        return self.clock != "system"

    @property
    def webhook_path(self) -> str | None:
        """The route on which Telegram's updates arrive, or None when we poll."""
        return (urlsplit(self.webhook_url).path or "/") if self.webhook_url else None

    def require_webhook_secret(self) -> str:
        """What Telegram's header must hold; derived from the key where none is set, so that there always is one."""
        if self.webhook_secret is not None:
            return self.webhook_secret.get_secret_value()
        return _derived_secret(self.require_secret_key())

    def webhook_secrets(self) -> tuple[str, ...]:
        """What a delivery may hold; while a secret or the key is being changed, the other one too."""
        secrets = [self.require_webhook_secret()]
        if self.webhook_secret_also is not None:
            secrets.append(self.webhook_secret_also.get_secret_value())
        return tuple(secrets + [_derived_secret(key) for key in self.other_keys()])

    def require_token(self) -> str:
        """The bot's token, for a command that cannot do without."""
        return _required(self.telegram_token, "CRADLE_TELEGRAM_TOKEN", "the bot's token, as BotFather gives it")

    def require_secret_key(self) -> str:
        """The key, for a command that cannot do without."""
        return _required(self.secret_key, "CRADLE_SECRET_KEY", "any 32 characters or more, kept secret")

    def other_keys(self) -> tuple[str, ...]:
        """The key under which nothing new is made, and what was made is still known."""
        return (self.secret_key_also.get_secret_value(),) if self.secret_key_also is not None else ()


def load_settings(env_file: Path = Path(".env")) -> Settings:
    """Read everything and check it; SettingsError holds a sentence for each thing that is wrong."""
    in_file = _read_env_file(env_file)
    surroundings = {name: value for name, value in os.environ.items() if value}
    kept = _read_secrets({**in_file, **surroundings}.get("CRADLE_SECRETS"))
    written, given = {**kept, **in_file}, {**kept, **in_file, **surroundings}
    problems = list(_unknown_names(written, given))
    try:
        apart: dict[str, Any] = {name.removeprefix(_PREFIX).lower(): given[name] for name in kept}
        settings = Settings(_env_file=env_file, _env_file_encoding=_ENCODING, **apart)
    except ValidationError as error:
        values = {name.upper(): value for name, value in given.items()}
        raise SettingsError(*problems, *(_as_sentence(fault, values) for fault in error.errors())) from None
    problems.extend(_conflicts(settings))
    if problems:
        raise SettingsError(*problems)
    return settings


def _read_env_file(path: Path) -> dict[str, str]:
    try:
        return {name: value for name, value in dotenv_values(path, encoding=_ENCODING).items() if value}
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8 text: save it as UTF-8.") from None


def _read_secrets(folder: str | None) -> dict[str, str]:
    """A folder with a file for each secret, as containers and systemd hand them over: `cradle_telegram_token` …"""
    if folder is None:
        return {}
    try:
        files = [file for file in sorted(Path(folder).iterdir()) if file.name.upper().startswith(_PREFIX)]
        found = {file.name.upper(): file.read_text(encoding=_ENCODING).strip() for file in files}
    except (OSError, UnicodeDecodeError) as error:
        expected = "a folder with a readable file for each secret"
        raise SettingsError(f'CRADLE_SECRETS is "{folder}" ({type(error).__name__}); expected {expected}.') from None
    return {name: value for name, value in found.items() if value}


def _unknown_names(written: dict[str, str], given: dict[str, str]) -> Iterator[str]:
    """A typo must not pass silently. In the environment a name like none of ours may be somebody else's."""
    known = [_PREFIX + name.upper() for name in Settings.model_fields]
    for name in sorted(given):
        if not name.upper().startswith(_PREFIX) or name.upper() in known:
            continue
        near = get_close_matches(name.upper(), known, n=1, cutoff=0.8)
        if near or name in written:
            yield f"{name} is not a setting{f': did you mean {near[0]}?' if near else ' of Cradle.'}"


def _as_sentence(fault: ErrorDetails, values: dict[str, str]) -> str:
    name = _PREFIX + str(fault["loc"][0]).upper()
    return f"{name} is {_shown(name, values.get(name, ''))}; expected {_expected(fault)}."


def _expected(fault: ErrorDetails) -> str:
    return fault["msg"].removeprefix("Value error, ")


def _shown(name: str, value: str) -> str:
    """What was given, without anything that may be a secret in it."""
    if name in _SECRET:
        return "not usable (its value is not shown)"
    if name == "CRADLE_DATABASE_URL":
        scheme, separator, _ = value.partition("://")
        return f'"{scheme}://…"' if separator else "no database address"
    return f'"{without_secrets(value) if "@" not in value else "…"}"'


def _conflicts(settings: Settings) -> Iterator[str]:
    if settings.rehearsal and is_telegram(settings.telegram_api):
        yield (
            f'CRADLE_TELEGRAM_API is "{settings.telegram_api}"; expected the simulator\'s address, because '
            "CRADLE_CLOCK is simulated and what is rehearsed must not reach real people."
        )


def _derived_secret(key: str) -> str:
    return hmac.new(key.encode(), b"webhook", hashlib.sha256).hexdigest()


def _required(secret: SecretStr | None, name: str, expected: str) -> str:
    if secret is None:
        raise SettingsError(f"{name} is not set; expected {expected}.")
    return secret.get_secret_value()
