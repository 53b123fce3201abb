"""What is typed for a campaign, one answer at a time, and what is done with it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.drawing.campaign_check import words_of
from bot.drawing.forms import draw_form
from bot.handlers.campaign_choices import aged, campaign_at, whom, yearly_day
from bot.handlers.campaigns import answers, page_of, setting_of, tap_of, texts
from bot.payloads import Payload
from bot.talk import Handler, Said, Talk, say
from domain.forms.campaigns import (
    CAMPAIGN_AGES,
    CAMPAIGN_CORRECTION,
    CAMPAIGN_LABEL,
    CAMPAIGN_MEDIA,
    CAMPAIGN_TEXT,
    CAMPAIGN_TIME,
    CAMPAIGN_TITLE,
    CAMPAIGN_YEARLY,
)
from domain.forms.form import Answers, Form
from domain.identifiers import CampaignId
from domain.media import read_media
from domain.message import OutgoingMessage, Text
from services.access import Permission, Refused
from services.campaigns.change_delivered import correct
from services.campaigns.draft import (
    choose_segment,
    choose_time,
    repeat_yearly,
    set_media,
    set_title,
    write_label,
    write_text,
)
from services.campaigns.texts import TextProblem
from services.forms.answer_form import begin_form, drop_form, find_draft

TYPED: dict[str, Form] = {
    "title": CAMPAIGN_TITLE,
    "text": CAMPAIGN_TEXT,
    "label": CAMPAIGN_LABEL,
    "ages": CAMPAIGN_AGES,
    "time": CAMPAIGN_TIME,
    "yearly": CAMPAIGN_YEARLY,
    "correction": CAMPAIGN_CORRECTION,
}


async def type_it(talk: Talk) -> Said:
    """Ask for something that is typed."""
    tap = tap_of(talk)
    form = TYPED.get(tap.word(1))
    if form is None:
        raise Refused("forged_button", "campaign")
    campaign = await campaign_at(talk)
    asking = await begin_form(talk.turn, form, about=int(campaign.id), answers=_given(talk, tap, form))
    return say(draw_form(asking))


def _given(talk: Talk, tap: Payload, form: Form) -> Answers:
    tag = tap.word(2)
    known = {one.tag: one.autonym for one in talk.turn.programme.languages}
    if form in (CAMPAIGN_TEXT, CAMPAIGN_LABEL, CAMPAIGN_CORRECTION):
        if tag not in known:
            raise Refused("forged_button", "campaign")
        place = {"place": str(tap.number(3))} if form is CAMPAIGN_LABEL else {}
        return {"language": tag, "autonym": known[tag], **place}
    return {}


async def finish_title(talk: Talk) -> Said:
    """What staff call it."""
    campaign, given = await _taken(talk, CAMPAIGN_TITLE)
    await set_title(talk.turn, campaign, given["title"] or "")
    return await page_of(talk, campaign)


async def finish_text(talk: Talk) -> Said:
    """What is said in one language."""
    campaign, given = await _taken(talk, CAMPAIGN_TEXT)
    written = await write_text(talk.turn, campaign, given["language"] or "", given["text"] or "")
    if written is not None and written.problems:
        return await _again(talk, campaign, CAMPAIGN_TEXT, given, written.problems)
    return await texts(_about(talk, campaign))


async def finish_media(talk: Talk) -> Said:
    """The picture or the voice that was sent."""
    campaign, given = await _taken(talk, CAMPAIGN_MEDIA)
    await set_media(talk.turn, campaign, read_media(given["media"] or ""))
    return await page_of(talk, campaign)


async def finish_label(talk: Talk) -> Said:
    """A button in one language."""
    campaign, given = await _taken(talk, CAMPAIGN_LABEL)
    place, tag = int(given["place"] or 0), given["language"] or ""
    written = await write_label(talk.turn, campaign, place, tag, given["words"] or "")
    if written is not None and written.problems:
        return await _again(talk, campaign, CAMPAIGN_LABEL, given, written.problems)
    return await answers(_about(talk, campaign))


async def finish_ages(talk: Talk) -> Said:
    """Two ages in months."""
    campaign, given = await _taken(talk, CAMPAIGN_AGES)
    first, _, last = (given["ages"] or "").partition("-")
    about = _about(talk, campaign)
    segment = (await campaign_at(about)).segment
    await choose_segment(talk.turn, campaign, aged(segment, int(first), int(last) if last else None))
    return await whom(about)


async def finish_time(talk: Talk) -> Said:
    """A day and an hour, where the programme is."""
    campaign, given = await _taken(talk, CAMPAIGN_TIME)
    setting = await setting_of(talk)
    day, hour = date.fromisoformat(given["day"] or ""), int(given["hour"] or 8)
    local = datetime.combine(day, time(hour), tzinfo=ZoneInfo(setting.zone))
    await choose_time(talk.turn, campaign, local.astimezone(UTC))
    return await page_of(talk, campaign)


async def finish_yearly(talk: Talk) -> Said:
    """One more day of each year."""
    campaign, given = await _taken(talk, CAMPAIGN_YEARLY)
    about = _about(talk, campaign)
    repeats = (await campaign_at(about)).repeats
    await repeat_yearly(talk.turn, campaign, (*repeats, yearly_day(given["yearly"] or "")))
    return await page_of(talk, campaign)


async def finish_correction(talk: Talk) -> Said:
    """Other words in place of those that were delivered."""
    campaign, given = await _taken(talk, CAMPAIGN_CORRECTION)
    done = await correct(talk.turn, campaign, given["language"] or "", given["text"] or "")
    if done is not None and done.problems:
        return await _again(talk, campaign, CAMPAIGN_CORRECTION, given, done.problems)
    if done is None:
        return await page_of(talk, campaign, OutgoingMessage(Text("campaign.not_now")))
    return await page_of(talk, campaign, OutgoingMessage(Text("campaign.corrected", {"messages": done.messages})))


async def _again(
    talk: Talk, campaign: CampaignId, form: Form, given: Answers, problems: tuple[TextProblem, ...]
) -> Said:
    """What is wrong and what may be said instead; and the question once more."""
    kept = {name: value for name, value in given.items() if name in ("language", "autonym", "place")}
    asking = await begin_form(talk.turn, form, about=int(campaign), answers=kept)
    wrong = Text("campaign.not_taken", {"problems": words_of(problems, talk.turn.programme.languages)})
    return say(OutgoingMessage(wrong), draw_form(asking))


async def _taken(talk: Talk, form: Form) -> tuple[CampaignId, Answers]:
    draft = await find_draft(talk.turn, form.name)
    await drop_form(talk.turn, form.name)
    if draft is None or draft.about is None:
        raise Refused(Permission.RUN_CAMPAIGNS, form.name)
    return CampaignId(draft.about), draft.answers


def _about(talk: Talk, campaign: CampaignId) -> Talk:
    """The same talk, as if a button of this campaign had been tapped."""
    return replace(talk, heard=replace(talk.heard, tap=Payload("campaign", (str(campaign),))))


FINISH: dict[str, Handler] = {
    CAMPAIGN_TITLE.name: finish_title,
    CAMPAIGN_TEXT.name: finish_text,
    CAMPAIGN_MEDIA.name: finish_media,
    CAMPAIGN_LABEL.name: finish_label,
    CAMPAIGN_AGES.name: finish_ages,
    CAMPAIGN_TIME.name: finish_time,
    CAMPAIGN_YEARLY.name: finish_yearly,
    CAMPAIGN_CORRECTION.name: finish_correction,
}
"""What is done with the answer of each form."""
