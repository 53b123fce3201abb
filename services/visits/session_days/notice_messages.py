"""What a family reads when a session day changes: keys and values, no words."""

from domain.area import Facility
from domain.message import OutgoingMessage, Text, Value
from domain.people import Child
from domain.session_notice import Word
from services.ports.visits import VisitAnswer
from services.visits.plan_visits import answer_choice
from services.visits.session_days.find_concerned import Concerned
from services.visits.session_days.what_was_heard import TEXT

ANSWERS = (VisitAnswer.COMING, VisitAnswer.CANNOT)


def notice_message(facility: Facility, one: Concerned, vaccine: str) -> OutgoingMessage:
    """The change in a few lines; where there is a day, she can say whether she comes."""
    notice, values = one.notice, _values(facility, one, vaccine)
    choices = (
        tuple((answer_choice(answer, facility.id, notice.to, one.caregiver.id),) for answer in ANSWERS)
        if notice.to is not None and notice.word not in (Word.WAITS, Word.THERE)
        else ()
    )
    return OutgoingMessage(Text(f"{TEXT}{notice.word}", values), choices, names_child=True)


def _values(facility: Facility, one: Concerned, vaccine: str) -> dict[str, Value]:
    values: dict[str, Value] = {"who": _who(one), "old": one.notice.on, "facility": facility.name}
    if vaccine:
        values["vaccine"] = Text(f"vaccine.{vaccine.lower()}.short")
    if one.shift.after is not None:
        day = one.shift.after.day
        place = {"place": day.place, "facility": facility.name}
        hours = str(day.hours) if day.hours else facility.hours
        values["on"] = day.on
        values["where"] = Text("session_change.where.place", place) if day.place else facility.name
        values["hours"] = hours or Text("common.station_hours_unknown")
    return values


def _who(one: Concerned) -> Text:
    """The child by its name, which only her own message fills in; the mother as herself; or both."""
    mothers = any(not isinstance(subject, Child) for subject in one.subjects)
    key = ("both" if mothers else "child") if one.children else "mother"
    return Text(f"session_change.who.{key}")
