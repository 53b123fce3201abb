"""Colleagues as staff see them, and whom the families of one who left go to."""

from collections.abc import Sequence

from bot.drawing.buttons import Row, button, column, said
from bot.payloads import payload
from domain.absence import Duty, Presence
from domain.identifiers import FamilyId
from domain.message import Choice, OutgoingMessage, Text, Value
from services.staff.hand_over import HandedOver, Leaver, OneFamily
from services.staff.list_colleagues import Colleague

AT_ONCE = 20
MOST_FOLLOWERS = 30


def draw_colleagues(colleagues: Sequence[Colleague], page: int) -> OutgoingMessage:
    """Everybody, a line and a button each."""
    first = min(page * AT_ONCE, max(len(colleagues) - 1, 0))
    shown = colleagues[first : first + AT_ONCE]
    buttons = [
        button("colleagues.entry", "colleague", one.actor.id, name=one.actor.name, role=_role(one)) for one in shown
    ]
    more = first + AT_ONCE < len(colleagues)
    ways = (button("families.choice.next", "colleagues", page + 1),) if more else ()
    lines = tuple(_line(one) for one in shown)
    return OutgoingMessage(Text("colleagues.list", {"lines": lines}), column((*buttons, *ways)))


def _line(one: Colleague) -> Text:
    values: dict[str, Value] = {"name": one.actor.name, "role": _role(one), "state": _state(one)}
    return Text("colleagues.line", values)


def _role(one: Colleague) -> Text:
    return Text(f"colleagues.role.{one.actor.role}")


def _state(one: Colleague) -> Text:
    """Left, away, silent, or when she was last seen. A silent one matters only while families hang on her."""
    if one.has_left:
        return Text("colleagues.state.left")
    if one.presence is Presence.AWAY:
        return Text("colleagues.state.away")
    if one.last_seen_on is None:
        return Text("colleagues.state.never_seen")
    is_missed = one.presence is Presence.SILENT and one.leaves_behind
    return Text("colleagues.state.silent" if is_missed else "colleagues.state.seen", {"on": one.last_seen_on})


def draw_colleague(one: Colleague, *, is_me: bool) -> OutgoingMessage:
    """One of them. Nobody lets herself go."""
    values: dict[str, Value] = {
        "name": one.actor.name,
        "role": _role(one),
        "places": tuple(one.places) or (Text("colleagues.everywhere"),),
        "state": _state(one),
        "stand_in": Text("colleagues.stand_in", {"name": one.stand_in}) if one.stand_in else "",
        "families": one.families,
        "tasks": one.tasks,
    }
    leave = () if is_me else (button("colleagues.choice.left", "revoke", one.actor.id),)
    return OutgoingMessage(Text("colleagues.one", values), column((*leave, _to_list())))


def draw_asked(one: Colleague) -> OutgoingMessage:
    """One confirmation."""
    yes = button("colleagues.choice.yes", "revoke_yes", one.actor.id)
    no = button("colleagues.choice.no", "colleague", one.actor.id)
    return OutgoingMessage(Text("colleagues.ask", {"name": one.actor.name}), column((yes, no)))


def draw_left(leaver: Leaver) -> OutgoingMessage:
    """She has left; whom does what she leaves go to?"""
    return OutgoingMessage(_left(leaver), _followers(leaver))


def _left(leaver: Leaver) -> Text:
    one = leaver.colleague
    if not one.leaves_behind:
        return Text("colleagues.left_nothing", {"name": one.actor.name})
    values: dict[str, Value] = {
        "name": one.actor.name,
        "families": one.families,
        "tasks": one.tasks,
        "drafts": one.drafts,
    }
    return Text("colleagues.left" if leaver.followers else "colleagues.left_nobody", values)


def _followers(leaver: Leaver) -> tuple[Row, ...]:
    one = leaver.colleague
    if not one.leaves_behind:
        return column((_to_list(),))
    followers = _here_first(leaver.followers)
    names = [Choice(said(to.name), payload("hand_all", one.actor.id, to.actor)) for to in followers]
    return column((*names, button("colleagues.choice.nobody_yet", "colleagues", 0)))


def _here_first(followers: Sequence[Duty]) -> Sequence[Duty]:
    return sorted(followers, key=lambda one: one.presence is not Presence.HERE)[:MOST_FOLLOWERS]


def draw_handed_over(handed: HandedOver) -> OutgoingMessage:
    """Who looks after them now, and what still waits: she may work in one of two communes only."""
    values: dict[str, Value] = {"to": handed.to, "rest": _left(handed.leaver)}
    return OutgoingMessage(Text("colleagues.handed_over", values), _followers(handed.leaver))


def draw_followers(family: OneFamily) -> OutgoingMessage:
    """Whom one family could go to."""
    page = button("families.choice.whole_family", "family_page", family.family)
    keeper: Value = family.keeper.name if family.keeper is not None else Text("colleagues.no_keeper")
    if not family.may:
        return OutgoingMessage(Text("colleagues.family_of_another", {"keeper": keeper}), ((page,),))
    key = "colleagues.family_to" if family.followers else "colleagues.family_to_nobody"
    followers = _here_first(family.followers)
    names = [Choice(said(to.name), payload("hand_one", family.family, to.actor)) for to in followers]
    return OutgoingMessage(Text(key, {"keeper": keeper}), column((*names, page)))


def draw_one_handed_over(family: FamilyId, name: str) -> OutgoingMessage:
    """It goes to her."""
    page = button("families.choice.whole_family", "family_page", family)
    return OutgoingMessage(Text("colleagues.family_handed_over", {"name": name}), ((page,),))


def _to_list() -> Choice:
    return button("colleagues.choice.list", "colleagues", 0)
