"""A campaign is written: section by section, each kept at once, so that a restart loses nothing."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.campaigns.campaign import (
    MOST_ANSWERS,
    Campaign,
    CampaignAnswer,
    CampaignContent,
    CampaignState,
    Missing,
    YearlyDay,
)
from domain.campaigns.segment import Segment
from domain.identifiers import CampaignId
from domain.message import Media
from services.access import Permission, access_actor
from services.campaigns.desk import access_campaign, access_draft, change_draft, note_step
from services.campaigns.texts import TextProblem, phones_of_site, problems_of_label, problems_of_text
from services.turn import Turn

LONGEST_TITLE = 80
NOBODY = CampaignId(0)


@dataclass(frozen=True)
class Written:
    """The draft as it is now; with problems it is as it was before."""

    campaign: Campaign
    problems: tuple[TextProblem, ...] = ()


async def begin_draft(turn: Turn) -> Campaign:
    """An empty campaign of the one who asks."""
    actor = access_actor(turn.speaker, Permission.RUN_CAMPAIGNS)
    return await _add(turn, Campaign(NOBODY, actor.id, turn.moment.now))


async def copy_as_draft(turn: Turn, campaign: CampaignId) -> Campaign | None:
    """The same words for the same families, to be changed and approved anew."""
    actor, found = await access_campaign(turn, campaign)
    if found is None:
        return None
    copy = Campaign(NOBODY, actor.id, turn.moment.now, title=found.title, content=found.content, segment=found.segment)
    return await _add(turn, copy)


async def _add(turn: Turn, campaign: Campaign) -> Campaign:
    number = await turn.uow.campaigns.add(campaign)
    await note_step(turn, number, "begin")
    return replace(campaign, id=number)


async def set_title(turn: Turn, campaign: CampaignId, title: str) -> Campaign | None:
    """What staff call it; families never see it."""
    draft = await access_draft(turn, campaign)
    return await change_draft(turn, draft, title=" ".join(title.split())[:LONGEST_TITLE]) if draft else None


async def write_text(turn: Turn, campaign: CampaignId, language: str, text: str) -> Written | None:
    """What is said in one language, unless something is wrong with it."""
    draft = await access_draft(turn, campaign)
    if draft is None:
        return None
    phones = await phones_of_site(turn)
    problems = problems_of_text(turn.programme, draft, text, language, phones=phones)
    if problems:
        return Written(draft, problems)
    texts = {**draft.content.texts, language: text.strip()}
    return await _with_content(turn, draft, replace(draft.content, texts=texts))


async def drop_text(turn: Turn, campaign: CampaignId, language: str) -> Campaign | None:
    """Nothing in this language after all."""
    draft = await access_draft(turn, campaign)
    if draft is None:
        return None
    left = {tag: text for tag, text in draft.content.texts.items() if tag != language}
    return await change_draft(turn, draft, content=replace(draft.content, texts=left))


async def choose_missing(turn: Turn, campaign: CampaignId, missing: Missing) -> Campaign | None:
    """What becomes of those in whose language nothing is written."""
    draft = await access_draft(turn, campaign)
    return await change_draft(turn, draft, content=replace(draft.content, missing=missing)) if draft else None


async def set_media(turn: Turn, campaign: CampaignId, media: Media | None) -> Campaign | None:
    """A picture or a voice that is kept here, or none."""
    draft = await access_draft(turn, campaign)
    if media is not None and await turn.uow.media.content(media.content_hash) is None:
        return None
    return await change_draft(turn, draft, content=replace(draft.content, media=media)) if draft else None


async def write_label(turn: Turn, campaign: CampaignId, place: int, language: str, label: str) -> Written | None:
    """The label of a button in one language; `place` counts from 0, and one more than there are adds a button."""
    draft = await access_draft(turn, campaign)
    if draft is None:
        return None
    answers = draft.content.answers
    if place >= MOST_ANSWERS:
        return Written(draft, (TextProblem("campaign.problem.enough_answers", {"most": MOST_ANSWERS}),))
    problems = problems_of_label(turn.programme, draft, label, language)
    if problems:
        return Written(draft, problems)
    before = answers[place].labels if place < len(answers) else {}
    written = CampaignAnswer({**before, language: " ".join(label.split())})
    return await _with_content(
        turn, draft, replace(draft.content, answers=(*answers[:place], written, *answers[place + 1 :]))
    )


async def drop_answer(turn: Turn, campaign: CampaignId, place: int) -> Campaign | None:
    """The button at this place, from 0, is not wanted after all."""
    draft = await access_draft(turn, campaign)
    if draft is None:
        return None
    left = tuple(one for number, one in enumerate(draft.content.answers) if number != place)
    return await change_draft(turn, draft, content=replace(draft.content, answers=left))


async def choose_segment(turn: Turn, campaign: CampaignId, segment: Segment) -> Campaign | None:
    """Whom it is for."""
    draft = await access_draft(turn, campaign)
    return await change_draft(turn, draft, segment=segment) if draft else None


async def choose_time(turn: Turn, campaign: CampaignId, send_from: datetime | None) -> Campaign | None:
    """From when it goes; None: as soon as it is approved."""
    draft = await access_draft(turn, campaign)
    return await change_draft(turn, draft, send_from=send_from) if draft else None


async def repeat_yearly(turn: Turn, campaign: CampaignId, days: tuple[YearlyDay, ...]) -> Campaign | None:
    """On which days of every year it starts again."""
    draft = await access_draft(turn, campaign)
    return await change_draft(turn, draft, repeats=tuple(dict.fromkeys(days))) if draft else None


async def drop_draft(turn: Turn, campaign: CampaignId) -> bool:
    """It is not wanted after all."""
    draft = await access_draft(turn, campaign)
    if draft is None:
        return False
    await note_step(turn, campaign, "drop")
    return await turn.uow.campaigns.change_state(draft, CampaignState.CANCELLED, at=turn.moment.now)


async def _with_content(turn: Turn, draft: Campaign, content: CampaignContent) -> Written | None:
    changed = await change_draft(turn, draft, content=content)
    return Written(changed) if changed else None
