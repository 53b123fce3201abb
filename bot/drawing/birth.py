"""A birth: the question about it, what was told, the name of a child; and what is said when nothing is awaited."""

from datetime import date

from bot.drawing.birth_choices import born_choice, name_choices
from bot.drawing.buttons import button, column
from bot.drawing.caregiver import digest_text
from domain.forms.birth import weeks_too_soon
from domain.forms.form import Answers
from domain.message import OutgoingMessage, Text
from domain.people import Pregnancy
from services.family.name_child import Named
from services.family.tell_birth import BirthTold, NotAwaited


def birth_remarks(answers: Answers) -> tuple[Text, ...]:
    """Whether the birth was early or late, in words, for the summary; nothing where nobody can know."""
    due_on, born_on = answers.get("due_on"), answers.get("birth_date")
    weeks = weeks_too_soon(date.fromisoformat(due_on), date.fromisoformat(born_on)) if due_on and born_on else None
    if weeks is None:
        return ()
    if weeks == 0:
        return (Text("birth.remark.on_time"),)
    return (Text("birth.remark.early" if weeks > 0 else "birth.remark.late", {"weeks": abs(weeks)}),)


def draw_not_yet(*, again: bool) -> OutgoingMessage:
    """Thanks for the answer; whether the question comes once more."""
    return OutgoingMessage(Text("birth.not_yet_again" if again else "birth.not_yet"))


def draw_not_awaited(result: NotAwaited) -> OutgoingMessage:
    """The birth is known already, or there is nothing to tell here; why not is not said."""
    if not result.born:
        return OutgoingMessage(Text("birth.not_open"))
    return OutgoingMessage(Text("birth.known_already"), name_choices(result.unnamed))


def draw_which(pregnancies: tuple[Pregnancy, ...]) -> OutgoingMessage:
    """Of several births that are awaited, which one? By the due date."""
    return OutgoingMessage(Text("birth.which"), column(born_choice(one.id, one.due_on) for one in pregnancies))


def draw_nobody_awaited() -> OutgoingMessage:
    """To somebody who works for the programme: no birth is awaited in this family."""
    return OutgoingMessage(Text("birth.nobody_awaited"))


def draw_told(told: BirthTold) -> tuple[OutgoingMessage, ...]:
    """Warm words and what matters now; to a worker, that it is kept."""
    if told.own is None:
        return (OutgoingMessage(Text("birth.kept_by_worker"), name_choices(told.children[0])),)
    number = "two" if len(told.children) > 1 else "one"
    words = Text(f"birth.welcome.{'early' if told.early else number}", {"children": len(told.children)})
    key = "birth.told" if told.digest is not None else "birth.told_quietly"
    first = OutgoingMessage(Text(key, {"welcome": words}), name_choices(told.children[0]))
    if told.digest is None:
        return (first,)
    return (first, OutgoingMessage(digest_text(told.digest), names_child=True))


def draw_named(named: Named) -> OutgoingMessage:
    """How the child is called from now on, and the way to mend it."""
    change = button("birth.choice.rename", "name_child", named.child.id)
    return OutgoingMessage(Text("birth.named", {"name": named.name}), ((change,),), names_child=True)
