"""The words of a session day's list: whose visit, what is due, and what is said of it."""

from domain.message import Text, Value
from domain.people import Child
from domain.session_closing import VisitRecord
from services.visits.find_visits import Subject
from services.visits.session.entries import Entry


def who_long(one: Entry) -> Text:
    """A child with its birth date, because two may have one name; a mother by due date and telephone."""
    return subject_long(one.subject, one.phone)


def subject_long(subject: Subject, phone: str | None = None) -> Text:
    """The same of anybody."""
    if isinstance(subject, Child):
        return Text("session.who.child", {"child": name_of(subject), "born": subject.birth_date})
    values: dict[str, Value] = {"due_on": subject.due_on, "phone": phone or Text("choice.not_given")}
    return Text("session.who.mother", values)


def who_short(one: Entry) -> Value:
    """As it stands on a button, beside its number."""
    return name_of(one.subject) if isinstance(one.subject, Child) else Text("session.who.mother_short")


def name_of(child: Child) -> Value:
    """What the family calls it."""
    return child.name or Text("common.unnamed_child")


def item_names(vaccines: tuple[str, ...], care: tuple[str, ...]) -> tuple[Value, ...]:
    """Vaccines and care by their short names; what is written in small letters is care."""
    return tuple(item_name(code) for code in (*vaccines, *care))


def item_name(code: str) -> Value:
    """One vaccine, or one item of care."""
    return Text(f"care.{code}.short") if code.islower() else Text(f"vaccine.{code.lower()}.short")


def items_in_line(one: Entry) -> tuple[Value, ...]:
    """What is due in a line of the list: beside vaccines, a check-up is one word."""
    record = one.record
    if not record.vaccines or not record.care:
        return item_names(record.vaccines, record.care)
    return (*item_names(record.vaccines, ()), Text("session.care"))


def outcome_word(record: VisitRecord) -> Text:
    """What is on record about a visit."""
    if record.why is not None:
        return Text("session.outcome.why", {"outcome": _outcome(record), "why": Text(f"session.why.{record.why}")})
    return _outcome(record)


def mark_word(one: Entry) -> Text:
    """What is said of a visit that is not on record yet."""
    if one.mark.lacking:
        lacking = tuple(item_name(code) for code in sorted(one.mark.lacking))
        return Text("session.outcome.lacking", {"vaccines": lacking})
    return outcome_word(one.record)


def _outcome(record: VisitRecord) -> Text:
    return Text(f"session.outcome.{record.outcome}")
