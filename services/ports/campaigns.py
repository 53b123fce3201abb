"""Campaigns, their segments and what became of them, as use cases need them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from domain.campaigns.campaign import Campaign, CampaignContent, CampaignState
from domain.campaigns.segment import Segment
from domain.identifiers import ActorId, AddressId, CampaignId, CaregiverId, CommuneId
from domain.sending.outbox import Reason


class LeftOut(StrEnum):
    """Why somebody of a segment gets nothing. The first that applies counts."""

    NOT_JOINED = "not_joined"
    ENDED = "ended"  # contact ended, or she is bereaved: never written to, and counted without a word of why
    STOPPED = "stopped"
    NO_CONSENT = "no_consent"
    NOT_WANTED = "not_wanted"  # visits only, nothing else
    PAUSED = "paused"
    NO_CHAT = "no_chat"  # no address, or none that delivers
    NO_TEXT = "no_text"  # nothing in her language


@dataclass(frozen=True)
class Audience:
    """Whom a segment means, with what a query must know: the day, and the languages in which somebody can read it."""

    segment: Segment
    today: date
    readable: frozenset[str]


@dataclass(frozen=True)
class Reach:
    """Whom a campaign reaches: by commune and language, by zone, and who is left out and why."""

    by_place: Mapping[tuple[CommuneId, str], int] = field(default_factory=dict)
    by_zone: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)

    @property
    def recipients(self) -> int:
        """How many get it."""
        return sum(self.by_place.values())


@dataclass(frozen=True)
class FanOut:
    """The rows that a campaign makes: from when they go, by zone, and until when they are of use.

    `at_most`: only so many, chosen so that each family is as likely; the rest follows with None.
    """

    campaign: CampaignId
    send_from: Mapping[str, datetime]
    expires_at: datetime
    at_most: int | None = None


@dataclass(frozen=True)
class Tally:
    """What became of a campaign's messages, counted. `waiting` are planned or on their way."""

    waiting: int = 0
    waiting_now: int = 0  # of these, due at this moment
    sent: int = 0
    uncertain: int = 0
    closed: Mapping[Reason, int] = field(default_factory=dict)
    answers: Mapping[int, int] = field(default_factory=dict)  # by the answer's place, the last tap of each caregiver
    corrected: int = 0
    withdrawn: int = 0
    out_of_reach: int = 0  # could not be corrected or taken back
    changing: int = 0  # corrections and withdrawals still to be made

    @property
    def made(self) -> int:
        """How many messages the campaign made in all."""
        return self.waiting + self.sent + self.uncertain + sum(self.closed.values())


@dataclass(frozen=True)
class Delivered:
    """A message of a campaign as it was delivered: what a correction or a withdrawal needs of it."""

    address: AddressId
    external_id: str
    language: str
    sent_at: datetime


@dataclass(frozen=True)
class Progress:
    """What the people concerned were told last: the number of the message, in which words, at which real time."""

    number: int = 0
    said: str = ""
    at: datetime | None = None


class CampaignPort(Protocol):
    """Every change of state is conditional on the state before; the unique key makes that starting twice sends once."""

    async def add(self, campaign: Campaign) -> CampaignId:
        """A new one; its `id` is given here."""
        ...

    async def find(self, campaign: CampaignId) -> Campaign | None: ...

    async def several(self, campaigns: Collection[CampaignId]) -> Mapping[CampaignId, Campaign]: ...

    async def newest(self, *, limit: int, after: CampaignId | None = None) -> Sequence[Campaign]:
        """The newest first; `after` a number, the older ones."""
        ...

    async def in_states(self, states: Collection[CampaignState]) -> Sequence[Campaign]: ...

    async def keep_draft(self, campaign: Campaign) -> bool:
        """Title, content, segment, times, repeats and revision, while it is a draft. False: it is none any more."""
        ...

    async def change_state(self, campaign: Campaign, to: CampaignState, *, at: datetime) -> bool:
        """From the state that `campaign` has to another. False when it was in another state by now.

        Keeps `before_pause` when it is paused (and forgets it when it goes on), and `started_at` when the canary
        begins for the first time. `ended_at` is `mark_ended`'s.
        """
        ...

    async def approve(self, campaign: CampaignId, *, by: ActorId, at: datetime) -> bool:
        """Submitted → approved; the database refuses the author."""
        ...

    async def correct(self, campaign: CampaignId, content: CampaignContent, *, revision: int) -> bool:
        """Other words from now on; `revision` is the one that is left behind."""
        ...

    async def mark_ended(self, campaign: CampaignId, at: datetime) -> bool:
        """Nothing of it waits any more and everybody concerned was told. False: it was marked before."""
        ...

    async def mark_withdrawn(self, campaign: CampaignId, at: datetime) -> bool:
        """Taken back as far as that goes; it is no longer marked as ended. False: it was withdrawn before."""
        ...

    async def unended(self) -> Sequence[Campaign]:
        """Every campaign between its approval and its end."""
        ...

    async def progress(self, campaign: CampaignId) -> Progress: ...

    async def keep_progress(self, campaign: CampaignId, told: Progress, *, before: int) -> bool:
        """What is told now; False when another process told something since the number `before`."""
        ...

    async def note_broken(self, campaign: CampaignId) -> int:
        """One more message was refused for its text. Gives how many by now."""
        ...

    async def repeated_since(self, campaign: CampaignId, day: datetime) -> bool:
        """Whether this one was repeated since then."""
        ...

    async def reach(self, audience: Audience) -> Reach: ...

    async def some_recipients(self, audience: Audience, *, count: int) -> Sequence[CaregiverId]:
        """A few of the recipients, in as many languages and communes as there are."""
        ...

    async def fan_out(self, audience: Audience, rows: FanOut, at: datetime) -> int:
        """One row for each recipient who has none yet, made by the database. Gives how many."""
        ...

    async def hold(self, campaign: CampaignId) -> int:
        """Close what waits, as paused: it can be released."""
        ...

    async def release(self, campaign: CampaignId, now: datetime) -> int: ...

    async def cancel(self, campaign: CampaignId) -> int:
        """Close what waits or was held, for good."""
        ...

    async def tally(self, campaign: CampaignId, now: datetime) -> Tally: ...

    async def make_corrections(
        self, campaign: CampaignId, *, language: str, revision: int, at: datetime, expires_at: datetime
    ) -> int:
        """One row of the lane of changes for each message in this language that was delivered or is on its way.

        On its way: claimed or leaving; its words were looked up before. Occasion `correction:CAMPAIGN:REVISION`.
        """
        ...

    async def make_withdrawals(
        self, campaign: CampaignId, *, delivered_since: datetime, at: datetime, expires_at: datetime
    ) -> int:
        """The same, in every language, for those that can still be deleted. Occasion `withdrawal:CAMPAIGN`."""
        ...

    async def delivered(
        self, caregivers: Collection[tuple[CampaignId, CaregiverId]]
    ) -> Mapping[tuple[CampaignId, CaregiverId], Delivered]:
        """What was delivered to these, by campaign and caregiver; what is still on its way is left out."""
        ...

    async def answer(self, campaign: CampaignId, caregiver: CaregiverId, *, place: int, at: datetime) -> None:
        """Her answer; a later one takes its place."""
        ...

    async def waiting_before(self, now: datetime) -> int:
        """How many rows of other kinds are due now or before the end of this day: a campaign goes after them."""
        ...
