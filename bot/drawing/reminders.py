"""What is said to a caregiver's answer to a reminder: understood, too late, the child is ill, they moved away."""

from bot.drawing.aftercare import sign_lines
from bot.drawing.buttons import button, column
from bot.drawing.invites import children_of
from bot.drawing.next_visit import visit_text
from domain.aftercare import Watch
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.people import Pregnancy
from services.ports.contacts import Colleague
from services.ports.visits import VisitAnswer
from services.visits.aftercare.emergency import go_now, in_danger
from services.visits.answer_reminder import ReminderAnswered, Stands
from services.visits.child_is_ill import ChildIsIll
from services.visits.plan_visits import answer_choice, answer_choices, answer_labels


def draw_answered(answered: ReminderAnswered) -> OutgoingMessage:
    """What was understood, and what comes next; she may change her mind."""
    values: dict[str, Value] = {"facility": answered.facility.name, "on": answered.on}
    if answered.stands is not Stands.KEPT:
        values["visit"] = visit_text(answered.next_visit)
        return OutgoingMessage(Text(f"visit.answered.{answered.stands}", values), names_child=True)
    names = tuple(child.name for child in answered.children)
    values["children"] = children_of(names) if names else Text("common.your_child")
    if answered.instead is not None:
        values["instead"] = answered.instead
    choices = [_change(answered)]
    if answered.answer is VisitAnswer.MOVED:
        choices = [_moved(answered, "near"), _moved(answered, "far"), _change(answered, "visit.choice.not_moved")]
    return OutgoingMessage(Text(_key(answered), values), column(choices), names_child=True)


def _key(answered: ReminderAnswered) -> str:
    match answered.answer:
        case VisitAnswer.COMING if _is_about_mother(answered):
            return "visit.answered.coming_pregnancy"
        case VisitAnswer.CANNOT if answered.instead is not None:
            return "visit.answered.instead"
        case VisitAnswer.VACCINATED if not answered.has_doses:
            return "visit.answered.done"
    return f"visit.answered.{answered.answer}"


def _is_about_mother(answered: ReminderAnswered) -> bool:
    subjects = [subject for subject, _needs in answered.concerned]
    return bool(subjects) and all(isinstance(subject, Pregnancy) for subject in subjects)


def _change(answered: ReminderAnswered, label: str = "") -> Choice:
    return answer_choice("change", answered.facility.id, answered.on, answered.caregiver, label=label)


def _moved(answered: ReminderAnswered, where: str) -> Choice:
    place, on = answered.facility.id, answered.on.isoformat()
    return button(f"visit.choice.moved_{where}", "moved", answered.caregiver, place, on, where)


def draw_moved(answered: ReminderAnswered, where: str) -> OutgoingMessage:
    """They live near or far now: somebody calls, and the card is good everywhere."""
    values: dict[str, Value] = {"facility": answered.facility.name}
    back = _change(answered, "visit.choice.not_moved")
    return OutgoingMessage(Text(f"visit.moved.{where}", values), ((back,),))


def draw_question_again(asked: ReminderAnswered) -> OutgoingMessage:
    """The answers to a reminder once more."""
    labels = answer_labels(
        with_child=not _is_about_mother(asked),
        only_doses=asked.has_doses and not any(isinstance(one, Pregnancy) for one, _needs in asked.concerned),
    )
    choices = answer_choices(asked.facility.id, asked.on, asked.caregiver, labels=labels)
    return OutgoingMessage(Text("visit.ask_again", {"on": asked.on}), choices)


def draw_ill(ill: ChildIsIll) -> OutgoingMessage:
    """Is one of the signs of danger there?"""
    values: dict[str, Value] = {
        "signs": sign_lines(Watch.ILL, young=ill.is_young),
        "in_danger": in_danger(ill.facility),
    }
    choices = column((_danger(ill, "yes"), _danger(ill, "no")))
    return OutgoingMessage(Text("visit.ill.ask", values), choices, names_child=True)


def draw_danger(ill: ChildIsIll, told: Colleague | None) -> OutgoingMessage:
    """Go now, and nothing after it; or come all the same, and the nurse decides."""
    if ill.danger:
        who = Text("after.told", {"name": told.name}) if told is not None else Text("after.told_nobody")
        return OutgoingMessage(
            Text("after.said.go_now", {"told": who, "go_now": go_now(ill.facility)}), names_child=True
        )
    values: dict[str, Value] = {"on": ill.on, "facility": ill.facility.name, "in_danger": in_danger(ill.facility)}
    after_all = _danger(ill, "yes")
    if ill.stands is not Stands.KEPT:
        values["visit"] = visit_text(ill.next_visit)
        return OutgoingMessage(Text("visit.ill.no_other_day", values), ((after_all,),), names_child=True)
    answers = (VisitAnswer.COMING, VisitAnswer.CANNOT)
    choices = [answer_choice(answer, ill.facility.id, ill.on, ill.caregiver.id) for answer in answers]
    return OutgoingMessage(Text("visit.ill.no", values), column((*choices, after_all)), names_child=True)


def _danger(ill: ChildIsIll, word: str) -> Choice:
    place, on = ill.facility.id, ill.on.isoformat()
    return button(f"visit.ill.choice.{word}", "ill", ill.caregiver.id, place, on, word)
