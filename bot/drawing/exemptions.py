"""What is not asked for, for those who vaccinate: which group, why, and for how long. Families never see it."""

from bot.drawing.buttons import button, column
from bot.drawing.child_doses import group_name
from bot.drawing.session_words import name_of
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.vaccination.engine import Exemption
from services.visits.note_exemption import LASTS_MONTHS
from services.visits.show_record import DoseRecord

FOR_GOOD = 0


def draw_groups(record: DoseRecord) -> OutgoingMessage:
    """Which group?"""
    child = record.child.id
    choices = [
        button("doses.choice.exempt_end", "exempt_end", child, group, group=group_name(record, group))
        if group in record.exemptions
        else button("doses.choice.group", "exempt", child, group, group=group_name(record, group))
        for group in record.groups
    ]
    text = Text("doses.which_group", {"child": name_of(record.child)})
    return OutgoingMessage(text, column([*choices, _all(record)]), names_child=True)


def draw_kinds(record: DoseRecord, group: str) -> OutgoingMessage:
    """Why?"""
    child = record.child.id
    choices = [button(f"doses.choice.{kind}", "exempt", child, group, kind) for kind in Exemption]
    return OutgoingMessage(Text("doses.why", _about(record, group)), column([*choices, _all(record)]), names_child=True)


def draw_spans(record: DoseRecord, group: str, kind: Exemption) -> OutgoingMessage:
    """For how long?"""
    child = record.child.id
    spans = [
        button("doses.choice.months", "exempt", child, group, kind, months, months=months) for months in LASTS_MONTHS
    ]
    spans.append(button("doses.choice.for_good", "exempt", child, group, kind, FOR_GOOD))
    text = Text("doses.how_long", _about(record, group))
    return OutgoingMessage(text, column([*spans, _all(record)]), names_child=True)


def _about(record: DoseRecord, group: str) -> dict[str, Value]:
    return {"child": name_of(record.child), "group": group_name(record, group)}


def _all(record: DoseRecord) -> Choice:
    return button("doses.choice.all", "doses", record.child.id)
