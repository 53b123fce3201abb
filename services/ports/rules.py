"""What provinces settle: gates, upper ages, outbreaks, dated rounds."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from domain.care.rounds import CampaignRound
from domain.children_concerned import Births
from domain.identifiers import ActorId
from domain.province_rules import GateWord, Outbreak, ProvinceRules
from domain.vaccination.ages import Age


class RulePort(Protocol):
    """The rules of provinces, each by its code."""

    async def of(self, province: str) -> ProvinceRules:
        """Everything that a province settled."""
        ...

    async def set_gate(self, province: str, word: GateWord, *, by: ActorId, at: datetime) -> None:
        """From a day on the gate is open or closed; a second word about the same day replaces the first."""
        ...

    async def set_upper_age(self, province: str, item: str, age: Age, *, by: ActorId, at: datetime) -> None:
        """The age before which the item is given here."""
        ...

    async def drop_upper_age(self, province: str, item: str) -> int:
        """The schedule's own age again."""
        ...

    async def declare_outbreak(self, province: str, outbreak: Outbreak, *, by: ActorId, at: datetime) -> None:
        """A disease is about."""
        ...

    async def end_outbreak(self, province: str, group: str, last_day: date) -> int:
        """It is over: `last_day` was its last."""
        ...

    async def add_round(self, province: str, one: CampaignRound, *, by: ActorId, at: datetime) -> None:
        """A dated campaign, such as vitamin A."""
        ...

    async def cancel_round(self, province: str, key: str, from_on: date, at: datetime) -> int:
        """It does not take place."""
        ...

    async def births(self, province: str, born_after: date) -> Sequence[Births]:
        """Birthdays of the children who are cared for in a province, each with how many share it, by day."""
        ...
