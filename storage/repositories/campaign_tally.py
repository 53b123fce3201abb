"""What became of a campaign, counted over an index that holds nothing but rows of campaigns."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, null, select, union_all

from domain.identifiers import CampaignId
from domain.sending.outbox import OutboxState, Reason
from services.ports.campaigns import Tally
from storage.repositories.campaign_outbox import (
    CampaignOutbox,
    correction_occasions,
    message_occasion,
    on_occasions,
    withdrawal_occasion,
)
from storage.tables import campaign_answers, outbox

WAITING = frozenset({OutboxState.PLANNED, OutboxState.SENDING})


@dataclass(frozen=True)
class _Count:
    """How many rows of an occasion stand so; `due`, of how many of them the hour has come."""

    occasion: str
    state: OutboxState
    reason: Reason | None
    many: int
    due: int


class CampaignTallyRows(CampaignOutbox):
    """Asked every few seconds while a campaign runs."""

    async def tally(self, campaign: CampaignId, now: datetime) -> Tally:
        """What became of its messages, of what was to change them, and how it was answered."""
        own, withdrawal = message_occasion(campaign), withdrawal_occasion(campaign)
        corrections = correction_occasions(campaign, await self._revision(campaign))
        counts = await self._counts([own, withdrawal, *corrections], now)
        messages = [one for one in counts if one.occasion == own]
        changes = [one for one in counts if one.occasion != own]
        # The last correction in a language is about all its messages, and a withdrawal about all there are.
        last = await self._last_by_language(sorted({one.occasion for one in changes} - {withdrawal}, key=_revision_of))
        latest = {withdrawal} if any(one.occasion == withdrawal for one in changes) else last
        return Tally(
            waiting=_sum(messages, *WAITING),
            waiting_now=sum(one.due for one in messages if one.state is OutboxState.PLANNED),
            sent=_sum(messages, OutboxState.SENT),
            uncertain=_sum(messages, OutboxState.UNCERTAIN),
            closed={one.reason: one.many for one in messages if one.state is OutboxState.CLOSED and one.reason},
            answers=await self._answers(campaign),
            corrected=_sum([one for one in changes if one.occasion in last], OutboxState.SENT),
            withdrawn=_sum([one for one in changes if one.occasion == withdrawal], OutboxState.SENT),
            out_of_reach=_out_of_reach([one for one in changes if one.occasion in latest]),
            changing=_sum(changes, *WAITING),
        )

    async def _counts(self, occasions: Collection[str], now: datetime) -> list[_Count]:
        found = union_all(*(_counted(occasion, state, now) for occasion in occasions for state in OutboxState))
        return [
            _Count(
                occasion=row["occasion"],
                state=OutboxState(row["state"]),
                reason=Reason(row["reason"]) if row["reason"] is not None else None,
                many=row["many"],
                due=row["due"],
            )
            for row in await self._statements.all(found)
            if row["many"]
        ]

    async def _last_by_language(self, occasions: Collection[str]) -> set[str]:
        last: dict[str, str] = {}
        for occasion in occasions:
            known = select(outbox.c.language).where(on_occasions(occasion), outbox.c.language.is_not(None))
            language = await self._statements.value(known.limit(1))
            last[language or occasion] = occasion
        return set(last.values())

    async def _answers(self, campaign: CampaignId) -> Mapping[int, int]:
        place = campaign_answers.c.place
        found = select(place, func.count().label("many")).where(campaign_answers.c.campaign_id == campaign)
        return {row[place]: row["many"] for row in await self._statements.all(found.group_by(place))}


def _counted(occasion: str, state: OutboxState, now: datetime) -> Select[Any]:
    """One stretch of the index, without sorting its rows; only what was closed is counted by its reason."""
    reason = outbox.c.reason if state is OutboxState.CLOSED else null()
    columns: list[ColumnElement[Any]] = [
        literal(occasion).label("occasion"),
        literal(state.value).label("state"),
        cast(reason, String).label("reason"),
        func.count().label("many"),
        func.count().filter(outbox.c.send_from <= now).label("due"),
    ]
    found = select(*columns).where(on_occasions(occasion), outbox.c.state == state.value)
    return found.group_by(outbox.c.reason) if state is OutboxState.CLOSED else found


def _revision_of(occasion: str) -> int:
    return int(occasion.rpartition(":")[2])


def _sum(counts: Collection[_Count], *states: OutboxState) -> int:
    return sum(one.many for one in counts if one.state in states)


def _out_of_reach(counts: Collection[_Count]) -> int:
    """Of changes: those that could not be made, or nobody knows whether they were."""
    given_up = [one for one in counts if one.reason is not Reason.SUPERSEDED]
    return _sum(given_up, OutboxState.CLOSED, OutboxState.UNCERTAIN)
