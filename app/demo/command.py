"""`cradle demo`: its ports, its folder and its settings; nothing of the real programme's is read or touched."""

import os
import secrets
import shutil
import socket
from pathlib import Path

from rich.console import Console

from app.demo.play import play
from app.settings import Settings, load_settings

FOLDER = Path("var/demo")
TOKEN = "700000001:only-for-the-simulator"
PAGE = ("127.0.0.1", 8090)
CONSOLE = ("127.0.0.1", 8080)
out = Console(highlight=False)


async def run_demo(*, reset: bool) -> int:
    """The exit code; everything that can be mended is said in one sentence."""
    for host, port in (PAGE, CONSOLE):
        if _is_taken(host, port):
            out.print(f"Something listens on {host}:{port} already. Stop it (perhaps another demo) and try again.")
            return 1
    if reset:
        shutil.rmtree(FOLDER, ignore_errors=True)
        out.print("The demo's village is empty again. Start it with `make demo`.")
        return 0
    out.print("Starting the simulator and Cradle …")
    await play(_prepare(), FOLDER / "simulator.jsonl")
    return 0


def _prepare() -> Settings:
    FOLDER.mkdir(parents=True, exist_ok=True)
    key = FOLDER / "secret-key"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(32), encoding="ascii")
    for name in [name for name in os.environ if name.startswith("CRADLE_")]:
        del os.environ[name]
    origin = f"http://{PAGE[0]}:{PAGE[1]}"
    os.environ.update(
        CRADLE_DATABASE_URL=f"sqlite+aiosqlite:///{FOLDER}/cradle.sqlite3",
        CRADLE_TELEGRAM_TOKEN=TOKEN,
        CRADLE_TELEGRAM_API=origin,
        CRADLE_CLOCK=origin,
        CRADLE_SECRET_KEY=key.read_text(encoding="ascii"),
        CRADLE_BIND=f"{CONSOLE[0]}:{CONSOLE[1]}",
        CRADLE_SIMULATOR_BIND=f"{PAGE[0]}:{PAGE[1]}",
        CRADLE_CHAT_PACE="0",
        CRADLE_SEND_RATE="30",
    )
    return load_settings(Path("/nonexistent"))


def _is_taken(host: str, port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError:
            return True
        return False
