"""Words for the settings of an area: ages, days, and what a gate or a group of doses is called."""

from collections.abc import Mapping
from datetime import date

from bot.drawing.doses_had import OwnWords
from bot.drawing.session_words import item_name
from domain.forms.form import Option, Question
from domain.message import Text, Value
from domain.vaccination.ages import Age
from domain.vaccination.schedule import Group
from domain.vaccination.upper_ages import length
from services.forms.answer_form import Asking
from services.staff.area_rules.show_rules import ProvincePage

NO_AGE = "none"
_PROPOSED = {"min_age": "proposed_min", "max_age": "proposed_max"}


def age_text(age: Age | None) -> Text:
    """An age in words; None: there is no such age."""
    if age is None:
        return Text("area.age.no_end")
    if age.days:
        return Text("area.age.days", {"count": length(age).days})
    return Text("area.age.months", {"count": age.months})


def age_begun(age: Age) -> Text:
    """An age that was reached, in words."""
    if age.days:
        return Text("area.age.from_days", {"count": length(age).days})
    return Text("area.age.from_months", {"count": age.months})


def age_word(age: Age | None) -> str:
    """An age as buttons carry it."""
    if age is None:
        return NO_AGE
    return f"{length(age).days}d" if age.days else f"{age.months}m"


def day_word(day: date) -> str:
    """A day as buttons carry it, where many words must fit."""
    return f"{day:%Y%m%d}"


def item_label(page: ProvincePage, item: str) -> Value:
    """A kind of campaign, or a group of doses by the vaccine with which it begins."""
    if item in page.kinds:
        return item_name(item)
    return _group_label(page.groups, item)


def name_of_gate(page: ProvincePage, gate: str) -> Value:
    """What stands behind it."""
    behind = page.behind(gate)
    return _group_label(page.groups, behind[0].key) if behind else gate


def _group_label(groups: Mapping[str, Group], key: str) -> Value:
    rules = groups[key].doses if key in groups else ()
    return item_name(rules[0].vaccines[0]) if rules and rules[0].vaccines else key


def _option(asking: Asking, question: Question, _option: Option) -> Text | None:
    proposed = asking.draft.answers.get(_PROPOSED.get(question.name, ""))
    if not proposed:
        return None
    words = age_begun if question.name == "min_age" else age_text
    return Text("area.choice.age", {"age": words(Age.parse(proposed))})


words_of_rounds = OwnWords(
    question=lambda _asking, _question: None,
    option=_option,
    field=lambda _asking, _question: None,
    answer=lambda _asking, _question, _answer: None,
)
