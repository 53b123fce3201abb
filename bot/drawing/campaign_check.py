"""A campaign before it is submitted: counts by commune and language, who is left out, and when it will be finished."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.drawing.buttons import button, column
from domain.identifiers import CommuneId
from domain.message import OutgoingMessage, Text, Value
from services.campaigns.check_campaign import Check
from services.campaigns.find_campaigns import Move
from services.campaigns.texts import TextProblem
from services.programme import LanguageChoice

MOST_LINES = 15


def draw_check(check: Check, languages: Sequence[LanguageChoice], may: frozenset[Move]) -> OutgoingMessage:
    """All that a second person must know, and the way on when nothing is wrong."""
    number, reach = check.campaign.id, check.reach
    values: dict[str, Value] = {
        "title": check.campaign.title or Text("campaign.untitled"),
        "recipients": reach.recipients,
        "lines": (*_places(check, languages), *_unwritten(check, languages), *_left_out(check)),
        "when": _when(check),
    }
    body = Text("campaign.check.page", values)
    if check.problems:
        body = Text("campaign.check.problems", {"page": body, "problems": words_of(check.problems, languages)})
    choices = []
    if not check.problems and Move.SUBMIT in may:
        choices.append(button("campaign.choice.submit", "campaign_step", number, Move.SUBMIT))
    if reach.recipients and not check.problems:
        choices.append(button("campaign.choice.examples", "campaign_step", number, Move.EXAMPLES))
    return OutgoingMessage(body, column((*choices, button("campaign.choice.back", "campaign_here", number))))


def words_of(problems: Sequence[TextProblem], languages: Sequence[LanguageChoice]) -> tuple[Text, ...]:
    """What is wrong, a sentence each; languages by their own names."""
    return tuple(Text(one.key, _with_autonym(one, languages)) for one in problems)


def _with_autonym(problem: TextProblem, languages: Sequence[LanguageChoice]) -> Mapping[str, Value]:
    named = {one.tag: one.autonym for one in languages}
    tag = problem.values.get("language")
    return {**problem.values, "language": named.get(tag, tag)} if isinstance(tag, str) else problem.values


def _places(check: Check, languages: Sequence[LanguageChoice]) -> tuple[Text, ...]:
    names = {one.tag: one.autonym for one in languages}
    by_commune: dict[CommuneId, list[tuple[str, int]]] = {}
    for (commune, tag), count in sorted(check.reach.by_place.items(), key=lambda one: -one[1]):
        by_commune.setdefault(commune, []).append((names.get(tag, tag), count))
    shown = list(by_commune.items())[:MOST_LINES]
    lines = [
        Text(
            "campaign.check.commune",
            {
                "name": check.communes.get(commune, ""),
                "counts": tuple(Text("campaign.check.count", {"name": name, "count": n}) for name, n in counts),
            },
        )
        for commune, counts in shown
    ]
    rest = len(by_commune) - len(shown)
    return (*lines, *((Text("campaign.check.more", {"count": rest}),) if rest else ()))


def _unwritten(check: Check, languages: Sequence[LanguageChoice]) -> tuple[Text, ...]:
    names = {one.tag: one.autonym for one in languages}
    return tuple(
        Text(
            "campaign.check.instead" if one.instead else "campaign.check.nothing",
            {"language": names.get(tag, tag), "count": one.people, "instead": names.get(one.instead or "", "")},
        )
        for tag, one in check.unwritten.items()
    )


def _left_out(check: Check) -> tuple[Text, ...]:
    left = [
        Text(f"campaign.left_out.{reason}", {"count": count})
        for reason, count in sorted(check.reach.left_out.items())
        if count
    ]
    return (Text("campaign.check.left_out", {"lines": tuple(left)}),) if left else ()


def _when(check: Check) -> Text:
    finish = check.finish
    values: dict[str, Value] = {
        **_instant("begins", finish.begins_at, check.zone),
        **_instant("ends", finish.ends_at, check.zone),
        "later": finish.later,
        "rate": int(finish.rate),
    }
    if not check.reach.recipients:
        return Text("campaign.check.nobody")
    return Text("campaign.check.finish_later" if finish.later else "campaign.check.finish", values)


def _instant(name: str, at: datetime, zone: str) -> dict[str, Value]:
    local = at.astimezone(ZoneInfo(zone))
    return {f"{name}_on": local.date(), f"{name}_at": f"{local:%H:%M}"}
