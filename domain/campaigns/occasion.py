"""The occasions of campaigns in the outbox: said, corrected in place, taken back."""

from dataclasses import dataclass
from enum import StrEnum

from domain.identifiers import CampaignId


class Told(StrEnum):
    """What a row does; its occasion begins with this word."""

    SAID = "campaign"
    CORRECTED = "correction"
    WITHDRAWN = "withdrawal"


@dataclass(frozen=True)
class CampaignOccasion:
    """Of which campaign a row is; `revision` numbers its corrections."""

    campaign: CampaignId
    told: Told = Told.SAID
    revision: int | None = None

    def __str__(self) -> str:
        words = [self.told.value, str(self.campaign)]
        return ":".join(words if self.revision is None else [*words, str(self.revision)])


def parse_campaign_occasion(occasion: str) -> CampaignOccasion | None:
    """The occasion of a campaign's row, or None for any other."""
    told, *numbers = occasion.split(":")
    if (
        told not in set(Told)
        or not 1 <= len(numbers) <= 2
        or not all(one.isascii() and one.isdecimal() for one in numbers)
    ):
        return None
    revision = int(numbers[1]) if len(numbers) > 1 else None
    return CampaignOccasion(CampaignId(int(numbers[0])), Told(told), revision)
