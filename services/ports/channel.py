"""A channel: where messages go out."""

from typing import Protocol

from domain.rendered import RenderedMessage
from domain.sending.retry import SendResult


class ChannelPort(Protocol):
    """One bot on one channel."""

    async def send(self, external_id: str, message: RenderedMessage) -> SendResult:
        """Send or edit; every answer of the channel is a value, none an exception."""
        ...
