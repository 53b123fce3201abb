"""Conditional skips of CDC's XML as values of the domain."""

from content.schedules.xml_entries import Node, codes
from domain.vaccination.ages import Age
from domain.vaccination.in_force import ALWAYS, InForce
from domain.vaccination.skip_rules import (
    AgeCondition,
    Comparison,
    CompletedCondition,
    Condition,
    Context,
    CountCondition,
    IntervalCondition,
    Skip,
    SkipSet,
)

_CONTEXTS = {
    "evaluation": frozenset({Context.EVALUATION}),
    "forecast": frozenset({Context.FORECAST}),
    "both": frozenset(Context),
}
_COUNTS = {"vaccine count by age": True, "vaccine count by date": True}
_NEED_ALL = {"and": True, "or": False, "n/a": False, "": True}


def skip(node: Node, target: str) -> Skip:
    """One `conditionalSkip` of a dose of this target."""
    return Skip(
        contexts=node.read("context", lambda text: _CONTEXTS[text.lower()], "Evaluation, Forecast or Both"),
        sets=tuple(_set(one, target) for one in node.each("set")),
        need_all=node.read("setLogic", lambda text: _NEED_ALL[text.lower()], "AND or OR"),
    )


def in_force(node: Node) -> InForce:
    """The dates of a rule: CDC's cessation date is the last day of the old version."""
    since, until = node.day("effectiveDate"), node.day("cessationDate")
    return InForce(since, until) if since or until else ALWAYS


def _set(node: Node, target: str) -> SkipSet:
    return SkipSet(
        conditions=tuple(_condition(one, target) for one in node.each("condition")),
        need_all=node.read("conditionLogic", lambda text: _NEED_ALL[text.lower()], "AND or OR"),
        in_force=in_force(node),
    )


def _condition(node: Node, target: str) -> Condition:
    """CDC writes the kinds in large and small letters."""
    kind = node.text("conditionType").lower()
    if kind == "age":
        return AgeCondition(node.age("beginAge"), node.age("endAge"))
    if kind == "interval":
        return IntervalCondition(node.read("interval", Age.parse, "a duration"))
    if kind == "completed series":
        return CompletedCondition(frozenset(f"{target}/{one.strip()}" for one in node.text("seriesGroups").split(";")))
    return _count(node)


def _count(node: Node) -> Condition:
    node.read("conditionType", lambda text: _COUNTS[text.lower()], "a condition that this program knows")
    return CountCondition(
        count=node.number("doseCount"),
        comparison=node.read("doseCountLogic", lambda text: Comparison(text.lower()), "a comparison"),
        valid_only=node.read("doseType", lambda text: {"valid": True, "total": False}[text.lower()], "Valid or Total"),
        vaccines=node.read("vaccineTypes", codes, "a list of CVX codes"),
        begin=node.age("beginAge"),
        end=node.age("endAge"),
        begin_day=node.day("startDate"),
        end_day=node.day("endDate"),
    )
