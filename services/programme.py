"""What the programme knows without asking a database: its journey, schedules, languages and secrets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from domain.care.plan import CarePlan, CareSubject
from domain.care.rounds import CampaignKind
from domain.journey import Step
from domain.topics import NO_TOPICS, Curriculum
from domain.visit_texts import NO_VISIT_TEXTS, VisitTexts
from services.ports.content import ApprovalPort, NeverSaidPort, nothing_refused
from services.ports.forecasting import ForecastPort
from services.ports.holidays import NO_HOLIDAYS, HolidayPort
from services.ports.library import LibraryPort, NoLibrary


def _itself(language: str) -> tuple[str, ...]:
    return (language,)


@dataclass(frozen=True)
class LanguageChoice:
    """A language that can be chosen, by the name its speakers give it."""

    tag: str
    autonym: str


@dataclass(frozen=True)
class Programme:
    """Handed to the use cases by app/. `journey` counts from birth, `pregnancy_journey` from a pregnancy's first day.

    `forecasters` are by country, `secret` keys the hashes of codes;
    codes made under one of `other_secrets` are good too, while the key is being changed.

    `languages` are those in which we write, `spoken_languages` all that families speak; `language_chain` gives those
    to try for one who speaks a language, the best first. `send_rate`: messages a second of a bot.

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
    pregnancy_journey: tuple[Step, ...] = ()
    versions: tuple[ForecastPort, ...] = ()
    care_plans: tuple[CarePlan, ...] = ()
    campaign_kinds: tuple[CampaignKind, ...] = ()
    topics: Curriculum = NO_TOPICS
    library: LibraryPort = field(default_factory=NoLibrary)
    visit_texts: VisitTexts = NO_VISIT_TEXTS
    holidays: HolidayPort = NO_HOLIDAYS
    never_said: NeverSaidPort = nothing_refused
    other_secrets: tuple[bytes, ...] = ()
    language_chain: Callable[[str], tuple[str, ...]] = _itself
    send_rate: float = 30.0

    def is_step(self, key: str) -> bool:
        """Whether this message belongs to one of the journeys."""
        return key in self._keys

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(step.key for step in self.all_steps)

    def is_private(self, key: str) -> bool:
        """Whether this message is about somebody's mood or safety at home."""
        return any(step.private for step in self.all_steps if step.key == key)

    @property
    def all_steps(self) -> tuple[Step, ...]:
        """Both journeys."""
        return self.pregnancy_journey + self.journey

    def may_send(self, key: str, language: str) -> bool:
        """Whether this text may reach a family now."""
        return self.rehearsal or self.approvals.is_approved(key, language)

    def may_join(self, key: str, language: str) -> bool:
        """Whether a text of a visit may stand inside a message that would go without it.

        It must be written in the language in which the message comes: a whole message falls back for want of one text.
        """
        written = self.visit_texts.written.get(key, frozenset())
        chosen = {one.tag for one in self.languages}
        spoken = next((tag for tag in self.language_chain(language) if tag in chosen), language)
        return spoken in written and self.may_send(key, language)

    def forecaster(self, country: str, active: Mapping[str, str]) -> ForecastPort | None:
        """The schedule of a country, in the version that staff activated (`active`: by name of the schedule)."""
        default = self.forecasters.get(country)
        if default is None:
            return None
        wanted = (default.schedule.key, active.get(default.schedule.key))
        return next((one for one in self.versions if (one.schedule.key, one.schedule.version) == wanted), default)

    def may_remind(self, country: str, active: Mapping[str, str]) -> bool:
        """Whether families may hear of the doses of this country's schedule: it is signed, or this is a rehearsal.

        The version counts that staff activated (`active`).
        """
        forecaster = self.forecaster(country, active)
        return self.rehearsal or (forecaster is not None and forecaster.signed)

    def care_plans_of(self, country: str, about: CareSubject) -> tuple[CarePlan, ...]:
        """The plans of a country that may be used: an unsigned one only in a rehearsal."""
        own = (plan for plan in self.care_plans if (plan.country, plan.about) == (country, about))
        return tuple(plan for plan in own if self.rehearsal or plan.signed_off)
