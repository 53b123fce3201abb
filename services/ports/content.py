"""What the use cases need to know of content: its steps, its approval, its words."""

from collections.abc import Collection, Sequence
from typing import Protocol

from domain.message import OutgoingMessage
from domain.never_said.finding import NeverSaid
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


class NeverSaidPort(Protocol):
    """Finds what must never be said to families; the kind words on it are the text `never_said.<rule>`."""

    def __call__(
        self,
        text: str,
        language: str,
        /,
        *,
        youngest_days: int | None,
        oldest_days: int | None,
        phones: Collection[str] = (),
    ) -> Sequence[NeverSaid]:
        """What is wrong with a text for children of these ages in days. An open end counts as the strictest age.

        `phones` are the numbers of the site, however written: no other may stand in a text.
        """
        ...


def nothing_refused(
    _text: str, _language: str, /, *, youngest_days: int | None, oldest_days: int | None, phones: Collection[str] = ()
) -> Sequence[NeverSaid]:
    """For a programme that is put together without rules, as tests do."""
    del youngest_days, oldest_days, phones
    return ()
