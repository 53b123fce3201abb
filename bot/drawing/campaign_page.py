"""Campaigns: the list, the page of one with what it holds and how far it is, and the questions before a grave step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.drawing.buttons import Row, button, column, grid, said
from bot.drawing.campaign_segment import Places, segment_sentence
from bot.payloads import payload
from domain.campaigns.campaign import MOST_ANSWERS, Campaign, CampaignState, Missing
from domain.message import Choice, OutgoingMessage, Text, Value
from services.campaigns.find_campaigns import BEFORE_SENDING, CampaignPage, Move
from services.campaigns.progress import count_of
from services.ports.campaigns import Tally

IN_ORDER = (
    Move.CHECK,
    Move.TEST,
    Move.EXAMPLES,
    Move.TAKE_BACK,
    Move.SEND_BACK,
    Move.PAUSE,
    Move.RESUME,
    Move.CORRECT,
    Move.WITHDRAW,
    Move.CANCEL,
    Move.COPY,
    Move.DROP,
)
NOTHING_YET = "…"
SECTIONS = ("texts", "media", "answers", "for", "when")


@dataclass(frozen=True)
class Setting:
    """What a page needs beside the campaign: names of places and languages, and the zone of its hours."""

    places: Places
    zone: str


def draw_campaigns(campaigns: Sequence[Campaign]) -> OutgoingMessage:
    """The newest, a button each; and a new one."""
    shown = [
        button(
            "campaign.choice.one",
            "campaign_here",
            one.id,
            title=_title(one),
            state=Text(f"campaign.mark.{one.state}"),
        )
        for one in campaigns
    ]
    new = (button("campaign.choice.new", "campaign_new"),)
    older = ((button("campaign.choice.older", "campaigns", campaigns[-1].id),),) if len(campaigns) > 9 else ()
    body = Text("campaign.list" if campaigns else "campaign.list_empty")
    return OutgoingMessage(body, (new, *column(shown), *older))


def draw_campaign(page: CampaignPage, setting: Setting) -> OutgoingMessage:
    """What it holds, how far it is, and all that may be done now."""
    campaign = page.campaign
    values: dict[str, Value] = {
        "title": _title(campaign),
        "state": Text(f"campaign.state.{campaign.state}"),
        "author": page.author,
        "lines": tuple(_lines(page, setting)),
    }
    return OutgoingMessage(Text("campaign.page", values), (*_sections(page), *_steps(page)))


def _title(campaign: Campaign) -> Value:
    return campaign.title or Text("campaign.untitled")


def _lines(page: CampaignPage, setting: Setting) -> Iterable[Text]:
    campaign, names = page.campaign, {one.tag: one.autonym for one in setting.places.languages}
    for tag, text in campaign.content.texts.items():
        yield Text("campaign.line.text", {"language": names.get(tag, tag), "text": text})
    if not campaign.content.texts:
        yield Text("campaign.line.no_text")
    if campaign.content.media is not None:
        yield Text(f"campaign.line.{campaign.content.media.kind}")
    if campaign.content.answers:
        yield Text("campaign.line.answers", {"labels": tuple(_labels(page))})
    yield Text("campaign.line.for", {"sentence": segment_sentence(campaign.segment, setting.places)})
    yield from _when(campaign, setting.zone)
    if page.approver:
        yield Text("campaign.line.approved", {"by": page.approver})
    if page.is_own and campaign.state is CampaignState.SUBMITTED:
        yield Text("campaign.line.own")
    if page.tally is not None and campaign.state is not CampaignState.APPROVED:
        yield from _figures(page.tally)


def _labels(page: CampaignPage) -> Iterable[Value]:
    answers = page.tally.answers if page.tally is not None else None
    for place, one in enumerate(page.campaign.content.answers):
        label = " / ".join(one.labels.values())
        if answers is None:
            yield said(label)
        else:
            yield Text("campaign.answer_count", {"label": label, "count": answers.get(place, 0)})


def _when(campaign: Campaign, zone: str) -> Iterable[Text]:
    if campaign.send_from is None:
        yield Text("campaign.line.at_once")
    else:
        local = campaign.send_from.astimezone(ZoneInfo(zone))
        yield Text("campaign.line.at", {"on": local.date(), "at": f"{local:%H:%M}"})
    if campaign.repeats:
        days = tuple(Text("campaign.yearly_day", {"day": one.day, "month": one.month}) for one in campaign.repeats)
        yield Text("campaign.line.yearly", {"days": days})


def _figures(tally: Tally) -> Iterable[Text]:
    count = count_of(tally)
    yield Text(
        "campaign.line.progress",
        {"sent": count.sent, "of": count.of, "percent": count.percent, "waiting": tally.waiting},
    )
    for reason, number in sorted(tally.closed.items()):
        yield Text("campaign.line.refused", {"reason": Text(f"campaign.reason.{reason}"), "count": number})
    if tally.uncertain:
        yield Text("campaign.line.uncertain", {"count": tally.uncertain})
    changed = (("corrected", tally.corrected), ("withdrawn", tally.withdrawn), ("out_of_reach", tally.out_of_reach))
    for what, number in (*changed, ("changing", tally.changing)):
        if number:
            yield Text(f"campaign.line.{what}", {"count": number})


def _sections(page: CampaignPage) -> tuple[Row, ...]:
    if Move.EDIT not in page.may:
        return ()
    number = page.campaign.id
    title = button("campaign.choice.title", "campaign_type", number, "title")
    others = [button(f"campaign.choice.{name}", "campaign_section", number, name) for name in SECTIONS]
    return grid([title, *others], 2)


def _steps(page: CampaignPage) -> tuple[Row, ...]:
    number = page.campaign.id
    choices = [
        button(f"campaign.choice.{move}", "campaign_step", number, move) for move in IN_ORDER if move in page.may
    ]
    if Move.APPROVE in page.may:
        seen = page.campaign.revision
        choices.insert(0, button("campaign.choice.approve", "campaign_step", number, Move.APPROVE, seen))
    if page.campaign.state not in BEFORE_SENDING:
        choices.insert(0, button("campaign.choice.refresh", "campaign_here", number))
    return (*grid(choices, 2), (button("campaign.choice.all", "campaigns"),))


def draw_texts(page: CampaignPage, setting: Setting) -> OutgoingMessage:
    """Each language: written or not, and what becomes of those who read a language that is not."""
    campaign, content = page.campaign, page.campaign.content
    rows: list[tuple[Choice, ...]] = []
    for one in setting.places.languages:
        key = "campaign.choice.rewrite" if one.tag in content.texts else "campaign.choice.write"
        write = button(key, "campaign_type", campaign.id, "text", one.tag, language=one.autonym)
        drop = button("campaign.choice.drop_text", "campaign_drop_text", campaign.id, one.tag, language=one.autonym)
        rows.append((write, drop) if one.tag in content.texts else (write,))
    other = Missing.LEFT_OUT if content.missing is Missing.NEXT_LANGUAGE else Missing.NEXT_LANGUAGE
    missing = button(f"campaign.choice.missing.{other}", "campaign_missing", campaign.id, other)
    body = Text("campaign.texts", {"missing": Text(f"campaign.missing.{content.missing}")})
    return OutgoingMessage(body, (*rows, (missing,), _back(campaign)))


def draw_answers(page: CampaignPage, setting: Setting, *, own: str) -> OutgoingMessage:
    """The buttons under the message, the reader's own language first; one more while there are fewer than four."""
    campaign = page.campaign
    written = (one for one in setting.places.languages if one.tag in campaign.content.texts)
    names = sorted(written, key=lambda one: one.tag != own)
    rows: list[tuple[Choice, ...]] = []
    for place, answer in enumerate(campaign.content.answers):
        for one in names:
            words = said(f"{place + 1}. {one.autonym}: {answer.labels.get(one.tag, NOTHING_YET)}")
            rows.append((Choice(words, payload("campaign_type", campaign.id, "label", one.tag, place)),))
        rows.append((button("campaign.choice.drop_answer", "campaign_drop_answer", campaign.id, place, n=place + 1),))
    place = len(campaign.content.answers)
    if names and place < MOST_ANSWERS:
        rows.append((button("campaign.choice.add_answer", "campaign_type", campaign.id, "label", names[0].tag, place),))
    body = Text("campaign.answers" if names else "campaign.answers_after_text")
    return OutgoingMessage(body, (*rows, _back(campaign)))


def draw_media(page: CampaignPage) -> OutgoingMessage:
    """What is there, and that it can be taken off."""
    campaign, media = page.campaign, page.campaign.content.media
    if media is None:
        return OutgoingMessage(Text("campaign.media.none"), (_back(campaign),))
    off = (button("campaign.choice.no_media", "campaign_no_media", campaign.id),)
    back = (button("campaign.choice.back", "campaign_page", campaign.id),)  # words cannot take a picture's place
    return OutgoingMessage(Text(f"campaign.media.{media.kind}"), (off, back), media=media)


def draw_when(page: CampaignPage, setting: Setting) -> OutgoingMessage:
    """At once, on a day, or every year."""
    campaign = page.campaign
    at_once = button("campaign.choice.at_once", "campaign_at_once", campaign.id)
    on_day = button("campaign.choice.on_day", "campaign_type", campaign.id, "time")
    rounds = button("campaign.choice.june_december", "campaign_yearly", campaign.id, "6-1", "12-1")
    yearly = button("campaign.choice.yearly", "campaign_type", campaign.id, "yearly")
    never = button("campaign.choice.once_only", "campaign_yearly", campaign.id)
    choices = [at_once, on_day, rounds, yearly, *([never] if campaign.repeats else [])]
    return OutgoingMessage(
        Text("campaign.when", {"when": tuple(_when(campaign, setting.zone))}), (*column(choices), _back(campaign))
    )


def draw_correction(page: CampaignPage, setting: Setting) -> OutgoingMessage:
    """In which language?"""
    campaign = page.campaign
    written = [one for one in setting.places.languages if one.tag in campaign.content.texts]
    choices = [
        button("campaign.choice.rewrite", "campaign_type", campaign.id, "correction", one.tag, language=one.autonym)
        for one in written
    ]
    sent = page.tally.sent if page.tally else 0
    return OutgoingMessage(Text("campaign.ask_correction", {"sent": sent}), (*column(choices), _back(campaign)))


def draw_question(step: Move, page: CampaignPage) -> OutgoingMessage:
    """A grave step is asked about once more."""
    campaign, tally = page.campaign, page.tally or Tally()
    values: dict[str, Value] = {"title": _title(campaign), "sent": tally.sent, "waiting": tally.waiting}
    yes = button(f"campaign.choice.{step}_yes", "campaign_sure", campaign.id, step)
    return OutgoingMessage(Text(f"campaign.ask_{step}", values), ((yes,), _back(campaign)))


def _back(campaign: Campaign) -> Row:
    return (button("campaign.choice.back", "campaign_here", campaign.id),)
