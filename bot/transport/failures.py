"""What went wrong on the way, in python-telegram-bot's terms: the same ones that its own transport uses.

Causes bear httpx's names, because the sender reads from them whether a request left. aiohttp's own errors are never
chained: their texts hold the address, and with it the bot's token.
"""

from aiohttp import ClientConnectorError, ServerTimeoutError, SocketTimeoutError
from telegram.error import NetworkError, TimedOut

# By their names, because aiohttp-socks is loaded only where such a proxy is used.
SOCKS_GONE, SOCKS_LATE = "ProxyConnectionError", "ProxyTimeoutError"
POOL_FULL = "Pool timeout: all connections are in use, and the request was not sent."


class TransportError(Exception):
    """The connection broke after it was made: the request may have arrived."""


class ConnectError(TransportError):
    """No connection was made."""


class ConnectTimeout(TransportError):
    """No connection was made in time."""


class PoolTimeout(TransportError):
    """No connection became free in time."""


class ReadTimeout(TransportError):
    """The request left and no answer came in time."""


class WriteTimeout(TransportError):
    """The server did not take the request in time."""


def told(error: Exception) -> tuple[NetworkError, TransportError]:
    """What python-telegram-bot reports for this error, and its cause."""
    kind = type(error).__name__
    if isinstance(error, TimeoutError) or kind == SOCKS_LATE:
        return TimedOut(), _lateness(error)
    if isinstance(error, ClientConnectorError) or kind == SOCKS_GONE:
        return NetworkError(f"aiohttp.{kind}: {error}"), ConnectError(str(error))
    return NetworkError(f"aiohttp.{kind}"), TransportError(kind)


def _lateness(error: Exception) -> TransportError:
    if isinstance(error, SocketTimeoutError):
        return ReadTimeout()
    if isinstance(error, ServerTimeoutError) or type(error).__name__ == SOCKS_LATE:
        return ConnectTimeout()
    return WriteTimeout()
