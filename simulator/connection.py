"""Connections that can break: HTTP/1.1 as uvicorn speaks it, and a way for the application to hang up."""

import asyncio
from typing import cast

from uvicorn.protocols.http.h11_impl import H11Protocol


class BreakableConnection(H11Protocol):
    """Gives the application `scope["drop_connection"]`, which closes the line without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        answer = self.app

        async def with_a_way_out(scope: object, receive: object, send: object) -> None:
            cast("dict[str, object]", scope)["drop_connection"] = transport.abort
            await answer(scope, receive, send)

        self.app = with_a_way_out
