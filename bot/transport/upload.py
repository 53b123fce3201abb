"""A body that goes out chunk by chunk, each within the time for writing, which aiohttp itself does not limit."""

import asyncio
import os
from collections.abc import AsyncIterator
from typing import IO

from aiohttp import Payload
from aiohttp.abc import AbstractStreamWriter

CHUNK = 64 * 1024
Piece = bytes | IO[bytes]


class Upload(Payload):
    """Pieces one after another. An open file is read from its beginning and stays open."""

    _autoclose = True

    def __init__(self, pieces: tuple[Piece, ...], *, content_type: str, patience: float | None) -> None:
        super().__init__(pieces, content_type=content_type)
        self._pieces = pieces
        self._patience = patience
        sizes = [_size(piece) for piece in pieces]
        known = [size for size in sizes if size is not None]
        self._size = sum(known) if len(known) == len(sizes) else None

    async def write(self, writer: AbstractStreamWriter) -> None:
        """Hand over every chunk and wait until the server has taken it, so that nothing is left to wait for after."""
        for piece in self._pieces:
            async for chunk in _chunks(piece):
                async with asyncio.timeout(self._patience):
                    await writer.write(chunk)
                    await writer.drain()

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """What of it is in memory, as text."""
        return b"".join(piece for piece in self._pieces if isinstance(piece, bytes)).decode(encoding, errors)


def _size(piece: Piece) -> int | None:
    """How long it is; None when only reading would tell."""
    if isinstance(piece, bytes):
        return len(piece)
    return piece.seek(0, os.SEEK_END) if piece.seekable() else None


async def _chunks(piece: Piece) -> AsyncIterator[bytes | memoryview]:
    if isinstance(piece, bytes):
        for start in range(0, len(piece), CHUNK):
            yield memoryview(piece)[start : start + CHUNK]
        return
    if piece.seekable():
        piece.seek(0)
    while chunk := await asyncio.to_thread(piece.read, CHUNK):
        yield chunk
