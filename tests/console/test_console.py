"""What Telegram and an operator get from the console."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from console.application import Seeing, make_console
from console.health import Readiness
from console.metrics import Figures, Gate
from console.webhook import Webhook

SECRET = "a_secret-1"
OTHER_SECRET = "a_secret-2"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = b'{"update_id": 7, "message": {}}'


class NotAnUpdateError(Exception):
    """As the service says it."""


@dataclass
class Programme:
    """The rest of the house: keeps bodies, or has a trouble."""

    stored: list[bytes] = field(default_factory=list)
    trouble: Exception | None = None
    why: tuple[str, ...] = ()

    async def receive(self, body: bytes) -> bool:
        if self.trouble:
            raise self.trouble
        if b"update_id" not in body:
            raise NotAnUpdateError
        self.stored.append(body)
        return True

    async def ready(self) -> Readiness:
        if self.trouble:
            raise self.trouble
        return Readiness(self.why, {"parked_updates": 2})

    async def measure(self) -> Figures:
        raise self.trouble or LookupError

    @property
    def seeing(self) -> Seeing:
        return Seeing(self.ready, self.measure, Gate(None, "127.0.0.1"))


@pytest.fixture
def programme() -> Programme:
    return Programme()


def console(programme: Programme, webhook_path: str | None = "/telegram") -> Starlette:
    return make_console(
        webhook_path=webhook_path,
        webhook_secrets=(SECRET, OTHER_SECRET),
        receive=programme.receive,
        unreadable=NotAnUpdateError,
        seeing=programme.seeing,
    )


@pytest.fixture
async def client(programme: Programme) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(console(programme))
    async with httpx.AsyncClient(transport=transport, base_url="http://console") as client:
        yield client


async def deliver(client: httpx.AsyncClient, body: bytes = UPDATE, secret: str = SECRET) -> int:
    return (await client.post("/telegram", content=body, headers={HEADER: secret})).status_code


async def test_an_update_is_stored_as_it_came_and_acknowledged(client: httpx.AsyncClient, programme: Programme) -> None:
    assert await deliver(client) == 200
    assert programme.stored == [UPDATE]


async def test_while_the_secret_is_being_changed_both_are_taken(
    client: httpx.AsyncClient, programme: Programme
) -> None:
    assert [await deliver(client, secret=one) for one in (SECRET, OTHER_SECRET, "a_secret-3")] == [200, 200, 403]
    assert programme.stored == [UPDATE, UPDATE]


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: "another"}, {HEADER: "bí mật".encode()}])
async def test_without_the_right_secret_nothing_is_stored(
    client: httpx.AsyncClient, programme: Programme, headers: dict[str, str]
) -> None:
    assert (await client.post("/telegram", content=UPDATE, headers=headers)).status_code == 403
    assert programme.stored == []


async def test_what_is_refused_is_counted_and_logged_ever_more_seldom(
    programme: Programme, caplog: pytest.LogCaptureFixture
) -> None:
    webhook = Webhook([SECRET], programme.receive, NotAnUpdateError)
    app = Starlette(routes=[Route("/telegram", webhook.answer, methods=["POST"])])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://console") as client:
        for _ in range(9):
            await deliver(client, secret="guessed")
        await deliver(client, b"hello")
        assert await deliver(client) == 200
    assert webhook.refused == {403: 9, 400: 1}
    told = [(record.status, record.times) for record in caplog.records if record.message == "webhook_refused"]  # type: ignore[attr-defined]
    assert told == [(403, 1), (403, 2), (403, 4), (403, 8), (400, 1)]
    assert "guessed" not in caplog.text


async def test_an_update_of_five_megabytes_is_refused_before_it_is_read(
    client: httpx.AsyncClient, programme: Programme
) -> None:
    read = 0

    async def five_megabytes() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(80):
            read += 1
            yield b"x" * 65536

    headers = {HEADER: SECRET, "content-length": str(80 * 65536)}
    response = await client.post("/telegram", content=five_megabytes(), headers=headers)
    assert (response.status_code, programme.stored) == (413, [])
    assert read <= 1


async def test_what_is_no_update_is_refused(client: httpx.AsyncClient, programme: Programme) -> None:
    assert await deliver(client, b"hello") == 400
    assert programme.stored == []


async def test_an_update_of_exactly_a_megabyte_is_still_taken(client: httpx.AsyncClient, programme: Programme) -> None:
    body = UPDATE.ljust(1024 * 1024)
    assert await deliver(client, body) == 200
    assert await deliver(client, body + b" ") == 413
    assert programme.stored == [body]


async def test_a_body_that_never_ends_is_not_read_to_its_end(client: httpx.AsyncClient, programme: Programme) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100:
            sent += 1
            yield b"x" * 65536

    response = await client.post("/telegram", content=endless(), headers={HEADER: SECRET})
    assert response.status_code == 413
    assert sent < 20
    assert programme.stored == []


async def test_when_the_database_fails_telegram_is_asked_to_try_again(
    client: httpx.AsyncClient, programme: Programme
) -> None:
    programme.trouble = RuntimeError("database is locked")
    assert await deliver(client) == 503
    programme.trouble = None
    assert await deliver(client) == 200


async def test_the_console_lives_whatever_becomes_of_the_rest(client: httpx.AsyncClient, programme: Programme) -> None:
    programme.trouble = RuntimeError("database is away")
    response = await client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_whether_the_programme_is_ready_is_told_with_words_why_not(
    client: httpx.AsyncClient, programme: Programme
) -> None:
    response = await client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ready", "why": [], "parked_updates": 2})
    programme.why = ("Telegram has refused bot 7.",)
    response = await client.get("/readyz")
    assert (response.status_code, response.json()["why"]) == (503, ["Telegram has refused bot 7."])
    programme.trouble = RuntimeError("hush: 7:secret")
    response = await client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (503, "not ready")
    assert "hush" not in response.text


async def test_an_unknown_address_gets_a_plain_sentence(client: httpx.AsyncClient) -> None:
    response = await client.get("/admin")
    assert (response.status_code, response.text) == (404, "There is nothing at this address.")
    assert response.headers["content-type"].startswith("text/plain")
    assert (await client.get("/telegram")).status_code == 405


async def test_when_the_bot_polls_there_is_no_webhook(programme: Programme) -> None:
    transport = httpx.ASGITransport(console(programme, webhook_path=None))
    async with httpx.AsyncClient(transport=transport, base_url="http://console") as client:
        assert await deliver(client) == 404
    assert programme.stored == []


def test_a_webhook_without_a_secret_cannot_be_made(programme: Programme) -> None:
    with pytest.raises(ValueError, match="needs a secret"):
        make_console(
            webhook_path="/telegram",
            webhook_secrets=("",),
            receive=programme.receive,
            unreadable=NotAnUpdateError,
            seeing=programme.seeing,
        )
