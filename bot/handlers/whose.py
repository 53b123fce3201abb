"""Whose button it is: every button of a caregiver carries her number, because a telephone may be shared."""

from bot.talk import Talk
from domain.identifiers import CaregiverId
from domain.message import Text
from domain.people import Caregiver
from services.access import Refused, access_own
from services.messages.read_as import whom_of


def only_caregivers(talk: Talk) -> None:
    """Refuse what only a caregiver may ask."""
    if not talk.turn.speaker.caregivers:
        raise Refused("own_family")


def whose(talk: Talk, arguments: int) -> tuple[Caregiver, int]:
    """The caregiver of a button with so many arguments behind her number, and where these begin.

    Buttons of before telephones could be shared carry no number: they mean the only one who reads here.
    """
    only_caregivers(talk)
    tap = talk.heard.tap
    if tap is not None and len(tap.arguments) > arguments:
        return access_own(talk.turn.speaker, CaregiverId(tap.number(0))), 1
    if talk.turn.speaker.is_shared:
        raise Refused("own_caregiver", "shared chat")
    return talk.turn.speaker.caregivers[0], 0


async def whom(talk: Talk, caregiver: Caregiver) -> Text | None:
    """For whom an answer is, where several read."""
    if not talk.turn.speaker.is_shared:
        return None
    children = await talk.turn.uow.families.children_of(caregiver.id)
    return whom_of(caregiver, [child.name for child in children])
