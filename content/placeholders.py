"""What a text asks to be filled in: the names and filters of its placeholders."""

from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

# Filled in from the reader; every text may use them.
STATION = ("station", "station_phone", "station_hours", "emergency_phone", "protection_phone")
READER = frozenset({"child", "you", "You", *STATION})
# Languages address their reader as they must: not every one needs the word.
ADDRESS = frozenset({"you", "You"})
FILTERS = frozenset({"time", "day", "short", "capital", "sentences", "lines", "beginning"})

_PARSER = Environment(autoescape=True)


@dataclass(frozen=True)
class Placeholders:
    """The names a text asks for, the filters it uses, and what is wrong with its braces, if anything is."""

    names: frozenset[str] = frozenset()
    filters: frozenset[str] = frozenset()
    problem: str = ""


@lru_cache(maxsize=16384)
def placeholders_of(text: str) -> Placeholders:
    """The placeholders of a text, read without rendering it."""
    if "{" not in text:
        return Placeholders()
    try:
        tree = _PARSER.parse(text)
    except TemplateSyntaxError as error:
        return Placeholders(problem=str(error.message))
    filters = frozenset(node.name for node in tree.find_all(nodes.Filter))
    return Placeholders(_names(tree) if filters <= FILTERS else frozenset(), filters)


def _names(tree: nodes.Template) -> frozenset[str]:
    return frozenset(meta.find_undeclared_variables(tree))


_PARSER.filters = dict.fromkeys(FILTERS, str)
