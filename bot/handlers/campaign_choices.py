"""What is chosen for a campaign: for whom by ticks, when, and every answer that is typed."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from bot.drawing.campaign_segment import draw_ages, draw_places, draw_segment, options_of
from bot.handlers.campaigns import answers, campaign_of, media, page_of, setting_of, tap_of, texts, when
from bot.payloads import Payload
from bot.talk import Handler, Said, Talk, say
from domain.campaigns.campaign import Campaign, YearlyDay
from domain.campaigns.segment import Segment
from domain.identifiers import CommuneId, FacilityId
from domain.reader import Role
from services.access import Permission, Refused
from services.campaigns.draft import (
    choose_segment,
    choose_time,
    repeat_yearly,
)
from services.campaigns.find_campaigns import show_campaign

KINDS = frozenset({"ages", "communes", "facilities", "roles", "languages"})
Chosen = TypeVar("Chosen")
SWITCHES = frozenset({"expecting", "overdue", "kin_not_joined"})


async def whom(talk: Talk) -> Said:
    """For whom it is: the sentence and the choices."""
    return say(draw_segment(await campaign_at(talk), (await setting_of(talk)).places))


async def choices(talk: Talk) -> Said:
    """The choices of one kind."""
    tap, campaign = tap_of(talk), await campaign_at(talk)
    kind = tap.word(1)
    if kind == "ages":
        return say(draw_ages(campaign))
    return await _places(talk, campaign, kind, _number(tap, 2))


async def _places(talk: Talk, campaign: Campaign, kind: str, page: int) -> Said:
    if kind not in KINDS:
        raise Refused("forged_button", "campaign")
    options = options_of(kind, campaign.segment, (await setting_of(talk)).places)
    return say(draw_places(campaign, kind, options, page))


async def tick(talk: Talk) -> Said:
    """One name more, or one less."""
    tap, campaign = tap_of(talk), await campaign_at(talk)
    kind, value, on = tap.word(1), tap.word(2), tap.number(3) == 1
    changed = await _choose(talk, _ticked(campaign.segment, kind, value, on=on))
    return await _places(talk, changed or campaign, kind, _number(tap, 4))


def _ticked(segment: Segment, kind: str, value: str, *, on: bool) -> Segment:
    try:
        if kind == "communes":
            return replace(segment, communes=_with(segment.communes, CommuneId(int(value)), on=on))
        if kind == "facilities":
            return replace(segment, facilities=_with(segment.facilities, FacilityId(int(value)), on=on))
        if kind == "roles":
            return replace(segment, roles=_with(segment.roles, Role(value), on=on))
        return replace(segment, languages=_with(segment.languages, value, on=on))
    except ValueError as error:
        raise Refused("forged_button", "campaign") from error


def _with(chosen: frozenset[Chosen], value: Chosen, *, on: bool) -> frozenset[Chosen]:
    return chosen | {value} if on else chosen - {value}


async def ages(talk: Talk) -> Said:
    """A band of ages in months, or any age."""
    tap, campaign = tap_of(talk), await campaign_at(talk)
    await _choose(talk, aged(campaign.segment, tap.number(1), tap.number(2)))
    return await whom(talk)


def aged(segment: Segment, first: int, last: int | None) -> Segment:
    try:
        return replace(segment, age_from=first or None, age_to=last or None)
    except ValueError as error:
        raise Refused("forged_button", "campaign") from error


async def switch(talk: Talk) -> Said:
    """Expecting, behind with a vaccination, kin who have not joined."""
    tap, campaign = tap_of(talk), await campaign_at(talk)
    name = tap.word(1)
    if name not in SWITCHES:
        raise Refused("forged_button", "campaign")
    await _choose(talk, _switched(campaign.segment, name, on=tap.number(2) == 1))
    return await whom(talk)


def _switched(segment: Segment, name: str, *, on: bool) -> Segment:
    if name == "expecting":
        return replace(segment, expecting=on)
    return replace(segment, overdue=on) if name == "overdue" else replace(segment, kin_not_joined=on)


async def everybody(talk: Talk) -> Said:
    """No choices at all."""
    await _choose(talk, Segment())
    return await whom(talk)


async def _choose(talk: Talk, segment: Segment) -> Campaign | None:
    return await choose_segment(talk.turn, campaign_of(talk), segment)


async def at_once(talk: Talk) -> Said:
    """As soon as it is approved."""
    await choose_time(talk.turn, campaign_of(talk), None)
    return await when(talk)


async def yearly(talk: Talk) -> Said:
    """On these days of each year; on none, once only."""
    days = tuple(yearly_day(word) for word in tap_of(talk).arguments[1:])
    await repeat_yearly(talk.turn, campaign_of(talk), days)
    return await page_of(talk, campaign_of(talk))


def yearly_day(word: str) -> YearlyDay:
    try:
        day = date.fromisoformat(f"2028-{'-'.join(part.zfill(2) for part in word.split('-'))}")
    except ValueError as error:
        raise Refused("forged_button", "campaign") from error
    return YearlyDay(day.month, day.day)


async def campaign_at(talk: Talk) -> Campaign:
    found = await show_campaign(talk.turn, campaign_of(talk))
    if found is None:
        raise Refused(Permission.RUN_CAMPAIGNS, "campaign")
    return found.campaign


def _number(tap: Payload, place: int) -> int:
    return tap.number(place) if tap.word(place) else 0


_SECTIONS: dict[str, Handler] = {"texts": texts, "media": media, "answers": answers, "for": whom, "when": when}


async def section(talk: Talk) -> Said:
    """One part of a draft."""
    part = _SECTIONS.get(tap_of(talk).word(1))
    if part is None:
        raise Refused("forged_button", "campaign")
    return await part(talk)
