"""How it will look: to its author in every language, and as three real recipients would see it."""

from dataclasses import replace

from domain.campaigns.campaign import Campaign
from domain.identifiers import CampaignId, CaregiverId
from domain.message import OutgoingMessage, Text, Value
from domain.people import Caregiver
from services.campaigns.audience import audience_of, language_for
from services.campaigns.desk import access_campaign
from services.campaigns.message import TEST, campaign_message
from services.messages.read_as import whom_of
from services.messages.reply import reply
from services.ports.recipients import Recipients
from services.turn import Turn

EXAMPLES = 3


async def send_test(turn: Turn, campaign: CampaignId) -> int:
    """One message for each language that is written, into the chat of the one who asks."""
    _actor, found = await access_campaign(turn, campaign)
    if found is None:
        return 0
    tags = [tag for tag in found.content.texts if found.content.speaks(tag)]
    messages = [replace(campaign_message(found, tag, TEST), whom=_test_of(turn, tag)) for tag in tags]
    await reply(replace(turn, occasion=f"{turn.occasion}:test"), messages)
    return len(messages)


def _test_of(turn: Turn, tag: str) -> Text:
    return Text("campaign.test_of", {"language": _language(turn, tag)})


def _language(turn: Turn, tag: str) -> str:
    return next((one.autonym for one in turn.programme.spoken_languages if one.tag == tag), tag)


async def show_examples(turn: Turn, campaign: CampaignId) -> int:
    """The messages of three of its recipients, in the chat of the one who asks: by role and commune, without a name."""
    _actor, found = await access_campaign(turn, campaign)
    if found is None:
        return 0
    some = await turn.uow.campaigns.some_recipients(await audience_of(turn, found), count=EXAMPLES)
    known = await turn.uow.recipients.look_up(some, addresses=(), children=())
    examples = [_example(turn, found, known.caregivers[one], known) for one in some if one in known.caregivers]
    messages = [one for one in examples if one is not None]
    await reply(replace(turn, occasion=f"{turn.occasion}:examples"), messages)
    return len(messages)


def _example(turn: Turn, campaign: Campaign, caregiver: Caregiver, known: Recipients) -> OutgoingMessage | None:
    tag = language_for(turn, campaign, caregiver.language)
    if tag is None:
        return None
    shared = any(one.id in known.shared for one in known.addresses_of.get(caregiver.id, ()))
    values: dict[str, Value] = {
        "role": Text(f"choice.role.{caregiver.role}"),
        "commune": _commune(known, caregiver),
        "language": _language(turn, tag),
    }
    above = Text("campaign.example_shared", {**values, "whom": whom_of(caregiver, ())}) if shared else None
    message = campaign_message(campaign, tag, CaregiverId(TEST))
    return replace(message, whom=above or Text("campaign.example", values))


def _commune(known: Recipients, caregiver: Caregiver) -> str:
    family = known.families.get(caregiver.family)
    facility = known.facilities.get(family.facility) if family else None
    return facility.commune.name if facility else ""
