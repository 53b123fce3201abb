"""/campaign: the list, a campaign's page and its sections, and every step from the draft to the end."""

from collections.abc import Mapping

from bot.drawing.campaign_check import draw_check
from bot.drawing.campaign_page import (
    Setting,
    draw_answers,
    draw_campaign,
    draw_campaigns,
    draw_correction,
    draw_media,
    draw_question,
    draw_texts,
    draw_when,
)
from bot.drawing.campaign_segment import Places
from bot.drawing.forms import draw_form
from bot.payloads import Payload
from bot.talk import Handler, Said, Talk, say
from domain.campaigns.campaign import Campaign, Missing
from domain.forms.campaigns import CAMPAIGN_MEDIA
from domain.identifiers import CampaignId, CaregiverId
from domain.message import OutgoingMessage, Text
from services.access import Permission, Refused
from services.campaigns.answer_campaign import answer_campaign
from services.campaigns.approve import ChangedMeanwhile, OwnCampaign, approve, send_back, submit, take_back
from services.campaigns.audience import programme_zone
from services.campaigns.change_delivered import withdraw
from services.campaigns.check_campaign import Check, check_campaign
from services.campaigns.draft import (
    begin_draft,
    choose_missing,
    copy_as_draft,
    drop_answer,
    drop_draft,
    drop_text,
    set_media,
)
from services.campaigns.find_campaigns import CampaignPage, Move, list_campaigns, show_campaign
from services.campaigns.preview import send_test, show_examples
from services.campaigns.steer import cancel, pause, resume
from services.forms.answer_form import begin_form


async def campaigns(talk: Talk) -> Said:
    """The newest, or those before one of them."""
    tap = talk.heard.tap
    after = CampaignId(tap.number(0)) if tap is not None and tap.arguments else None
    return say(draw_campaigns(await list_campaigns(talk.turn, after=after)))


async def new(talk: Talk) -> Said:
    """An empty one."""
    return await page_of(talk, (await begin_draft(talk.turn)).id)


async def page(talk: Talk) -> Said:
    """One campaign as it is now."""
    return await page_of(talk, campaign_of(talk))


async def page_of(talk: Talk, campaign: CampaignId, *first: OutgoingMessage) -> Said:
    """Its page, after some words."""
    found = await show_campaign(talk.turn, campaign)
    if found is None:
        return say(*first, draw_campaigns(await list_campaigns(talk.turn)))
    return say(*first, draw_campaign(found, await setting_of(talk)))


async def texts(talk: Talk) -> Said:
    """The languages."""
    found = await _found(talk)
    return say(draw_texts(found, await setting_of(talk)))


async def drop_one_text(talk: Talk) -> Said:
    """Nothing in this language."""
    await drop_text(talk.turn, campaign_of(talk), tap_of(talk).word(1))
    return await texts(talk)


async def missing(talk: Talk) -> Said:
    """What becomes of those who read a language in which nothing is written."""
    await choose_missing(talk.turn, campaign_of(talk), tap_of(talk).one_of(1, Missing))
    return await texts(talk)


async def answers(talk: Talk) -> Said:
    """The buttons under the message."""
    found = await _found(talk)
    own = talk.turn.speaker.address.language
    return say(draw_answers(found, await setting_of(talk), own=own))


async def drop_one_answer(talk: Talk) -> Said:
    """One button less."""
    await drop_answer(talk.turn, campaign_of(talk), tap_of(talk).number(1))
    return await answers(talk)


async def media(talk: Talk) -> Said:
    """The picture or the voice, and the question for another one."""
    found = await _found(talk)
    asking = await begin_form(talk.turn, CAMPAIGN_MEDIA, about=int(found.campaign.id))
    return say(draw_media(found), draw_form(asking)) if found.campaign.content.media else say(draw_form(asking))


async def no_media(talk: Talk) -> Said:
    """Without one."""
    await set_media(talk.turn, campaign_of(talk), None)
    return say(draw_media(await _found(talk)))


async def when(talk: Talk) -> Said:
    """The time."""
    found = await _found(talk)
    return say(draw_when(found, await setting_of(talk)))


async def check(talk: Talk) -> Said:
    """Counts, problems, and when it will be finished."""
    found, page_now = await check_campaign(talk.turn, campaign_of(talk)), await _found(talk)
    if found is None:
        return await page(talk)
    return say(draw_check(found, talk.turn.programme.spoken_languages, page_now.may))


async def test(talk: Talk) -> Said:
    """To oneself, in every language."""
    sent = await send_test(talk.turn, campaign_of(talk))
    words = Text("campaign.test_sent" if sent else "campaign.nothing_written")
    return await page_of(talk, campaign_of(talk), OutgoingMessage(words))


async def examples(talk: Talk) -> Said:
    """As three real recipients would see it."""
    shown = await show_examples(talk.turn, campaign_of(talk))
    words = Text("campaign.examples_sent" if shown else "campaign.no_recipients")
    return await page_of(talk, campaign_of(talk), OutgoingMessage(words))


async def ask_for_approval(talk: Talk) -> Said:
    """Others are asked; what is still wrong is said."""
    found = await submit(talk.turn, campaign_of(talk))
    if isinstance(found, Check):
        return await check(talk)
    return await _after(talk, found, "campaign.submitted")


async def approve_it(talk: Talk) -> Said:
    """By a second person, and only what she looked at."""
    found = await approve(talk.turn, campaign_of(talk), seen=tap_of(talk).number(2))
    if isinstance(found, OwnCampaign):
        return await _after(talk, found.campaign, "campaign.own")
    if isinstance(found, ChangedMeanwhile):
        return await _after(talk, found.campaign, "campaign.changed_meanwhile")
    return await _after(talk, found, "campaign.approved")


async def send_it_back(talk: Talk) -> Said:
    """Not so."""
    return await _after(talk, await send_back(talk.turn, campaign_of(talk)), "campaign.sent_back")


async def take_it_back(talk: Talk) -> Said:
    """The author goes on writing."""
    return await _after(talk, await take_back(talk.turn, campaign_of(talk)), "campaign.taken_back")


async def pause_it(talk: Talk) -> Said:
    """Nothing more leaves."""
    return await _after(talk, await pause(talk.turn, campaign_of(talk)), "campaign.paused")


async def resume_it(talk: Talk) -> Said:
    """It goes on."""
    return await _after(talk, await resume(talk.turn, campaign_of(talk)), "campaign.resumed")


async def cancel_it(talk: Talk) -> Said:
    """It ends here."""
    return await _after(talk, await cancel(talk.turn, campaign_of(talk)), "campaign.cancelled")


async def drop_it(talk: Talk) -> Said:
    """The draft is thrown away."""
    dropped = await drop_draft(talk.turn, campaign_of(talk))
    words = OutgoingMessage(Text("campaign.dropped" if dropped else "campaign.not_now"))
    return say(words, draw_campaigns(await list_campaigns(talk.turn)))


async def copy_it(talk: Talk) -> Said:
    """The same as a new draft."""
    copy = await copy_as_draft(talk.turn, campaign_of(talk))
    return await page_of(talk, copy.id if copy else campaign_of(talk))


async def ask_correction(talk: Talk) -> Said:
    """In which language?"""
    found = await _found(talk)
    return say(draw_correction(found, await setting_of(talk)))


async def withdraw_it(talk: Talk) -> Said:
    """What can still be deleted is deleted; what cannot is counted."""
    done = await withdraw(talk.turn, campaign_of(talk))
    if done is None:
        return await _after(talk, None, "campaign.not_now")
    key = "campaign.withdrawn_in_part" if done.too_old else "campaign.withdrawn"
    words = Text(key, {"messages": done.messages, "too_old": done.too_old})
    return await page_of(talk, campaign_of(talk), OutgoingMessage(words))


async def answer(talk: Talk) -> Said:
    """A family's tap under a campaign: counted, thanked for; a later one takes its place."""
    tap = tap_of(talk)
    caregiver, campaign = CaregiverId(tap.number(0)), CampaignId(tap.number(1))
    counted = await answer_campaign(talk.turn, caregiver, campaign, tap.number(2))
    if counted is None:
        return say(OutgoingMessage(Text("campaign.answer_gone")))
    key = "campaign.thanks_test" if counted.test else "campaign.thanks"
    return say(OutgoingMessage(Text(key, {"label": counted.label})))


async def setting_of(talk: Talk) -> Setting:
    """Names of places and languages, and the zone of hours."""
    area, programme = talk.turn.uow.area, talk.turn.programme
    places = Places(await area.communes(), await area.facilities(), programme.languages)
    return Setting(places, await programme_zone(talk.turn))


def campaign_of(talk: Talk) -> CampaignId:
    """The campaign that a button speaks of."""
    return CampaignId(tap_of(talk).number(0))


def tap_of(talk: Talk) -> Payload:
    """The button."""
    if talk.heard.tap is None:
        raise Refused(Permission.RUN_CAMPAIGNS)
    return talk.heard.tap


async def _found(talk: Talk) -> CampaignPage:
    found = await show_campaign(talk.turn, campaign_of(talk))
    if found is None:
        raise Refused(Permission.RUN_CAMPAIGNS, f"campaign:{campaign_of(talk)}")
    return found


async def _after(talk: Talk, done: Campaign | None, words: str) -> Said:
    """The page as it is now; a button of another time says so."""
    key = words if done is not None else "campaign.not_now"
    return await page_of(talk, campaign_of(talk), OutgoingMessage(Text(key)))


_STEPS: Mapping[Move, Handler] = {
    Move.CHECK: check,
    Move.TEST: test,
    Move.EXAMPLES: examples,
    Move.SUBMIT: ask_for_approval,
    Move.TAKE_BACK: take_it_back,
    Move.APPROVE: approve_it,
    Move.SEND_BACK: send_it_back,
    Move.PAUSE: pause_it,
    Move.RESUME: resume_it,
    Move.CORRECT: ask_correction,
    Move.COPY: copy_it,
}
_GRAVE: Mapping[Move, Handler] = {Move.CANCEL: cancel_it, Move.WITHDRAW: withdraw_it, Move.DROP: drop_it}
"""Asked about once more, because none of them can be undone."""


async def step(talk: Talk) -> Said:
    """One of the steps that the page offers."""
    move = tap_of(talk).one_of(1, Move)
    if move in _GRAVE:
        return say(draw_question(move, await _found(talk)))
    return await _known(_STEPS, move)(talk)


async def sure(talk: Talk) -> Said:
    """A grave step, confirmed."""
    return await _known(_GRAVE, tap_of(talk).one_of(1, Move))(talk)


def _known(steps: Mapping[Move, Handler], move: Move) -> Handler:
    if move not in steps:
        raise Refused("forged_button", "campaign")
    return steps[move]
