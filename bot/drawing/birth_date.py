"""What another birth date changes for a child's doses, before a health worker keeps it."""

from datetime import date

from bot.drawing.buttons import button, column
from bot.drawing.long_lists import shortened
from bot.drawing.session_words import item_name, name_of
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.vaccination.changes import GroupChange
from domain.why import JudgedDose, Verdict
from services.visits.correct_birth_date import NewBirthDate

BOTH, ONE = "both", "one"
MOST_DOSES, MOST_DAYS = 10, 5


def draw_new_birth_date(new: NewBirthDate) -> OutgoingMessage:
    """Old and new date, what counts differently, which days move; and is it so?"""
    values: dict[str, Value] = {
        "child": name_of(new.child),
        "was": new.child.birth_date,
        "born": new.born_on,
        "lines": _lines(new) or (Text("birth_date.nothing_changes"),),
    }
    again = button("birth_date.choice.again", "born", new.child.id)
    back = button("doses.choice.back", "doses", new.child.id)
    return OutgoingMessage(Text("birth_date.preview", values), column([*_yes(new), again, back]), names_child=True)


def _yes(new: NewBirthDate) -> list[Choice]:
    """Of twins usually both stand there with the wrong date."""
    if new.born_on == new.child.birth_date:
        return []
    days = (new.child.id, new.child.birth_date.isoformat(), new.born_on.isoformat())
    if not new.twins:
        return [button("birth_date.choice.yes", "born_yes", *days, ONE)]
    children = tuple(name_of(one) for one in (new.child, *new.twins))
    return [
        button("birth_date.choice.both", "born_yes", *days, BOTH, children=children),
        button("birth_date.choice.one", "born_yes", *days, ONE, child=name_of(new.child)),
    ]


def _lines(new: NewBirthDate) -> tuple[Value, ...]:
    early = [_dose("before_birth", dose.vaccine, dose.given_on) for dose in new.before_birth]
    others = [_dose(_word(dose), dose.vaccine, dose.given_on) for dose in new.doses]
    names = dict(new.vaccines)
    soonest = sorted(new.groups, key=lambda change: change.after or change.before or date.max)
    days = [line for change in soonest if (line := _day(change, names)) is not None]
    return (*shortened([*early, *others], MOST_DOSES), *shortened(days, MOST_DAYS))


def _word(dose: JudgedDose) -> str:
    return "counts" if dose.verdict is Verdict.COUNTED else str(dose.verdict)


def _dose(word: str, vaccine: str, given_on: date | None) -> Text:
    return Text(f"birth_date.dose.{word}", {"vaccine": item_name(vaccine), "on": given_on or ""})


def _day(change: GroupChange, names: dict[str, str]) -> Text | None:
    """When the next dose of a group is due; nothing where only something else about it differs."""
    vaccine = names.get(change.group)
    if vaccine is None or change.before == change.after:
        return None
    name: dict[str, Value] = {"vaccine": item_name(vaccine)}
    if change.after is None:
        return Text("birth_date.due.gone", name)
    if change.before is None:
        return Text("birth_date.due.new", {**name, "due": change.after})
    return Text("birth_date.due.moved", {**name, "due": change.after, "was": change.before})
