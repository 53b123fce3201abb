"""After a vaccination: what is said to a family's answer, and the signs it can tap."""

from bot.drawing.buttons import Row, column, grid
from domain.aftercare import Answer, Watch, danger_signs, usual_signs
from domain.message import Choice, OutgoingMessage, Text, Value
from services.visits.aftercare.answer_aftercare import AftercareAnswered, Asked, Follows
from services.visits.aftercare.emergency import go_now, in_danger
from services.visits.aftercare.plan_aftercare import answer_choice, three_answers


def draw_aftercare(answered: AftercareAnswered) -> OutgoingMessage:
    """What follows from her answer."""
    values: dict[str, Value] = {
        "in_danger": in_danger(answered.facility),
        "go_now": go_now(answered.facility),
        "signs": sign_lines(answered.asked.watch, young=answered.young),
        "advice": Text(answered.advice.key) if answered.advice else Text("after.ask_station"),
        "told": _told(answered),
        "reads": Text("after.nurse_reads" if answered.told else "after.nobody_reads"),
        "on": answered.asked.given_on,
    }
    body = Text(f"after.said.{answered.follows}", values)
    return OutgoingMessage(body, _choices(answered), names_child=True)


def draw_asked_again(asked: Asked) -> OutgoingMessage:
    """The three answers once more."""
    choices = three_answers(asked.caregiver, asked.child, asked.given_on, asked.watch)
    return OutgoingMessage(Text("after.ask_again"), choices, names_child=True)


def sign_lines(watch: Watch, *, young: bool) -> tuple[Text, ...]:
    """The danger signs, one a line."""
    signs = danger_signs(watch, young=young)
    return tuple(Text("after.sign_line", {"sign": Text(f"after.choice.{sign}")}) for sign in signs)


def _told(answered: AftercareAnswered) -> Text:
    if answered.told is None:
        return Text("after.told_nobody")
    return Text("after.told", {"name": answered.told.name})


def _choices(answered: AftercareAnswered) -> tuple[Row, ...]:
    asked = answered.asked
    match answered.follows:
        case Follows.FEVER:
            none = _choice(asked, Answer.NONE, "after.choice.none")
            return column([_choice(asked, Answer.DANGER, "after.choice.yes_one"), none])
        case Follows.LATE:
            return column([_choice(asked, Answer.DANGER, "after.choice.yes_one")])
        case Follows.SIGNS:
            dangers = [_choice(asked, sign) for sign in danger_signs(asked.watch, young=answered.young)]
            return (*column(dangers), *grid([_choice(asked, sign) for sign in usual_signs(asked.watch)], 2))
        case Follows.GO_NOW:
            return ()
        case _:
            return column([_choice(asked, "change", "after.choice.change")])


def _choice(asked: Asked, answer: str, label: str = "") -> Choice:
    return answer_choice(asked.caregiver, asked.child, asked.given_on, (asked.watch, answer), label=label)
