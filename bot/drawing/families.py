"""A volunteer's list: whom to help, how and where, never why; and what came of it."""

from collections.abc import Sequence

from bot.drawing.buttons import Row, button, column
from bot.drawing.invites import children_of
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.people import ActorRole
from domain.tasks import TaskOutcome
from services.enrolment.list_families import Entry, FamilyList, Part, Shown
from services.enrolment.note_outcome import OpenTask

LONGEST_LIST = 30
MOST_NAMES, LONGEST_NAME = 2, 16
MOVED = frozenset({TaskOutcome.MOVED})


def draw_list(families: FamilyList, page: int = 0) -> OutgoingMessage:
    """Everybody who needs her: a line and a button each, thirty at a time."""
    ways = _ways(families, page)
    if not families.entries:
        is_away = families.round.absence is not None
        nobody = Text("families.nobody_away", _absence(families)) if is_away else Text("families.nobody")
        return OutgoingMessage(nobody, ways)
    first = min(page * LONGEST_LIST, len(families.entries) - 1)
    numbered = list(enumerate(families.entries, start=1))[first : first + LONGEST_LIST]
    several = families.round.has_several_communes
    counts = {part.value: sum(one.part is part for one in families.entries) for part in Part}
    values: dict[str, Value] = {
        **counts,
        **_absence(families),
        "lines": tuple(_line(number, entry, several=several) for number, entry in numbered),
    }
    buttons = [_open(number, entry) for number, entry in numbered]
    return OutgoingMessage(Text("families.list", values), (*column(buttons), *ways))


def _absence(families: FamilyList) -> dict[str, Value]:
    absence = families.round.absence
    return {"away": Text("families.away", {"back_on": absence.back_on}) if absence is not None else ""}


def _ways(families: FamilyList, page: int) -> tuple[Row, ...]:
    ways = []
    if (page + 1) * LONGEST_LIST < len(families.entries):
        ways.append(button("families.choice.next", "families", page + 1))
    if families.round.actor.role is ActorRole.VOLUNTEER:
        is_away = families.round.absence is not None
        ways.append(button("families.choice.back", "away_back") if is_away else button("families.choice.away", "away"))
    return column(ways)


def _line(number: int, entry: Entry, *, several: bool) -> Text:
    values: dict[str, Value] = {
        "number": number,
        "who": _who(entry, several=several, short=True),
        "action": Text(f"families.action.{_action(entry)}"),
        "how": _how(entry),
    }
    return Text("families.line", values)


def _open(number: int, entry: Entry) -> Choice:
    who = _on_button(entry)
    if entry.task is not None:
        return button(f"families.{entry.part}.entry", "task", entry.task.id, number=number, who=who)
    return button(f"families.{entry.part}.entry", "family", entry.caregiver, number=number, who=who)


def _on_button(entry: Entry) -> Text:
    """Short enough for a button: the day stands on the line above it."""
    if entry.role is None or not (entry.children or entry.awaiting):
        return _who(entry, several=False, short=True)
    role = Text(f"choice.role.{entry.role}")
    return Text("families.who_short", {"role": role, "children": children_of(_short(entry.children))})


def _action(entry: Entry) -> str:
    return entry.task.kind if entry.task is not None else entry.part


def _how(entry: Entry) -> Text:
    return Text("families.how.phone", {"phone": entry.phone}) if entry.phone else Text("families.how.visit")


def _who(entry: Entry, *, several: bool, short: bool = False) -> Text:
    """A person, her children and since when; nothing of children where there are none."""
    values: dict[str, Value] = {"since": entry.since}
    if entry.role is not None:
        values["role"] = Text(f"choice.role.{entry.role}")
    if entry.children or entry.awaiting:
        values["children"] = children_of(_short(entry.children) if short else entry.children)
    key = "who" if entry.role is not None else "family"
    who = Text(f"families.{key}" if "children" in values else f"families.{key}_alone", values)
    return Text("families.who_in", {"who": who, "commune": entry.commune}) if several and entry.commune else who


def _short(names: Sequence[str]) -> tuple[str, ...]:
    cut = tuple(name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…" for name in names[:MOST_NAMES])
    return (*cut, "…") if len(names) > MOST_NAMES else cut


def draw_entry(shown: Shown) -> OutgoingMessage:
    """One who has not joined or cannot be reached: what can be done, and what came of it."""
    caregiver, entry = shown.one.caregiver, shown.entry
    whole = button("families.choice.whole_family", "family_page", caregiver.family)
    values: dict[str, Value] = {"who": _who(entry, several=shown.has_several_communes), "how": _how(entry)}
    if caregiver.ended_as is not None:
        return OutgoingMessage(Text("families.detail_ended", {"who": values["who"]}), ((whole,),))
    if caregiver.stopped_at is not None or not (entry.children or entry.awaiting):
        return OutgoingMessage(Text("families.detail_quiet", values), column((whole, _to_list())))
    ways = (
        button("choice.new_link", "renew", caregiver.id),
        button("choice.confirm_number", "confirm", caregiver.id),
        whole,
        _to_list(),
    )
    if shown.reached:
        return OutgoingMessage(Text("families.detail_reached", values), column(ways))
    key = "families.detail_joined" if caregiver.joined_at else "families.detail_waiting"
    outcomes = column(button(f"tasks.choice.{one}", "family_done", caregiver.id, one) for one in _outcomes(entry))
    return OutgoingMessage(Text(key, values), (*column(ways[:2]), *outcomes, *column(ways[2:])))


def draw_task(opened: OpenTask) -> OutgoingMessage:
    """One who is to be called or visited: the action, and what came of it. What is done with is told so."""
    entry, task = opened.entry, opened.entry.task
    if opened.dropped or opened.outcome is not None or task is None:
        return draw_task_done(opened, opened.outcome)
    who = _who(entry, several=opened.has_several_communes)
    values: dict[str, Value] = {"who": who, "how": _how(entry), **opened.details}
    whole = button("families.choice.whole_family", "family_page", entry.family)
    outcomes = column(button(f"tasks.choice.{one}", "task_done", task.id, one) for one in _outcomes(entry))
    return OutgoingMessage(Text(f"tasks.detail.{task.kind}", values), (*outcomes, (whole,), (_to_list(),)))


def _outcomes(entry: Entry) -> list[TaskOutcome]:
    """What may have come of it; a number can only be wrong where there is one."""
    return [one for one in TaskOutcome if one is not TaskOutcome.WRONG_NUMBER or entry.phone]


def draw_task_done(opened: OpenTask, outcome: TaskOutcome | None) -> OutgoingMessage:
    """It is kept. A wrong number leaves the entry open: somebody goes there."""
    if opened.dropped:
        return _done(opened.entry, None)
    if outcome is TaskOutcome.WRONG_NUMBER and opened.outcome is None:
        opened_again = draw_task(opened)
        return OutgoingMessage(Text("tasks.number_gone", {"detail": opened_again.body}), opened_again.choices)
    return _done(opened.entry, opened.outcome or outcome)


def draw_done(shown: Shown, outcome: TaskOutcome) -> OutgoingMessage:
    """The same for one who has not joined or cannot be reached."""
    if outcome is TaskOutcome.WRONG_NUMBER:
        opened_again = draw_entry(shown)
        return OutgoingMessage(Text("tasks.number_gone", {"detail": opened_again.body}), opened_again.choices)
    return _done(shown.entry, outcome)


def _done(entry: Entry, outcome: TaskOutcome | None) -> OutgoingMessage:
    move = [button("family_page.choice.family_move", "family_move", entry.family)] if outcome in MOVED else []
    values: dict[str, Value] = {"who": _who(entry, several=False)}
    return OutgoingMessage(Text(f"tasks.noted.{outcome or 'by_others'}", values), column((*move, _to_list())))


def _to_list() -> Choice:
    return button("menu.families", "families", 0)
