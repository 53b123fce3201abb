"""Runs the console inside a process that does other things too: signals belong to that process."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp


class CannotListenError(Exception):
    """The address cannot be listened on."""


class PortTaken(CannotListenError):
    """Somebody else listens there."""


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone: uvicorn would raise them again and cancel its neighbours."""
        yield


async def serve(app: ASGIApp, host: str, port: int) -> None:
    """Serve until cancelled; then let the requests under way end."""
    with contextlib.closing(_listen(host, port)) as listener:
        server = _Server(_configuration(app))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            server.should_exit = True
            await serving
            raise


def _configuration(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=3
    )


def _listen(host: str, port: int) -> socket.socket:
    """Bind before serving: uvicorn would leave the whole process when the port is taken."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((str(address[0]), port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(
                f"{host}:{port} is taken: end the program that listens there, or set CRADLE_BIND."
            ) from error
        raise CannotListenError(f"Nothing can listen on {host}:{port}: {error.strerror}. See CRADLE_BIND.") from error
