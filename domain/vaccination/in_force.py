"""From when until when a rule is in force: the days of a dated version."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class InForce:
    """Both days included; None where there is no such end."""

    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether the rule is in force on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


ALWAYS = InForce()
