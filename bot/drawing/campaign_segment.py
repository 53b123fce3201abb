"""Whom a campaign is for: read back as a sentence, and the plain choices that make it up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from bot.drawing.buttons import Row, button, column, grid, said
from bot.payloads import payload
from domain.area import Commune, Facility
from domain.campaigns.campaign import Campaign
from domain.campaigns.segment import Segment
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.reader import Role
from services.programme import LanguageChoice

AGE_BANDS = ((0, 6), (6, 12), (12, 24), (24, 36), (36, 60), (6, 36), (24, 60))
SHOWN = 30
"""More names than a telephone shows well are typed as a part of the name; so many stand as buttons."""


@dataclass(frozen=True)
class Places:
    """The names that a segment's numbers stand for."""

    communes: Sequence[Commune]
    facilities: Sequence[Facility]
    languages: Sequence[LanguageChoice]


def segment_sentence(segment: Segment, places: Places) -> Text:
    """In words: "mothers of children from 6 up to 36 months, in Ba Chẽ, whose child is behind with a vaccination"."""
    who: Value = Text("campaign.segment.caregivers")
    if segment.roles:
        who = tuple(Text(f"campaign.segment.role.{role}") for role in Role if role in segment.roles)
    clauses = tuple(_clauses(segment, places))
    if not clauses:
        return Text("campaign.segment.all", {"who": who})
    return Text("campaign.segment.sentence", {"who": who, "clauses": reduce(_then, clauses)})


def _then(first: Text, second: Text) -> Text:
    return Text("campaign.segment.then", {"first": first, "second": second})


def _clauses(segment: Segment, places: Places) -> Iterable[Text]:
    if segment.by_age:
        yield Text("campaign.segment.either", {"ages": _ages(segment)}) if segment.expecting else _ages(segment)
    elif segment.expecting:
        yield Text("campaign.segment.expecting")
    if segment.overdue:
        yield Text("campaign.segment.overdue")
    if segment.communes:
        yield _named("communes", (one.name for one in places.communes if one.id in segment.communes))
    if segment.facilities:
        yield _named("facilities", (one.name for one in places.facilities if one.id in segment.facilities))
    if segment.languages:
        yield _named("languages", (one.autonym for one in places.languages if one.tag in segment.languages))
    if segment.kin_not_joined:
        yield Text("campaign.segment.kin_not_joined")


def _ages(segment: Segment) -> Text:
    first, last = segment.age_from or 0, segment.age_to
    if last is None:
        return Text("campaign.segment.ages_from", {"first": first})
    return Text("campaign.segment.ages" if first else "campaign.segment.ages_to", {"first": first, "last": last})


def _named(what: str, names: Iterable[str]) -> Text:
    return Text(f"campaign.segment.{what}", {"names": tuple(names)})


def draw_segment(campaign: Campaign, places: Places) -> OutgoingMessage:
    """The sentence so far, and a button for each kind of choice."""
    segment, number = campaign.segment, campaign.id
    kinds = ("ages", "communes", "facilities", "roles", "languages")
    lists = [button(f"campaign.segment.choice.{kind}", "campaign_whom", number, kind) for kind in kinds]
    switches = [_switch(number, name, on=getattr(segment, name)) for name in ("expecting", "overdue", "kin_not_joined")]
    after = [
        button("campaign.segment.choice.everybody", "campaign_whom_all", number),
        button("campaign.choice.back", "campaign_here", number),
    ]
    body = Text("campaign.segment.page", {"sentence": segment_sentence(segment, places)})
    return OutgoingMessage(body, (*grid(lists, 2), *column(switches), *column(after)))


def _switch(number: int, name: str, *, on: bool) -> Choice:
    return _ticked(button(f"campaign.segment.choice.{name}", "campaign_set", number, name, int(not on)), on=on)


def _ticked(choice: Choice, *, on: bool) -> Choice:
    key = "campaign.segment.choice.on" if on else "campaign.segment.choice.off"
    return replace(choice, label=Text(key, {"name": choice.label}))


def draw_ages(campaign: Campaign) -> OutgoingMessage:
    """Bands that are often wanted, and others by typing."""
    segment, number = campaign.segment, campaign.id
    bands = [
        _ticked(
            button("campaign.segment.band", "campaign_ages", number, first, last, first=first, last=last),
            on=(segment.age_from or 0, segment.age_to) == (first, last),
        )
        for first, last in AGE_BANDS
    ]
    after = [
        button("campaign.segment.choice.type_ages", "campaign_type", number, "ages"),
        button("campaign.segment.choice.any_age", "campaign_ages", number, 0, 0),
        button("campaign.choice.back", "campaign_section", number, "for"),
    ]
    return OutgoingMessage(Text("campaign.segment.ask_ages"), (*grid(bands, 2), *column(after)))


def draw_places(
    campaign: Campaign, kind: str, options: Sequence[tuple[str, Text, bool]], page: int = 0
) -> OutgoingMessage:
    """Names to tick: (value, label, chosen), page by page."""
    number, first = campaign.id, page * SHOWN
    rows: tuple[Row, ...] = column(
        _ticked(Choice(label, payload("campaign_tick", number, kind, value, int(not chosen), page)), on=chosen)
        for value, label, chosen in options[first : first + SHOWN]
    )
    turns = []
    if page:
        turns.append(button("campaign.choice.earlier", "campaign_whom", number, kind, page - 1))
    if len(options) > first + SHOWN:
        turns.append(button("campaign.choice.later", "campaign_whom", number, kind, page + 1))
    back = (button("campaign.choice.back", "campaign_section", number, "for"),)
    return OutgoingMessage(Text(f"campaign.segment.ask_{kind}"), (*rows, *((tuple(turns),) if turns else ()), back))


def options_of(kind: str, segment: Segment, places: Places) -> Sequence[tuple[str, Text, bool]]:
    """What can be ticked of a kind: its value, its label, and whether it is chosen."""
    if kind == "communes":
        return [(str(one.id), said(one.name), one.id in segment.communes) for one in places.communes]
    if kind == "roles":
        return [(role.value, Text(f"choice.role.{role}"), role in segment.roles) for role in Role]
    if kind == "languages":
        return [(one.tag, said(one.autonym), one.tag in segment.languages) for one in places.languages]
    chosen = segment.communes
    near = [one for one in places.facilities if not chosen or one.commune.id in chosen]
    return [(str(one.id), said(one.name), one.id in segment.facilities) for one in near]
