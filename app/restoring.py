"""Make a restored database fit to go on: as the program needs it, and without doing anything a second time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from app.wiring import Parts
from domain.moment import Moment
from services.messages.plan_day import plan_day
from services.privacy.erase_again import erase_again
from storage.backup.archive import BackupError, Manifest
from storage.backup.erased import ErasedList, find_them, read_wishes
from storage.backup.place import restored_beside
from storage.backup.since_then import set_aside, settle_due
from storage.engine import open_database
from storage.migrating import SchemaAheadError, migrate

PLANNED_EVERY = timedelta(hours=6)
"""As often as the timetable plans."""
Progress = Callable[[str, int, int], None]
"""Told what is done, and how much of how much."""


@dataclass(frozen=True)
class Restored:
    """What became of what stood in the backup."""

    uncertain: int
    parked: int
    erased: int
    aside: str | None


async def restore(
    parts: Parts, file: Path, manifest: Manifest, erased: ErasedList, *, replace_old: bool, progress: Progress
) -> Restored:
    """Restore beside, make ready, put in place. BackupError or another sentence when it cannot be."""
    moment = await parts.clock.moment()
    await parts.database.close()
    progress("unpacking", 0, 1)
    url = parts.settings.database_url
    with restored_beside(url, file, manifest, at=moment.wall, replace=replace_old) as place:
        beside = replace(parts, database=open_database(place.url))
        try:
            restored = await _make_ready(beside, manifest, erased, moment, progress)
        finally:
            await beside.database.close()
        return replace(restored, aside=place.put_in_place())


async def _make_ready(
    parts: Parts, manifest: Manifest, erased: ErasedList, moment: Moment, progress: Progress
) -> Restored:
    try:
        await migrate(parts.database)
    except SchemaAheadError as error:
        raise BackupError(
            f"Cradle {manifest.origin.cradle} made this backup, and that version is newer: restore it with that one."
        ) from error
    aside = await set_aside(parts.database, due_by=manifest.origin.programme_at, at=moment.now)
    again = await _erase_again(parts, erased, moment)
    planned = await _plan_what_was_planned(parts, manifest.origin.programme_at, moment, progress)
    async with parts.database.begin() as uow:
        made_at = manifest.origin.made_at.isoformat(timespec="seconds")
        await uow.programme.audit("restored", at=moment.now, details={"made_at": made_at})
    return Restored(aside.messages + planned, aside.updates, again, None)


async def _erase_again(parts: Parts, erased: ErasedList, moment: Moment) -> int:
    known = {wish.receipt: wish for wish in await read_wishes(parts.database) or ()}
    news = [wish for receipt, wish in erased.wishes.items() if known.get(receipt) != wish]
    still_open = [one for one in news if one.receipt not in known or known[one.receipt].is_open]
    return await erase_again(parts.database, await find_them(parts.database, still_open), moment.now)


async def _plan_what_was_planned(parts: Parts, since: datetime, moment: Moment, progress: Progress) -> int:
    """Plan as it was planned since the backup, so that what has been sent meanwhile is in the outbox, and settle it.

    Without that the next planning would find it missing and plan it once more.
    """
    settled, instants = 0, list(_plannings(since, moment.now))
    for number, instant in enumerate(instants):
        progress("planning anew", number, len(instants))
        settled += await settle_due(parts.database, due_by=instant, at=moment.now)
        await plan_day(parts.database, parts.programme, Moment(now=instant, wall=moment.wall))
    return settled + await settle_due(parts.database, due_by=moment.now, at=moment.now)


def _plannings(since: datetime, until: datetime) -> Iterator[datetime]:
    """When planning ran between the backup and now."""
    instant = since.replace(hour=since.hour - since.hour % 6, minute=0, second=0, microsecond=0) + PLANNED_EVERY
    while instant < until:
        yield instant
        instant += PLANNED_EVERY
