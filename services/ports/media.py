"""Pictures and voices that are kept, and the ids by which each bot's channel knows them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from domain.media import CheckedMedia
from domain.message import Media


class MediaPort(Protocol):
    """Content is kept once under its hash; a file_id is worth something to one bot only."""

    async def keep(self, media: Media, checked: CheckedMedia, at: datetime) -> None:
        """What is there already stays as it is."""
        ...

    async def content(self, content_hash: str) -> bytes | None:
        """None when it is not kept."""
        ...

    async def file_ids(self, bot: str, hashes: Collection[str]) -> Mapping[str, str]:
        """By hash, what this bot's channel calls those that it knows."""
        ...

    async def remember(self, bot: str, content_hash: str, file_id: str) -> None:
        """From now on this bot sends it by this id."""
        ...

    async def forget(self, bot: str, content_hash: str, file_id: str) -> None:
        """The channel does not know this id any more; another one that was remembered meanwhile stays."""
        ...
