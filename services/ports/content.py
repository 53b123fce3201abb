"""What the use cases need to know of content: its steps, its approval, its words."""

from typing import Protocol

from domain.message import OutgoingMessage
from domain.reader import Reader
from domain.rendered import RenderedMessage


class RendererPort(Protocol):
    """Turns a semantic message into words."""

    def render(self, message: OutgoingMessage, reader: Reader) -> RenderedMessage:
        """The whole message in one language: the reader's, or the next one of its chain that has it."""
        ...


class ApprovalPort(Protocol):
    """Which texts a clinician has approved."""

    def is_approved(self, key: str, language: str) -> bool:
        """Whether this text may reach a family. Texts of the interface need no approval."""
        ...
