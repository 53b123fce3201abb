"""What was delivered is corrected in place, or taken back while the channel still deletes it. Both are counted."""

from dataclasses import dataclass, replace
from datetime import timedelta

from domain.campaigns.campaign import OPEN, WITHDRAWAL_ENDS, Campaign, CampaignState
from domain.identifiers import CampaignId
from services.campaigns.desk import access_campaign, note_step
from services.campaigns.texts import TextProblem, phones_of_site, problems_of_text
from services.turn import Turn

CORRECTION_LIVES = timedelta(days=7)


@dataclass(frozen=True)
class Corrected:
    """The new words, and how many messages are edited in place; with problems nothing was changed."""

    campaign: Campaign
    problems: tuple[TextProblem, ...] = ()
    messages: int = 0


@dataclass(frozen=True)
class Withdrawn:
    """How many messages are deleted, and how many are too old for that."""

    messages: int
    too_old: int


async def correct(turn: Turn, campaign: CampaignId, language: str, text: str) -> Corrected | None:
    """Other words in one language: for what has not left, and in place of what has. None: there is nothing to correct.

    A language in which nothing was said stays so: a correction reaches those who were reached.
    """
    _actor, found = await access_campaign(turn, campaign)
    if found is None or found.started_at is None or found.withdrawn_at is not None:
        return None
    if language not in found.content.texts:
        return None
    problems = problems_of_text(turn.programme, found, text, language, phones=await phones_of_site(turn))
    if problems:
        return Corrected(found, problems)
    content = replace(found.content, texts={**found.content.texts, language: text.strip()})
    if not await turn.uow.campaigns.correct(campaign, content, revision=found.revision):
        return None
    revision, now = found.revision + 1, turn.moment.now
    made = await turn.uow.campaigns.make_corrections(
        campaign, language=language, revision=revision, at=now, expires_at=now + CORRECTION_LIVES
    )
    await note_step(turn, campaign, "correct", revision=revision, messages=made)
    return Corrected(replace(found, content=content, revision=revision), messages=made)


async def withdraw(turn: Turn, campaign: CampaignId) -> Withdrawn | None:
    """Take back what was delivered within 48 hours, and send nothing more. None: it was never sent, or is withdrawn."""
    _actor, found = await access_campaign(turn, campaign)
    now = turn.moment.now
    if found is None or found.started_at is None or not await turn.uow.campaigns.mark_withdrawn(campaign, now):
        return None
    if found.state in OPEN:
        await turn.uow.campaigns.change_state(found, CampaignState.CANCELLED, at=now)
    before = await turn.uow.campaigns.tally(campaign, now)
    made = await turn.uow.campaigns.make_withdrawals(
        campaign, delivered_since=now - WITHDRAWAL_ENDS, at=now, expires_at=now + WITHDRAWAL_ENDS
    )
    await note_step(turn, campaign, "withdraw", messages=made)
    return Withdrawn(made, max(0, before.sent - made))
