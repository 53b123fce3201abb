"""How many connections at once, and how long each step of a call may take, in seconds; None waits for ever."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The waits are python-telegram-bot's own, and so are their defaults."""

    connections: int
    connect: float | None = 5.0
    read: float | None = 5.0
    write: float | None = 5.0
    media_write: float | None = 20.0
    pool: float | None = 1.0
