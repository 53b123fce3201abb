"""Where the rooms are plugged together: settings in, working parts out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.clock import Clock, SimulatedClock, SystemClock
from app.settings import Settings
from bot.transport.choice import Transport
from content.holidays import PublicHolidays
from content.library import Library, load_library
from content.library_search import make_library_search
from content.never_said.loading import load_never_said
from content.phones import parse_phone
from content.schedules.care_loading import load_campaign_kinds, load_care_plans
from content.schedules.loading import load_versions
from content.topics import load_topics
from content.visit_texts import load_visit_texts
from domain.journey import Origin
from domain.message import Text
from domain.reader import Reader
from domain.vaccination.schedule import Schedule
from services.ports.content import NeverSaidPort
from services.programme import LanguageChoice, Programme
from services.visits.schedule_forecaster import ScheduleForecaster
from storage.engine import Database, open_database


@dataclass(frozen=True)
class ContentApprovals:
    """Which texts a clinician approved, asked of the library."""

    library: Library

    def is_approved(self, key: str, language: str) -> bool:
        """Whether this text may reach a family."""
        return not self.library.is_draft(key, language)


@dataclass(frozen=True)
class Parts:
    """Everything that the processes are made of."""

    settings: Settings
    database: Database
    clock: Clock
    library: Library
    programme: Programme

    async def close(self) -> None:
        """Let go of every connection."""
        await self.database.close()
        if isinstance(self.clock, SimulatedClock):
            await self.clock.close()


def make_parts(settings: Settings, library: Library | None = None) -> Parts:
    """Load content, unless somebody has it already, and open the database; nothing is connected yet."""
    library = library or load_library()
    clock: Clock = SimulatedClock(settings.clock) if settings.rehearsal else SystemClock()
    return Parts(
        settings=settings,
        database=open_database(settings.database_url),
        clock=clock,
        library=library,
        programme=make_programme(library, load_versions(), settings),
    )


def make_transport(settings: Settings) -> Transport:
    """How calls of the Bot API travel."""
    return Transport(library=settings.transport, proxy=settings.telegram_proxy)


def make_programme(library: Library, schedules: Sequence[Schedule], settings: Settings) -> Programme:
    """What the use cases know without asking a database."""
    versions = tuple(ScheduleForecaster(one) for one in schedules)
    care_plans = tuple(load_care_plans().values())
    return Programme(
        journey=library.catalogue.steps(),
        pregnancy_journey=library.catalogue.steps(Origin.PREGNANCY),
        forecasters={one.schedule.country: one for one in reversed(versions)},
        versions=versions,
        approvals=ContentApprovals(library),
        languages=tuple(LanguageChoice(one.tag, one.autonym) for one in library.languages.choices()),
        spoken_languages=tuple(LanguageChoice(one.tag, one.autonym) for one in library.languages.spoken()),
        guess_language=library.languages.guess,
        read_phone=parse_phone,
        secret=settings.require_secret_key().encode(),
        other_secrets=tuple(key.encode() for key in settings.other_keys()),
        rehearsal=settings.rehearsal,
        care_plans=care_plans,
        campaign_kinds=tuple(load_campaign_kinds().values()),
        topics=load_topics(library),
        library=make_library_search(library),
        visit_texts=load_visit_texts(library, schedules, care_plans),
        holidays=PublicHolidays(),
        language_chain=library.languages.chain,
        send_rate=settings.send_rate,
        never_said=_never_said(),
    )


@cache
def _never_said() -> NeverSaidPort:
    """Read once for a process: its rules never change while it runs."""
    return load_never_said()


class Labels:
    """Short texts of the interface in a language, rendered once and kept: labels of keys, commands, descriptions."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, text: Text, language: str) -> str:
        """The text without markup."""
        if text.values:
            return self._render(text, language)
        if (text.key, language) not in self._known:
            self._known[text.key, language] = self._render(text, language)
        return self._known[text.key, language]

    def _render(self, text: Text, language: str) -> str:
        return self._library.renderer.render_plain(text, Reader(language=language, zone="UTC"))
