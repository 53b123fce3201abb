"""Plan the reminders of one caregiver's next visits: a week before, the eve (or three days before), and the morning."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from domain.identifiers import CaregiverId, FacilityId
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.moment import Moment
from domain.people import Caregiver, Child
from domain.sending.hours import dawn_instant, end_of_visit_reminders, start_of_day, visit_instant
from domain.sending.outbox import Lane, PlannedMessage
from domain.visit_occasion import VisitOccasion
from domain.visits import FIRST_STEP, MORNING_STEP, step_after, visit_steps
from services.ports.visits import VisitAnswer
from services.visits.find_visits import FamilyVisit
from services.visits.visit_words import NO_WORDS, ReminderWords, paragraph_of

ONE_DAY = timedelta(days=1)


def plan_reminders(caregiver: Caregiver, visits: Iterable[FamilyVisit], moment: Moment) -> tuple[PlannedMessage, ...]:
    """The reminders that are to go today, or were to go since she joined and are still of use."""
    return tuple(
        _reminder(caregiver, visit, step)
        for visit in visits
        for step in visit_steps(visit.facility.settings)
        if _is_open(caregiver, visit, step, moment.today(visit.facility.zone))
    )


def _is_open(caregiver: Caregiver, visit: FamilyVisit, step: int, today: date) -> bool:
    day = visit.on - timedelta(days=step)
    if caregiver.joined_on is None or day < caregiver.joined_on:
        return False
    # What goes at dawn is planned the day before: the first run of the day itself may come too late for it.
    first = day - ONE_DAY if step == MORNING_STEP else day
    last = visit.on - timedelta(days=step_after(visit.facility.settings, step) or 0)
    return first <= today < max(last, day + ONE_DAY)


def _reminder(caregiver: Caregiver, visit: FamilyVisit, step: int) -> PlannedMessage:
    zone, day = visit.facility.zone, visit.on - timedelta(days=step)
    occasion = VisitOccasion(visit.facility.id, visit.on, step)
    at = dawn_instant if step == MORNING_STEP else visit_instant
    return PlannedMessage(
        lane=Lane.VISIT,
        message=reminder_message(visit, step, caregiver.id),
        occasion=str(occasion),
        send_from=at(day, zone, f"{caregiver.id}:{occasion}"),
        expires_at=_end(visit, step),
        caregiver=caregiver.id,
        subjects=visit.child_ids,
    )


def _end(visit: FamilyVisit, step: int) -> datetime:
    """Two reminders of one visit are never of use at the same time."""
    zone, following = visit.facility.zone, step_after(visit.facility.settings, step)
    if following is not None:
        return start_of_day(visit.on - timedelta(days=following), zone)
    return end_of_visit_reminders(visit.on, zone, visit.day.hours.closes if visit.day.hours else None)


def reminder_message(
    visit: FamilyVisit, step: int, caregiver: CaregiverId, *, comes: bool = False, words: ReminderWords = NO_WORDS
) -> OutgoingMessage:
    """What is said before a visit: place, day, hours, what is given, its own words, what to bring; and the answers.

    Who said that she comes is not asked again. The words are known at sending only.
    """
    values: dict[str, Value] = {
        "title": _title(visit),
        "on": visit.on,
        "where": _where(visit),
        "hours": visit.hours or Text("common.station_hours_unknown"),
        "due": _due(visit),
        "words": paragraph_of(words.paragraph),
        "advice": _advice(visit),
    }
    if comes:
        change = answer_choice(VisitAnswer.CANNOT, visit.facility.id, visit.on, caregiver)
        return OutgoingMessage(Text("visit.reminder.coming", values), ((change,),), names_child=True)
    choices = answer_choices(visit.facility.id, visit.on, caregiver, labels=answers_of(visit))
    why = tuple((choice,) for choice in _why_choices(words.explained, caregiver))
    return OutgoingMessage(Text(_key(step), values), (*choices, *why), names_child=True)


def _why_choices(children: Sequence[Child], caregiver: CaregiverId) -> tuple[Choice, ...]:
    """What the visit is for: a button a child, with its name where there are several."""
    if len(children) == 1:
        return (Choice(Text("visit.choice.why"), _why_payload(children[0], caregiver)),)
    return tuple(
        Choice(Text("visit.choice.why_child", {"who": _name(child)}), _why_payload(child, caregiver))
        for child in children
    )


def _why_payload(child: Child, caregiver: CaregiverId) -> str:
    return f"v1:why:{caregiver}:{child.id}"


def _name(child: Child) -> Value:
    return child.name or Text("common.unnamed_child")


def _key(step: int) -> str:
    """The text of a step. It says nothing of who or what, so that a row keeps its key whatever becomes due."""
    if step == FIRST_STEP:
        return "visit.reminder.7"
    return "visit.reminder.0" if step == MORNING_STEP else "visit.reminder.1"


def _title(visit: FamilyVisit) -> Text:
    if not visit.children:
        return Text("visit.title.pregnancy")
    kind = "vaccination" if visit.vaccines else "checkup"
    return Text(f"visit.title.{kind}_both" if visit.pregnancies else f"visit.title.{kind}")


def _where(visit: FamilyVisit) -> Value:
    station = visit.facility.name
    return Text("visit.where.place", {"place": visit.day.place, "station": station}) if visit.day.place else station


def _due(visit: FamilyVisit) -> tuple[Value, ...]:
    """What is given and done; the child's and the mother's on lines of their own. Nothing that is out of stock."""
    mothers = _items(visit, of_children=False)
    if not visit.children:
        return (Text("visit.due.all", {"items": mothers}),)
    key = "visit.due.child" if mothers else "visit.due.all"
    lines = (Text(key, {"items": _items(visit, of_children=True)}),)
    return (*lines, Text("visit.due.pregnancy", {"items": mothers})) if mothers else lines


def _items(visit: FamilyVisit, *, of_children: bool) -> tuple[Value, ...]:
    needs = [one for subject, one in visit.subjects if isinstance(subject, Child) is of_children]
    vaccines = dict.fromkeys(f"vaccine.{dose.vaccine.lower()}.short" for one in needs for dose in one.doses)
    care = dict.fromkeys(f"care.{item.key}.short" for one in needs for item in one.care)
    return tuple(Text(key) for key in (*vaccines, *care))


def _advice(visit: FamilyVisit) -> tuple[Value, ...]:
    """What to bring, and that they stay after an injection; each a sentence."""
    sentences = []
    if visit.children:
        sentences.append(Text("visit.advice.card" if visit.vaccines else "visit.advice.health_book"))
    if visit.pregnancies:
        sentences.append(Text("visit.advice.pregnancy_book"))
    if visit.has_injection:
        sentences.append(Text("visit.advice.stay"))
    return tuple(sentences)


def answers_of(visit: FamilyVisit) -> Mapping[VisitAnswer, str]:
    """The answers to a visit, with their labels."""
    return answer_labels(with_child=bool(visit.children), only_doses=bool(visit.vaccines) and not visit.pregnancies)


def answer_labels(*, with_child: bool, only_doses: bool) -> Mapping[VisitAnswer, str]:
    """Only a child can be said to be ill; where not only doses are due, they are *done* already."""
    labels = {answer: f"visit.choice.{answer}" for answer in VisitAnswer}
    if not only_doses:
        labels[VisitAnswer.VACCINATED] = "visit.choice.done"
    if not with_child:
        del labels[VisitAnswer.ILL]
    return labels


def answer_choices(
    facility: FacilityId, on: date, caregiver: CaregiverId, *, labels: Mapping[VisitAnswer, str]
) -> tuple[tuple[Choice, ...], ...]:
    """The answers to a reminder, a button each."""
    return tuple((answer_choice(answer, facility, on, caregiver, label=label),) for answer, label in labels.items())


def answer_choice(answer: str, facility: FacilityId, on: date, caregiver: CaregiverId, *, label: str = "") -> Choice:
    """One answer. The button says whose it is: on a shared phone two mothers have reminders of one day."""
    payload = f"v1:visit:{caregiver}:{facility}:{on.isoformat()}:{answer}"
    return Choice(Text(label or f"visit.choice.{answer}"), payload)
