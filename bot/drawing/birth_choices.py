"""The buttons by which a family tells a birth, and a name when the child has one."""

from datetime import date

from bot.drawing.buttons import Row, button, column
from domain.identifiers import ChildId, PregnancyId
from domain.message import Choice
from services.family.show_children import FamilyView


def born_choice(pregnancy: PregnancyId, due_on: date | None) -> Choice:
    """The child is born; with the due date where several births are awaited."""
    if due_on is None:
        return button("birth.choice.tell", "birth", "born", pregnancy)
    return button("birth.choice.tell_of_due", "birth", "born", pregnancy, due_on=due_on)


def name_choices(unnamed: ChildId | None) -> tuple[Row, ...]:
    """Tell the name; nothing where every child has one."""
    return () if unnamed is None else ((button("birth.choice.name", "name_child", unnamed),),)


def choices_of_children(view: FamilyView) -> tuple[Row, ...]:
    """What a caregiver may tell beside her children: births that are awaited, a name that is missing."""
    several = len(view.awaited) > 1
    births = [born_choice(one.pregnancy, one.due_on if several else None) for one in view.awaited]
    unnamed = next((one.child for one in view.children if not one.name), None)
    return (*column(births), *name_choices(unnamed))
