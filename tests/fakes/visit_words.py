"""The visits as content/visits.yaml has them, with a text for each of their steps, in the languages of a test."""

from collections.abc import Collection

from content.library import ROOT
from content.scheduled_visits import read_visits
from content.visit_texts import REPLACEABLE, read_signs
from domain.visit_texts import GENERIC, VisitStep, VisitTexts, left_out, text_key

OF_BIRTH = (
    "37.5 or more, cold to touch, weak sucking, hard to wake, hardly moving, fast or hard breathing, blue lips, a fit"
)
OF_LATER = "Fever of 39, a fit, hard breathing, swollen face, hard to wake, not drinking"
IN_FULL = f"{OF_LATER}, crying over 3 hours"
YOUNGEST = frozenset({"month02", "month03", "month04", "month05", "month06"})


def all_keys() -> tuple[str, ...]:
    """Every key that content/visits.yaml asks for."""
    _top, visits = read_visits(ROOT)
    named = [text_key(one.country, one.visit, step) for one in visits for step in VisitStep]
    return (*named, *(text_key("", None, step) for step in VisitStep))


def english(key: str) -> str:
    """The words of a visit; those for the evening name danger signs as the drafts do: not all of them name each."""
    _visits, *where, step = key.split(".")
    if step != VisitStep.AFTERCARE:
        return f"These are {key} for {{{{ child }}}}."
    if where[-1] in ("birth", "month01"):
        return f"{OF_BIRTH}: do not wait."
    return f"{IN_FULL if where[-1] in YOUNGEST | {GENERIC} else OF_LATER}: do not wait."


def visit_texts(*languages: str, without: Collection[str] = ()) -> VisitTexts:
    """Words for every visit, in these languages (or in Lan's), `without` these keys."""
    top, named = read_visits(ROOT)
    keys = [key for key in all_keys() if key not in without]
    evening = [key for key in keys if key.endswith(VisitStep.AFTERCARE) and f".{GENERIC}." not in key]
    missing = {key: {one: left_out(one, english(key), read_signs(top)) for one in REPLACEABLE} for key in evening}
    return VisitTexts(
        visits={
            country: tuple(one.visit for one in named if one.country == country)
            for country in dict.fromkeys(one.country for one in named)
        },
        written={key: frozenset(languages or ("vi",)) for key in keys},
        leaves_out={
            key: {general: signs for general, signs in of_key.items() if signs is not None}
            for key, of_key in missing.items()
        },
    )


class Approved:
    """A clinician approved these keys."""

    def __init__(self, *keys: str) -> None:
        self._keys = frozenset(keys)

    def is_approved(self, key: str, language: str) -> bool:
        """Whether it is one of them, in whatever language."""
        del language
        return key in self._keys
