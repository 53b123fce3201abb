"""What the demo asks of the simulator's stage, over HTTP like everybody else."""

import asyncio
from typing import Any

import httpx

from app.demo.cast import Phone


class Stage:
    """The simulator's own door for whoever sets the scene."""

    def __init__(self, origin: str) -> None:
        self._client = httpx.AsyncClient(base_url=origin, timeout=10, trust_env=False)

    async def close(self) -> None:
        """Let the connection go."""
        await self._client.aclose()

    async def wait_until_up(self) -> None:
        """Until the simulator answers."""
        while True:
            try:
                await self._client.get("/sim/clock")
            except httpx.TransportError:
                await asyncio.sleep(0.05)
            else:
                return

    async def phones(self) -> list[dict[str, Any]]:
        """The phones that are there."""
        return list((await self._state())["phones"])

    async def username(self) -> str:
        """The bot's name."""
        return str((await self._state())["bots"][0]["username"])

    async def add(self, phone: Phone) -> int:
        """Put a phone on the page; gives its number."""
        answer = await self._client.post(
            "/sim/phones",
            json={
                "name": phone.name,
                "label": phone.label,
                "language_code": phone.language_code,
                "phone_number": phone.phone_number,
            },
        )
        answer.raise_for_status()
        return int(answer.json()["id"])

    async def open(self, phone: int, link: str) -> None:
        """Open a link on a phone."""
        (await self._client.post(f"/sim/phones/{phone}/open", json={"link": link})).raise_for_status()

    async def _state(self) -> dict[str, Any]:
        answer = await self._client.get("/sim/state")
        answer.raise_for_status()
        state: dict[str, Any] = answer.json()
        return state
