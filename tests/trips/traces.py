"""Looking for somebody by value: over every column of every table, and in what was written to the log."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from app.logging import JsonLine
from domain.consent import Consent, ConsentWay, Purpose
from domain.reader import Role
from storage.tables import metadata
from tests.documents.paper import Paper
from tests.trips.village import Person, Village


async def traces(village: Village, *values: str) -> list[str]:
    """Where one of these values still stands, as table.column."""
    wanted = re.compile("|".join(rf"(?<![0-9A-Za-z]){re.escape(value)}(?![0-9A-Za-z])" for value in values))
    found: set[str] = set()
    async with village.parts.database.transaction() as connection:
        for table in metadata.sorted_tables:
            for row in (await connection.execute(select(table))).mappings():
                found |= {f"{table.name}.{name}" for name, value in row.items() if wanted.search(str(value))}
    return sorted(found)


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """What the program writes to its log meanwhile, before anything is cleaned out of it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLine())
    root, quiet = logging.getLogger(), ("httpx", "httpcore", "telegram", "aiosqlite", "apscheduler", "uvicorn")
    before = {name: logging.getLogger(name).level for name in ("", *quiet)}
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in quiet:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


async def add_caregiver(village: Village, first: Person, other: Person, role: Role) -> int:
    """Another caregiver of the first one's family, who agreed to messages in her own chat (or in a shared one)."""
    family = (await village.rows("SELECT family_id FROM caregivers ORDER BY id LIMIT 1"))[0][0]
    if other.phone != first.phone:
        await other.starts()
    now = await village.now()
    async with village.parts.database.begin() as uow:
        added = await uow.families.add_caregiver(family, role, other.language, None)
        for child in await uow.lives.children_in(family):
            await uow.families.add_care(added, role, child=child.id)
        bot = village.settings.require_token().partition(":")[0]
        address = await uow.people.find_address(channel="telegram", bot=bot, external_id=str(other.phone))
        assert address is not None
        await uow.people.link_caregiver(added, address.id, now)
        await uow.families.join_caregiver(added, at=now, on=now.date())
        yes = Consent(added, Purpose.MESSAGES, True, "2026-11", other.language, ConsentWay.TAP, now)
        await uow.consents.add(yes)
    return int(added)


async def paper_of(person: Person) -> Paper:
    """The newest file on her phone, opened."""
    message = [one for one in await person.messages() if "document" in one][-1]
    return Paper(await person.stage.picture(message["file"]["file_unique_id"]))


def words_on(paper: Paper) -> str:
    """All that stands on it."""
    return " ".join(paper.words(page) for page in range(paper.pages))
