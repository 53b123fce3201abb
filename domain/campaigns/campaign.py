"""A campaign: what it says, whom it is for, and the way from a draft to its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil

from domain.campaigns.segment import Segment
from domain.identifiers import ActorId, CampaignId
from domain.message import Media

MESSAGE_KEY = "campaign.message"
CANARY_SHARE, LEAST_CANARY = 0.01, 20
BREAKER = 3
"""So many messages refused for their text stop a campaign. Source: reference/telegram.md section 8.9."""
WITHDRAWAL_ENDS = timedelta(hours=48)
"""A channel deletes no message that is older. Source: reference/telegram.md section 1, deleteMessage."""
MOST_ANSWERS = 4
LIVES = timedelta(days=3)
"""How long a campaign is of use when its author says nothing else."""
LONGEST_TEXT = 4000
"""In the channel's units (UTF-16), with room for the line that says whom a message on a shared chat is for."""
LONGEST_LABEL = 40


class CampaignState(StrEnum):
    """draft → submitted → approved → canary → running → done.

    Paused comes from canary or running and goes back there. Halted: the channel refused the text. Cancelled at any
    time before it is done. A submitted one that is changed or sent back is a draft again.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CANARY = "canary"
    RUNNING = "running"
    PAUSED = "paused"
    HALTED = "halted"
    DONE = "done"
    CANCELLED = "cancelled"


SENDING = frozenset({CampaignState.CANARY, CampaignState.RUNNING})
OPEN = frozenset({CampaignState.APPROVED, *SENDING, CampaignState.PAUSED})
ENDED = frozenset({CampaignState.HALTED, CampaignState.DONE, CampaignState.CANCELLED})


@dataclass(frozen=True)
class CampaignAnswer:
    """A button whose taps are counted: its label in each language."""

    labels: Mapping[str, str]


class Missing(StrEnum):
    """What becomes of those in whose language nothing was written."""

    NEXT_LANGUAGE = "next_language"  # the next one of their language's chain that has a text
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class CampaignContent:
    """What is said, as staff typed it: plain text by language. Nobody gets half a message: labels go with the text."""

    texts: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[CampaignAnswer, ...] = ()
    media: Media | None = None
    missing: Missing = Missing.NEXT_LANGUAGE

    def language_for(self, chain: Sequence[str]) -> str | None:
        """In which language somebody with this chain of languages reads it, if at all."""
        reads = chain if self.missing is Missing.NEXT_LANGUAGE else chain[:1]
        return next((tag for tag in reads if self.speaks(tag)), None)

    def speaks(self, tag: str) -> bool:
        """Whether all of it is there in this language."""
        return bool(self.texts.get(tag, "").strip()) and all(one.labels.get(tag, "").strip() for one in self.answers)


@dataclass(frozen=True)
class YearlyDay:
    """A day of each year on which a campaign starts again. 29 February rolls forward to 1 March."""

    month: int
    day: int


@dataclass(frozen=True)
class Campaign:
    """One campaign. `revision` counts the corrections; `repeats_of` is the one that it repeats.

    `send_from` None: as soon as it is approved. `before_pause` is where it goes on. Instants are aware UTC,
    of the programme's clock.
    """

    id: CampaignId
    author: ActorId
    created_at: datetime
    title: str = ""
    state: CampaignState = CampaignState.DRAFT
    before_pause: CampaignState | None = None
    content: CampaignContent = field(default_factory=CampaignContent)
    segment: Segment = field(default_factory=Segment)
    send_from: datetime | None = None
    lives: timedelta = LIVES
    approved_by: ActorId | None = None
    approved_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    withdrawn_at: datetime | None = None
    broken: int = 0
    revision: int = 0
    repeats: tuple[YearlyDay, ...] = ()
    repeats_of: CampaignId | None = None

    @property
    def occasion(self) -> str:
        """Under which its messages stand in the outbox. Source: DESIGN section 2."""
        return f"campaign:{self.id}"


def canary_size(recipients: int) -> int:
    """How many get it first: one in a hundred, at least twenty, rounded up. Source: issue 5."""
    return min(recipients, max(LEAST_CANARY, ceil(recipients * CANARY_SHARE)))


def next_yearly_day(days: Sequence[YearlyDay], today: date) -> date | None:
    """The next of these days, today included; None without any."""
    years = (today.year, today.year + 1)
    return min((day for year in years for day in (_in_year(one, year) for one in days) if day >= today), default=None)


def _in_year(day: YearlyDay, year: int) -> date:
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return date(year, day.month + 1, 1)
