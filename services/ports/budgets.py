"""The pace of a bot, shared by all its processes through the database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.sending.pacing import ChatTurn, Turn


class PauseReason(StrEnum):
    """Why a bot says nothing for a while."""

    THROTTLED = "throttled"
    REFUSED = "refused"


class BudgetPort(Protocol):
    """Real time, by the clock of the database where it has one: the processes' clocks may differ."""

    async def take_slots(
        self, bot: str, chats: Sequence[ChatTurn], *, slot: timedelta, wall: datetime
    ) -> Sequence[Turn] | None:
        """How long to wait until each of these chats may be spoken to. A slot of this length is taken for each, now.

        None when the bot has to be silent: then none is taken.
        """
        ...

    async def line(self, bot: str, *, slot: timedelta, wall: datetime) -> timedelta:
        """How long the slots last that are taken already. It keeps no writer waiting."""
        ...

    async def pause_left(self, bot: str, wall: datetime) -> timedelta:
        """How long the bot still says nothing; zero when it may speak."""
        ...

    async def pause(self, bot: str, *, lasting: timedelta, reason: PauseReason, wall: datetime) -> None:
        """Nothing leaves for so long, in any process. A longer pause stays."""
        ...

    async def forgive(self, bot: str) -> None:
        """The channel knows the bot (again): a pause because it was refused is over."""
        ...
