"""Opens the aiohttp session: its connections, its proxy, and nothing that would cost time at every call."""

from importlib import import_module
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

from bot.transport.certificates import trusted_certificates
from bot.transport.choice import Transport

KEPT_ALIVE = 15.0


def open_session(transport: Transport, *, timeout: ClientTimeout, user_agent: str) -> ClientSession:
    """Needs a running loop. How many connections there are at once is counted by whoever calls."""
    proxy = transport.proxy_address
    through_socks = proxy is not None and urlsplit(proxy).scheme.startswith("socks")
    return ClientSession(
        connector=_socks_connector(str(proxy)) if through_socks else _connector(),
        cookie_jar=DummyCookieJar(),
        headers={"User-Agent": user_agent},
        proxy=None if through_socks else proxy,
        timeout=timeout,
        trust_env=transport.by_environment,
    )


def _connector() -> TCPConnector:
    return TCPConnector(limit=0, keepalive_timeout=KEPT_ALIVE, ssl=trusted_certificates())


def _socks_connector(proxy: str) -> TCPConnector:
    """The proxy resolves names: where Telegram is blocked, local name servers often lie about it."""
    kind = import_module("aiohttp_socks").ProxyConnector
    connector: TCPConnector = kind.from_url(
        proxy, rdns=True, limit=0, keepalive_timeout=KEPT_ALIVE, ssl=trusted_certificates()
    )
    return connector
