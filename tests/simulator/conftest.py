"""One simulator for each file of tests, emptied before each test, with Lan's phone and a plain HTTP client."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.fakes.simulator import RunningSimulator, Stage, running_simulator
from tests.simulator.oracle import Oracle, find_oracle

TOKEN = "1234567:first-bot"
OTHER_TOKEN = "7654321:second-bot"
START = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Api:
    """A bot without a library: what it sends is what arrives."""

    client: httpx.AsyncClient
    token: str = TOKEN

    async def raw(self, method: str, **parameters: Any) -> httpx.Response:
        return await self.client.post(f"/bot{self.token}/{method}", json=parameters)

    async def ok(self, method: str, **parameters: Any) -> Any:
        response = await self.raw(method, **parameters)
        answer = response.json()
        assert answer["ok"], answer
        assert response.status_code == 200
        return answer["result"]

    async def error(self, method: str, **parameters: Any) -> str:
        """The description of a refusal, once the status is known to be the error code."""
        response = await self.raw(method, **parameters)
        answer = response.json()
        assert not answer["ok"]
        assert answer["error_code"] == response.status_code
        return str(answer["description"])

    async def upload(self, method: str, files: dict[str, Any], **parameters: Any) -> httpx.Response:
        return await self.client.post(f"/bot{self.token}/{method}", data=parameters, files=files)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def oracle() -> Oracle | None:
    return find_oracle()


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[RunningSimulator]:
    async with running_simulator([TOKEN, OTHER_TOKEN], START) as running:
        yield running


@pytest.fixture(scope="module")
async def client(server: RunningSimulator) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.base_url, timeout=20, trust_env=False) as client:
        yield client


@pytest.fixture
async def simulator(server: RunningSimulator, oracle: Oracle | None) -> AsyncIterator[RunningSimulator]:
    """An empty simulator; afterwards every call of the test is held against Telegram's specification."""
    await server.stage.reset()
    yield server
    if oracle is not None:
        entries = await server.stage.journal()
        assert [problem for entry in entries for problem in oracle.problems(entry)] == []


@pytest.fixture
def stage(simulator: RunningSimulator) -> Stage:
    return simulator.stage


@pytest.fixture
def api(simulator: RunningSimulator, client: httpx.AsyncClient) -> Api:
    return Api(client)


@pytest.fixture
async def lan(stage: Stage) -> int:
    """Lan's phone; she has pressed Start, and the bot has not read it yet."""
    phone_id = await stage.add_phone("Lan", phone_number="+84901234567", label="Mother")
    await stage.open(phone_id, "https://t.me/cradle_demo_bot")
    return phone_id


@pytest.fixture(scope="session")
def png() -> bytes:
    """A picture of 40 by 30 pixels."""
    return picture(40, 30)


def picture(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(stream, format="PNG")
    return stream.getvalue()
