"""What stands in the logs, and what never does."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from app.logging import configure_logging, without_secrets

TOKEN = "123456789:AAF-a_text_that_only_BotFather_knows"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is written from here on, by a logger set up as the program does it."""
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr("sys.stderr", stream)
    root.handlers = []
    configure_logging(human=False)
    yield stream
    logging.captureWarnings(False)
    root.handlers, root.level = handlers, level


def line_of(written: io.StringIO) -> dict[str, Any]:
    (line,) = written.getvalue().splitlines()
    read: dict[str, Any] = json.loads(line)
    return read


def test_a_line_is_one_json_object_with_its_fields(written: io.StringIO) -> None:
    logging.getLogger("bot.sending").info("message_sent", extra={"outbox": 7, "language": "vi"})
    line = line_of(written)
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info",
        "name": "bot.sending",
        "event": "message_sent",
        "fields": {"outbox": 7, "language": "vi"},
    }


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (f"POST http://127.0.0.1:8090/bot{TOKEN}/sendMessage", "POST http://127.0.0.1:8090/bot[token]/sendMessage"),
        (f"https://api.telegram.org/file/bot{TOKEN}/a.jpg", "https://api.telegram.org/file/bot[token]/a.jpg"),
        ("http://127.0.0.1:8090/bot42:short/getMe", "http://127.0.0.1:8090/bot[token]/getMe"),
        ("/bot123456789%3AAAF-a_text_that/getMe", "/bot[token]/getMe"),
        (f"the token {TOKEN} is refused", "the token [token] is refused"),
        ("call +84 912 345 678 now", "call [phone] now"),
        ("call +84912345678", "call [phone]"),
        ("call +86-139-1234-5678.", "call [phone]."),
        ("call (0912) 345 678", "call [phone]"),
        ("call 0912.345.678 or 0203 3825 115", "call [phone] or [phone]"),
        ("tel:13912345678", "tel:[phone]"),
        ("caregiver_0912345678", "caregiver_[phone]"),
        ("planned for 2026-11-22T05:00:00.250+00:00", "planned for 2026-11-22T05:00:00.250+00:00"),
        ("planned for 2026-11-22 05:00:00", "planned for 2026-11-22 05:00:00"),
        ("12 rows on 127.0.0.1:8080 in 250 ms", "12 rows on 127.0.0.1:8080 in 250 ms"),
    ],
)
def test_tokens_and_telephone_numbers_are_taken_out_and_dates_stay(text: str, cleaned: str) -> None:
    assert without_secrets(text) == cleaned


def test_arguments_and_fields_are_cleaned_however_deep(written: io.StringIO) -> None:
    extra = {"request": {"url": f"/bot{TOKEN}/getMe", "to": ["+84912345678"]}, "chat": 912345678}
    logging.getLogger("bot").warning("asked %s", TOKEN, extra=extra)
    line = line_of(written)
    assert line["event"] == "asked [token]"
    assert line["fields"] == {"request": {"url": "/bot[token]/getMe", "to": ["[phone]"]}, "chat": 912345678}


def test_an_exceptions_text_and_its_causes_are_cleaned(written: io.StringIO) -> None:
    try:
        try:
            raise ConnectionError(f"no answer from /bot{TOKEN}/getMe")
        except ConnectionError as error:
            raise ValueError("number 0912 345 678") from error
    except ValueError:
        logging.getLogger("bot").exception("call_failed")
    exception = line_of(written)["exception"]
    assert "ValueError: number [phone]" in exception
    assert "/bot[token]/getMe" in exception
    assert TOKEN not in exception


def test_a_slip_in_a_log_call_costs_nobody_a_secret(written: io.StringIO) -> None:
    logging.getLogger("bot").warning("asked %s and %s", TOKEN)
    assert line_of(written)["event"] == "asked %s and %s (with arguments that do not fit)"


@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "telegram.ext", "aiosqlite", "apscheduler.executors"])
def test_libraries_that_talk_much_speak_only_from_warnings_on(written: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("HTTP Request: POST")
    assert written.getvalue() == ""
    logging.getLogger(name).warning("trouble")
    assert line_of(written)["event"] == "trouble"


def test_at_a_terminal_a_line_is_short_and_clean_too(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", written)
    configure_logging(human=True)
    logging.getLogger("bot.sending").info("message_sent", extra={"to": "+84912345678", "outbox": 7})
    assert written.getvalue().endswith(" INFO    bot.sending: message_sent to=[phone] outbox=7\n")
