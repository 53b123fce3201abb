"""Makes the request that was chosen."""

from telegram.request import BaseRequest, HTTPXRequest

from bot.transport.aiohttp_request import AiohttpRequest
from bot.transport.certificates import trusted_certificates
from bot.transport.choice import Transport
from bot.transport.limits import Limits


def make_request(transport: Transport, limits: Limits) -> BaseRequest:
    """A request of its own connections, not yet opened."""
    return (AiohttpRequest if transport.library == "aiohttp" else _httpx_request)(transport, limits)


def _httpx_request(transport: Transport, limits: Limits) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=limits.connections,
        connect_timeout=limits.connect,
        read_timeout=limits.read,
        write_timeout=limits.write,
        media_write_timeout=limits.media_write,
        pool_timeout=limits.pool,
        proxy=transport.proxy_address,
        httpx_kwargs={"trust_env": transport.by_environment, "verify": trusted_certificates()},
    )
