"""Making the simulator and serving it on loopback."""

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from simulator.accounts import Bot
from simulator.bot_api import routes as bot_api
from simulator.connection import BreakableConnection
from simulator.delivery.webhooks import RetryPace
from simulator.refusal import RefusedError
from simulator.simulation import Simulation, make_simulation
from simulator.stage.bodies import refused
from simulator.stage.page import page_routes
from simulator.stage.phones import phone_routes
from simulator.stage.time import clock_routes
from simulator.stage.trouble import trouble_routes


def make_application(
    tokens: Sequence[str],
    *,
    start: datetime,
    state_path: Path | None = None,
    bot_username: str = "cradle_demo_bot",
    bot_name: str = "Cradle",
    webhook_retry_base: float = 2.0,
) -> Starlette:
    """The simulator for these bot tokens (`digits:text`), its clock standing at `start` unless the state says more."""
    simulation = make_simulation(
        _bots(tokens, bot_username, bot_name),
        start=start,
        state_path=state_path,
        pace=RetryPace(base=webhook_retry_base),
    )
    application = Starlette(
        routes=[*bot_api.routes(), *phone_routes(), *clock_routes(), *trouble_routes(), *page_routes()],
        exception_handlers={RefusedError: refused},
        lifespan=_lifespan,
    )
    application.state.simulation = simulation
    return application


def _bots(tokens: Sequence[str], username: str, name: str) -> list[Bot]:
    if not tokens:
        raise ValueError("The simulator needs at least one bot token")
    bots = [_bot(token, _numbered(username, number), name) for number, token in enumerate(tokens, start=1)]
    if len({bot.id for bot in bots}) < len(bots):
        raise ValueError("Two tokens belong to the same bot")
    return bots


def _bot(token: str, username: str, name: str) -> Bot:
    digits, colon, secret = token.partition(":")
    if not (digits.isdecimal() and colon and secret):
        raise ValueError("A bot token looks like digits:text")
    return Bot(id=int(digits), token=token, username=username, first_name=name)


def _numbered(username: str, number: int) -> str:
    """Further bots get a number before the `_bot` that every bot's name ends with."""
    if number == 1:
        return username
    stem = username.removesuffix("_bot")
    return f"{stem}{number}" + ("_bot" if stem != username else "")


@contextlib.asynccontextmanager
async def _lifespan(application: Starlette) -> AsyncIterator[None]:
    simulation: Simulation = application.state.simulation
    simulation.webhooks.start()
    try:
        yield
    finally:
        simulation.close()
        await simulation.webhooks.stop()


class SimulatorServer(uvicorn.Server):
    """uvicorn without signal handlers of its own, which would end the caller's other work too."""

    def __init__(self, application: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                http=BreakableConnection,
                ws="none",
                access_log=False,
                log_config=None,
                timeout_graceful_shutdown=2,
            )
        )
        self.is_up = asyncio.Event()
        self._stopping = asyncio.Event()
        self._simulation: Simulation = application.state.simulation

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()

    async def main_loop(self) -> None:
        """Stand by until somebody stops us; uvicorn's own loop would look ten times a second."""
        await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._simulation.close()
        await super().shutdown(sockets)

    def stop(self) -> None:
        """Stop in good order; asked during the start, it still stops in good order after it."""
        self._stopping.set()


async def serve(application: Starlette, host: str, port: int, *, stop: asyncio.Event | None = None) -> None:
    """Serve until SIGINT or SIGTERM, until cancelled, or until `stop` is set by a caller who minds the signals."""
    server = SimulatorServer(application)
    sockets = [listening_socket(host, port)]
    with contextlib.nullcontext() if stop else _stopped_by_signals(server):
        running = asyncio.create_task(server.serve(sockets=sockets))
        watching = asyncio.create_task(_stop_when(stop, server)) if stop else None
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            server.stop()
            await running
            raise
        finally:
            if watching is not None:
                watching.cancel()


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket on which callers may wait already, or OSError in one clear sentence."""
    try:
        return _bound(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise OSError(error.errno, f"Port {port} on {host} is taken by another program.") from None
        raise OSError(error.errno, f"Cannot listen on {host}, port {port}: {error.strerror}.") from None


def _bound(host: str, port: int) -> socket.socket:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    # Named TCP outright: only then does asyncio switch off Nagle's delay of 40 ms for every answer.
    listening = socket.socket(family, kind, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(2048)
    except OSError:
        listening.close()
        raise
    return listening


@contextlib.contextmanager
def _stopped_by_signals(server: SimulatorServer) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


async def _stop_when(stop: asyncio.Event, server: SimulatorServer) -> None:
    await stop.wait()
    server.stop()
