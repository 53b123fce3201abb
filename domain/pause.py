"""A pause: silence that a caregiver asked for, of tips only or of visits too, and until when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PauseScope(StrEnum):
    """What is silent."""

    TIPS = "tips"
    ALL = "all"


@dataclass(frozen=True)
class Pause:
    """Silence until (not including) a day of her zone; without one, until she comes back."""

    scope: PauseScope
    until: date | None = None

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and today >= self.until

    def silences_tips(self, today: date) -> bool:
        """Whether tips and campaigns wait."""
        return not self.is_over(today)

    def silences_visits(self, today: date) -> bool:
        """Whether messages about visits wait too."""
        return self.scope is PauseScope.ALL and not self.is_over(today)
