"""Over both transports a proxy is used when the setting names one, and never because the machine's environment does."""

import asyncio
import struct
from collections.abc import AsyncIterator

import pytest
from telegram.error import NetworkError, TelegramError

from app.settings import Settings, SettingsError, load_settings
from app.wiring import make_transport
from bot.sending.channel import result_of
from bot.transport.choice import ENVIRONMENT, Library, Transport
from bot.transport.limits import Limits
from bot.transport.making import make_request
from domain.sending.retry import NotSent, Unknown
from tests.bot.loopback_server import PATIENCE, TOKEN, Loopback, answering, bot_on, listening

LIBRARIES: tuple[Library, ...] = ("aiohttp", "httpx")
FAR = "http://telegram.invalid"
both = pytest.mark.parametrize("library", LIBRARIES)


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with listening(Loopback()) as server:
        yield server


@pytest.fixture
async def proxy(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Loopback]:
    """One that the environment does not name."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    async with listening(Loopback()) as proxy:
        yield proxy


async def say(transport: Transport, origin: str) -> int:
    async with make_request(transport, Limits(2)) as request, asyncio.timeout(PATIENCE):
        return (await bot_on(request, origin).send_message(5, "Chào")).message_id


@both
async def test_the_proxy_of_the_setting_is_used(library: Library, proxy: Loopback) -> None:
    assert await say(Transport(library, proxy.origin), FAR) == 7
    assert proxy.asked[0].path == f"{FAR}/bot{TOKEN}/sendMessage"


@both
async def test_a_proxy_is_told_who_we_are(library: Library, proxy: Loopback) -> None:
    named = proxy.origin.replace("//", "//lan:hush%40@")
    assert await say(Transport(library, named), FAR) == 7
    assert proxy.asked[0].headers["proxy-authorization"] == "Basic bGFuOmh1c2hA"


@both
async def test_the_environment_is_followed_only_when_the_setting_says_so(
    library: Library, proxy: Loopback, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.origin)
    monkeypatch.setenv("http_proxy", proxy.origin)
    assert await say(Transport(library), server.origin) == 7
    assert (len(server.asked), len(proxy.asked)) == (1, 0)
    assert await say(Transport(library, ENVIRONMENT), server.origin) == 7
    assert (len(server.asked), len(proxy.asked)) == (1, 1)


@both
async def test_behind_a_proxy_that_is_gone_nothing_was_sent(library: Library) -> None:
    async with listening(Loopback()) as gone:
        pass
    with pytest.raises(NetworkError) as refusal:
        await say(Transport(library, gone.origin), FAR)
    assert result_of(refusal.value) == NotSent("ConnectError")


@both
async def test_a_proxy_that_refuses_is_told(library: Library, proxy: Loopback) -> None:
    proxy.behaviour = answering(407, b"")
    with pytest.raises(NetworkError) as refusal:
        await say(Transport(library, proxy.origin), FAR.replace("http:", "https:"))
    assert result_of(refusal.value) == Unknown("NetworkError")
    assert (proxy.asked[0].method, proxy.asked[0].path) == ("CONNECT", "telegram.invalid:443")
    assert TOKEN not in str(refusal.value)


async def socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """The server's side of SOCKS 5 without a password; then it is the far end itself."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    head = await reader.readexactly(5)
    assert head[3] == 3, "the proxy resolves the name"
    await reader.readexactly(head[4] + 2)
    writer.write(b"\x05\x00\x00\x01" + struct.pack("!IH", 0, 0))


@both
async def test_a_socks_proxy_resolves_the_name_and_carries_the_call(library: Library, proxy: Loopback) -> None:
    pytest.importorskip("aiohttp_socks")
    pytest.importorskip("socksio")
    proxy.prelude = socks
    assert await say(Transport(library, proxy.origin.replace("http:", "socks5:")), FAR) == 7
    assert proxy.asked[0].path == f"/bot{TOKEN}/sendMessage"


@both
async def test_behind_a_socks_proxy_that_is_gone_nothing_was_sent(library: Library) -> None:
    pytest.importorskip("aiohttp_socks")
    pytest.importorskip("socksio")
    async with listening(Loopback()) as gone:
        pass
    with pytest.raises(TelegramError) as refusal:
        await say(Transport(library, gone.origin.replace("http:", "socks5:")), FAR)
    assert result_of(refusal.value) == NotSent("ConnectError")


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({}, Transport("aiohttp")),
        ({"transport": "httpx"}, Transport("httpx")),
        ({"telegram_proxy": "http://10.0.0.1:3128/"}, Transport("aiohttp", "http://10.0.0.1:3128")),
        ({"telegram_proxy": "socks5://lan:hush@proxy:1080"}, Transport("aiohttp", "socks5://lan:hush@proxy:1080")),
        ({"telegram_proxy": ENVIRONMENT}, Transport("aiohttp", ENVIRONMENT)),
    ],
)
def test_the_settings_choose(given: dict[str, str], chosen: Transport) -> None:
    assert make_transport(Settings(_env_file=None, **given)) == chosen  # type: ignore[arg-type] # as the environment


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("TRANSPORT", "curl", "expected aiohttp or httpx"),
        ("TELEGRAM_PROXY", "hush:1080", "expected http://HOST:PORT, socks5://HOST:PORT, or environment"),
        ("TELEGRAM_PROXY", "http://lan:hush@proxy", "expected http://HOST:PORT"),
        ("TELEGRAM_PROXY", "ftp://hush:1", "expected http://HOST:PORT"),
        ("TELEGRAM_PROXY", "http://hush:99999", "expected http://HOST:PORT"),
    ],
)
def test_a_wrong_choice_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(f"CRADLE_{name}", value)
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    assert f"CRADLE_{name} is" in str(refusal.value)
    assert expected in str(refusal.value)
    assert "hush" not in str(refusal.value)
