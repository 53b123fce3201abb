"""A campaign's message as one of its readers gets it."""

from dataclasses import dataclass

from domain.campaigns.campaign import MESSAGE_KEY, Campaign
from domain.identifiers import CaregiverId
from domain.message import Choice, OutgoingMessage, Text

TEST = CaregiverId(0)
"""The caregiver in the buttons of a test: nobody."""


def campaign_message(campaign: Campaign, language: str, caregiver: CaregiverId) -> OutgoingMessage:
    """In a language in which it speaks; each answer is a row of its own, because labels are sentences."""
    content = campaign.content
    rows = tuple(
        (_choice(campaign, place, one.labels[language], caregiver),) for place, one in enumerate(content.answers)
    )
    return OutgoingMessage(Text(MESSAGE_KEY, {"text": content.texts[language]}), rows, media=content.media)


def _choice(campaign: Campaign, place: int, label: str, caregiver: CaregiverId) -> Choice:
    return Choice(Text("campaign.answer_label", {"text": label}), f"v1:campaign:{caregiver}:{campaign.id}:{place}")


@dataclass(frozen=True)
class Answered:
    """What she tapped, in her words; `test`: nobody's answer."""

    label: str
    test: bool = False
