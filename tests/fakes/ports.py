"""A port of loopback that nobody else takes: below those that the system hands out, and other ones for each process."""

import os
import socket
from itertools import count

FIRST = 21_000  # the system hands out ports from 32768 on, also to whoever only connects
EACH = 1_000
_numbers = count()


def free_port() -> int:
    """The next free one of this process's own."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 10
    while True:
        port = FIRST + worker * EACH + (os.getpid() * 7 + next(_numbers)) % EACH
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
