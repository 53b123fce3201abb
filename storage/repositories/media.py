"""Pictures and voices in rows."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from domain.media import CheckedMedia
from domain.message import Media
from storage.statements import Statements
from storage.tables import media, media_file_ids


class MediaRows:
    """Content once, and an id for each bot that has sent or received it."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def keep(self, one: Media, checked: CheckedMedia, at: datetime) -> None:
        """What is there already stays as it is."""
        described = {"kind": one.kind.value, "mime_type": checked.mime_type, "kept_at": at}
        insert = self._statements.insert(media).values(
            content_hash=one.content_hash, content=checked.content, **described
        )
        await self._statements.run(insert.on_conflict_do_nothing())

    async def content(self, content_hash: str) -> bytes | None:
        """None when it is not kept."""
        found: bytes | None = await self._statements.value(
            select(media.c.content).where(media.c.content_hash == content_hash)
        )
        return found

    async def file_ids(self, bot: str, hashes: Collection[str]) -> Mapping[str, str]:
        """By hash, what this bot's channel calls those that it knows."""
        ids = media_file_ids.c
        found = select(ids.content_hash, ids.file_id).where(ids.bot == bot, ids.content_hash.in_(hashes))
        return {row[ids.content_hash]: row[ids.file_id] for row in await self._statements.all(found)}

    async def remember(self, bot: str, content_hash: str, file_id: str) -> None:
        """From now on this bot sends it by this id."""
        insert = self._statements.insert(media_file_ids).values(bot=bot, content_hash=content_hash, file_id=file_id)
        key = [media_file_ids.c.bot, media_file_ids.c.content_hash]
        await self._statements.run(insert.on_conflict_do_update(index_elements=key, set_={"file_id": file_id}))

    async def forget(self, bot: str, content_hash: str, file_id: str) -> None:
        """The channel does not know this id any more; another one that was remembered meanwhile stays."""
        same: ColumnElement[bool] = media_file_ids.c.file_id == file_id
        await self._statements.run(delete(media_file_ids).where(_is_for(bot, content_hash) & same))


def _is_for(bot: str, content_hash: str) -> ColumnElement[bool]:
    return (media_file_ids.c.bot == bot) & (media_file_ids.c.content_hash == content_hash)
