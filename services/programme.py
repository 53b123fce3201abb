"""What the programme knows without asking a database: its journey, schedules, languages and secrets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.journey import Step
from services.ports.content import ApprovalPort
from services.ports.forecasting import ForecastPort


@dataclass(frozen=True)
class LanguageChoice:
    """A language that can be chosen, by the name its speakers give it."""

    tag: str
    autonym: str


@dataclass(frozen=True)
class Programme:
    """Handed to the use cases by app/. `forecasters` are by country, `secret` keys the hashes of codes.

    `languages` are those in which we write, `spoken_languages` all that families speak.

    In a `rehearsal` (the simulated clock) drafts may be shown, because no family sees them.
    """

    journey: tuple[Step, ...]
    forecasters: Mapping[str, ForecastPort]
    approvals: ApprovalPort
    languages: tuple[LanguageChoice, ...]
    spoken_languages: tuple[LanguageChoice, ...]
    guess_language: Callable[[str | None], str]
    read_phone: Callable[[str, str], str | None]
    secret: bytes
    rehearsal: bool

    def is_private(self, key: str) -> bool:
        """Whether this message is about somebody's mood or safety at home."""
        return any(step.private for step in self.journey if step.key == key)

    def may_send(self, key: str, language: str) -> bool:
        """Whether this text may reach a family now."""
        return self.rehearsal or self.approvals.is_approved(key, language)
