"""What somebody is told who sets Cradle up."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.setting_values import Bind
from app.settings import Settings, SettingsError, load_settings

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAF-a_text_that_only_BotFather_knows"
KEY = "k" * 32
Load = Callable[..., Settings]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Load:
    """Load with these CRADLE_… settings and no others; `env_file` is the text of the `.env`."""
    for name in [name for name in os.environ if name.upper().startswith("CRADLE_")]:
        monkeypatch.delenv(name)

    def load_with(env_file: str = "", **given: str) -> Settings:
        for name, value in given.items():
            monkeypatch.setenv(f"CRADLE_{name}", value)
        path = tmp_path / ".env"
        path.write_text(env_file, encoding="utf-8")
        return load_settings(path)

    return load_with


def problems_of(load: Load, **given: str) -> str:
    with pytest.raises(SettingsError) as refusal:
        load(**given)
    return str(refusal.value)


def test_with_nothing_set_it_starts_on_a_file_and_on_loopback(load: Load) -> None:
    settings = load()
    assert settings.database_url.startswith("sqlite+aiosqlite:///var/")
    assert (str(settings.bind), str(settings.simulator_bind)) == ("127.0.0.1:8080", "127.0.0.1:8090")
    assert settings.telegram_api == "https://api.telegram.org"
    assert (settings.chat_pace, settings.send_rate) == (1.0, 25.0)
    assert settings.telegram_token is None
    assert settings.webhook_path is None
    assert not settings.rehearsal


@pytest.mark.parametrize(
    ("name", "value", "attribute", "read"),
    [
        ("BIND", "0.0.0.0:80", "bind", Bind("0.0.0.0", 80)),
        ("BIND", "[::1]:8080", "bind", Bind("::1", 8080)),
        ("SIMULATOR_BIND", "localhost:9000", "simulator_bind", Bind("localhost", 9000)),
        ("TELEGRAM_API", "http://127.0.0.1:8090/", "telegram_api", "http://127.0.0.1:8090"),
        ("DATABASE_URL", "sqlite+aiosqlite:////srv/c.db", "database_url", "sqlite+aiosqlite:////srv/c.db"),
        ("DATABASE_URL", "postgresql+psycopg://c@db/c", "database_url", "postgresql+psycopg://c@db/c"),
        ("CHAT_PACE", "0", "chat_pace", 0.0),
        ("SEND_RATE", "30", "send_rate", 30.0),
        ("BIND", "", "bind", Bind("127.0.0.1", 8080)),
    ],
)
def test_a_right_value_is_taken(load: Load, name: str, value: str, attribute: str, read: object) -> None:
    assert getattr(load(**{name: value}), attribute) == read


@pytest.mark.parametrize(
    ("name", "value", "shown", "expected"),
    [
        ("DATABASE_URL", "postgresql://c:hush@db/c", "postgresql://…", "postgresql+psycopg://"),
        ("DATABASE_URL", "cradle.db", "no database address", "sqlite+aiosqlite:///PATH"),
        ("DATABASE_URL", "sqlite+aiosqlite:///", "sqlite+aiosqlite://…", "sqlite+aiosqlite:///PATH"),
        ("DATABASE_URL", "sqlite+aiosqlite:///:memory:", "sqlite+aiosqlite://…", "sqlite+aiosqlite:///PATH"),
        ("TELEGRAM_TOKEN", "hush", "not shown", "digits, a colon and a text"),
        ("TELEGRAM_TOKEN", "12:hush/hush", "not shown", "digits, a colon and a text"),
        ("TELEGRAM_API", "https://api.telegram.org/bot", "https://api.telegram.org/bot", "without /bot"),
        ("TELEGRAM_API", "api.telegram.org", "api.telegram.org", "an origin"),
        ("TELEGRAM_API", "http://127.0.0.1:99999", "http://127.0.0.1:99999", "an origin"),
        ("TELEGRAM_API", "https://c:hush@example.org", "…", "an origin"),
        ("WEBHOOK_URL", "ftp://example.org/in", "ftp://example.org/in", "http or https"),
        ("WEBHOOK_URL", "https://example.org/{all}", "https://example.org/{all}", "http or https"),
        ("WEBHOOK_URL", "https://example.org/healthz", "https://example.org/healthz", "other than /healthz"),
        ("WEBHOOK_SECRET", "hush hush", "not shown", "1 to 256"),
        ("WEBHOOK_SECRET", "hush" * 65, "not shown", "1 to 256"),
        ("BIND", "8080", "8080", "host:port"),
        ("BIND", "127.0.0.1:0", "127.0.0.1:0", "from 1 to 65535"),
        ("SIMULATOR_BIND", "127.0.0.1:65536", "127.0.0.1:65536", "from 1 to 65535"),
        ("WEBHOOK_SECRET_ALSO", "hush hush", "not shown", "1 to 256"),
        ("SECRET_KEY_ALSO", "hush", "not shown", "32 characters or more, and there are 4"),
        ("SECRET_KEY", "hush", "not shown", "32 characters or more, and there are 4"),
        ("CLOCK", "simulated", "simulated", "system, or the simulator's origin"),
        ("CHAT_PACE", "-1", "-1", "seconds from 0"),
        ("CHAT_PACE", "soon", "soon", "seconds from 0"),
        ("CHAT_PACE", "nan", "nan", "seconds from 0"),
        ("SEND_RATE", "0", "0", "at most 30"),
        ("SEND_RATE", "31", "31", "at most 30"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_and_what_was_expected(
    load: Load, name: str, value: str, shown: str, expected: str
) -> None:
    problem = problems_of(load, **{name: value})
    assert problem.startswith(f"CRADLE_{name} is ")
    assert shown in problem
    assert expected in problem
    assert "hush" not in problem
    assert problem.count("\n") == 0


def test_everything_that_is_wrong_is_told_at_once(load: Load) -> None:
    problems = problems_of(load, BIND="here", CLOCK="mine", TELEGRAM_TOKN=TOKEN)
    assert len(problems.splitlines()) == 3


def test_a_misspelt_name_is_refused_with_the_one_that_was_meant(load: Load) -> None:
    assert problems_of(load, TELEGRAM_TOKN=TOKEN) == (
        "CRADLE_TELEGRAM_TOKN is not a setting: did you mean CRADLE_TELEGRAM_TOKEN?"
    )


def test_a_misspelt_name_in_the_file_is_refused_too(load: Load) -> None:
    assert "did you mean CRADLE_WEBHOOK_URL?" in problems_of(load, env_file="CRADLE_WEB_HOOK_URL=https://example.org\n")


def test_names_of_other_programs_in_the_file_are_left_alone(load: Load) -> None:
    assert load(env_file="POSTGRES_PASSWORD=hush\n").bind.port == 8080


def test_the_environment_wins_over_the_file(load: Load) -> None:
    assert load(env_file="CRADLE_BIND=127.0.0.1:1000\n").bind.port == 1000
    assert load(env_file="CRADLE_BIND=127.0.0.1:1000\n", BIND="127.0.0.1:2000").bind.port == 2000


def test_a_wrong_value_in_the_file_is_shown_as_it_stands_there(load: Load) -> None:
    assert 'CRADLE_BIND is "there"' in problems_of(load, env_file="CRADLE_BIND=there\n")


def test_a_webhook_without_a_secret_gets_one_from_the_key(load: Load) -> None:
    first = load(SECRET_KEY="k" * 32, WEBHOOK_URL="https://bot.example.org/telegram")
    second = load(SECRET_KEY="q" * 32, WEBHOOK_URL="https://bot.example.org/telegram")

    assert len(first.require_webhook_secret()) == 64
    assert first.require_webhook_secret() != second.require_webhook_secret()
    assert load(SECRET_KEY="k" * 32, WEBHOOK_SECRET="own").require_webhook_secret() == "own"


def test_while_the_key_or_the_secret_changes_both_are_known(load: Load) -> None:
    derived = {load(SECRET_KEY=key * 32).require_webhook_secret() for key in "kq"}
    changing = load(SECRET_KEY="q" * 32, SECRET_KEY_ALSO="k" * 32, WEBHOOK_SECRET_ALSO="of-before")
    assert set(changing.webhook_secrets()) == {*derived, "of-before"}
    assert changing.webhook_secrets()[0] == changing.require_webhook_secret()
    assert changing.other_keys() == ("k" * 32,)


def test_without_a_change_one_secret_and_one_key_are_known(load: Load) -> None:
    settings = load(SECRET_KEY="k" * 32, WEBHOOK_SECRET="own")
    assert (settings.webhook_secrets(), settings.other_keys()) == (("own",), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As a container hands secrets over: a file for each."""
    made = tmp_path / "secrets"
    made.mkdir()
    (made / "cradle_telegram_token").write_text(f"{TOKEN}\n", encoding="utf-8")
    (made / "cradle_secret_key").write_text(f"{KEY}\n", encoding="utf-8")
    (made / "postgres_password").write_text("hush", encoding="utf-8")
    return made


def test_secrets_may_lie_in_files_of_their_own(load: Load, folder: Path) -> None:
    settings = load(SECRETS=str(folder))
    assert (settings.require_token(), settings.require_secret_key()) == (TOKEN, KEY)
    assert load(SECRETS=str(folder), SECRET_KEY="q" * 32).require_secret_key() == "q" * 32


def test_a_wrong_file_among_the_secrets_is_told_and_not_shown(load: Load, folder: Path) -> None:
    (folder / "cradle_telegram_tokn").write_text("1:hush", encoding="utf-8")
    (folder / "cradle_secret_key").write_text("hush", encoding="utf-8")
    problems = problems_of(load, SECRETS=str(folder))
    assert "did you mean CRADLE_TELEGRAM_TOKEN?" in problems
    assert "CRADLE_SECRET_KEY is not usable" in problems
    assert "hush" not in problems
    assert "a folder with a readable file" in problems_of(load, SECRETS=str(folder / "nowhere"))


@pytest.mark.parametrize(
    "api", ["https://api.telegram.org", "http://API.telegram.org:443", "https://api.telegram.org."]
)
def test_a_rehearsal_never_reaches_telegram(load: Load, api: str) -> None:
    clock = "http://127.0.0.1:8090"
    assert "must not reach real people" in problems_of(load, CLOCK=clock, TELEGRAM_API=api)
    assert load(CLOCK=clock, TELEGRAM_API="http://127.0.0.1:8090").rehearsal


def test_secrets_are_never_printed(load: Load) -> None:
    settings = load(
        TELEGRAM_TOKEN=TOKEN,
        SECRET_KEY=KEY,
        WEBHOOK_SECRET="hush",
        DATABASE_URL="postgresql+psycopg://c:hush@db/c",
    )
    printed = f"{settings} {settings!r}"
    assert not any(secret in printed for secret in (TOKEN, KEY, "hush"))
    assert (settings.require_token(), settings.require_secret_key()) == (TOKEN, KEY)


def test_a_command_that_needs_a_token_says_so(load: Load) -> None:
    with pytest.raises(SettingsError, match="CRADLE_TELEGRAM_TOKEN is not set; expected the bot's token"):
        load().require_token()
    with pytest.raises(SettingsError, match="CRADLE_SECRET_KEY is not set; expected any 32 characters"):
        load().require_secret_key()


def test_the_example_file_names_every_setting_and_can_be_used_as_it_is(load: Load) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert load(env_file=example) == load()
    named = {line.partition("=")[0] for line in example.splitlines() if line and not line.startswith("#")}
    assert named == {f"CRADLE_{name.upper()}" for name in Settings.model_fields}


def test_settings_cannot_be_changed_later(load: Load) -> None:
    with pytest.raises(ValueError, match="frozen"):
        load().clock = "http://127.0.0.1:8090"  # type: ignore[misc] # it is what is tried here


def test_a_file_in_another_encoding_is_one_clear_sentence(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes("CRADLE_BIND=máy:80".encode("latin-1"))
    with pytest.raises(SettingsError, match="is not UTF-8 text"):
        load_settings(path)


def test_a_file_that_begins_with_a_byte_order_mark_is_read(load: Load) -> None:
    assert load(env_file="\ufeffCRADLE_BIND=127.0.0.1:1000\n").bind.port == 1000
