"""A child's record for those who vaccinate: every dose with its history, and the ways to add one or put one right."""

from datetime import date

from bot.drawing.buttons import button, column, grid
from bot.drawing.session_words import item_name, item_names, name_of
from domain.identifiers import FamilyId
from domain.late_doses import GivenAt, GivenDay
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.moment import local_day
from domain.people import Child
from domain.vaccination.engine import Exemption
from services.ports.visits import HistoryRow, Withdrawal
from services.visits.show_record import DoseRecord

MOST_GONE = 10
"""Rows that do not stand any more, the newest; older ones stay in the database."""


def draw_doses(record: DoseRecord, today: date) -> OutgoingMessage:
    """Every row with source, name and day; what is due; what is not asked for."""
    child = record.child
    due = item_names(tuple(dose.vaccine for dose in record.due.doses), tuple(one.key for one in record.due.care))
    exempt = (_exemption(record, group, kind) for group, kind in record.exemptions.items())
    by_day = sorted(record.standing, key=lambda row: row.vaccination.given_on)
    standing = tuple(row_line(row, record) for row in by_day) or (Text("doses.none"),)
    values: dict[str, Value] = {
        "child": name_of(child),
        "born": child.birth_date,
        "notes": (Text("doses.due", {"due": due or (Text("doses.nothing_due"),)}), *exempt),
        "rows": (*standing, *_gone(record)),
    }
    rows = [button("doses.choice.row", "dose", child.id, row.id, **_named(row)) for row in by_day]
    reports = [
        button("doses.choice.confirm", "dose_true", child.id, row.id, **_named(row)) for row in record.unconfirmed
    ]
    today_row = [button("doses.choice.record", "record", child.id, today.isoformat())] if record.due else []
    ways = [
        button("doses.choice.late", "late", child.id),
        button("doses.choice.exempt", "exempt", child.id),
        button("birth_date.choice.correct", "born", child.id),
    ]
    page = button("families.choice.whole_family", "family_page", child.family)
    return OutgoingMessage(
        Text("doses.page", values),
        (*column([*today_row, *reports]), *column([*rows, *ways, page])),
        names_child=True,
    )


def row_line(row: HistoryRow, record: DoseRecord) -> Text:
    """A dose, its day, whose word it is and who wrote it when."""
    values: dict[str, Value] = {
        "vaccine": item_name(row.vaccination.vaccine),
        "day": row_day(row),
        "source": Text(f"doses.source.{row.vaccination.source}"),
        "told": _told(row, record),
    }
    return Text("doses.line", values)


def row_day(row: HistoryRow) -> Value:
    """The day, or that nobody knows it."""
    dose = row.vaccination
    return Text("doses.on", {"on": dose.given_on}) if dose.date_known else Text("doses.day_unknown")


def _told(row: HistoryRow, record: DoseRecord) -> Text:
    at = local_day(row.recorded_at, record.facility.zone)
    values: dict[str, Value] = {"at": at}
    name = record.names.get(row.actor) if row.actor is not None else None
    if name and at == row.vaccination.given_on and row.vaccination.date_known:
        return Text("doses.told_that_day", {"name": name})
    return Text("doses.told_by", {**values, "name": name}) if name else Text("doses.told", values)


def _gone(record: DoseRecord) -> tuple[Text, ...]:
    """The rows that do not stand any more, each with the day on which it was taken out."""
    gone = []
    for row in record.rows:
        if row.withdrawn_at is not None:
            at = local_day(row.withdrawn_at, record.facility.zone)
            key = f"doses.gone.{row.withdrawn_as or Withdrawal.MISTAKE}"
            gone.append(Text(key, {"line": row_line(row, record), "at": at}))
    return tuple(gone[-MOST_GONE:])


def _exemption(record: DoseRecord, group: str, kind: Exemption) -> Text:
    return Text(f"doses.exempt.{kind}", {"group": group_name(record, group)})


def group_name(record: DoseRecord, group: str) -> Value:
    """A group of doses by the vaccine with which it begins."""
    return item_name(record.groups[group]) if record.groups.get(group) else group


def _named(row: HistoryRow) -> dict[str, Value]:
    return {"vaccine": item_name(row.vaccination.vaccine), "day": row_day(row)}


def draw_children(family: FamilyId, children: tuple[Child, ...]) -> OutgoingMessage:
    """Whose record?"""
    entries = [
        button("doses.choice.child", "doses", one.id, child=name_of(one), born=one.birth_date) for one in children
    ]
    page = button("families.choice.whole_family", "family_page", family)
    key = "doses.whose" if children else "doses.no_child"
    return OutgoingMessage(Text(key), column([*entries, page]), names_child=True)


def draw_row(record: DoseRecord, row: HistoryRow) -> OutgoingMessage:
    """One dose, and what may be wrong with it."""
    child, number = record.child.id, row.id
    ways = [
        button("doses.choice.day", "dose_day", child, number),
        button("doses.choice.vaccine", "dose_vaccine", child, number),
        *(
            button("doses.choice.sibling", "dose_child", child, number, one.id, child=name_of(one), born=one.birth_date)
            for one in record.siblings
        ),
        button("doses.choice.gone", "dose_gone", child, number),
        button("doses.choice.all", "doses", child),
    ]
    text = Text("doses.row", {"child": name_of(record.child), "line": row_line(row, record)})
    return OutgoingMessage(text, column(ways), names_child=True)


def draw_sure(record: DoseRecord, row: HistoryRow) -> OutgoingMessage:
    """Was it really not given?"""
    child = record.child.id
    choices = (
        button("doses.choice.gone_yes", "dose_gone", child, row.id, "yes"),
        button("doses.choice.back", "dose", child, row.id),
    )
    text = Text("doses.gone_ask", {"child": name_of(record.child), "line": row_line(row, record)})
    return OutgoingMessage(text, column(choices), names_child=True)


def draw_other_vaccine(record: DoseRecord, row: HistoryRow) -> OutgoingMessage:
    """Which one was it?"""
    child, own = record.child.id, row.vaccination.vaccine
    choices = [
        button("session.choice.vaccine", "dose_vaccine", child, row.id, code, vaccine=item_name(code))
        for code in record.vaccines
        if code != own
    ]
    back = button("doses.choice.back", "dose", child, row.id)
    text = Text("doses.which_vaccine", {"line": row_line(row, record)})
    return OutgoingMessage(text, (*grid(choices, 2), (back,)))


def draw_where(record: DoseRecord, day: GivenDay) -> OutgoingMessage:
    """Was it given here?"""
    child = record.child.id
    choices = [button(f"doses.choice.{where}", "late_dose", child, day, where) for where in GivenAt]
    values: dict[str, Value] = {"child": name_of(record.child), "day": _day(day)}
    return OutgoingMessage(Text("doses.where", values), column([*choices, _all(record)]), names_child=True)


def draw_late(record: DoseRecord, day: GivenDay, where: GivenAt) -> OutgoingMessage:
    """What was given on that day: one tap a vaccine; those that are written down lead to their row."""
    child = record.child.id
    written = {row.vaccination.vaccine: row for row in record.standing if _is_of(row, day)}
    choices = [
        button("doses.choice.written", "dose", child, written[code].id, vaccine=item_name(code))
        if code in written
        else button("session.choice.vaccine", "late_dose", child, day, where, code, vaccine=item_name(code))
        for code in record.vaccines
    ]
    values: dict[str, Value] = {"child": name_of(record.child), "day": _day(day)}
    return OutgoingMessage(Text("doses.what", values), (*grid(choices, 2), (_all(record),)), names_child=True)


def _is_of(row: HistoryRow, day: GivenDay) -> bool:
    dose = row.vaccination
    return dose.date_known and dose.given_on == day.on


def _day(day: GivenDay) -> Value:
    return Text("doses.on", {"on": day.on}) if day.on else Text("doses.day_unknown")


def _all(record: DoseRecord) -> Choice:
    return button("doses.choice.all", "doses", record.child.id)
